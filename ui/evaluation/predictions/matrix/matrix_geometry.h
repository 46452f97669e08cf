#pragma once

#include "ui/evaluation/predictions/matrix/matrix_content.h"

#include <QPoint>
#include <QRect>
#include <QSize>
#include <optional>

namespace espalier {

/// Where the parts of a matrix lie. Names of the actual classes stand in a column at the left,
/// those of the predicted ones in a row at the top; both stay in place while cells and sums scroll.
/// Points and rectangles are in the viewport; `offset` is how far it is scrolled.
struct MatrixGeometry {
    static constexpr int SmallestCell = 36;
    static constexpr int LowestCell = 26;

    int size = 0; ///< classes
    QSize names;  ///< width of the names at the left, height of those at the top
    QSize sums;   ///< width of the sums at the right, height of those below; empty: none
    QSize cell;   ///< with the gap of 1 px at right and bottom
    QPoint offset;

    /// Cells as large as the viewport allows, within bounds: below 36 × 26 the matrix scrolls.
    [[nodiscard]] static MatrixGeometry fitting(int size, QSize names, QSize sums, QSize viewport);

    [[nodiscard]] QSize contentSize() const;
    [[nodiscard]] QRect cellRect(MatrixCell at) const; ///< with the gap
    [[nodiscard]] QRect rowNameRect(int row) const;
    [[nodiscard]] QRect columnNameRect(int column) const;
    [[nodiscard]] QRect rowSumRect(int row) const;
    [[nodiscard]] QRect columnSumRect(int column) const;
    [[nodiscard]] QRect totalRect() const;

    /// A name is hit within the band of the names, a cell beside it.
    [[nodiscard]] std::optional<MatrixCell> cellAt(QPoint point) const;
    [[nodiscard]] std::optional<int> rowNameAt(QPoint point) const;
    [[nodiscard]] std::optional<int> columnNameAt(QPoint point) const;
    /// The cell closest to a point that may lie outside: where a drag ends.
    [[nodiscard]] MatrixCell nearestCell(QPoint point) const;
    /// Cells that a part of the viewport shows: top left and bottom right; nothing when empty.
    [[nodiscard]] std::optional<std::pair<MatrixCell, MatrixCell>> cellsIn(const QRect& part) const;

    bool operator==(const MatrixGeometry&) const = default;
};

} // namespace espalier
