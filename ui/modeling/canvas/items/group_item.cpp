#include "ui/modeling/canvas/items/group_item.h"

#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/group_edits.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <QWidget>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double Margin = 10; ///< as a block has
// The title stands in the gap between two rows, left of the port in the middle of a block.
constexpr double FrameSide = 12;
constexpr double FrameEnd = 8;
constexpr double TitleHeight = 14;
constexpr double TitleTop = -17; ///< clear of the block above and of the glow of a selected one
constexpr double TitleIcon = 12;
constexpr double TitlePadding = 5;
constexpr double LongestTitle = canvas::BlockWidth / 2;
constexpr QSizeF FoldedButton(22, 20);

double gapBeforePort()
{
    return LongestTitle - canvas::PortReach + FrameSide;
}

} // namespace

BlockContent GroupSummary::of(const ModelGraph& graph, const GraphGroup& group,
                              const GraphAnalysis& analysis)
{
    qint64 parameters = 0;
    for (BlockId id : group.blocks)
        parameters += analysis.blocks.value(id).cost.parameters;
    BlockContent content;
    content.name = group.name;
    content.summary =
        tr("%1 · %2 params")
            .arg(ModelCanvas::blocksText(group.blocks.size()), compactCountText(parameters));
    content.shape = analysis.blocks.value(exitOf(graph, group)).output.toString();
    content.appearance = {u"group"_s, Role::InkEnds, Role::TileEnds};
    content.isGroup = true;
    const auto leads = [&](BlockId from, BlockId to) {
        return std::ranges::binary_search(group.blocks, from) &&
               !std::ranges::binary_search(group.blocks, to);
    };
    content.inputs = 0;
    content.hasOutput = false;
    for (const Connection& connection : graph.connections()) {
        content.hasOutput = content.hasOutput || leads(connection.from, connection.to);
        if (leads(connection.to, connection.from))
            content.inputs = 1;
    }
    return content;
}

GroupItem::GroupItem(const GraphGroup& group)
    : m_group(group)
{
    setZValue(group.folded ? 1 : -1);
}

void GroupItem::setContent(const BlockContent& content)
{
    m_content = content;
    update();
}

void GroupItem::setBounds(const QRectF& bounds)
{
    prepareGeometryChange();
    m_size = bounds.size();
    setPos(isFolded()
               ? QPointF(std::round(bounds.center().x() - canvas::BlockWidth / 2), bounds.top())
               : bounds.topLeft());
}

void GroupItem::setSelectedWhole(bool selected)
{
    if (m_selected == selected)
        return;
    m_selected = selected;
    update();
}

QPointF GroupItem::inputPort() const
{
    return inputPortOf(pos(), 0, 1);
}

QPointF GroupItem::outputPort() const
{
    return outputPortOf(pos());
}

QRectF GroupItem::frame() const
{
    return isFolded() ? blockRect(pos())
                      : QRectF(pos(), m_size).adjusted(-FrameSide, -FrameEnd, FrameSide, FrameEnd);
}

double GroupItem::titleWidth() const
{
    const double text =
        QFontMetricsF(textFont(TextStyle::CaptionStrong)).horizontalAdvance(m_group.name);
    return std::min(std::ceil(text) + TitleIcon + 3 * TitlePadding, gapBeforePort());
}

QRectF GroupItem::handle() const
{
    if (isFolded())
        return frame();
    return {pos() + QPointF(-FrameSide, TitleTop), QSizeF(titleWidth(), TitleHeight)};
}

QRectF GroupItem::button() const
{
    if (isFolded())
        return {blockRect(pos()).topRight() + QPointF(-FoldedButton.width() - 6, 3), FoldedButton};
    return {handle().topLeft(), QSizeF(TitleIcon + 1.5 * TitlePadding, TitleHeight)};
}

QRectF GroupItem::boundingRect() const
{
    const QRectF all = frame() | handle();
    return all.translated(-pos()).adjusted(-Margin, -Margin, Margin, Margin);
}

void GroupItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/,
                      QWidget* widget)
{
    const Theme& theme = Theme::of(widget ? widget->palette() : scene()->palette());
    if (!isFolded())
        return paintFrame(*painter, theme);
    paintBlock(*painter, theme, m_content, {.selected = m_selected});
    const double zoom =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    if (zoom < canvas::NameOnlyZoom)
        return;
    QRectF icon(0, 0, 14, 14);
    icon.moveCenter(button().translated(-pos()).center());
    paintIcon(*painter, u"unfold"_s, icon, theme.color(Role::TextSecondary));
}

void GroupItem::paintFrame(QPainter& painter, const Theme& theme) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = theme.color(m_selected ? Role::Selection : Role::Hover);
    fill.setAlphaF(0.5F);
    painter.setBrush(fill);
    painter.setPen(QPen(theme.color(m_selected ? Role::Accent : Role::BorderBlock), 1));
    painter.drawRoundedRect(frame().translated(-pos()), metrics::Radius + 2, metrics::Radius + 2);
    const double zoom =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
    if (zoom < canvas::InkOnlyZoom)
        return;
    const QRectF title = handle().translated(-pos());
    painter.setBrush(theme.color(Role::Raised));
    painter.drawRoundedRect(title.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    QRectF icon(0, 0, TitleIcon, TitleIcon);
    icon.moveCenter(button().translated(-pos()).center());
    paintIcon(painter, u"fold"_s, icon, theme.color(Role::TextSecondary));
    const QFont font = textFont(TextStyle::CaptionStrong);
    const QRectF text = title.adjusted(TitleIcon + 2 * TitlePadding, 0, -TitlePadding, 0);
    painter.setFont(font);
    painter.setPen(theme.color(m_selected ? Role::AccentInk : Role::TextSecondary));
    painter.drawText(
        text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        QFontMetricsF(font).elidedText(m_group.name, Qt::ElideRight, text.width() + 1));
}

} // namespace espalier
