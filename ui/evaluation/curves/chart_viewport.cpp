#include "ui/evaluation/curves/chart_viewport.h"

#include <algorithm>

namespace espalier {

namespace {

constexpr double LeastShare = 1e-5; // of an axis; numbers get too close to each other below

AxisRange within(const AxisRange& range, const AxisRange& full)
{
    const double length = std::clamp(range.length(), full.length() * LeastShare, full.length());
    const double from = std::clamp(range.from, full.from, full.to - length);
    return {from, from + length};
}

AxisRange zoomed(const AxisRange& range, double fraction, double factor)
{
    const double fixed = range.at(fraction);
    const double length = range.length() / factor;
    return {fixed - fraction * length, fixed + (1 - fraction) * length};
}

bool isPartOf(const AxisRange& range, const AxisRange& full)
{
    return range.length() < full.length() * (1 - LeastShare * LeastShare);
}

} // namespace

void ChartViewport::setFull(const AxisRange& x, const AxisRange& y)
{
    m_fullX = x;
    m_fullY = y;
}

void ChartViewport::zoomAt(double fractionX, double fractionY, double factorX, double factorY)
{
    select(zoomed(x(), fractionX, factorX), zoomed(y(), fractionY, factorY));
}

void ChartViewport::pan(double fractionX, double fractionY)
{
    if (!m_zoomed)
        return;
    const AxisRange newX{m_x.at(fractionX), m_x.at(1 + fractionX)};
    const AxisRange newY{m_y.at(fractionY), m_y.at(1 + fractionY)};
    select(newX, newY);
}

void ChartViewport::select(const AxisRange& x, const AxisRange& y)
{
    m_x = within(x, m_fullX);
    m_y = within(y, m_fullY);
    m_zoomed = isPartOf(m_x, m_fullX) || isPartOf(m_y, m_fullY);
}

} // namespace espalier
