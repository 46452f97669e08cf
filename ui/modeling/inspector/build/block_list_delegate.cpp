#include "ui/modeling/inspector/build/block_list_delegate.h"

#include "core/graph/block_catalogue.h"
#include "ui/modeling/block_appearance.h"
#include "ui/modeling/inspector/build/block_list_model.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using Kind = BlockListModel::Kind;

constexpr int SectionHeight = 36;
constexpr int Tile = 32;
constexpr int Inset = metrics::ListPadding;
constexpr int Gap = 10;

Kind kindOf(const QModelIndex& index)
{
    return index.data(BlockListModel::KindRole).value<Kind>();
}

BlockAppearance appearanceOf(const QModelIndex& index)
{
    if (const BlockType* type = blockType(index.data(BlockListModel::KeyRole).toString());
        type && kindOf(index) == Kind::Block)
        return espalier::appearanceOf(*type);
    return {u"group"_s, Role::InkEnds, Role::TileEnds};
}

/// Two lines beside a tile.
void paintTexts(QPainter& painter, const QRect& area, const QModelIndex& index, const Theme& theme,
                bool enabled)
{
    const QFont nameFont = textFont(TextStyle::BodyMedium);
    const QFont helpFont = textFont(TextStyle::Small);
    const int nameHeight = QFontMetrics(nameFont).height();
    const int helpHeight = QFontMetrics(helpFont).height();
    QRect line(area.left(), area.top() + (area.height() - nameHeight - helpHeight) / 2,
               area.width(), nameHeight);
    painter.setFont(nameFont);
    painter.setPen(theme.color(enabled ? Role::TextPrimary : Role::TextDisabled));
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, line.width()));
    line = QRect(line.left(), line.bottom() + 1, line.width(), helpHeight);
    painter.setFont(helpFont);
    painter.setPen(theme.color(enabled ? Role::TextSecondary : Role::TextDisabled));
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(index.data(BlockListModel::HelpRole).toString(),
                                         Qt::ElideRight, line.width()));
}

void paintBackground(QPainter& painter, const QStyleOptionViewItem& option, const QRectF& area,
                     const Theme& theme)
{
    const bool focused = option.state.testFlag(QStyle::State_HasFocus) &&
                         option.state.testFlag(QStyle::State_KeyboardFocusChange);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver) &&
                         option.state.testFlag(QStyle::State_Enabled);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(focused ? QPen(theme.color(Role::Focus), 2) : QPen(Qt::NoPen));
    painter.setBrush(hovered ? QBrush(theme.color(Role::Hover)) : QBrush(Qt::NoBrush));
    if (focused || hovered)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), metrics::Radius, metrics::Radius);
}

void paintSection(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                  const Theme& theme)
{
    constexpr int chevron = 14;
    const QRect area = option.rect.adjusted(Inset + 4, 0, -Inset, 0);
    const bool open = option.state.testFlag(QStyle::State_Open);
    paintIcon(painter, open ? u"chevron-down"_s : u"chevron-right"_s,
              QRectF(area.left(), area.center().y() - chevron / 2.0 + 1, chevron, chevron),
              theme.color(Role::TextSecondary));
    painter.setFont(textFont(TextStyle::BodyStrong));
    painter.setPen(theme.color(Role::TextPrimary));
    painter.drawText(area.adjusted(chevron + metrics::IconGap, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
}

} // namespace

void BlockListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.palette);
    const QRectF row = QRectF(option.rect).adjusted(Inset - 4, 0, -(Inset - 4), 0);
    painter->save();
    paintBackground(*painter, option, row, theme);
    if (kindOf(index) == Kind::Section) {
        paintSection(*painter, option, index, theme);
    } else {
        const bool enabled = option.state.testFlag(QStyle::State_Enabled);
        QRectF tile(option.rect.left() + Inset + 4, 0, Tile, Tile);
        tile.moveTop(option.rect.top() + (option.rect.height() - Tile) / 2.0);
        painter->setOpacity(enabled ? 1 : 0.6);
        paintBlockTile(*painter, tile, appearanceOf(index), theme);
        painter->setOpacity(1);
        paintTexts(
            *painter,
            option.rect.adjusted(int(tile.right()) + Gap - option.rect.left(), 0, -Inset - 4, 0),
            index, theme, enabled);
    }
    painter->restore();
}

QSize BlockListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {metrics::Sidebar, kindOf(index) == Kind::Section ? SectionHeight : metrics::ListRow};
}

} // namespace espalier
