#pragma once

#include <QStyledItemDelegate>

namespace espalier {

/// Paints the Build list: sections with a chevron, rows with tile, name and one line of help.
class BlockListDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

} // namespace espalier
