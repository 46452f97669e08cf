#include "core/dataset/store/image_files.h"

#include "core/base/files.h"
#include "core/base/parallel.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 ImagesAtOnce = 1024;

QImage::Format formatOf(const Shape& shape)
{
    if (shape.rank() != 3)
        return QImage::Format_Invalid;
    switch (shape.channels()) {
    case 1:
        return QImage::Format_Grayscale8;
    case 3:
        return QImage::Format_RGB888;
    case 4:
        return QImage::Format_RGBA8888;
    default:
        return QImage::Format_Invalid;
    }
}

QByteArray encodePng(const uchar* pixels, const Shape& shape)
{
    const QImage image(pixels, int(shape[1]), int(shape[0]), shape[1] * shape[2], formatOf(shape));
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png;
}

} // namespace

bool canEncodeImages(const Shape& shape)
{
    return formatOf(shape) != QImage::Format_Invalid;
}

Status encodeImagesOfFile(const QString& path, const Shape& shape,
                          const std::function<Status(const QByteArray&)>& take)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(fileError(file, u"read"_s));
    const uchar* pixels = file.map(0, file.size());
    if (!pixels)
        return tl::unexpected(fileError(file, u"map"_s));
    const qint64 images = file.size() / shape.elementCount();
    for (qint64 first = 0; first < images; first += ImagesAtOnce) {
        std::vector<QByteArray> encoded(size_t(std::min(ImagesAtOnce, images - first)));
        parallelFor(qsizetype(encoded.size()), [&](qsizetype i) {
            encoded[size_t(i)] = encodePng(pixels + (first + i) * shape.elementCount(), shape);
        });
        for (const QByteArray& png : encoded) {
            if (png.isEmpty())
                return failure(ErrorCode::Internal, u"An image could not be stored as PNG."_s);
            if (auto taken = take(png); !taken)
                return taken;
        }
    }
    return {};
}

} // namespace espalier
