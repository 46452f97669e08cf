#pragma once

#include <QStyledItemDelegate>

namespace espalier {

/// A row of 60 px: name and percent, progress line, detail and time left.
class JobsDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int RowHeight = 60;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

/// The progress line of 4 px in `rect`; below 0 only its track.
void paintProgress(QPainter& painter, const QRectF& rect, double fraction, const QPalette& palette);

} // namespace espalier
