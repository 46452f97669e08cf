#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/dataset/dataset_settings.h"
#include "core/dataset/feature_column.h"
#include "core/dataset/store/mapped_file.h"

#include <QDateTime>
#include <QImage>
#include <QList>
#include <functional>
#include <span>
#include <stop_token>

namespace espalier {

/// The images of an Image feature as 8-bit pixels in the feature's shape (H×W×C): from the store
/// where they lie there like that, else from a file of transformed images beside it, else decoded
/// and transformed at every reading. The feature must outlive it. All functions may be called from
/// any thread.
class ImageRows final {
public:
    [[nodiscard]] static ImageRows open(const FeatureColumn& feature);

    /// Pixels of an image; null where images must be decoded.
    [[nodiscard]] const quint8* pixels(qint64 row) const
    {
        return m_pixels ? m_pixels + row * m_imageBytes : nullptr;
    }
    /// Decodes and transforms; false (and zeros) when the image cannot be read.
    [[nodiscard]] bool decode(qint64 row, std::span<quint8> pixels) const;
    [[nodiscard]] qint64 imageBytes() const { return m_imageBytes; }

private:
    explicit ImageRows(const FeatureColumn& feature);

    const FeatureColumn* m_feature;
    qint64 m_imageBytes;
    const quint8* m_pixels = nullptr;
    MappedFile m_transformed;
};

/// The image of a row as it is in the source; null when it cannot be read.
[[nodiscard]] QImage sourceImage(const FeatureColumn& feature, qint64 row);

/// What to say of it then.
[[nodiscard]] Error unreadableImage(const FeatureColumn& feature, qint64 row);

/// Writes the file of transformed images that `ImageRows::open` finds, once for every column,
/// colour mode, transformation and size. Does nothing where images need no decoding, where the file
/// is there or being written by somebody else, and where it would take more than half of the free
/// disk. Errors: an image that cannot be read, Cancelled.
[[nodiscard]] Status makeTransformedImages(const FeatureColumn& feature,
                                           const ProgressSink& progress = {},
                                           std::stop_token stop = {});

/// Deletes the files of transformed images beside a source that none of its dataset versions
/// reads, and what is left of interrupted ones; but none that is being written, and none that was
/// changed after `limit`. `versions` is asked only where there may be something to delete; after
/// an Error of it, or where one of them cannot be read, all stay.
[[nodiscard]] Status
removeUnreadImages(const QString& sourceFolder, const QDateTime& limit,
                   const std::function<Result<QList<DatasetSettings>>()>& versions);

} // namespace espalier
