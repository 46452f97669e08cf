#include "ui/evaluation/predictions/matrix/matrix_selection.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <algorithm>

namespace espalier {

MatrixSelection::MatrixSelection(int size)
    : m_size(size)
    , m_cells(size_t(size) * size_t(size))
    , m_rowCounts(size_t(size))
    , m_columnCounts(size_t(size))
{
}

bool MatrixSelection::contains(MatrixCell cell) const
{
    return m_cells[index(cell)];
}

std::optional<MatrixCell> MatrixSelection::single() const
{
    if (m_count != 1)
        return std::nullopt;
    const auto isTouched = [](int count) { return count > 0; };
    return MatrixCell{
        int(std::ranges::find_if(m_rowCounts, isTouched) - m_rowCounts.begin()),
        int(std::ranges::find_if(m_columnCounts, isTouched) - m_columnCounts.begin())};
}

void MatrixSelection::clear()
{
    *this = MatrixSelection(m_size);
}

void MatrixSelection::set(MatrixCell cell, bool selected)
{
    if (contains(cell) == selected)
        return;
    const int change = selected ? 1 : -1;
    m_cells[index(cell)] = selected;
    m_count += change;
    m_rowCounts[size_t(cell.row)] += change;
    m_columnCounts[size_t(cell.column)] += change;
}

void MatrixSelection::addBlock(MatrixCell corner, MatrixCell opposite)
{
    const auto [top, bottom] = std::minmax(corner.row, opposite.row);
    const auto [left, right] = std::minmax(corner.column, opposite.column);
    for (int row = top; row <= bottom; ++row)
        for (int column = left; column <= right; ++column)
            set({row, column}, true);
}

void MatrixSelection::selectAll()
{
    if (m_size > 0)
        addBlock({0, 0}, {m_size - 1, m_size - 1});
}

void MatrixSelection::selectWrong()
{
    selectAll();
    for (int i = 0; i < m_size; ++i)
        set({i, i}, false);
}

bool MatrixSelection::isWrongOnes() const
{
    if (m_size < 2 || m_count != qsizetype(m_size) * (m_size - 1))
        return false;
    for (int i = 0; i < m_size; ++i)
        if (contains({i, i}))
            return false;
    return true;
}

std::optional<int> MatrixSelection::wholeRow() const
{
    const auto whole = std::ranges::find(m_rowCounts, m_size);
    if (m_count != m_size || whole == m_rowCounts.end())
        return std::nullopt;
    return int(whole - m_rowCounts.begin());
}

std::optional<int> MatrixSelection::wholeColumn() const
{
    const auto whole = std::ranges::find(m_columnCounts, m_size);
    if (m_count != m_size || whole == m_columnCounts.end())
        return std::nullopt;
    return int(whole - m_columnCounts.begin());
}

QString MatrixSelection::text(const QStringList& classes) const
{
    if (const auto cell = single())
        return tr("Actual %1, predicted %2")
            .arg(oneLine(classes.at(cell->row)), oneLine(classes.at(cell->column)));
    if (m_count == qsizetype(m_size) * m_size)
        return tr("All cells");
    if (isWrongOnes())
        return tr("All wrong ones");
    if (const auto row = wholeRow())
        return tr("Actual %1").arg(oneLine(classes.at(*row)));
    if (const auto column = wholeColumn())
        return tr("Predicted %1").arg(oneLine(classes.at(*column)));
    return tr("%1 cells").arg(countText(m_count));
}

} // namespace espalier
