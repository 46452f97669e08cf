#include "ui/datasets/table/dataset_cells.h"

#include "ui/datasets/table/dataset_table_model.h"
#include "ui/datasets/table/thumbnail_cache.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int CellPadding = 12;
constexpr int ThumbnailRadius = 2;

void paintThumbnail(QPainter& painter, const QRect& cell, const QPixmap& pixmap)
{
    const QSizeF size = pixmap.deviceIndependentSize();
    const double side = ThumbnailCache::Side;
    const QRectF target(cell.left() + CellPadding + (side - size.width()) / 2,
                        cell.top() + (cell.height() - size.height()) / 2, size.width(),
                        size.height());
    QPainterPath path;
    path.addRoundedRect(target, ThumbnailRadius, ThumbnailRadius);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(path, Qt::IntersectClip);
    painter.drawPixmap(target.topLeft(), pixmap);
}

} // namespace

void DatasetCellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.palette);
    const QRect& rect = option.rect;
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    painter->save();
    painter->fillRect(rect, theme.color(focused ? Role::Selection : Role::Surface));
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.color(Role::Border));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                      theme.color(Role::Border));
    const QVariant image = index.data(Qt::DecorationRole);
    const QString error = index.data(DatasetTableModel::ErrorRole).toString();
    if (image.isValid()) {
        paintThumbnail(*painter, rect, image.value<QPixmap>());
    } else {
        QRect line = rect.adjusted(CellPadding, 0, -CellPadding, 0);
        painter->setFont(textFont(TextStyle::Body));
        painter->setPen(theme.color(error.isEmpty() ? Role::TextPrimary : Role::LevelWarning));
        if (!error.isEmpty()) {
            paintIcon(*painter, u"warning"_s,
                      QRectF(line.left(), line.center().y() - 7, metrics::Icon, metrics::Icon),
                      theme.color(Role::LevelWarning));
            line.setLeft(line.left() + metrics::Icon + metrics::IconGap);
        }
        const QString text = error.isEmpty() ? index.data().toString() : error;
        painter->drawText(line, index.data(Qt::TextAlignmentRole).toInt() | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
    }
    painter->restore();
}

RowNumbers::RowNumbers(QWidget* parent)
    : QHeaderView(Qt::Vertical, parent)
{
    setSectionResizeMode(Fixed);
    setHighlightSections(false);
    setSectionsClickable(false);
    setFixedWidth(Width);
    setAccessibleName(tr("Row numbers"));
}

/// A table asks only for the width, and asks at every row that is added; QHeaderView would lay out
/// two hundred numbers for its answer.
QSize RowNumbers::sizeHint() const
{
    return {Width, defaultSectionSize()};
}

void RowNumbers::paintSection(QPainter* painter, const QRect& rect, int row) const
{
    const Theme& theme = Theme::of(palette());
    painter->save();
    painter->fillRect(rect, theme.color(Role::Surface));
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.color(Role::Border));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                      theme.color(Role::Border));
    painter->setFont(textFont(TextStyle::Small));
    painter->setPen(theme.color(Role::TextSecondary));
    const QString number = model()->headerData(row, Qt::Vertical).toString();
    const bool fits =
        painter->fontMetrics().horizontalAdvance(number) <= rect.width() - 4 - CellPadding;
    painter->drawText(rect.adjusted(4, 0, fits ? -CellPadding : -4, 0),
                      Qt::AlignRight | Qt::AlignVCenter, number);
    painter->restore();
}

} // namespace espalier
