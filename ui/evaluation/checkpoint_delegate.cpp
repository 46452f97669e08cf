#include "ui/evaluation/checkpoint_delegate.h"

#include "ui/evaluation/checkpoint_model.h"
#include "ui/theme/theme.h"

#include <QApplication>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Star = 12;

} // namespace

void CheckpointDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != 0 || !index.data(CheckpointModel::BestRole).toBool())
        return;
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
    const QRect room = style->subElementRect(QStyle::SE_ItemViewItemText, &cell, cell.widget);
    const int text = cell.fontMetrics.horizontalAdvance(cell.text);
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, cell.widget) + 1;
    const QRect place(room.left() + margin + text + metrics::IconGap,
                      room.center().y() - Star / 2 + 1, Star, Star);
    paintIcon(*painter, u"star"_s, QStyle::visualRect(cell.direction, cell.rect, place),
              Theme::of(cell.palette).color(Role::MetricValidation));
}

} // namespace espalier
