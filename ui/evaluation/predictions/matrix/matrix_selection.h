#pragma once

#include "ui/evaluation/predictions/matrix/matrix_content.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <optional>
#include <vector>

namespace espalier {

/// Which cells of a square matrix are selected; a value.
class MatrixSelection final {
    Q_DECLARE_TR_FUNCTIONS(MatrixSelection)

public:
    explicit MatrixSelection(int size = 0);

    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    [[nodiscard]] qsizetype count() const { return m_count; }
    [[nodiscard]] bool contains(MatrixCell cell) const;
    [[nodiscard]] bool touchesRow(int row) const { return m_rowCounts[size_t(row)] > 0; }
    [[nodiscard]] bool touchesColumn(int column) const
    {
        return m_columnCounts[size_t(column)] > 0;
    }
    /// The one selected cell; nothing when there are none or several.
    [[nodiscard]] std::optional<MatrixCell> single() const;

    void clear();
    void set(MatrixCell cell, bool selected);
    void toggle(MatrixCell cell) { set(cell, !contains(cell)); }
    /// All cells of the rectangle between two corners, in any order.
    void addBlock(MatrixCell corner, MatrixCell opposite);
    void selectAll();
    void selectWrong(); ///< everything off the diagonal

    /// "Actual Shirt, predicted Coat", "Actual Shirt", "Predicted Coat", "All wrong ones",
    /// "12 cells".
    [[nodiscard]] QString text(const QStringList& classes) const;

    bool operator==(const MatrixSelection&) const = default;

private:
    [[nodiscard]] size_t index(MatrixCell cell) const
    {
        return size_t(cell.row) * size_t(m_size) + size_t(cell.column);
    }
    [[nodiscard]] bool isWrongOnes() const;
    [[nodiscard]] std::optional<int> wholeRow() const;
    [[nodiscard]] std::optional<int> wholeColumn() const;

    int m_size;
    qsizetype m_count = 0;
    std::vector<bool> m_cells; ///< row-major
    std::vector<int> m_rowCounts;
    std::vector<int> m_columnCounts;
};

} // namespace espalier
