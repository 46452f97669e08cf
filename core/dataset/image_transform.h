#pragma once

#include "core/base/shape.h"
#include "core/dataset/dataset_settings.h"

#include <QImage>
#include <span>
#include <tl/expected.hpp>

namespace espalier {

struct ColumnSchema;

/// Shape (H×W×C) of the images of a feature; unexpected: the reason why the column gives none.
[[nodiscard]] tl::expected<Shape, QString> imageShape(const ColumnSchema& column,
                                                      const FeatureSettings& settings);

/// Whether the images of a Tensor column are used as they lie in the store.
[[nodiscard]] bool isUntransformed(const ColumnSchema& column, const FeatureSettings& settings);

/// An image of a Tensor column: 1, 3 or 4 channels.
[[nodiscard]] QImage imageOfPixels(const uchar* pixels, const Shape& shape);

/// Transforms to `shape` and writes the pixels, H×W×C. Transparent parts become white; a crop keeps
/// the centre; a pad is black; grey is qGray's luma. An image that has another size where no
/// transformation is set is resized.
void writeTransformed(const QImage& image, const FeatureSettings& settings, const Shape& shape,
                      std::span<quint8> pixels);

} // namespace espalier
