#pragma once

#include "core/base/result.h"
#include "core/base/shape.h"

#include <QByteArray>
#include <QString>
#include <functional>

namespace espalier {

/// Whether uint8 images of that shape (H×W×C) can be stored as PNG: 1, 3 or 4 channels.
[[nodiscard]] bool canEncodeImages(const Shape& shape);

/// Gives every image of a file of uint8 images of one shape as PNG to `take`, in their order;
/// encodes on all processors.
[[nodiscard]] Status encodeImagesOfFile(const QString& path, const Shape& shape,
                                        const std::function<Status(const QByteArray&)>& take);

} // namespace espalier
