#include "ui/evaluation/curves/curve_math.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace espalier {

namespace {

bool isDrawable(const QPointF& point)
{
    return std::isfinite(point.y());
}

double xOf(const QPointF& point)
{
    return point.x();
}

/// Those between two x, and one more at each side.
std::span<const QPointF> withNeighbours(std::span<const QPointF> points, double from, double to)
{
    auto begin = std::ranges::lower_bound(points, from, {}, xOf);
    auto end = std::ranges::upper_bound(points, to, {}, xOf);
    begin -= begin == points.begin() ? 0 : 1;
    end += end == points.end() ? 0 : 1;
    return begin < end ? std::span(begin, end) : std::span<const QPointF>();
}

/// The lowest and the highest point of one pixel column.
class Column {
public:
    void add(const QPointF& point)
    {
        if (!m_lowest || point.y() < m_lowest->y())
            m_lowest = point;
        if (!m_highest || point.y() >= m_highest->y())
            m_highest = point;
    }

    void flush(QList<QPointF>& result)
    {
        if (!m_lowest)
            return;
        const auto [first, second] =
            std::minmax(*m_lowest, *m_highest, [](auto& a, auto& b) { return a.x() < b.x(); });
        result.append(first);
        if (first != second)
            result.append(second);
        m_lowest.reset();
        m_highest.reset();
    }

private:
    std::optional<QPointF> m_lowest;
    std::optional<QPointF> m_highest;
};

} // namespace

QList<QPointF> decimated(std::span<const QPointF> points, double from, double to, int columns)
{
    const std::span<const QPointF> inside = withNeighbours(points, from, to);
    QList<QPointF> result;
    const double width = (to - from) / std::max(1, columns);
    if (inside.size() <= 2 * size_t(std::max(1, columns)) || !(width > 0)) {
        std::ranges::copy_if(inside, std::back_inserter(result), isDrawable);
        return result;
    }
    result.reserve(2 * columns + 4);
    Column column;
    qint64 current = 0;
    for (const QPointF& point : inside) {
        if (!isDrawable(point))
            continue;
        const auto at = qint64(std::floor((point.x() - from) / width));
        if (at != current)
            column.flush(result);
        current = at;
        column.add(point);
    }
    column.flush(result);
    return result;
}

QList<QPointF> smoothed(std::span<const QPointF> points, double weight)
{
    QList<QPointF> result;
    result.reserve(qsizetype(points.size()));
    double average = 0;
    double counted = 0; // share of the average that is made of values
    for (const QPointF& point : points) {
        if (!isDrawable(point))
            continue;
        average = weight * average + (1 - weight) * point.y();
        counted = weight * counted + (1 - weight);
        result.append({point.x(), average / counted});
    }
    return result;
}

qsizetype nearestIndex(std::span<const QPointF> points, double x)
{
    if (points.empty())
        return -1;
    const auto after = std::ranges::lower_bound(points, x, {}, xOf);
    if (after == points.begin())
        return 0;
    const bool before = after == points.end() || x - std::prev(after)->x() <= after->x() - x;
    return std::distance(points.begin(), after) - (before ? 1 : 0);
}

} // namespace espalier
