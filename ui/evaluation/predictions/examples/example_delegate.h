#pragma once

#include <QStyledItemDelegate>

namespace espalier {

/// Paints pictures with round corners and probabilities with a bar beside the number.
class ExampleDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int ImageExtent = 36;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace espalier
