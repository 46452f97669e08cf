#include "ui/datasets/icon_label.h"

#include <QPainter>

namespace espalier {

IconLabel::IconLabel(const QString& icon, Role role, QWidget* parent)
    : QWidget(parent)
    , m_icon(icon)
    , m_role(role)
{
    setFixedSize(metrics::Icon, metrics::Icon);
}

void IconLabel::setIcon(const QString& icon)
{
    m_icon = icon;
    update();
}

void IconLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_icon.isEmpty())
        paintIcon(painter, m_icon, rect(), Theme::of(palette()).color(m_role));
}

} // namespace espalier
