#include "ui/modeling/canvas/block_item.h"

#include "core/graph/block_catalogue.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double Radius = metrics::Radius;
constexpr double Margin = 10; ///< for ports, halo and mark
const QRectF Frame = blockRect({});

QColor shadowColor(const Theme& theme)
{
    QColor black = Theme::textOn(Theme::light().color(Role::Surface));
    black.setAlphaF(theme.isDark() ? 0.35F : 0.06F);
    return black;
}

const QPainterPath& tilePath()
{
    static const QPainterPath path = [] {
        QPainterPath frame;
        frame.addRoundedRect(Frame, Radius, Radius);
        QPainterPath left;
        left.addRect(0, 0, canvas::TileWidth, canvas::BlockHeight);
        return frame.intersected(left);
    }();
    return path;
}

} // namespace

BlockContent BlockContent::of(const Block& block, const GraphAnalysis& analysis)
{
    BlockContent content;
    content.name = block.name;
    const BlockAnalysis known = analysis.blocks.value(block.id);
    content.shape = known.output.toString();
    if (const BlockType* type = blockType(block.type)) {
        content.summary = type->summary(known.parameters);
        content.appearance = appearanceOf(*type);
        content.takesAnyNumber = type->maximumInputs < 0;
        content.inputs = content.takesAnyNumber ? 1 : type->maximumInputs;
        content.hasOutput = type->hasOutput;
        if (!type->hasOutput && known.output.isEmpty())
            content.shape = known.inputs.value(0).toString();
    }
    return content;
}

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
    return Frame.adjusted(-Margin, -Margin, Margin, Margin);
}

void BlockItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/,
                      QWidget* widget)
{
    const Theme& theme = Theme::of(widget ? widget->palette() : scene()->palette());
    const double zoom =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    if (zoom < canvas::InkOnlyZoom) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(m_content.appearance.ink));
        painter->drawRoundedRect(Frame, Radius, Radius);
        if (isSelected() || m_content.hasError)
            paintOutline(*painter, theme);
        return;
    }
    const bool nameOnly = zoom < canvas::NameOnlyZoom;
    paintFrame(*painter, theme);
    paintTexts(*painter, theme, nameOnly);
    if (!nameOnly || m_input != PortState::Normal || m_output != PortState::Normal)
        paintPorts(*painter, theme);
    if (m_content.hasError)
        paintError(*painter, theme);
}

void BlockItem::paintFrame(QPainter& painter, const Theme& theme) const
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(shadowColor(theme));
    painter.drawRoundedRect(Frame.translated(0, 1), Radius, Radius);
    painter.setBrush(theme.color(Role::Raised));
    painter.drawRoundedRect(Frame, Radius, Radius);
    painter.setBrush(theme.color(m_content.appearance.tile));
    painter.drawPath(tilePath());
    QRectF icon(0, 0, 20, 20);
    icon.moveCenter({canvas::TileWidth / 2, canvas::BlockHeight / 2});
    paintIcon(painter, m_content.appearance.icon, icon, theme.color(m_content.appearance.ink));
    paintOutline(painter, theme);
}

void BlockItem::paintOutline(QPainter& painter, const Theme& theme) const
{
    painter.setBrush(Qt::NoBrush);
    if (isSelected()) {
        painter.setPen(QPen(theme.color(Role::Selection), 3));
        painter.drawRoundedRect(Frame.adjusted(-2.5, -2.5, 2.5, 2.5), Radius + 2.5, Radius + 2.5);
    }
    if (isSelected() || m_content.hasError) {
        painter.setPen(QPen(theme.color(isSelected() ? Role::Accent : Role::LevelError), 2));
        painter.drawRoundedRect(Frame, Radius, Radius);
    } else {
        painter.setPen(QPen(theme.color(Role::BorderBlock), 1));
        painter.drawRoundedRect(Frame.adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);
    }
}

void BlockItem::paintTexts(QPainter& painter, const Theme& theme, bool nameOnly) const
{
    constexpr double left = canvas::TileWidth + 10;
    constexpr double right = canvas::BlockWidth - 10;
    const QFont nameFont = textFont(TextStyle::BodyStrong);
    painter.setFont(nameFont);
    painter.setPen(theme.color(Role::TextPrimary));
    const QRectF nameRect(left, nameOnly ? 0 : 5, right - left,
                          nameOnly ? canvas::BlockHeight : 18);
    painter.drawText(
        nameRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        QFontMetricsF(nameFont).elidedText(m_content.name, Qt::ElideRight, nameRect.width()));
    if (nameOnly)
        return;
    const QFont shapeFont = textFont(TextStyle::CaptionStrong);
    const double shapeWidth = QFontMetricsF(shapeFont).horizontalAdvance(m_content.shape);
    const QRectF line(left, 23, right - left, 16);
    painter.setFont(shapeFont);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, m_content.shape);
    const QFont font = textFont(TextStyle::Caption);
    painter.setFont(font);
    painter.setPen(theme.color(Role::TextSecondary));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     QFontMetricsF(font).elidedText(m_content.summary, Qt::ElideRight,
                                                    line.width() - shapeWidth - 8));
}

void BlockItem::paintPorts(QPainter& painter, const Theme& theme) const
{
    const auto paintPort = [&](QPointF centre, PortState state) {
        const bool lit = state != PortState::Normal;
        const Role outline = lit || isSelected() ? Role::Accent : Role::BorderControl;
        painter.setPen(QPen(theme.color(outline), 1.5));
        painter.setBrush(theme.color(state == PortState::Target ? Role::Accent : Role::Raised));
        const double radius = lit ? canvas::LitPortRadius : canvas::PortRadius;
        painter.drawEllipse(centre, radius, radius);
    };
    for (int port = 0; port < m_content.inputs; ++port)
        paintPort(inputPortOf({}, port, m_content.inputs), m_input);
    if (m_content.hasOutput)
        paintPort(outputPortOf({}), m_output);
}

void BlockItem::paintError(QPainter& painter, const Theme& theme) const
{
    const QPointF centre(canvas::BlockWidth - 4, 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Raised));
    painter.drawEllipse(centre, 8, 8);
    QRectF mark(0, 0, metrics::Icon, metrics::Icon);
    mark.moveCenter(centre);
    paintIcon(painter, u"error"_s, mark, theme.color(Role::LevelError));
}

} // namespace espalier
