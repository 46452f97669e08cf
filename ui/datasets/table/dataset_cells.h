#pragma once

#include <QHeaderView>
#include <QStyledItemDelegate>

namespace espalier {

/// Paints a cell of a DatasetTableView: a thumbnail, a text or a number between hairlines.
class DatasetCellDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

/// The numbers of the rows.
class RowNumbers final : public QHeaderView {
    Q_OBJECT
public:
    static constexpr int Width = 64;

    explicit RowNumbers(QWidget* parent = nullptr);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int row) const override;
    [[nodiscard]] QSize sizeHint() const override;
};

} // namespace espalier
