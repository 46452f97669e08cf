#include "ui/modeling/canvas/items/block_item.h"

#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/items/block_painter.h"
#include "ui/theme/theme.h"

#include <QGraphicsScene>
#include <QWidget>

namespace espalier {

namespace {

constexpr double Margin = 10; ///< for ports, halo and mark

} // namespace

BlockItem::BlockItem(BlockId id)
    : m_id(id)
{
    setFlag(ItemIsSelectable);
    setZValue(1);
}

void BlockItem::setContent(const BlockContent& content)
{
    m_content = content;
    update();
}

void BlockItem::setFolded(bool folded)
{
    if (m_folded == folded)
        return;
    m_folded = folded;
    update();
}

void BlockItem::setPortStates(PortState input, PortState output)
{
    if (m_input == input && m_output == output)
        return;
    m_input = input;
    m_output = output;
    update();
}

QPointF BlockItem::inputPort(int port) const
{
    return inputPortOf(pos(), port, m_content.inputs);
}

QPointF BlockItem::outputPort() const
{
    return outputPortOf(pos());
}

QRectF BlockItem::frame() const
{
    return blockRect(pos());
}

QRectF BlockItem::boundingRect() const
{
    return blockRect({}).adjusted(-Margin, -Margin, Margin, Margin);
}

void BlockItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/,
                      QWidget* widget)
{
    if (m_folded)
        return;
    const Theme& theme = Theme::of(widget ? widget->palette() : scene()->palette());
    paintBlock(*painter, theme, m_content,
               {.selected = isSelected(), .input = m_input, .output = m_output});
}

} // namespace espalier
