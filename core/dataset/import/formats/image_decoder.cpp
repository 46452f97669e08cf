#include "core/dataset/import/formats/image_decoder.h"

#include "core/dataset/import/formats/small_png.h"
#include "core/dataset/import/import_preview.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <QtEndian>
#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

tl::unexpected<Error> bad(const QString& reason)
{
    return failure(ErrorCode::InvalidInput, reason);
}

/// A JPEG that was cut short decodes to a picture with a grey rest: look for its end marker behind
/// the header, where thumbnails may have markers of their own.
bool jpegIsWhole(QByteArrayView bytes)
{
    constexpr uchar MarkerStart = 0xFF;
    constexpr uchar StartOfScan = 0xDA;
    qsizetype position = 2;
    while (position + 4 <= bytes.size() && uchar(bytes[position]) == MarkerStart &&
           uchar(bytes[position + 1]) != StartOfScan)
        position += 2 + qFromBigEndian<quint16>(bytes.data() + position + 2);
    return position < bytes.size() &&
           bytes.sliced(position).indexOf(QByteArrayView("\xFF\xD9")) >= 0;
}

/// The rows of a bitmap that was cut short stay black.
bool bitmapIsWhole(QByteArrayView bytes)
{
    constexpr qsizetype HeaderSize = 34;
    if (bytes.size() < HeaderSize)
        return false;
    const auto number = [&](qsizetype place) {
        return qint64(qFromLittleEndian<qint32>(bytes.data() + place));
    };
    const qint64 bits = qFromLittleEndian<quint16>(bytes.data() + 28);
    const bool isPacked = number(30) != 0;
    const qint64 rowBytes = (std::abs(number(18)) * bits + 31) / 32 * 4;
    return isPacked || number(10) + rowBytes * std::abs(number(22)) <= bytes.size();
}

/// Whether nothing is cut off, as far as the decoder does not find out by itself.
bool isWhole(const QByteArray& format, QByteArrayView bytes)
{
    return format == "jpeg" ? jpegIsWhole(bytes) : format != "bmp" || bitmapIsWhole(bytes);
}

QImage onWhite(const QImage& image)
{
    QImage opaque(image.size(), QImage::Format_RGB32);
    opaque.fill(Qt::white);
    QPainter painter(&opaque);
    painter.drawImage(0, 0, image);
    return opaque;
}

bool isGrey(const QImage& image, bool wasTransparent)
{
    switch (image.format()) {
    case QImage::Format_Grayscale8:
    case QImage::Format_Grayscale16:
        return true;
    case QImage::Format_Mono:
    case QImage::Format_MonoLSB:
    case QImage::Format_Indexed8:
        return image.allGray(); // looks at the palette alone
    default:
        return wasTransparent && image.allGray(); // PNG has grey with alpha, Qt has not
    }
}

QImage plainImage(const QImage& image)
{
    const bool isTransparent = image.hasAlphaChannel();
    const QImage opaque = isTransparent ? onWhite(image) : image;
    return opaque.convertToFormat(isGrey(opaque, isTransparent) ? QImage::Format_Grayscale8
                                                                : QImage::Format_RGB888);
}

QByteArray asPng(const QImage& image)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "png");
    return png;
}

bool isWithin(QSize size, qint64 largestPixels)
{
    return !size.isEmpty() && qint64(size.width()) * size.height() <= largestPixels;
}

tl::unexpected<Error> tooLarge(QSize size)
{
    return bad(u"the image is too large (%1×%2)"_s.arg(size.height()).arg(size.width()));
}

/// `file` is empty where a plain decoder would show something else.
DecodedImage decoded(const QImage& plain, const QByteArray& file)
{
    const bool isGrey = plain.format() == QImage::Format_Grayscale8;
    DecodedImage image;
    image.shape = {plain.height(), plain.width(), isGrey ? 1 : 3};
    image.pixels = plain;
    image.file = file;
    if (!isWithin(plain.size(), DecodedImage::LargestUnpacked)) {
        image.file = image.encoded();
        image.thumbnail = thumbnailOf(plain);
        image.pixels = {};
    }
    return image;
}

Result<DecodedImage> decodeAny(const QByteArray& bytes, const QByteArray& format,
                               qint64 largestPixels)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!size.isEmpty() && !isWithin(size, largestPixels))
        return tooLarge(size);
    QImage image;
    if (!reader.read(&image) || image.isNull() || !isWhole(format, bytes))
        return bad(u"the image is damaged"_s);
    if (!isWithin(image.size(), largestPixels)) // a header may hide its size from reader.size()
        return tooLarge(image.size());
    const bool isUpright = reader.transformation() == QImageIOHandler::TransformationNone;
    const bool isPlain = isUpright && !image.hasAlphaChannel();
    return decoded(plainImage(image), isPlain ? bytes : QByteArray());
}

} // namespace

QImage thumbnailOf(const QImage& image)
{
    constexpr int Side = ImportPreview::PictureSide;
    if (image.width() <= Side && image.height() <= Side)
        return image;
    // A smooth scaling of the whole image would take longer than to decode it.
    const QImage rough = std::max(image.width(), image.height()) > 2 * Side
                             ? image.scaled(2 * Side, 2 * Side, Qt::KeepAspectRatio)
                             : image;
    return rough.scaled(Side, Side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

QByteArray DecodedImage::encoded() const
{
    return file.isEmpty() ? asPng(pixels) : file;
}

void DecodedImage::copyPixels(qint64 channels, char* target) const
{
    const QImage image =
        channels == shape.channels() ? pixels : pixels.convertToFormat(QImage::Format_RGB888);
    const size_t rowBytes = size_t(image.width()) * size_t(channels);
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(target + size_t(y) * rowBytes, image.constScanLine(y), rowBytes);
}

QByteArray imageFormat(QByteArrayView bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    if (bytes.startsWith("\xFF\xD8\xFF"))
        return "jpeg";
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "gif";
    if (bytes.startsWith("RIFF") && bytes.size() > 12 && bytes.sliced(8).startsWith("WEBP"))
        return "webp";
    if (bytes.startsWith("BM"))
        return "bmp";
    return {};
}

Result<DecodedImage> decodeImage(const QByteArray& bytes, qint64 largestPixels)
{
    if (bytes.isEmpty())
        return bad(u"the file is empty"_s);
    const QByteArray format = imageFormat(bytes);
    if (format.isEmpty())
        return bad(u"it is no png, jpg, gif, bmp or webp image"_s);
    if (const QImage small = readSmallPng(bytes); isWithin(small.size(), largestPixels))
        return decoded(small, bytes);
    return decodeAny(bytes, format, largestPixels);
}

} // namespace espalier
