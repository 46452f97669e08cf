#pragma once

#include <QString>
#include <QStringList>

namespace espalier {

/// The files that a path stands for: a folder gives all images in it and below, in the order of
/// their names; anything else is taken as it is, so that a person hears of what cannot be read.
/// Empty for a folder without images. Blocks; may be called from any thread.
[[nodiscard]] QStringList imagePaths(const QString& path);

} // namespace espalier
