#include "ui/modeling/canvas/items/block_painter.h"

#include "core/graph/block_catalogue.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double GroupButton = 22;
constexpr double Radius = metrics::Radius;

QRectF tile()
{
    return blockRect({});
}

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
        frame.addRoundedRect(tile(), Radius, Radius);
        QPainterPath left;
        left.addRect(0, 0, canvas::TileWidth, canvas::BlockHeight);
        return frame.intersected(left);
    }();
    return path;
}

struct BlockPainter {
    QPainter& painter;
    const Theme& theme;
    const BlockContent& content;
    const BlockLook& look;

    void paint() const;
    void paintFrame() const;
    void paintOutline() const;
    void paintTexts(bool nameOnly) const;
    void paintPorts() const;
    void paintError() const;
};

void BlockPainter::paint() const
{
    const double zoom =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
    painter.setRenderHint(QPainter::Antialiasing);
    if (zoom < canvas::InkOnlyZoom) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(content.appearance.ink));
        painter.drawRoundedRect(tile(), Radius, Radius);
        if (look.selected || content.hasError)
            paintOutline();
        return;
    }
    const bool nameOnly = zoom < canvas::NameOnlyZoom;
    paintFrame();
    paintTexts(nameOnly);
    if (!nameOnly || look.input != PortState::Normal || look.output != PortState::Normal)
        paintPorts();
    if (content.hasError)
        paintError();
}

void BlockPainter::paintFrame() const
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(shadowColor(theme));
    painter.drawRoundedRect(tile().translated(0, 1), Radius, Radius);
    painter.setBrush(theme.color(Role::Raised));
    painter.drawRoundedRect(tile(), Radius, Radius);
    painter.setBrush(theme.color(content.appearance.tile));
    painter.drawPath(tilePath());
    QRectF icon(0, 0, 20, 20);
    icon.moveCenter({canvas::TileWidth / 2, canvas::BlockHeight / 2});
    paintIcon(painter, content.appearance.icon, icon, theme.color(content.appearance.ink));
    paintOutline();
}

void BlockPainter::paintOutline() const
{
    painter.setBrush(Qt::NoBrush);
    if (look.selected) {
        painter.setPen(QPen(theme.color(Role::Selection), 3));
        painter.drawRoundedRect(tile().adjusted(-2.5, -2.5, 2.5, 2.5), Radius + 2.5, Radius + 2.5);
    }
    if (look.selected || content.hasError) {
        painter.setPen(QPen(theme.color(look.selected ? Role::Accent : Role::LevelError), 2));
        painter.drawRoundedRect(tile(), Radius, Radius);
    } else {
        QPen pen(theme.color(Role::BorderBlock), 1);
        if (content.isGroup)
            pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.drawRoundedRect(tile().adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);
    }
}

void BlockPainter::paintTexts(bool nameOnly) const
{
    constexpr double left = canvas::TileWidth + 10;
    constexpr double right = canvas::BlockWidth - 10;
    const QFont nameFont = textFont(TextStyle::BodyStrong);
    painter.setFont(nameFont);
    painter.setPen(theme.color(Role::TextPrimary));
    const double button = content.isGroup && !nameOnly ? GroupButton : 0;
    const QRectF nameRect(left, nameOnly ? 0 : 5, right - left - button,
                          nameOnly ? canvas::BlockHeight : 18);
    painter.drawText(
        nameRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        QFontMetricsF(nameFont).elidedText(content.name, Qt::ElideRight, nameRect.width()));
    if (nameOnly)
        return;
    const QFont shapeFont = textFont(TextStyle::CaptionStrong);
    const double shapeWidth = QFontMetricsF(shapeFont).horizontalAdvance(content.shape);
    const QRectF line(left, 23, right - left, 16);
    painter.setFont(shapeFont);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, content.shape);
    const QFont font = textFont(TextStyle::Caption);
    painter.setFont(font);
    painter.setPen(theme.color(Role::TextSecondary));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     QFontMetricsF(font).elidedText(content.summary, Qt::ElideRight,
                                                    line.width() - shapeWidth - 8));
}

void BlockPainter::paintPorts() const
{
    const auto paintPort = [&](QPointF centre, PortState state) {
        const bool lit = state != PortState::Normal;
        const Role outline = lit || look.selected ? Role::Accent : Role::BorderControl;
        painter.setPen(QPen(theme.color(outline), 1.5));
        painter.setBrush(theme.color(state == PortState::Target ? Role::Accent : Role::Raised));
        const double radius = lit ? canvas::LitPortRadius : canvas::PortRadius;
        painter.drawEllipse(centre, radius, radius);
    };
    for (int port = 0; port < content.inputs; ++port)
        paintPort(inputPortOf({}, port, content.inputs), look.input);
    if (content.hasOutput)
        paintPort(outputPortOf({}), look.output);
}

void BlockPainter::paintError() const
{
    const QPointF centre(canvas::BlockWidth - 4, 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Raised));
    painter.drawEllipse(centre, 8, 8);
    QRectF mark(0, 0, metrics::Icon, metrics::Icon);
    mark.moveCenter(centre);
    paintIcon(painter, u"error"_s, mark, theme.color(Role::LevelError));
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

void paintBlock(QPainter& painter, const Theme& theme, const BlockContent& content,
                const BlockLook& look)
{
    BlockPainter{painter, theme, content, look}.paint();
}

} // namespace espalier
