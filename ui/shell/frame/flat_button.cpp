#include "ui/shell/frame/flat_button.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>

namespace espalier {

namespace {

constexpr int Margin = 8;
constexpr int Arrow = 16;

} // namespace

void paintFocusRing(QPainter& painter, const QWidget& widget)
{
    QStyleOptionFocusRect option;
    option.initFrom(&widget);
    constexpr QStyle::State wanted = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
    if ((option.state & wanted) != wanted)
        return;
    const QColor ring = Theme::of(widget.palette()).color(Role::Focus);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ring, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), metrics::Radius,
                            metrics::Radius);
}

FlatButton::FlatButton(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FlatButton::set(const QString& icon, const QString& text, Role iconInk, Role textInk)
{
    if (m_icon == icon && this->text() == text && m_iconInk == iconInk && m_textInk == textInk)
        return;
    m_icon = icon;
    m_iconInk = iconInk;
    m_textInk = textInk;
    setText(text);
    updateGeometry();
    update();
}

void FlatButton::setTextStyle(TextStyle style)
{
    m_style = style;
    updateGeometry();
}

void FlatButton::setIconPixels(int pixels)
{
    m_iconPixels = pixels;
    updateGeometry();
}

void FlatButton::setMenuArrow(bool shown)
{
    m_menuArrow = shown;
    updateGeometry();
}

int FlatButton::textLeft() const
{
    return Margin +
           (m_icon.isEmpty() ? 0 : m_iconPixels + metrics::IconGap + (m_iconPixels / 20) * 4);
}

QSize FlatButton::sizeHint() const
{
    // Two more: glyphs end at parts of a pixel.
    const int text = QFontMetrics(textFont(m_style)).horizontalAdvance(this->text()) + 2;
    const int arrow = m_menuArrow ? metrics::IconGap + Arrow : 0;
    return {textLeft() + text + arrow + Margin, m_style == TextStyle::Small ? 22 : 32};
}

QSize FlatButton::minimumSizeHint() const
{
    return {textLeft() + Margin, sizeHint().height()};
}

void FlatButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::of(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    if (isEnabled() && (isDown() || underMouse())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(isDown() ? Role::Pressed : Role::Hover));
        painter.drawRoundedRect(rect(), metrics::Radius, metrics::Radius);
    }
    if (!m_icon.isEmpty())
        paintIcon(painter, m_icon,
                  QRectF(Margin, (height() - m_iconPixels) / 2.0, m_iconPixels, m_iconPixels),
                  theme.color(isEnabled() ? m_iconInk : Role::TextDisabled));
    const QFont font = textFont(m_style);
    const int right = width() - Margin - (m_menuArrow ? metrics::IconGap + Arrow : 0);
    const QRect place(textLeft(), 0, right - textLeft(), height());
    const QString shown =
        QFontMetrics(font).elidedText(text(), Qt::ElideRight, std::max(0, place.width()));
    painter.setFont(font);
    painter.setPen(theme.color(isEnabled() ? m_textInk : Role::TextDisabled));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, shown);
    if (m_menuArrow) {
        const int end = textLeft() + QFontMetrics(font).horizontalAdvance(shown);
        paintIcon(painter, QStringLiteral("chevron-down"),
                  QRectF(end + metrics::IconGap, (height() - Arrow) / 2.0, Arrow, Arrow),
                  theme.color(Role::TextSecondary));
    }
    paintFocusRing(painter, *this);
}

void FlatButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void FlatButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace espalier
