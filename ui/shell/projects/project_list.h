#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace espalier {

/// A row of 72 px: picture, name and folder left, counts and date right, then `⋯`; a missing folder
/// has a warning and `Locate`.
class ProjectDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int RowHeight = 72;
    static constexpr int Inset = 12; ///< the fill of a row stands out of the column by this

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

    [[nodiscard]] static QRect menuRect(const QRect& row);
    [[nodiscard]] static QRect locateRect(const QRect& row);
};

/// The list of projects. A click or Return opens; the menu comes with `⋯`, the right button, the
/// menu key.
class ProjectList final : public QListView {
    Q_OBJECT
public:
    explicit ProjectList(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override; ///< all rows

Q_SIGNALS:
    void openRequested(const QModelIndex& index);
    void locateRequested(const QModelIndex& index);
    void menuRequested(const QModelIndex& index, QPoint globalPosition);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void openOrLocate(const QModelIndex& index);
};

} // namespace espalier
