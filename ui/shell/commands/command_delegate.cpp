#include "ui/shell/commands/command_delegate.h"

#include "ui/shell/commands/command_model.h"
#include "ui/theme/theme.h"

#include <QIcon>
#include <QPainter>

namespace espalier {

namespace {

constexpr int Inset = 8;

} // namespace

void CommandDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(option.palette);
    const QRect row = option.rect.adjusted(Inset, 0, -Inset, 0);
    const bool enabled = index.flags() & Qt::ItemIsEnabled;
    if (enabled && option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
        const bool selected = option.state & QStyle::State_Selected;
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(selected ? Role::Selection : Role::Hover));
        painter->drawRoundedRect(row, metrics::Radius, metrics::Radius);
    }
    const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
    icon.paint(painter,
               QRect(row.left() + Inset, row.center().y() - 7, metrics::Icon, metrics::Icon),
               Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    QRect text = row.adjusted(Inset + metrics::Icon + 10, 0, -Inset, 0);
    const QString reason = index.data(CommandModel::CommandReasonRole).toString();
    const QString aside =
        enabled ? index.data(CommandModel::CommandShortcutRole).toString() : reason;
    const QFont small = textFont(TextStyle::Small);
    painter->setFont(small);
    painter->setPen(theme.color(enabled ? Role::TextSecondary : Role::TextDisabled));
    const QString shown = QFontMetrics(small).elidedText(aside, Qt::ElideRight, text.width() / 2);
    painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter, shown);
    text.setRight(text.right() - QFontMetrics(small).horizontalAdvance(shown) - 12);
    const QFont body = textFont(TextStyle::Body);
    painter->setFont(body);
    painter->setPen(theme.color(enabled ? Role::TextPrimary : Role::TextDisabled));
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(body).elidedText(index.data(Qt::DisplayRole).toString(),
                                                    Qt::ElideRight, text.width()));
    painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {0, RowHeight};
}

} // namespace espalier
