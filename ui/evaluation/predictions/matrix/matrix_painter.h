#pragma once

#include "ui/evaluation/predictions/matrix/matrix_geometry.h"
#include "ui/evaluation/predictions/matrix/matrix_names.h"
#include "ui/evaluation/predictions/matrix/matrix_selection.h"

#include <QPalette>
#include <optional>

class QPainter;

namespace espalier {

/// Everything that one picture of a matrix depends on; held for the time of a paint event.
struct MatrixPicture {
    const MatrixContent& content;
    const MatrixGeometry& geometry;
    const MatrixSelection& selection;
    NameLayout names = NameLayout::Wrapped;
    std::optional<MatrixCell> hovered;
    std::optional<MatrixCell> focused; ///< gets the ring
    QPalette palette;
};

/// Paints the part of a matrix that `part` (of the viewport) shows.
void paintMatrix(QPainter& painter, const MatrixPicture& picture, const QRect& part);

/// What the cell of a value is filled with; Sunken where there is none.
[[nodiscard]] QColor heatColor(const HeatValue& value, const Theme& theme);

} // namespace espalier
