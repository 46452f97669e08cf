#include "ui/evaluation/predictions/examples/example_delegate.h"

#include "ui/evaluation/predictions/examples/example_model.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <algorithm>

namespace espalier {

namespace {

constexpr int Padding = 8;
constexpr int NumberWidth = 56;
constexpr int LongestBar = 96;
constexpr int HalfBar = 2;

void paintImage(QPainter& painter, const QRect& cell, const QPixmap& pixmap, const Theme& theme)
{
    const int extent = ExampleDelegate::ImageExtent;
    const QRect box(cell.left() + Padding, cell.center().y() - extent / 2 + 1, extent, extent);
    QRect target(QPoint(), pixmap.isNull() ? box.size() : pixmap.deviceIndependentSize().toSize());
    target.moveCenter(box.center());
    QPainterPath corners;
    corners.addRoundedRect(target, 2, 2);
    if (pixmap.isNull()) {
        painter.fillPath(corners, theme.color(Role::Hover));
        return;
    }
    painter.setClipPath(corners, Qt::IntersectClip);
    painter.drawPixmap(target, pixmap);
}

void paintBar(QPainter& painter, const QRect& cell, double share, const Theme& theme)
{
    const int room = cell.width() - NumberWidth - 3 * Padding;
    if (room < 2 * Padding)
        return;
    QRectF track(cell.left() + Padding, cell.center().y() + 1 - HalfBar, std::min(room, LongestBar),
                 2 * HalfBar);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Pressed));
    painter.drawRoundedRect(track, 2, 2);
    track.setWidth(track.width() * std::clamp(share, 0.0, 1.0));
    painter.setBrush(theme.color(Role::BorderControl));
    painter.drawRoundedRect(track, 2, 2);
}

} // namespace

void ExampleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const QVariant share = index.data(ExampleModel::ShareRole);
    const QVariant image = index.data(Qt::DecorationRole);
    if (!share.isValid() && !image.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.icon = {};
    cell.features.setFlag(QStyleOptionViewItem::HasDecoration, false);
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(option.palette);
    if (share.isValid())
        paintBar(*painter, option.rect, share.toDouble(), theme);
    else
        paintImage(*painter, option.rect, image.value<QPixmap>(), theme);
    painter->restore();
}

} // namespace espalier
