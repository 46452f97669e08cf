#include "ui/evaluation/curves/chart_content.h"

#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

template <typename Visit>
void visitValues(const ChartContent& content, Visit visit)
{
    for (const ChartSeries& series : content.series)
        for (const QPointF& point : series.points)
            if (std::isfinite(point.y()))
                visit(point.y());
}

} // namespace

bool ChartContent::allPositive() const
{
    bool any = false;
    bool positive = true;
    visitValues(*this, [&](double value) {
        any = true;
        positive = positive && value > 0;
    });
    return any && positive;
}

AxisRange ChartContent::valueRange() const
{
    AxisRange range{std::numeric_limits<double>::infinity(),
                    -std::numeric_limits<double>::infinity()};
    visitValues(*this, [&](double value) {
        if (logScale && value <= 0)
            return;
        const double at = toAxis(value, logScale);
        range = {std::min(range.from, at), std::max(range.to, at)};
    });
    return range.from <= range.to ? range : AxisRange{};
}

double toAxis(double value, bool logScale)
{
    return logScale ? std::log10(value) : value;
}

} // namespace espalier
