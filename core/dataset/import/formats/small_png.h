#pragma once

#include <QByteArray>
#include <QImage>

namespace espalier {

/// The pixels of a small plain PNG (grey or RGB of 8 bits, neither interlaced nor transparent):
/// Grayscale8 or RGB888. Null for every other file, also a damaged one, which is then a matter for
/// QImageReader. Datasets of tiny images are made of hundreds of thousands of these, and this is
/// four times as fast: it inflates the image in one piece instead of row by row.
[[nodiscard]] QImage readSmallPng(const QByteArray& file);

} // namespace espalier
