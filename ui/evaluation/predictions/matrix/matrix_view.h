#pragma once

#include "ui/evaluation/predictions/matrix/matrix_geometry.h"
#include "ui/evaluation/predictions/matrix/matrix_names.h"
#include "ui/evaluation/predictions/matrix/matrix_selection.h"

#include <QAbstractScrollArea>
#include <memory>
#include <optional>

namespace espalier {

/// A heat map of actual against predicted classes whose cells can be selected. Paints what it
/// shows only, so 4,096 classes are as quick as 10.
///
/// Mouse: a click selects a cell, a drag a block; Control adds or takes away, Shift extends; a name
/// selects its row or column, the corner everything. Keyboard: arrows, Home, End and Page keys
/// move the focus, Shift with them extends from where the selection began, Space toggles, Return
/// selects the cell and asks for its examples, Control+A selects all, Escape nothing.
class MatrixView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit MatrixView(QWidget* parent = nullptr);
    ~MatrixView() override;

    /// The selection stays where the classes stay the same. Null: shows nothing.
    void setContent(std::shared_ptr<const MatrixContent> content);
    [[nodiscard]] const std::shared_ptr<const MatrixContent>& content() const { return m_content; }

    [[nodiscard]] const MatrixSelection& selection() const { return m_selection; }
    void setSelection(const MatrixSelection& selection);
    void clearSelection();
    [[nodiscard]] MatrixCell focusCell() const { return m_focus; }
    [[nodiscard]] const MatrixGeometry& geometryOfCells() const { return m_geometry; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selectionChanged();
    void activated(); ///< Return on a cell, or a double click
    /// The cell that a person looks at: under the mouse, else with the focus.
    void lookedAt(espalier::MatrixCell cell);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateGeometryOfCells();
    void setHovered(std::optional<MatrixCell> cell);
    void showHoverText(QPoint globalPoint, QPoint point);
    void updateCell(MatrixCell cell);

    void press(MatrixCell cell, Qt::KeyboardModifiers modifiers);
    void selectNames(std::optional<int> row, std::optional<int> column, bool keep);
    void setBlock(MatrixCell corner, MatrixCell opposite);
    [[nodiscard]] std::optional<MatrixCell> movedFocus(const QKeyEvent& event) const;
    void moveFocus(MatrixCell cell, bool extend);
    bool handleKey(const QKeyEvent& event);
    void changeSelection(const MatrixSelection& selection);
    void setFocusCell(MatrixCell cell);
    void ensureVisible(MatrixCell cell);

    std::shared_ptr<const MatrixContent> m_content;
    MatrixGeometry m_geometry;
    NameLayout m_names = NameLayout::Wrapped;
    MatrixSelection m_selection;
    MatrixSelection m_kept; ///< what a drag with Control adds to
    MatrixCell m_anchor;
    MatrixCell m_focus;
    std::optional<MatrixCell> m_hovered;
    bool m_dragging = false;
    bool m_ring = false; ///< the keyboard was used last
};

} // namespace espalier
