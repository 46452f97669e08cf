#include "ui/widgets/widgets.h"

#include <QPainter>
#include <QStyle>

namespace espalier {
namespace {

constexpr int Padding = 9, IconSide = 12, Gap = 4;

} // namespace

Chip::Chip(QWidget* parent)
    : QWidget(parent)
{
    setFont(textFont(TextStyle::SmallMedium));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVisible(false);
}

void Chip::set(const QString& icon, const QString& text, Role ink, Role fill)
{
    m_icon = icon;
    m_text = text;
    m_ink = ink;
    m_fill = fill;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const int icon = m_icon.isEmpty() ? 0 : IconSide + Gap;
    const int height = qMax(int(metrics::Chip), fontMetrics().height() + 4);
    return {fontMetrics().horizontalAdvance(m_text) + icon + 2 * Padding, height};
}

void Chip::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(palette());
    const QColor ink = theme.color(isEnabled() ? m_ink : Role::TextDisabled);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(m_fill));
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    QRect room = rect().adjusted(Padding, 0, -Padding, 0);
    if (!m_icon.isEmpty()) {
        const QRect place(room.left(), (height() - IconSide) / 2, IconSide, IconSide);
        paintIcon(painter, m_icon, QStyle::visualRect(layoutDirection(), rect(), place), ink);
        room.setLeft(place.right() + 1 + Gap);
    }
    painter.setPen(ink);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), room),
                     int(Qt::AlignVCenter | Qt::AlignLeft), m_text);
}

} // namespace espalier
