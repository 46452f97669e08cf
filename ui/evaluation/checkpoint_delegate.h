#pragma once

#include <QStyledItemDelegate>

namespace espalier {

/// A cell of the checkpoints; the number of the best epoch has a star behind it.
class CheckpointDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace espalier
