#pragma once

#include "core/base/result.h"
#include "core/base/shape.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QImage>

namespace espalier {

/// An image of a file: 8 bits, grey or RGB, upright (EXIF), on white where it was transparent.
struct DecodedImage {
    /// Larger images stay files in the store: unpacked, photographs would fill the disk.
    static constexpr qint64 LargestUnpacked = qint64(1) << 20; // pixels

    Shape shape;      ///< H×W×C
    QImage pixels;    ///< Grayscale8 or RGB888; null when larger than LargestUnpacked
    QImage thumbnail; ///< only where `pixels` is null
    QByteArray file;  ///< as it came; empty where a plain decoder would show something else

    /// The file, or a PNG of the pixels where there is none.
    [[nodiscard]] QByteArray encoded() const;
    /// Writes the pixels to `target`, row after row without gaps; grey is repeated for 3 channels.
    void copyPixels(qint64 channels, char* target) const;
};

/// No side longer than ImportPreview::PictureSide; a small image as it is.
[[nodiscard]] QImage thumbnailOf(const QImage& image);

/// "png", "jpeg", "gif", "bmp", "webp" by the first bytes; empty for anything else.
[[nodiscard]] QByteArray imageFormat(QByteArrayView bytes);

/// May be called from any thread. Looks at the size before it unpacks. The Error's message is a
/// reason: "the image is damaged".
[[nodiscard]] Result<DecodedImage> decodeImage(const QByteArray& bytes, qint64 largestPixels);

} // namespace espalier
