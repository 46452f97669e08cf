#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QString>

namespace espalier {

/// The image of a file as an import would take it in: upright, on white where it was transparent.
/// The Error names the file and the reason.
[[nodiscard]] Result<QImage> readImageFile(const QString& path);

} // namespace espalier
