#pragma once

#include "ui/evaluation/curves/axis_ticks.h"

namespace espalier {

/// The part of a chart that is seen. Without a zoom it is everything, and follows when there is
/// more to see; a zoom stays where a person has put it until reset(). A value.
class ChartViewport final {
public:
    /// Everything that there is to see.
    void setFull(const AxisRange& x, const AxisRange& y);

    [[nodiscard]] AxisRange x() const { return m_zoomed ? m_x : m_fullX; }
    [[nodiscard]] AxisRange y() const { return m_zoomed ? m_y : m_fullY; }
    [[nodiscard]] bool isZoomed() const { return m_zoomed; }

    /// Shows `1 / factor` of each axis around a point that stays where it is, given as fractions
    /// of the view. A factor of 1 leaves an axis alone. Zooming out ends at everything.
    void zoomAt(double fractionX, double fractionY, double factorX, double factorY);
    /// Moves by fractions of the view, within what there is to see.
    void pan(double fractionX, double fractionY);
    /// Shows exactly this, within what there is to see.
    void select(const AxisRange& x, const AxisRange& y);
    void reset() { m_zoomed = false; }

private:
    AxisRange m_fullX;
    AxisRange m_fullY;
    AxisRange m_x;
    AxisRange m_y;
    bool m_zoomed = false;
};

} // namespace espalier
