#include "core/dataset/image_rows.h"

#include "core/base/files.h"
#include "core/base/logging.h"
#include "core/base/parallel.h"
#include "core/dataset/image_transform.h"
#include "core/dataset/store/append_file.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QSet>
#include <algorithm>
#include <atomic>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 ChunkBytes = qint64(8) << 20;
/// A lock file that names no process any more, as a power cut leaves it; who writes changes files
/// all the time.
constexpr std::chrono::milliseconds AbandonedLock = std::chrono::hours(1);

QString transformedName(const FeatureColumn& feature)
{
    const Shape& shape = feature.description().shape;
    return u"images-%1-%2-%3-%4x%5.bin"_s.arg(QString::number(feature.column()),
                                              enumKey(feature.settings().colorMode),
                                              enumKey(feature.settings().transformation),
                                              QString::number(shape[1]), QString::number(shape[0]));
}

QString transformedPath(const FeatureColumn& feature)
{
    return feature.store().folder() + u'/' + transformedName(feature);
}

QString partOf(const QString& path)
{
    return path + u".part"_s;
}

QString lockOf(const QString& path)
{
    return path + u".lock"_s;
}

/// Names of files of transformed images that are there or were begun, if they are old enough.
QSet<QString> transformedNames(const QString& folder, const QDateTime& limit)
{
    QSet<QString> names;
    QSet<QString> young;
    for (const QFileInfo& entry : QDir(folder).entryInfoList({u"images-*.bin*"_s}, QDir::Files)) {
        const QString name =
            entry.fileName().left(entry.fileName().lastIndexOf(u".bin"_s) + qsizetype(4));
        names.insert(name);
        if (entry.lastModified() > limit)
            young.insert(name);
    }
    return names - young;
}

Result<QSet<QString>> namesReadBy(const QList<DatasetSettings>& versions, const QString& folder)
{
    return PackedStore::open(folder).and_then(
        [&](const std::shared_ptr<const PackedStore>& store) -> Result<QSet<QString>> {
            QSet<QString> names;
            for (const DatasetSettings& version : versions)
                for (const FeatureSettings& settings : version.features) {
                    if (settings.encoding != Encoding::Image)
                        continue;
                    const auto feature = FeatureColumn::create(*store, settings);
                    if (!feature)
                        return failureOf(feature);
                    names.insert(transformedName(*feature));
                }
            return names;
        });
}

qint64 transformedBytes(const FeatureColumn& feature)
{
    return feature.store().rows() * feature.description().shape.elementCount();
}

Status decodeChunk(const ImageRows& images, const FeatureColumn& feature, qint64 first,
                   std::vector<quint8>& pixels, const std::stop_token& stop)
{
    const size_t imageBytes = size_t(images.imageBytes());
    std::atomic<qint64> failed = -1;
    parallelFor(qsizetype(pixels.size() / imageBytes), [&](qsizetype offset) {
        if (stop.stop_requested())
            return;
        const auto image = std::span(pixels).subspan(size_t(offset) * imageBytes, imageBytes);
        if (!images.decode(first + offset, image))
            failed = first + offset;
    });
    if (stop.stop_requested())
        return cancelled();
    return failed < 0 ? Status() : tl::unexpected(unreadableImage(feature, failed));
}

Status writeTransformedImages(const FeatureColumn& feature, const QString& path,
                              const ProgressSink& progress, const std::stop_token& stop)
{
    const ImageRows images = ImageRows::open(feature);
    const qint64 rows = feature.store().rows();
    const qint64 rowsAtOnce = std::max<qint64>(ChunkBytes / images.imageBytes(), 16);
    AppendFile file(path, ChunkBytes);
    std::vector<quint8> pixels;
    for (qint64 first = 0; first < rows; first += rowsAtOnce) {
        pixels.resize(size_t(std::min(rowsAtOnce, rows - first) * images.imageBytes()));
        if (auto decoded = decodeChunk(images, feature, first, pixels, stop); !decoded)
            return decoded;
        if (auto written = file.append(bytesOf(pixels)); !written)
            return written;
        if (progress)
            progress({file.size(), transformedBytes(feature), first});
    }
    return file.finish();
}

} // namespace

ImageRows::ImageRows(const FeatureColumn& feature)
    : m_feature(&feature)
    , m_imageBytes(feature.description().shape.elementCount())
{
}

ImageRows ImageRows::open(const FeatureColumn& feature)
{
    ImageRows images(feature);
    if (isUntransformed(feature.schema(), feature.settings())) {
        const auto values = feature.store().tensor(feature.column());
        images.m_pixels = reinterpret_cast<const quint8*>(values.data());
        return images;
    }
    const QString path = transformedPath(feature);
    if (!QFile::exists(path))
        return images;
    auto mapped = mapFile(path);
    if (mapped && qint64(mapped->bytes.size()) == transformedBytes(feature)) {
        images.m_transformed = std::move(*mapped);
        images.m_pixels = images.m_transformed.as<quint8>().data();
    }
    return images;
}

bool ImageRows::decode(qint64 row, std::span<quint8> pixels) const
{
    const QImage image = sourceImage(*m_feature, row);
    if (image.isNull()) {
        std::ranges::fill(pixels, quint8(0));
        return false;
    }
    writeTransformed(image, m_feature->settings(), m_feature->description().shape, pixels);
    return true;
}

QImage sourceImage(const FeatureColumn& feature, qint64 row)
{
    const PackedStore& store = feature.store();
    if (feature.schema().storage == StorageKind::EncodedImage)
        return QImage::fromData(store.encodedImage(feature.column(), row));
    if (feature.schema().storage != StorageKind::Tensor ||
        feature.schema().element != ElementType::UInt8)
        return {};
    const Shape& shape = feature.schema().shape;
    const auto* values = reinterpret_cast<const uchar*>(store.tensor(feature.column()).data());
    return imageOfPixels(values + row * shape.elementCount(), shape);
}

Error unreadableImage(const FeatureColumn& feature, qint64 row)
{
    return {ErrorCode::InvalidInput,
            u"The image of “%1” in row %2 cannot be read. Import the dataset again."_s.arg(
                feature.settings().name, QString::number(row + 1))};
}

Status makeTransformedImages(const FeatureColumn& feature, const ProgressSink& progress,
                             std::stop_token stop)
{
    if (feature.settings().encoding != Encoding::Image || feature.store().rows() == 0 ||
        ImageRows::open(feature).pixels(0))
        return {};
    const QString path = transformedPath(feature);
    const QString part = partOf(path);
    QLockFile lock(lockOf(path));
    lock.setStaleLockTime(0);
    const bool isAlone = lock.tryLock();
    if (!isAlone || ImageRows::open(feature).pixels(0) ||
        !requireDiskSpace(feature.store().folder(), 2 * transformedBytes(feature)))
        return {};
    auto written = writeTransformedImages(feature, part, progress, stop);
    QFile::remove(path); // of another size: damaged
    if (written && QFile::rename(part, path))
        return {};
    QFile::remove(part);
    if (written || written.error().code == ErrorCode::InvalidInput ||
        written.error().code == ErrorCode::Cancelled)
        return written;
    logWarning(written.error().message); // costs speed, not the run
    return {};
}

Status removeUnreadImages(const QString& sourceFolder, const QDateTime& limit,
                          const std::function<Result<QList<DatasetSettings>>()>& versions)
{
    const QSet<QString> names = transformedNames(sourceFolder, limit);
    if (names.isEmpty())
        return {};
    const Result<QSet<QString>> read = versions().and_then(
        [&](const QList<DatasetSettings>& known) { return namesReadBy(known, sourceFolder); });
    if (!read)
        return failureOf(read);
    for (const QString& name : names) {
        const QString path = sourceFolder + u'/' + name;
        QLockFile lock(lockOf(path));
        lock.setStaleLockTime(AbandonedLock);
        if (!lock.tryLock())
            continue;
        QFile::remove(partOf(path));
        if (!read->contains(name))
            QFile::remove(path);
    }
    return {};
}

} // namespace espalier
