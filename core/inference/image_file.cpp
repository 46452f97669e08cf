#include "core/inference/image_file.h"

#include "core/base/files.h"
#include "core/dataset/import/formats/image_decoder.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 LargestPixels = qint64(1) << 28;

} // namespace

Result<QImage> readImageFile(const QString& path)
{
    const QString name = QDir::toNativeSeparators(path);
    if (!QFileInfo(path).isFile())
        return failure(ErrorCode::NotFound, u"There is no file %1."_s.arg(name));
    const auto bytes = readFile(path);
    if (!bytes)
        return failureOf(bytes);
    const auto decoded = decodeImage(*bytes, LargestPixels);
    if (!decoded)
        return failure(
            ErrorCode::InvalidInput,
            u"Could not read %1 as an image (%2): use a png, jpg, gif, bmp or webp file."_s.arg(
                name, decoded.error().message));
    return decoded->pixels.isNull() ? QImage::fromData(decoded->file) : decoded->pixels;
}

} // namespace espalier
