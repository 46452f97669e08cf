#include "ui/modeling/canvas/items/connection_item.h"

#include "ui/theme/theme.h"

#include <QGraphicsScene>
#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>
#include <QWidget>
#include <algorithm>

namespace espalier {

ConnectionItem::ConnectionItem(const Connection& connection)
    : m_connection(connection)
{
    setFlag(ItemIsSelectable);
}

void ConnectionItem::setPath(const QPainterPath& path)
{
    if (path == m_path)
        return;
    prepareGeometryChange();
    m_path = path;
    m_bounds = path.boundingRect().adjusted(-4, -4, 4, 4);
}

void ConnectionItem::setDropTarget(bool target)
{
    if (m_dropTarget == target)
        return;
    m_dropTarget = target;
    update();
}

void ConnectionItem::setHovered(bool hovered)
{
    if (m_hovered == hovered)
        return;
    m_hovered = hovered;
    update();
}

bool ConnectionItem::isNear(QPointF point, double reach) const
{
    if (!m_bounds.adjusted(-reach, -reach, reach, reach).contains(point))
        return false;
    QPainterPathStroker stroker;
    stroker.setWidth(2 * reach);
    return stroker.createStroke(m_path).contains(point);
}

QRectF ConnectionItem::boundingRect() const
{
    return m_bounds;
}

void ConnectionItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/,
                           QWidget* widget)
{
    const Theme& theme = Theme::of(widget ? widget->palette() : scene()->palette());
    const double zoom =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    const bool accented = m_dropTarget || isSelected();
    const double width = m_dropTarget ? 3 : isSelected() || m_hovered ? 2 : 1.5;
    const Role role = accented    ? Role::Accent
                      : m_hovered ? Role::TextSecondary
                                  : Role::BorderControl;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    // Never thinner than a pixel, however far away.
    painter->setPen(QPen(theme.color(role), std::max(width, 1 / zoom)));
    painter->drawPath(m_path);
}

} // namespace espalier
