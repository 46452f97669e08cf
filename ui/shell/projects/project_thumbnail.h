#pragma once

#include "core/dataset/dataset.h"

#include <QImage>
#include <QString>
#include <memory>

namespace espalier {

/// A picture of a project for the list: its first four images, kept as a small file in the cache
/// of the program from when the project was last open, so that the list opens no dataset. Any
/// thread.
namespace project_thumbnail {

constexpr int Pixels = 96; ///< 48 device-independent ones, sharp at twice the scale

/// What the list shows where there is no picture.
enum class Kind { Empty, Images, Table };

struct ProjectThumbnail {
    Kind kind = Kind::Empty;
    QImage image; ///< null: none
};

/// Null when the dataset has no image.
[[nodiscard]] QImage draw(const Dataset& dataset);
void store(const QString& projectFolder, const Dataset& dataset);
[[nodiscard]] ProjectThumbnail load(const QString& projectFolder);
void remove(const QString& projectFolder);

} // namespace project_thumbnail

} // namespace espalier
