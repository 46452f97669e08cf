#pragma once

#include <QList>
#include <QPointF>
#include <span>

namespace espalier {

/// Pure functions on curves: points sorted by x. Points whose y is no finite number are left out
/// of every result.

/// What a picture of `columns` pixel columns between `from` and `to` needs: where there are more
/// points than that, the lowest and the highest of each column, in their order, so that no spike
/// is lost; and the neighbours just outside, so that lines run to the edge.
[[nodiscard]] QList<QPointF> decimated(std::span<const QPointF> points, double from, double to,
                                       int columns);

/// Exponential moving average, corrected for its start (as Kingma and Ba 2015 correct moments):
/// `weight` 0 is the curve itself, below 1.
[[nodiscard]] QList<QPointF> smoothed(std::span<const QPointF> points, double weight);

/// Index of the point whose x is nearest; -1 without points.
[[nodiscard]] qsizetype nearestIndex(std::span<const QPointF> points, double x);

} // namespace espalier
