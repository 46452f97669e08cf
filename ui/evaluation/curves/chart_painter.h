#pragma once

#include "ui/evaluation/curves/chart_content.h"
#include "ui/evaluation/curves/chart_viewport.h"

#include <QList>
#include <QRectF>
#include <optional>

class QPainter;

namespace espalier {

class Theme;

/// One line of the tooltip at the cursor.
struct HoverLine {
    QString name;  ///< of the head: the place, "Epoch 3"
    QString value; ///< empty in the head
    SeriesColor color;

    bool operator==(const HoverLine&) const = default;
};

/// Where a chart stands at the moment: its plot in pixels, and the part of the data in it.
struct ChartFrame {
    QRectF plot;
    AxisRange x;
    AxisRange y; ///< as the axis places values, see toAxis()
    bool logScale = false;

    [[nodiscard]] QPointF toPixels(const QPointF& point) const;
    [[nodiscard]] double toPixelX(double x) const;
};

/// Paints what surrounds curves: ticks, grid, marks, cursor. Keeps nothing.
class ChartPainter final {
public:
    ChartPainter(const ChartContent& content, const ChartFrame& frame, const Theme& theme);

    /// The plot inside a chart of a size: room for texts around it.
    [[nodiscard]] static QRectF plotIn(const ChartContent& content, const ChartViewport& view,
                                       const QSizeF& size);

    void paintBehind(QPainter& painter, const QRectF& whole) const;
    void paintMarks(QPainter& painter) const;
    void paintCursor(QPainter& painter, double x, const QList<HoverLine>& lines,
                     const QRectF& whole) const;
    void paintSelection(QPainter& painter, const QRectF& rectangle) const;

private:
    void paintAxis(QPainter& painter) const;
    void paintGrid(QPainter& painter) const;
    void paintDots(QPainter& painter, const ChartSeries& series) const;
    void paintMark(QPainter& painter, const ChartMark& mark) const;
    void paintEndValues(QPainter& painter) const;
    void paintTooltip(QPainter& painter, const QRectF& box, const QList<HoverLine>& lines) const;
    [[nodiscard]] QList<AxisTick> valueTicks() const;

    const ChartContent& m_content;
    const ChartFrame& m_frame;
    const Theme& m_theme;
};

} // namespace espalier
