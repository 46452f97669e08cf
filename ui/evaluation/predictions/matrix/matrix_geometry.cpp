#include "ui/evaluation/predictions/matrix/matrix_geometry.h"

#include <algorithm>

namespace espalier {

namespace {

/// Cells of a matrix with a handful of classes may be larger: it would look lost otherwise.
constexpr int FewClasses = 4;
constexpr QSize LargestCell(96, 40);
constexpr QSize LargestCellOfFew(112, 52);

} // namespace

MatrixGeometry MatrixGeometry::fitting(int size, QSize names, QSize sums, QSize viewport)
{
    MatrixGeometry geometry{size, names, sums, {SmallestCell, LowestCell}, {}};
    if (size == 0)
        return geometry;
    const QSize room = viewport - names - sums;
    const QSize largest = size <= FewClasses ? LargestCellOfFew : LargestCell;
    geometry.cell = {std::clamp(room.width() / size, SmallestCell, largest.width()),
                     std::clamp(room.height() / size, LowestCell, largest.height())};
    return geometry;
}

QSize MatrixGeometry::contentSize() const
{
    return names + cell * size + sums;
}

QRect MatrixGeometry::cellRect(MatrixCell at) const
{
    return {
        QPoint(names.width() + at.column * cell.width(), names.height() + at.row * cell.height()) -
            offset,
        cell};
}

QRect MatrixGeometry::rowNameRect(int row) const
{
    return {0, cellRect({row, 0}).y(), names.width(), cell.height()};
}

QRect MatrixGeometry::columnNameRect(int column) const
{
    return {cellRect({0, column}).x(), 0, cell.width(), names.height()};
}

QRect MatrixGeometry::rowSumRect(int row) const
{
    const QRect last = cellRect({row, size - 1});
    return {last.right() + 1, last.y(), sums.width(), cell.height()};
}

QRect MatrixGeometry::columnSumRect(int column) const
{
    const QRect last = cellRect({size - 1, column});
    return {last.x(), last.bottom() + 1, cell.width(), sums.height()};
}

QRect MatrixGeometry::totalRect() const
{
    const QRect last = cellRect({size - 1, size - 1});
    return {QPoint(last.right() + 1, last.bottom() + 1), sums};
}

std::optional<MatrixCell> MatrixGeometry::cellAt(QPoint point) const
{
    if (point.x() < names.width() || point.y() < names.height())
        return std::nullopt;
    const QPoint inside = point + offset - QPoint(names.width(), names.height());
    const MatrixCell at{inside.y() / cell.height(), inside.x() / cell.width()};
    if (at.row >= size || at.column >= size)
        return std::nullopt;
    return at;
}

std::optional<int> MatrixGeometry::rowNameAt(QPoint point) const
{
    if (point.x() < 0 || point.x() >= names.width())
        return std::nullopt;
    const auto at = cellAt({names.width(), point.y()});
    return at ? std::optional<int>(at->row) : std::nullopt;
}

std::optional<int> MatrixGeometry::columnNameAt(QPoint point) const
{
    if (point.y() < 0 || point.y() >= names.height())
        return std::nullopt;
    const auto at = cellAt({point.x(), names.height()});
    return at ? std::optional<int>(at->column) : std::nullopt;
}

MatrixCell MatrixGeometry::nearestCell(QPoint point) const
{
    const QPoint inside = point + offset - QPoint(names.width(), names.height());
    const int last = std::max(0, size - 1);
    return {std::clamp(inside.y() / cell.height(), 0, last),
            std::clamp(inside.x() / cell.width(), 0, last)};
}

std::optional<std::pair<MatrixCell, MatrixCell>> MatrixGeometry::cellsIn(const QRect& part) const
{
    const QRect cells(cellRect({0, 0}).topLeft(), cell * size);
    const QRect shown = part & cells;
    if (size == 0 || shown.isEmpty())
        return std::nullopt;
    return std::pair{nearestCell(shown.topLeft()), nearestCell(shown.bottomRight())};
}

} // namespace espalier
