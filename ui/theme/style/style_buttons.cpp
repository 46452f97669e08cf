#include "ui/theme/style/style_buttons.h"

#include "ui/theme/espalier_style.h"
#include "ui/theme/style/style_shapes.h"

#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace espalier::style {
namespace {

constexpr int Chevron = 14, SmallPadding = 12, LargePadding = 16;

QByteArray kindOf(const QWidget* widget, const QStyleOptionButton* option = nullptr)
{
    if (widget)
        if (const QVariant kind = widget->property(buttons::Property); kind.isValid())
            return kind.toByteArray();
    const bool main = option && option->features.testFlag(QStyleOptionButton::DefaultButton);
    return main ? buttons::Main : buttons::Normal;
}

/// Quiet controls: nothing until the mouse comes.
QColor quietFill(const QStyleOption& option)
{
    if (!isOn(option, QStyle::State_Enabled))
        return {};
    if (isOn(option, QStyle::State_Sunken))
        return colorOf(option, Role::Pressed);
    if (isOn(option, QStyle::State_On))
        return colorOf(option, Role::Selection);
    return isOn(option, QStyle::State_MouseOver) ? colorOf(option, Role::Hover) : QColor();
}

QColor mainFill(const QStyleOption& option)
{
    if (!isOn(option, QStyle::State_Enabled))
        return {};
    if (isOn(option, QStyle::State_Sunken))
        return colorOf(option, Role::AccentPressed);
    return colorOf(option,
                   isOn(option, QStyle::State_MouseOver) ? Role::AccentHover : Role::Accent);
}

QColor normalFill(const QStyleOption& option)
{
    if (const QColor fill = quietFill(option); fill.isValid())
        return fill;
    return isOn(option, QStyle::State_Enabled) ? colorOf(option, Role::Button) : QColor();
}

QPainterPath segmentPath(const QRectF& rect, Qt::Edges edges)
{
    QPainterPath path;
    path.addRoundedRect(rect, metrics::Radius - 0.5, metrics::Radius - 0.5);
    const double half = rect.width() / 2;
    path.setFillRule(Qt::WindingFill);
    if (!edges.testFlag(Qt::LeftEdge))
        path.addRect(rect.adjusted(0, 0, -half, 0));
    if (!edges.testFlag(Qt::RightEdge))
        path.addRect(rect.adjusted(half, 0, 0, 0));
    return path.simplified();
}

void drawSegment(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget)
{
    const Qt::Edges edges(widget->property(buttons::Edges).toInt());
    // Neighbours share one line: all but the last reach into the next.
    QRectF rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (!edges.testFlag(Qt::RightEdge))
        rect.setRight(rect.right() + 1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colorOf(option, Role::BorderButton), 1));
    const QColor fill = normalFill(option);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.drawPath(segmentPath(rect, edges));
    painter.restore();
}

void drawTab(const QStyleOptionButton& option, QPainter& painter)
{
    if (isOn(option, QStyle::State_On))
        painter.fillRect(option.rect.adjusted(0, option.rect.height() - 2, 0, 0),
                         colorOf(option, Role::Accent));
}

Role inkRole(const QByteArray& kind, const QStyleOptionButton& option)
{
    if (kind == buttons::Main)
        return Role::AccentText;
    const bool on = isOn(option, QStyle::State_On) || isOn(option, QStyle::State_MouseOver);
    if ((kind == buttons::Quiet || kind == buttons::Tab) && !on)
        return Role::TextSecondary;
    return Role::TextPrimary;
}

QFont labelFont(const QByteArray& kind, const QStyleOptionButton& option, QFont font)
{
    if ((kind == buttons::Tab || kind == buttons::Segment) && !isOn(option, QStyle::State_On))
        font.setWeight(QFont::Medium);
    return font;
}

bool isLarge(const QByteArray& kind, const QWidget* widget)
{
    return kind == buttons::Main || (widget && widget->minimumHeight() >= metrics::MainControl);
}

/// Room for the boldest the label gets, so that nothing moves when a choice changes.
QFontMetrics widestMetrics(const QByteArray& kind, const QStyleOptionButton& option,
                           const QWidget* widget)
{
    if (!widget || (kind != buttons::Tab && kind != buttons::Segment))
        return option.fontMetrics;
    QFont font = widget->font();
    font.setWeight(QFont::DemiBold);
    return QFontMetrics(font);
}

int contentWidth(const QStyleOptionButton& option, const QFontMetrics& fontMetrics)
{
    int width = fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
    if (!option.icon.isNull())
        width += option.iconSize.width() + (option.text.isEmpty() ? 0 : metrics::IconGap);
    if (option.features.testFlag(QStyleOptionButton::HasMenu))
        width += metrics::IconGap + Chevron;
    return width;
}

int textFlags(const QStyleOption& option, const QWidget* widget)
{
    const QStyle* style = widget ? widget->style() : nullptr;
    const bool underline =
        !style || style->styleHint(QStyle::SH_UnderlineShortcut, &option, widget);
    return Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip |
           (underline ? Qt::TextShowMnemonic : Qt::TextHideMnemonic);
}

} // namespace

void polishButton(QWidget* widget)
{
    const QByteArray kind = kindOf(widget);
    const bool strong = kind == buttons::Main || kind == buttons::Tab || kind == buttons::Segment;
    QFont font;
    font.setWeight(strong ? QFont::DemiBold : QFont::Medium);
    if (!(widget->font().resolveMask() & QFont::WeightResolved))
        widget->setFont(font);
}

void drawButtonPanel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget)
{
    const QByteArray kind = kindOf(widget, &option);
    const QColor outline = colorOf(option, Role::BorderButton);
    if (kind == buttons::Segment)
        drawSegment(option, painter, widget);
    else if (kind == buttons::Tab)
        drawTab(option, painter);
    else if (kind == buttons::Quiet)
        drawBox(painter, option.rect, quietFill(option), {});
    else if (kind == buttons::Main && isOn(option, QStyle::State_Enabled))
        drawBox(painter, option.rect, mainFill(option), {});
    else
        drawBox(painter, option.rect, normalFill(option), outline);
}

void drawButtonLabel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget)
{
    const QByteArray kind = kindOf(widget, &option);
    const QColor ink = inkOf(option, inkRole(kind, option));
    painter.save();
    painter.setFont(labelFont(kind, option, painter.font()));
    const QFontMetrics fontMetrics = painter.fontMetrics();
    const int width = contentWidth(option, fontMetrics);
    const QRect room = option.rect;
    // Tabs stand on the text edge of the grid, whatever their weight.
    const int spare = kind == buttons::Tab ? 0 : qMax(0, (room.width() - width) / 2);
    int left = room.left() + spare;
    const auto place = [&](int partWidth, int height) {
        const QRect part(left, room.top() + (room.height() - height) / 2, partWidth, height);
        left += partWidth + metrics::IconGap;
        return QStyle::visualRect(option.direction, room, part);
    };
    if (!option.icon.isNull()) {
        const QIcon::Mode mode =
            isOn(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled;
        const QRect rect = place(option.iconSize.width(), option.iconSize.height());
        option.icon.paint(&painter, rect, Qt::AlignCenter, mode,
                          isOn(option, QStyle::State_On) ? QIcon::On : QIcon::Off);
    }
    if (!option.text.isEmpty()) {
        const int textWidth = fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
        painter.setPen(ink);
        painter.drawText(place(textWidth, room.height()), textFlags(option, widget), option.text);
    }
    if (option.features.testFlag(QStyleOptionButton::HasMenu))
        paintIcon(painter, u"chevron-down"_s, place(Chevron, Chevron), ink);
    painter.restore();
}

QSize buttonSize(const QStyleOptionButton& option, const QWidget* widget)
{
    const QByteArray kind = kindOf(widget, &option);
    const int width = contentWidth(option, widestMetrics(kind, option, widget)) + 1;
    const int lines = option.fontMetrics.height() + 8;
    if (kind == buttons::Tab)
        return {width, qMax(int(metrics::Control), lines)};
    const bool large = isLarge(kind, widget);
    const int height = qMax(int(large ? metrics::MainControl : metrics::Control), lines);
    const bool iconOnly = option.text.isEmpty();
    const int padding = large ? LargePadding : SmallPadding;
    return {iconOnly ? qMax(height, width + 12) : width + 2 * padding, height};
}

void drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget)
{
    drawBox(painter, option.rect, quietFill(option), {});
    QStyleOptionToolButton label = option;
    const bool chevron = option.features.testFlag(QStyleOptionToolButton::HasMenu) &&
                         option.toolButtonStyle != Qt::ToolButtonIconOnly;
    label.rect = option.rect.adjusted(6, 0, chevron ? -6 - Chevron : -6, 0);
    if (option.toolButtonStyle == Qt::ToolButtonIconOnly)
        label.rect = option.rect;
    label.palette.setColor(QPalette::ButtonText, inkOf(option));
    widget->style()->drawControl(QStyle::CE_ToolButtonLabel, &label, &painter, widget);
    if (!chevron)
        return;
    const QRect place(option.rect.right() - 6 - Chevron + 1,
                      option.rect.center().y() - Chevron / 2 + 1, Chevron, Chevron);
    paintIcon(painter, u"chevron-down"_s, QStyle::visualRect(option.direction, option.rect, place),
              inkOf(option));
}

QSize toolButtonSize(const QStyleOptionToolButton& option)
{
    const int side = qMax(int(metrics::Control), option.iconSize.height() + 12);
    if (option.toolButtonStyle == Qt::ToolButtonIconOnly || option.text.isEmpty())
        return {side, side};
    int width = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width() + 16;
    if (option.toolButtonStyle != Qt::ToolButtonTextOnly && !option.icon.isNull())
        width += option.iconSize.width() + metrics::IconGap;
    if (option.features.testFlag(QStyleOptionToolButton::HasMenu))
        width += Chevron + metrics::IconGap;
    return {width, qMax(side, option.fontMetrics.height() + 8)};
}

} // namespace espalier::style
