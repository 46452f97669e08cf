#pragma once

#include <QStyledItemDelegate>

class QListView;

namespace espalier {

/// The rows of the lists at the left: 48 px, a name over a second line, a state, a metric.
///
/// Without a tick the state icon stands left of both lines (Modeling, Datasets); where the model
/// has Qt::CheckStateRole the tick box stands there and the icon begins the second line
/// (Evaluation). In a tree, rows with children have neither. Items without SecondLineRole
/// centre their name.
///
/// | role | value | shows |
/// |---|---|---|
/// | Qt::DisplayRole | QString | name, 600 when selected |
/// | SecondLineRole | QString | state, counts |
/// | SecondLineInkRole | int of Role | its colour; default secondary |
/// | StateIconRole | QString | name of an icon |
/// | StateInkRole | int of Role | the icon's colour; default secondary |
/// | MetricRole | QString | right-aligned beside the name: "0.9120", "–" |
/// | MetricDetailRole | QString | right-aligned beside the second line: "@ 6" |
/// | Qt::CheckStateRole | Qt::CheckState | tick box; the row must be Qt::ItemIsUserCheckable |
/// | TickColorRole | QColor | fill of a ticked box; default accent |
/// | ProgressRole | double | 0..1: a progress line under the second line; below 0: none |
///
/// The model answers Qt::AccessibleTextRole and Qt::ToolTipRole itself where it has more to say.
class ListRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    enum Roles {
        SecondLineRole = Qt::UserRole + 0x4000,
        SecondLineInkRole,
        StateIconRole,
        StateInkRole,
        MetricRole,
        MetricDetailRole,
        TickColorRole,
        ProgressRole
    };

    using QStyledItemDelegate::QStyledItemDelegate;

    /// Three dots at the right of the selected row and the one under the mouse, instead of the
    /// metric; a click emits menuRequested.
    void setHasMenu(bool hasMenu) { m_hasMenu = hasMenu; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    /// The field of a rename lies over the name.
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

Q_SIGNALS:
    /// Of the dots: where a menu belongs.
    void menuRequested(const QModelIndex& index, const QPoint& globalPosition);

private:
    bool m_hasMenu = false;
};

/// Frameless, on the colour of what it stands on, hover, one column, rows of equal height: what a
/// view needs for these rows. The delegate becomes a child of the view.
ListRowDelegate* setUpListRows(QListView& view);

} // namespace espalier
