#include "ui/evaluation/curves/chart_painter.h"

#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MostValueTicks = 5;
constexpr double PixelsPerTick = 60;
constexpr double TickLength = 4;
constexpr double Gap = 8;
constexpr double LeastLeft = 36;
constexpr double Bottom = 34; // tick, its text, the title
constexpr double TopWithMark = 32;
constexpr double Top = 10;
constexpr double Right = 12;
constexpr double Dot = 3;
constexpr double BestDot = 5;
constexpr double EndDot = 4;
constexpr double LeastDotDistance = 9;
constexpr double TooltipPadding = 10;
constexpr double TooltipLine = 18;
constexpr double Swatch = 8;

QList<AxisTick> valueTicksOf(const AxisRange& y, bool logScale)
{
    return logScale ? logTicks(y, MostValueTicks) : linearTicks(y, MostValueTicks);
}

double widthOf(const QString& text, TextStyle style)
{
    return QFontMetricsF(textFont(style)).horizontalAdvance(text);
}

QPen crisp(const QColor& color, double width = 1, Qt::PenStyle style = Qt::SolidLine)
{
    QPen pen(color, width, style);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

double halfPixel(double at)
{
    return std::floor(at) + 0.5;
}

void drawText(QPainter& painter, const QRectF& box, int flags, const QString& text)
{
    painter.drawText(box, flags | Qt::TextDontClip | Qt::TextSingleLine, text);
}

void paintDot(QPainter& painter, const QPointF& at, double radius, const QColor& fill,
              const QColor& ring)
{
    painter.setPen(QPen(ring, 1.5));
    painter.setBrush(fill);
    painter.drawEllipse(at, radius, radius);
}

double endWidth(double value)
{
    return widthOf(metricText(value), TextStyle::CaptionStrong) + Gap + 1;
}

const QPointF* lastDrawable(const ChartSeries& series)
{
    const auto found = std::find_if(series.points.crbegin(), series.points.crend(),
                                    [](const QPointF& p) { return std::isfinite(p.y()); });
    return found == series.points.crend() ? nullptr : &*found;
}

} // namespace

QPointF ChartFrame::toPixels(const QPointF& point) const
{
    return {toPixelX(point.x()),
            plot.bottom() - y.fraction(toAxis(point.y(), logScale)) * plot.height()};
}

double ChartFrame::toPixelX(double value) const
{
    return plot.left() + x.fraction(value) * plot.width();
}

ChartPainter::ChartPainter(const ChartContent& content, const ChartFrame& frame, const Theme& theme)
    : m_content(content)
    , m_frame(frame)
    , m_theme(theme)
{
}

QRectF ChartPainter::plotIn(const ChartContent& content, const ChartViewport& view,
                            const QSizeF& size)
{
    double left = LeastLeft;
    for (const AxisTick& tick : valueTicksOf(view.y(), content.logScale))
        left = std::max(left, widthOf(tick.text, TextStyle::Caption) + Gap);
    double right = Right;
    // A single value finds room above its end: charts over each other keep one right edge.
    if (std::ranges::count_if(content.series, &ChartSeries::endValue) > 1)
        for (const ChartSeries& series : content.series)
            if (const QPointF* last = series.endValue ? lastDrawable(series) : nullptr)
                right = std::max(right, endWidth(last->y()) + Gap + EndDot);
    const bool marked = std::ranges::any_of(
        content.marks, [](const ChartMark& mark) { return !mark.text.isEmpty(); });
    const double top = marked ? TopWithMark : Top;
    return {left, top, std::max(1.0, size.width() - left - right),
            std::max(1.0, size.height() - top - Bottom)};
}

void ChartPainter::paintBehind(QPainter& painter, const QRectF& whole) const
{
    painter.fillRect(whole, m_theme.color(Role::Surface));
    if (m_content.reached && *m_content.reached < m_frame.x.to) {
        QRectF unreached = m_frame.plot;
        unreached.setLeft(std::max(unreached.left(), m_frame.toPixelX(*m_content.reached)));
        painter.fillRect(unreached, m_theme.color(Role::Sunken));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(textFont(TextStyle::Caption));
    paintGrid(painter);
    paintAxis(painter);
}

void ChartPainter::paintGrid(QPainter& painter) const
{
    const QRectF& plot = m_frame.plot;
    for (const AxisTick& tick : valueTicks()) {
        const double at = halfPixel(plot.bottom() - m_frame.y.fraction(tick.value) * plot.height());
        painter.setPen(crisp(m_theme.color(Role::Grid)));
        painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at));
        painter.setPen(m_theme.color(Role::TextSecondary));
        drawText(painter, {0, at - 8, plot.left() - Gap, 16}, Qt::AlignRight | Qt::AlignVCenter,
                 tick.text);
    }
}

void ChartPainter::paintAxis(QPainter& painter) const
{
    const QRectF& plot = m_frame.plot;
    const double y = halfPixel(plot.bottom());
    painter.setPen(crisp(m_theme.color(Role::BorderControl)));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    for (const AxisTick& tick : wholeTicks(m_frame.x, int(plot.width() / PixelsPerTick) + 1)) {
        const double at = halfPixel(m_frame.toPixelX(tick.value));
        painter.setPen(crisp(m_theme.color(Role::BorderControl)));
        painter.drawLine(QPointF(at, y), QPointF(at, y + TickLength));
        painter.setPen(m_theme.color(Role::TextSecondary));
        const double width = widthOf(tick.text, TextStyle::Caption);
        const double left = std::min(at - width / 2, plot.right() + Right - width);
        drawText(painter, {left, y + TickLength + 1, width, 14}, Qt::AlignLeft, tick.text);
    }
    painter.setPen(m_theme.color(Role::TextSecondary));
    drawText(painter, {plot.left(), y + TickLength + 15, plot.width(), 14}, Qt::AlignRight,
             m_content.xTitle);
}

void ChartPainter::paintMarks(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.save();
    painter.setClipRect(m_frame.plot.adjusted(-BestDot, -BestDot, BestDot, BestDot));
    for (const ChartSeries& series : m_content.series)
        if (series.markers)
            paintDots(painter, series);
    painter.restore();
    for (const ChartMark& mark : m_content.marks)
        paintMark(painter, mark);
    paintEndValues(painter);
}

void ChartPainter::paintDots(QPainter& painter, const ChartSeries& series) const
{
    const double distance = m_frame.plot.width() / std::max(1e-9, m_frame.x.length());
    if (distance < LeastDotDistance)
        return;
    const QColor color = series.color.in(m_theme);
    for (const QPointF& point : series.points)
        if (m_frame.x.contains(point.x()) && std::isfinite(toAxis(point.y(), m_frame.logScale)))
            paintDot(painter, m_frame.toPixels(point), Dot, color, m_theme.color(Role::Surface));
}

void ChartPainter::paintMark(QPainter& painter, const ChartMark& mark) const
{
    if (!m_frame.x.contains(mark.at.x()))
        return;
    const QRectF& plot = m_frame.plot;
    const QPointF at = m_frame.toPixels(mark.at);
    if (!mark.text.isEmpty()) {
        QPen pen(m_theme.color(Role::TextSecondary), 1);
        pen.setDashPattern({4, 3});
        painter.setPen(pen);
        const double x = halfPixel(at.x());
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.top() - 24));
        const double width = widthOf(mark.text, TextStyle::SmallMedium) + 28;
        const double left = x + 8 + width > plot.right() + Right ? x - 8 - width : x + 8;
        paintIcon(painter, u"star"_s, {left, plot.top() - 23, 14, 14}, mark.color.in(m_theme));
        painter.setFont(textFont(TextStyle::SmallMedium));
        painter.setPen(m_theme.color(Role::TextPrimary));
        drawText(painter, {left + 20, plot.top() - 24, width - 20, 16}, Qt::AlignVCenter,
                 mark.text);
    }
    if (std::isfinite(at.y()) && plot.adjusted(-1, -1, 1, 1).contains(at))
        paintDot(painter, at, BestDot, mark.color.in(m_theme), m_theme.color(Role::Surface));
}

void ChartPainter::paintEndValues(QPainter& painter) const
{
    struct Label {
        QPointF at;
        double y;
        QString text;
        QColor color;
    };
    QList<Label> labels;
    for (const ChartSeries& series : m_content.series) {
        const QPointF* last = series.endValue ? lastDrawable(series) : nullptr;
        if (!last || !m_frame.x.contains(last->x()))
            continue;
        const QPointF at = m_frame.toPixels(*last);
        if (m_frame.plot.adjusted(-1, -1, 1, 1).contains(at))
            labels.append({at, at.y(), metricText(last->y()), series.color.in(m_theme)});
    }
    std::ranges::sort(labels, {}, &Label::y);
    for (qsizetype i = 1; i < labels.size(); ++i)
        labels[i].y = std::max(labels[i].y, labels[i - 1].y + 14);
    painter.setFont(textFont(TextStyle::CaptionStrong));
    for (const Label& label : labels) {
        paintDot(painter, label.at, EndDot, label.color, m_theme.color(Role::Surface));
        painter.setPen(m_theme.color(Role::TextPrimary));
        const QRectF beside(label.at.x() + Gap + 1, label.y - 8, 80, 16);
        if (labels.size() > 1 || beside.left() + widthOf(label.text, TextStyle::CaptionStrong) <=
                                     m_frame.plot.right() + Right) {
            drawText(painter, beside, Qt::AlignVCenter, label.text);
            continue;
        }
        const bool above = label.at.y() - 24 >= m_frame.plot.top();
        drawText(painter, {m_frame.plot.right() - 80, label.at.y() + (above ? -24 : 8), 80, 16},
                 Qt::AlignVCenter | Qt::AlignRight, label.text);
    }
}

void ChartPainter::paintCursor(QPainter& painter, double x, const QList<HoverLine>& lines,
                               const QRectF& whole) const
{
    if (!m_frame.x.contains(x))
        return;
    const QRectF& plot = m_frame.plot;
    const double at = halfPixel(m_frame.toPixelX(x));
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(crisp(m_theme.color(Role::BorderControl)));
    painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()));
    painter.setRenderHint(QPainter::Antialiasing, true);
    double sum = 0;
    int count = 0;
    for (const ChartSeries& series : m_content.series) {
        const auto found = std::ranges::find(series.points, x, &QPointF::x);
        if (!series.inHover || found == series.points.end())
            continue;
        const QPointF pixel = m_frame.toPixels(*found);
        if (!plot.contains(pixel))
            continue;
        paintDot(painter, pixel, BestDot, series.color.in(m_theme), m_theme.color(Role::Surface));
        sum += pixel.y();
        ++count;
    }
    double width = 0;
    for (const HoverLine& line : lines)
        width = std::max(width, widthOf(line.name, TextStyle::Small) +
                                    widthOf(line.value, TextStyle::SmallMedium));
    const QSizeF size(width + 2 * TooltipPadding + Swatch + 6 + 12,
                      double(lines.size()) * TooltipLine + TooltipPadding + 4);
    const bool low = count == 0 || sum / count < plot.center().y();
    const double left = at + 10 + size.width() > whole.right() ? at - 10 - size.width() : at + 10;
    const double top = low ? plot.bottom() - size.height() - 24 : plot.top() + 16;
    paintTooltip(painter, {{left, std::max(whole.top() + 2, top)}, size}, lines);
}

void ChartPainter::paintTooltip(QPainter& painter, const QRectF& box,
                                const QList<HoverLine>& lines) const
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Role::Tooltip));
    painter.drawRoundedRect(box, metrics::Radius, metrics::Radius);
    QRectF row(box.left() + TooltipPadding, box.top() + 6, box.width() - 2 * TooltipPadding,
               TooltipLine);
    for (const HoverLine& line : lines) {
        const bool head = line.value.isEmpty();
        painter.setFont(textFont(head ? TextStyle::SmallMedium : TextStyle::Small));
        painter.setPen(m_theme.color(head ? Role::TooltipText : Role::TooltipSecondary));
        drawText(painter, row.adjusted(head ? 0 : Swatch + 6, 0, 0, 0), Qt::AlignVCenter,
                 line.name);
        if (!head) {
            painter.setFont(textFont(TextStyle::SmallMedium));
            painter.setPen(m_theme.color(Role::TooltipText));
            drawText(painter, row, Qt::AlignVCenter | Qt::AlignRight, line.value);
            painter.setPen(Qt::NoPen);
            painter.setBrush(line.color.in(Theme::dark()));
            painter.drawRoundedRect(
                QRectF(row.left(), row.center().y() - Swatch / 2, Swatch, Swatch), 2, 2);
        }
        row.translate(0, TooltipLine);
    }
}

void ChartPainter::paintSelection(QPainter& painter, const QRectF& rectangle) const
{
    QColor fill = m_theme.color(Role::Accent);
    fill.setAlphaF(0.12F);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(crisp(m_theme.color(Role::Accent)));
    painter.setBrush(fill);
    painter.drawRect(rectangle.intersected(m_frame.plot));
}

QList<AxisTick> ChartPainter::valueTicks() const
{
    return valueTicksOf(m_frame.y, m_content.logScale);
}

} // namespace espalier
