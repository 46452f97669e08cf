#include "core/dataset/image_transform.h"

#include "core/dataset/store/packed_store.h"

#include <QPainter>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

qint64 channelsOf(ColorMode mode)
{
    return mode == ColorMode::Grey ? 1 : 3;
}

/// H×W is taken as H×W×1.
Shape threeAxes(const Shape& shape)
{
    return shape.rank() == 2 ? Shape{shape[0], shape[1], 1} : shape;
}

bool holdsImages(const ColumnSchema& column)
{
    if (column.storage == StorageKind::EncodedImage)
        return true;
    const Shape shape = threeAxes(column.shape);
    return column.storage == StorageKind::Tensor && column.element == ElementType::UInt8 &&
           shape.rank() == 3 &&
           (shape.channels() == 1 || shape.channels() == 3 || shape.channels() == 4);
}

/// RGB32, so that what follows knows one format. Colour spaces are left out of account: the same
/// bytes give the same pixels everywhere.
QImage opaque(const QImage& image)
{
    if (!image.hasAlphaChannel())
        return image.convertToFormat(QImage::Format_RGB32);
    QImage white(image.size(), QImage::Format_RGB32);
    white.fill(Qt::white);
    QImage source = image;
    source.setDevicePixelRatio(1);
    QPainter painter(&white);
    painter.drawImage(0, 0, source);
    return white;
}

QImage resized(const QImage& image, QSize size)
{
    return image.size() == size
               ? image
               : image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

/// The largest part around the centre that has the proportions of `size`.
QImage croppedTo(const QImage& image, QSize size)
{
    const QSize part = size.scaled(image.size(), Qt::KeepAspectRatio).expandedTo({1, 1});
    return image.copy((image.width() - part.width()) / 2, (image.height() - part.height()) / 2,
                      part.width(), part.height());
}

QImage centered(const QImage& image, QSize size)
{
    QImage canvas(size, QImage::Format_RGB32);
    canvas.fill(Qt::black);
    const auto offset = [](int target, int source) { // rounds down also below zero
        return target >= source ? (target - source) / 2 : -((source - target) / 2);
    };
    QPainter painter(&canvas);
    painter.drawImage(offset(size.width(), image.width()), offset(size.height(), image.height()),
                      image);
    return canvas;
}

QImage transformed(const QImage& image, ImageTransformation transformation, QSize size)
{
    switch (transformation) {
    case ImageTransformation::None:
    case ImageTransformation::Resize:
        return resized(image, size);
    case ImageTransformation::CropAndResize:
        return resized(croppedTo(image, size), size);
    case ImageTransformation::CenterCropOrPad:
        return centered(image, size);
    }
    return image;
}

void writeGrey(const QImage& image, quint8* pixels)
{
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        pixels = std::transform(line, line + image.width(), pixels,
                                [](QRgb pixel) { return quint8(qGray(pixel)); });
    }
}

void writeColor(const QImage& image, quint8* pixels)
{
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            *pixels++ = quint8(qRed(line[x]));
            *pixels++ = quint8(qGreen(line[x]));
            *pixels++ = quint8(qBlue(line[x]));
        }
    }
}

} // namespace

tl::expected<Shape, QString> imageShape(const ColumnSchema& column, const FeatureSettings& settings)
{
    if (!holdsImages(column))
        return tl::unexpected(u"it holds no images of 8 bits"_s);
    const qint64 channels = channelsOf(settings.colorMode);
    if (settings.transformation != ImageTransformation::None) {
        if (settings.width < 1 || settings.height < 1)
            return tl::unexpected(u"its transformation needs a width and a height"_s);
        return Shape{settings.height, settings.width, channels};
    }
    if (column.storage == StorageKind::EncodedImage)
        return tl::unexpected(u"its images may have different sizes; choose a transformation"_s);
    return Shape{column.shape[0], column.shape[1], channels};
}

bool isUntransformed(const ColumnSchema& column, const FeatureSettings& settings)
{
    const auto shape = imageShape(column, settings);
    return column.storage == StorageKind::Tensor && shape && *shape == threeAxes(column.shape);
}

QImage imageOfPixels(const uchar* pixels, const Shape& shape)
{
    const Shape full = threeAxes(shape);
    static constexpr QImage::Format formats[] = {QImage::Format_Invalid, QImage::Format_Grayscale8,
                                                 QImage::Format_Invalid, QImage::Format_RGB888,
                                                 QImage::Format_RGBA8888};
    const auto format =
        full.rank() == 3 && full[2] <= 4 ? formats[full[2]] : QImage::Format_Invalid;
    if (format == QImage::Format_Invalid)
        return {};
    return QImage(pixels, int(full[1]), int(full[0]), full[1] * full[2], format).copy();
}

void writeTransformed(const QImage& image, const FeatureSettings& settings, const Shape& shape,
                      std::span<quint8> pixels)
{
    Q_ASSERT(qint64(pixels.size()) == shape.elementCount());
    const QSize size{int(shape[1]), int(shape[0])};
    const QImage result = transformed(opaque(image), settings.transformation, size);
    if (shape.channels() == 1)
        writeGrey(result, pixels.data());
    else
        writeColor(result, pixels.data());
}

} // namespace espalier
