#pragma once

#include <QList>
#include <QPainterPath>
#include <QPointF>
#include <QRectF>

namespace espalier {

/// Sizes and places on the canvas, in its own pixels (those of the screen at
/// 100 %). The position of a block is its top left corner.
namespace canvas {
constexpr double BlockWidth = 244, BlockHeight = 44, TileWidth = 36;
constexpr double RowHeight = 62, ColumnWidth = 280;
constexpr double GridStep = 20, SnapStep = 10;
constexpr double PortRadius = 3.5, LitPortRadius = 6, PortReach = 10;
constexpr double NameOnlyZoom = 0.6, InkOnlyZoom = 0.35;
} // namespace canvas

[[nodiscard]] QRectF blockRect(QPointF position);
/// Where input `port` of `ports` sits on the upper edge.
[[nodiscard]] QPointF inputPortOf(QPointF position, int port, int ports);
[[nodiscard]] QPointF outputPortOf(QPointF position);
/// The nearest point of the grid on which blocks are put.
[[nodiscard]] QPointF snappedToGrid(QPointF position);

/// The way of a connection from port to port: a line or a vertical cubic, or,
/// where that would pass under one of `obstacles`, one that stays in the column
/// of its source or its target for longer, or leads around.
[[nodiscard]] QPainterPath connectionPath(QPointF from, QPointF to,
                                          const QList<QRectF>& obstacles = {});

} // namespace espalier
