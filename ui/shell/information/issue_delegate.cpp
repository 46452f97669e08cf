#include "ui/shell/information/issue_delegate.h"

#include "ui/shell/information/information_models.h"
#include "ui/shell/information/issue_level.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace espalier {

namespace {

QColor rowFill(const Theme& theme, QStyle::State state)
{
    if (state & QStyle::State_Selected)
        return theme.color(state & QStyle::State_Active ? Role::Selection
                                                        : Role::SelectionInactive);
    return state & QStyle::State_MouseOver ? theme.color(Role::Hover) : QColor(Qt::transparent);
}

int drawPart(QPainter* painter, const QRect& place, TextStyle style, const QString& text)
{
    const QFont font = textFont(style);
    const QFontMetrics measure(font);
    painter->setFont(font);
    painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                      measure.elidedText(text, Qt::ElideRight, std::max(0, place.width())));
    return measure.horizontalAdvance(text);
}

} // namespace

void IssueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    painter->save();
    const Theme& theme = Theme::of(option.palette);
    const bool focused = option.state & QStyle::State_HasFocus;
    painter->fillRect(option.rect, rowFill(theme, focused ? option.state | QStyle::State_Active
                                                          : option.state & ~QStyle::State_Active));
    const IssueLevelLook look = lookOf(IssueLevel(index.data(IssueLevelRole).toInt()));
    const QRect row = option.rect.adjusted(metrics::PanelPadding, 0, -metrics::PanelPadding, 0);
    paintIcon(*painter, look.icon,
              QRectF(row.left(), row.center().y() - 7, metrics::Icon, metrics::Icon),
              theme.color(look.role));
    const QString aside = index.data(IssueAsideRole).toString();
    const QFont small = textFont(TextStyle::Small);
    const int asideWidth = QFontMetrics(small).horizontalAdvance(aside);
    painter->setFont(small);
    painter->setPen(theme.color(Role::TextSecondary));
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, aside);
    QRect text = row.adjusted(metrics::Icon + 8, 0, -asideWidth - metrics::PanelPadding, 0);
    painter->setPen(theme.color(Role::TextPrimary));
    const QString subject = index.data(IssueSubjectRole).toString();
    if (!subject.isEmpty())
        text.setLeft(text.left() + drawPart(painter, text, TextStyle::BodyStrong, subject + u':') +
                     QFontMetrics(textFont(TextStyle::Body)).horizontalAdvance(u' '));
    drawPart(painter, text, TextStyle::Body, index.data(IssueTextRole).toString());
    painter->restore();
}

QSize IssueDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {0, RowHeight};
}

} // namespace espalier
