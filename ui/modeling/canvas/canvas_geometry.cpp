#include "ui/modeling/canvas/canvas_geometry.h"

#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

QPainterPath directPath(QPointF from, QPointF to)
{
    QPainterPath path(from);
    if (from.x() == to.x() && to.y() >= from.y()) {
        path.lineTo(to);
    } else {
        const double reach = std::max(std::abs(to.y() - from.y()) / 2, canvas::GridStep * 1.5);
        path.cubicTo(from + QPointF(0, reach), to - QPointF(0, reach), to);
    }
    return path;
}

/// Changes to the column `lane` at once and leaves it at the last moment.
QPainterPath lanePath(QPointF from, QPointF to, double lane)
{
    constexpr double turn = canvas::RowHeight - canvas::BlockHeight; // between two rows
    QPainterPath path(from);
    const QPointF down(lane, from.y() + (lane == from.x() ? 0 : turn));
    const QPointF up(lane, to.y() - (lane == to.x() ? 0 : turn));
    path.cubicTo(from + QPointF(0, turn / 2), down - QPointF(0, turn / 2), down);
    path.lineTo(up);
    path.cubicTo(up + QPointF(0, turn / 2), to - QPointF(0, turn / 2), to);
    return path;
}

bool passesUnder(const QPainterPath& path, const QList<QRectF>& obstacles)
{
    for (const QPolygonF& line : path.toSubpathPolygons())
        for (qsizetype i = 1; i < line.size(); ++i) {
            const QRectF piece =
                QRectF(line.at(i - 1), line.at(i)).normalized().adjusted(-1, -1, 1, 1);
            if (std::ranges::any_of(obstacles,
                                    [&](const QRectF& rect) { return rect.intersects(piece); }))
                return true;
        }
    return false;
}

} // namespace

QRectF blockRect(QPointF position)
{
    return {position, QSizeF(canvas::BlockWidth, canvas::BlockHeight)};
}

QPointF inputPortOf(QPointF position, int port, int ports)
{
    return position + QPointF(canvas::BlockWidth * (port + 1) / (std::max(ports, 1) + 1), 0);
}

QPointF outputPortOf(QPointF position)
{
    return position + QPointF(canvas::BlockWidth / 2, canvas::BlockHeight);
}

QPointF snappedToGrid(QPointF position)
{
    return {std::round(position.x() / canvas::SnapStep) * canvas::SnapStep,
            std::round(position.y() / canvas::SnapStep) * canvas::SnapStep};
}

QPainterPath connectionPath(QPointF from, QPointF to, const QList<QRectF>& obstacles)
{
    const QPainterPath direct = directPath(from, to);
    if (to.y() - from.y() < canvas::RowHeight || !passesUnder(direct, obstacles))
        return direct;
    const double rows = (to.y() - from.y()) / canvas::RowHeight;
    const double beside = canvas::BlockWidth / 2 + canvas::GridStep + std::min(rows, 8.0) * 2;
    const double right = std::max(from.x(), to.x()) + beside;
    const double left = std::min(from.x(), to.x()) - beside;
    for (double lane : {from.x(), to.x(), right, left})
        if (const QPainterPath path = lanePath(from, to, lane); !passesUnder(path, obstacles))
            return path;
    return lanePath(from, to, right);
}

} // namespace espalier
