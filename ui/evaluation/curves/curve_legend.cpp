#include "ui/evaluation/curves/curve_legend.h"

#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

namespace espalier {

namespace {

constexpr double Line = 16;
constexpr double Gap = 6;
constexpr double Between = 20;
constexpr double Height = 20;

double widthOf(const CurveLegend::Item& item)
{
    double width =
        Line + Gap + QFontMetricsF(textFont(TextStyle::Small)).horizontalAdvance(item.name);
    if (!item.value.isEmpty())
        width +=
            Gap + QFontMetricsF(textFont(TextStyle::SmallMedium)).horizontalAdvance(item.value);
    return width;
}

} // namespace

CurveLegend::CurveLegend(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void CurveLegend::setItems(const QList<Item>& items)
{
    if (m_items == items)
        return;
    m_items = items;
    QStringList texts;
    for (const Item& item : items)
        texts.append(item.value.isEmpty() ? item.name : item.name + u' ' + item.value);
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(texts.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize CurveLegend::sizeHint() const
{
    double width = 0;
    for (const Item& item : m_items)
        width += widthOf(item) + Between;
    return {int(width), int(Height)};
}

QSize CurveLegend::minimumSizeHint() const
{
    return {40, int(Height)};
}

void CurveLegend::paintItems(QPainter& painter, const QPointF& from) const
{
    const Theme& theme = Theme::of(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    double x = from.x();
    const double middle = from.y() + Height / 2;
    for (const Item& item : m_items) {
        const QColor color = item.color.in(theme);
        QPen pen(color, 2);
        if (item.dotted)
            pen.setDashPattern({1.5, 1.5});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, middle), QPointF(x + Line, middle));
        if (item.dot) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(QPointF(x + Line / 2, middle), 3, 3);
        }
        double at = x + Line + Gap;
        painter.setFont(textFont(TextStyle::Small));
        painter.setPen(theme.color(Role::TextSecondary));
        const QRectF row(at, from.y(), 10'000, Height);
        painter.drawText(row, Qt::AlignVCenter | Qt::TextSingleLine, item.name);
        at += QFontMetricsF(painter.font()).horizontalAdvance(item.name) + Gap;
        painter.setFont(textFont(TextStyle::SmallMedium));
        painter.setPen(theme.color(Role::TextPrimary));
        painter.drawText(QRectF(at, from.y(), 10'000, Height),
                         Qt::AlignVCenter | Qt::TextSingleLine, item.value);
        x += widthOf(item) + Between;
    }
}

void CurveLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintItems(painter, {0, (height() - Height) / 2});
}

} // namespace espalier
