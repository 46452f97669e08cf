#pragma once

#include <QStyledItemDelegate>

namespace espalier {

/// A row of 36 px: icon, name of the action, its shortcut (or why it cannot be used) at the right.
class CommandDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int RowHeight = 36;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

} // namespace espalier
