#include "ui/evaluation/curves/metric_chart.h"

#include "ui/evaluation/curves/curve_math.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QGraphicsLayout>
#include <QLocale>
#include <QPainter>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

constexpr double Padding = 0.06; // of the values, above and below

QChart* createChart()
{
    auto* chart = new QChart;
    chart->setBackgroundVisible(false);
    chart->setMargins({});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->legend()->hide();
    for (const Qt::Alignment alignment : {Qt::AlignBottom, Qt::AlignLeft}) {
        auto* axis = new QValueAxis;
        axis->setVisible(false);
        chart->addAxis(axis, alignment);
    }
    return chart;
}

/// The longest curve has a point at every place that the cursor can take.
const ChartSeries* referenceOf(const ChartContent& content)
{
    const ChartSeries* longest = nullptr;
    for (const ChartSeries& series : content.series)
        if (series.inHover && (!longest || series.points.size() > longest->points.size()))
            longest = &series;
    return longest && !longest->points.isEmpty() ? longest : nullptr;
}

QList<QPointF> onAxis(const QList<QPointF>& points, bool logScale)
{
    if (!logScale)
        return points;
    QList<QPointF> result;
    result.reserve(points.size());
    for (const QPointF& point : points)
        if (point.y() > 0)
            result.append({point.x(), std::log10(point.y())});
    return result;
}

} // namespace

MetricChart::MetricChart(QWidget* parent)
    : QChartView(createChart(), parent)
{
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setViewportUpdateMode(FullViewportUpdate);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::NoContextMenu);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

MetricChart::~MetricChart() = default;

void MetricChart::setContent(const ChartContent& content)
{
    if (content.logScale != m_content.logScale)
        m_view.reset();
    m_content = content;
    m_view.setFull(content.x, padded(content.valueRange(), Padding));
    if (m_cursor && !content.x.contains(*m_cursor))
        m_cursor.reset();
    if (m_lines.size() != content.series.size())
        createSeries();
    applyPens();
    updateGeometry();
    updatePoints();
}

void MetricChart::createSeries()
{
    chart()->removeAllSeries();
    m_lines.clear();
    for (qsizetype i = 0; i < m_content.series.size(); ++i) {
        auto* line = new QLineSeries;
        chart()->addSeries(line);
        for (QAbstractAxis* axis : chart()->axes())
            line->attachAxis(axis);
        m_lines.append(line);
    }
}

void MetricChart::applyPens()
{
    const Theme& theme = Theme::of(palette());
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const ChartSeries& series = m_content.series[i];
        QColor color = series.color.in(theme);
        color.setAlphaF(float(series.opacity));
        QPen pen(color, series.width);
        pen.setJoinStyle(Qt::RoundJoin);
        if (series.dotted)
            pen.setDashPattern({2, 2.4});
        if (m_lines[i]->pen() != pen)
            m_lines[i]->setPen(pen);
    }
}

void MetricChart::updateGeometry()
{
    const QRectF plot = ChartPainter::plotIn(m_content, m_view, viewport()->size());
    if (plot != m_plot) {
        m_plot = plot;
        chart()->setPlotArea(plot);
    }
    const AxisRange x = m_view.x();
    const AxisRange y = m_view.y();
    chart()->axes(Qt::Horizontal).constFirst()->setRange(x.from, x.to);
    chart()->axes(Qt::Vertical).constFirst()->setRange(y.from, y.to);
}

void MetricChart::updatePoints()
{
    const AxisRange x = m_view.x();
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const ChartSeries& series = m_content.series[i];
        // A line hides what is finer than itself.
        const int columns = std::max(1, int(m_plot.width() / std::max(1.0, series.width)));
        m_lines[i]->replace(
            decimated(onAxis(series.points, m_content.logScale), x.from, x.to, columns));
    }
    viewport()->update();
}

void MetricChart::zoom(double factor)
{
    m_view.zoomAt(0.5, 0.5, factor, factor);
    afterZoom();
}

void MetricChart::resetZoom()
{
    m_view.reset();
    afterZoom();
}

void MetricChart::afterZoom()
{
    updateGeometry();
    updatePoints();
    Q_EMIT zoomChanged();
}

void MetricChart::setCursor(std::optional<double> x)
{
    const ChartSeries* reference = referenceOf(m_content);
    if (x && reference)
        x = reference->points[nearestIndex(reference->points, *x)].x();
    else
        x.reset();
    if (m_cursor == x)
        return;
    m_cursor = x;
    QStringList texts;
    for (const HoverLine& line : hoverLines())
        texts.append(line.value.isEmpty() ? line.name : line.name + u' ' + line.value);
    setAccessibleDescription(texts.join(QStringLiteral(", ")));
    viewport()->update();
}

QList<HoverLine> MetricChart::hoverLines() const
{
    if (!m_cursor)
        return {};
    const bool whole = *m_cursor == std::round(*m_cursor);
    const QString place =
        whole ? countText(std::llround(*m_cursor)) : locale().toString(*m_cursor, 'f', 2);
    QList<HoverLine> lines{{m_content.xTitle + u' ' + place, {}, {}}};
    for (const ChartSeries& series : m_content.series) {
        if (!series.inHover || series.points.isEmpty())
            continue;
        const QPointF& nearest = series.points[nearestIndex(series.points, *m_cursor)];
        if (nearest.x() == *m_cursor)
            lines.append({series.name, preciseMetricText(nearest.y()), series.color});
    }
    return lines;
}

void MetricChart::moveCursor(int steps)
{
    const ChartSeries* reference = referenceOf(m_content);
    if (!reference)
        return;
    const QList<QPointF>& points = reference->points;
    if (!m_cursor) {
        setCursor(std::min(points.last().x(), m_view.x().to));
        return;
    }
    const AxisRange x = m_view.x();
    const qsizetype seen = nearestIndex(points, x.to) - nearestIndex(points, x.from);
    const qsizetype stride = std::max<qsizetype>(1, seen / std::max(1, int(m_plot.width())));
    const qsizetype at = nearestIndex(points, *m_cursor) + steps * stride;
    setCursor(points[std::clamp<qsizetype>(at, 0, points.size() - 1)].x());
    const double over = std::max(0.0, *m_cursor - x.to) - std::max(0.0, x.from - *m_cursor);
    if (over != 0) {
        m_view.pan(over / x.length(), 0);
        afterZoom();
    }
}

void MetricChart::paintInto(QPainter& painter, const QRectF& target)
{
    m_plain = true;
    render(&painter, target, viewport()->rect());
    m_plain = false;
}

QSize MetricChart::sizeHint() const
{
    return {640, 300};
}

QSize MetricChart::minimumSizeHint() const
{
    return {240, 120};
}

ChartFrame MetricChart::frame() const
{
    return {m_plot, m_view.x(), m_view.y(), m_content.logScale};
}

void MetricChart::drawBackground(QPainter* painter, const QRectF&)
{
    const ChartFrame now = frame();
    ChartPainter(m_content, now, Theme::of(palette())).paintBehind(*painter, viewport()->rect());
    painter->setRenderHint(QPainter::Antialiasing, true);
}

void MetricChart::drawForeground(QPainter* painter, const QRectF&)
{
    const ChartFrame now = frame();
    const Theme& theme = Theme::of(palette());
    const ChartPainter paint(m_content, now, theme);
    paint.paintMarks(*painter);
    if (m_plain)
        return;
    if (m_drag == Drag::Select)
        paint.paintSelection(*painter, QRectF(m_dragStart, m_dragAt).normalized());
    else if (m_cursor)
        paint.paintCursor(*painter, *m_cursor, hoverLines(), viewport()->rect());
    if (m_focused && hasFocus()) {
        painter->setPen(QPen(theme.color(Role::Focus), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), metrics::Radius,
                                 metrics::Radius);
    }
}

void MetricChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    updateGeometry();
    updatePoints();
}

void MetricChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyPens();
        updateGeometry();
        viewport()->update();
    }
}

} // namespace espalier
