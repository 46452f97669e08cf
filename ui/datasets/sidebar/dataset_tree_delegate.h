#pragma once

#include <QStyledItemDelegate>

namespace espalier {

/// Paints the rows of a DatasetTreeModel: a name over a line with a state icon, a progress line
/// under an import, and at the right a button where one is of use: "…" of the selected version
/// (menuRequested), a cross on an import (cancelRequested). The name of a dataset is edited in
/// place.
class DatasetTreeDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

Q_SIGNALS:
    void menuRequested(const QModelIndex& index, const QPoint& position); ///< global
    void cancelRequested(const QModelIndex& index);

private:
    [[nodiscard]] static QRect buttonRect(const QRect& row);
    [[nodiscard]] static QString buttonIcon(const QStyleOptionViewItem& option,
                                            const QModelIndex& index);
    static void paintTexts(QPainter& painter, const QRect& row, const QStyleOptionViewItem& option,
                           const QModelIndex& index);
    static void paintProgress(QPainter& painter, const QRect& row,
                              const QStyleOptionViewItem& option, double fraction);
};

} // namespace espalier
