#include "ui/theme/style/style_menus.h"

#include "ui/theme/style/style_shapes.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier::style {
namespace {

constexpr int Row = 28, Padding = 8, Gap = 8, ShortcutGap = 24, SeparatorHeight = 9;

/// Tick and icon share one column; without any of them in the menu there is none.
bool hasIconColumn(const QStyleOptionMenuItem& option)
{
    return option.menuHasCheckableItems || option.maxIconWidth > 0 || !option.icon.isNull();
}

void drawMark(const QStyleOptionMenuItem& option, QPainter& painter, const QRect& place)
{
    const bool checkable = option.checkType != QStyleOptionMenuItem::NotCheckable;
    if (checkable && option.checked)
        return paintIcon(painter, u"check"_s, place, inkOf(option, Role::AccentInk));
    if (!option.icon.isNull())
        option.icon.paint(&painter, place, Qt::AlignCenter,
                          isOn(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled);
}

} // namespace

void drawMenuPanel(const QStyleOption& option, QPainter& painter)
{
    painter.fillRect(option.rect, colorOf(option, Role::Border));
    painter.fillRect(option.rect.adjusted(1, 1, -1, -1), colorOf(option, Role::Raised));
}

void drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter)
{
    const QRect rect = option.rect;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(rect.left(), rect.center().y(), rect.width(), 1,
                         colorOf(option, Role::Border));
        return;
    }
    const bool enabled = isOn(option, QStyle::State_Enabled);
    if (isOn(option, QStyle::State_Selected) && enabled)
        drawBox(painter, rect, colorOf(option, Role::Hover), {}, 4);
    painter.save();
    const auto mirrored = [&](const QRect& part) {
        return QStyle::visualRect(option.direction, rect, part);
    };
    QRect room = rect.adjusted(Padding, 0, -Padding, 0);
    if (hasIconColumn(option)) {
        const int icon = metrics::Icon;
        drawMark(option, painter,
                 mirrored({room.left(), rect.center().y() - icon / 2 + 1, icon, icon}));
        room.setLeft(room.left() + icon + Gap);
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        paintIcon(painter,
                  option.direction == Qt::LeftToRight ? u"chevron-right"_s : u"chevron-left"_s,
                  mirrored({room.right() - 13, rect.center().y() - 6, 14, 14}), inkOf(option));
        room.setRight(room.right() - 14);
    }
    const qsizetype tab = option.text.indexOf(u'\t');
    painter.setFont(option.font);
    painter.setPen(inkOf(option));
    const int line = Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine;
    painter.drawText(mirrored(room),
                     line | int(QStyle::visualAlignment(option.direction, Qt::AlignLeft)),
                     tab < 0 ? option.text : option.text.left(tab));
    if (tab >= 0) {
        painter.setPen(inkOf(option, Role::TextSecondary));
        painter.drawText(mirrored(room),
                         line | int(QStyle::visualAlignment(option.direction, Qt::AlignRight)),
                         option.text.mid(tab + 1));
    }
    painter.restore();
}

void drawChoice(const QStyleOptionMenuItem& option, QPainter& painter)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return drawMenuItem(option, painter);
    QStyleOptionMenuItem unmarked = option;
    unmarked.menuHasCheckableItems = false;
    unmarked.maxIconWidth = 0;
    unmarked.checkType = QStyleOptionMenuItem::NotCheckable;
    drawMenuItem(unmarked, painter);
    if (!option.checked)
        return;
    const int icon = metrics::Icon;
    const QRect place(option.rect.right() - Padding - icon + 1,
                      option.rect.center().y() - icon / 2 + 1, icon, icon);
    paintIcon(painter, u"check"_s, QStyle::visualRect(option.direction, option.rect, place),
              inkOf(option, Role::AccentInk));
}

QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& contents)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {contents.width(), SeparatorHeight};
    const qsizetype tab = option.text.indexOf(u'\t');
    const QString text = tab < 0 ? option.text : option.text.left(tab);
    int width = option.fontMetrics.size(Qt::TextShowMnemonic | Qt::TextSingleLine, text).width() +
                2 * Padding + 8;
    if (hasIconColumn(option))
        width += metrics::Icon + Gap;
    if (tab >= 0)
        width += ShortcutGap + option.fontMetrics.horizontalAdvance(option.text.mid(tab + 1));
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        width += ShortcutGap;
    return {width, qMax(Row, option.fontMetrics.height() + 8)};
}

void drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter)
{
    painter.fillRect(option.rect, colorOf(option, Role::Window));
    const bool open = isOn(option, QStyle::State_Selected);
    if (open && isOn(option, QStyle::State_Enabled))
        drawBox(painter, option.rect.adjusted(0, 1, 0, -1), colorOf(option, Role::Hover), {}, 4);
    painter.setPen(inkOf(option));
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                     option.text);
}

} // namespace espalier::style
