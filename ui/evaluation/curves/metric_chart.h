#pragma once

#include "ui/evaluation/curves/chart_content.h"
#include "ui/evaluation/curves/chart_painter.h"
#include "ui/evaluation/curves/chart_viewport.h"

#include <QtCharts/QChartView>
#include <optional>

class QLineSeries;

namespace espalier {

/// Curves of a metric. Hover or the arrow keys move a cursor that names the values; the wheel zooms
/// at the pointer (with Shift along x alone, with Ctrl along y alone), a drag selects what to
/// zoom into, a drag with the right or middle button or with Shift moves, a double click or Home
/// shows everything. A zoom survives setContent().
///
/// Qt Charts draws the curves, a ChartPainter everything around them. Points beyond what the width
/// can show are decimated, so that 100,000 of them are redrawn within a frame.
class MetricChart final : public QChartView {
    Q_OBJECT

public:
    explicit MetricChart(QWidget* parent = nullptr);
    ~MetricChart() override;

    void setContent(const ChartContent& content);
    [[nodiscard]] const ChartContent& content() const { return m_content; }
    [[nodiscard]] const ChartViewport& viewportOfData() const { return m_view; }
    [[nodiscard]] bool isZoomed() const { return m_view.isZoomed(); }

    void zoom(double factor); ///< around the middle
    void resetZoom();
    /// x of the cursor; nothing: none.
    void setCursor(std::optional<double> x);
    [[nodiscard]] std::optional<double> cursorX() const { return m_cursor; }
    /// What the cursor says: "Epoch 3", then a line for each curve; empty without one.
    [[nodiscard]] QList<HoverLine> hoverLines() const;
    /// The chart alone, without cursor and focus, as an image or in another device.
    void paintInto(QPainter& painter, const QRectF& target);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void zoomChanged();
    void clicked(double x); ///< without a drag, on the plot

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    enum class Drag { None, Select, Pan };

    void createSeries();
    void applyPens();
    void updateGeometry();
    void updatePoints();
    void afterZoom();
    void moveCursor(int steps);
    void finishSelection();
    [[nodiscard]] QList<double> cursorPlaces() const;
    [[nodiscard]] ChartFrame frame() const;
    [[nodiscard]] QPointF fractionAt(const QPointF& position) const;

    ChartContent m_content;
    ChartViewport m_view;
    QList<QLineSeries*> m_lines; ///< one per series of the content, owned by the chart
    QRectF m_plot;
    std::optional<double> m_cursor;
    Drag m_drag = Drag::None;
    QPointF m_dragStart;
    QPointF m_dragAt;
    bool m_plain = false;   ///< paintInto() is at work
    bool m_focused = false; ///< by keyboard
};

} // namespace espalier
