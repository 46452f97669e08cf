#pragma once

#include <QStyledItemDelegate>

namespace espalier {

/// Paints a row of the table of experiments: tick box, name and state under it, numbers with what
/// stands under them. A ticked box has the colour that the experiment has in Compare.
class ExperimentDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setComparing(bool comparing) { m_comparing = comparing; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
    [[nodiscard]] static QRect tickBox(const QRect& cell);
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

protected:
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

private:
    void paintBackground(QPainter& painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const;
    void paintTick(QPainter& painter, const QStyleOptionViewItem& option,
                   const QModelIndex& index) const;
    void paintName(QPainter& painter, const QStyleOptionViewItem& option,
                   const QModelIndex& index) const;
    void paintNumber(QPainter& painter, const QStyleOptionViewItem& option,
                     const QModelIndex& index) const;

    bool m_comparing = false;
};

} // namespace espalier
