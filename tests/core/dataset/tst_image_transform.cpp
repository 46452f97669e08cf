#include "core/dataset/image_transform.h"
#include "tests/core/dataset/dataset_fixture.h"

#include <QColorSpace>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

FeatureSettings settingsOf(ImageTransformation transformation, ColorMode mode = ColorMode::Color)
{
    FeatureSettings settings;
    settings.colorMode = mode;
    settings.transformation = transformation;
    return settings;
}

std::vector<quint8> transformed(const QImage& image, const FeatureSettings& settings,
                                const Shape& shape)
{
    std::vector<quint8> pixels(size_t(shape.elementCount()), 77);
    writeTransformed(image, settings, shape, pixels);
    return pixels;
}

QImage filled(int width, int height, QRgb color, QImage::Format format = QImage::Format_RGB888)
{
    QImage image(width, height, format);
    image.fill(QColor::fromRgba(color));
    return image;
}

/// Columns of the colours, each as wide as told.
QImage striped(const QList<std::pair<int, QRgb>>& stripes, int height)
{
    int width = 0;
    for (const auto& stripe : stripes)
        width += stripe.first;
    QImage image(width, height, QImage::Format_RGB888);
    int x = 0;
    for (const auto& [stripe, color] : stripes)
        for (int end = x + stripe; x < end; ++x)
            for (int y = 0; y < height; ++y)
                image.setPixel(x, y, color);
    return image;
}

} // namespace

class TestImageTransform : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shapes_data();
    void shapes();
    void knowsWhatLiesReady();
    void keepsEveryGreyValue();
    void greyIsLuma();
    void transparentBecomesWhite();
    void colorSpaceChangesNothing();
    void resizes();
    void cropsBeforeResizing();
    void centersOrPads();
    void readsEveryFormat_data();
    void readsEveryFormat();
    void readsTensorPixels();
};

void TestImageTransform::shapes_data()
{
    QTest::addColumn<StorageKind>("storage");
    QTest::addColumn<Shape>("columnShape");
    QTest::addColumn<ImageTransformation>("transformation");
    QTest::addColumn<ColorMode>("mode");
    QTest::addColumn<Shape>("shape"); // empty: refused
    using enum ImageTransformation;
    QTest::newRow("grey as it is")
        << StorageKind::Tensor << Shape{28, 20, 1} << None << ColorMode::Grey << Shape{28, 20, 1};
    QTest::newRow("two axes") << StorageKind::Tensor << Shape{28, 20} << None << ColorMode::Grey
                              << Shape{28, 20, 1};
    QTest::newRow("grey made colour")
        << StorageKind::Tensor << Shape{28, 20, 1} << None << ColorMode::Color << Shape{28, 20, 3};
    QTest::newRow("resized") << StorageKind::Tensor << Shape{28, 20, 3} << Resize << ColorMode::Grey
                             << Shape{6, 8, 1};
    QTest::newRow("files resized") << StorageKind::EncodedImage << Shape{28, 20, 3} << Resize
                                   << ColorMode::Color << Shape{6, 8, 3};
    QTest::newRow("files as they are")
        << StorageKind::EncodedImage << Shape{28, 20, 3} << None << ColorMode::Color << Shape();
    QTest::newRow("two channels") << StorageKind::Tensor << Shape{28, 20, 2} << None
                                  << ColorMode::Color << Shape();
    QTest::newRow("a number") << StorageKind::Tensor << Shape{1} << None << ColorMode::Color
                              << Shape();
    QTest::newRow("texts") << StorageKind::Dictionary << Shape() << Resize << ColorMode::Color
                           << Shape();
}

void TestImageTransform::shapes()
{
    QFETCH(StorageKind, storage);
    QFETCH(Shape, columnShape);
    QFETCH(ImageTransformation, transformation);
    QFETCH(ColorMode, mode);
    QFETCH(Shape, shape);
    ColumnSchema column{u"image"_s, storage, ElementType::UInt8, columnShape, Encoding::Image, {}};
    FeatureSettings settings = settingsOf(transformation, mode);
    settings.width = 8;
    settings.height = 6;
    QCOMPARE(imageShape(column, settings).value_or(Shape()), shape);
    if (transformation != ImageTransformation::None) {
        settings.height = 0;
        QVERIFY(!imageShape(column, settings));
    }
    column.element = ElementType::Float32;
    QCOMPARE(imageShape(column, settings).has_value(),
             storage == StorageKind::EncodedImage && settings.height > 0 && !shape.isEmpty());
}

void TestImageTransform::knowsWhatLiesReady()
{
    const ColumnSchema grey{u"image"_s, StorageKind::Tensor, ElementType::UInt8,
                            {28, 28},   Encoding::Image,     {}};
    using enum ImageTransformation;
    QVERIFY(isUntransformed(grey, settingsOf(None, ColorMode::Grey)));
    QVERIFY(!isUntransformed(grey, settingsOf(None, ColorMode::Color)));
    FeatureSettings resized = settingsOf(Resize, ColorMode::Grey);
    resized.width = resized.height = 14;
    QVERIFY(!isUntransformed(grey, resized));
}

void TestImageTransform::keepsEveryGreyValue()
{
    QImage image(16, 16, QImage::Format_Grayscale8);
    std::vector<quint8> expected;
    for (int i = 0; i < 256; ++i) {
        image.scanLine(i / 16)[i % 16] = uchar(i);
        expected.push_back(quint8(i));
    }
    const FeatureSettings grey = settingsOf(ImageTransformation::None, ColorMode::Grey);
    QCOMPARE(transformed(image, grey, {16, 16, 1}), expected);
    QCOMPARE(transformed(image.convertToFormat(QImage::Format_RGB888), grey, {16, 16, 1}),
             expected);
}

void TestImageTransform::greyIsLuma()
{
    const QRgb color = qRgb(200, 100, 50);
    const auto pixels = transformed(
        filled(1, 1, color), settingsOf(ImageTransformation::None, ColorMode::Grey), {1, 1, 1});
    QCOMPARE(int(pixels[0]), (200 * 11 + 100 * 16 + 50 * 5) / 32);
}

void TestImageTransform::transparentBecomesWhite()
{
    const FeatureSettings color = settingsOf(ImageTransformation::None);
    const auto clear =
        transformed(filled(1, 1, qRgba(9, 9, 9, 0), QImage::Format_ARGB32), color, {1, 1, 3});
    QCOMPARE(clear, (std::vector<quint8>{255, 255, 255}));
    const auto half =
        transformed(filled(1, 1, qRgba(0, 0, 0, 128), QImage::Format_ARGB32), color, {1, 1, 3});
    QVERIFY(std::abs(int(half[0]) - 127) <= 1);
}

void TestImageTransform::colorSpaceChangesNothing()
{
    QImage image = filled(2, 2, qRgb(10, 200, 90));
    const FeatureSettings grey = settingsOf(ImageTransformation::None, ColorMode::Grey);
    const auto plain = transformed(image, grey, {2, 2, 1});
    image.setColorSpace(QColorSpace(QColorSpace::SRgbLinear));
    QCOMPARE(transformed(image, grey, {2, 2, 1}), plain);
}

void TestImageTransform::resizes()
{
    const auto pixels = transformed(striped({{4, qRgb(255, 0, 0)}, {4, qRgb(0, 0, 255)}}, 8),
                                    settingsOf(ImageTransformation::Resize), {1, 2, 3});
    QCOMPARE(pixels, (std::vector<quint8>{255, 0, 0, 0, 0, 255}));
}

void TestImageTransform::cropsBeforeResizing()
{
    const QImage wide =
        striped({{5, qRgb(9, 9, 9)}, {10, qRgb(0, 255, 0)}, {5, qRgb(9, 9, 9)}}, 10);
    const auto pixels =
        transformed(wide, settingsOf(ImageTransformation::CropAndResize), {5, 5, 3});
    for (size_t i = 0; i < pixels.size(); ++i)
        QCOMPARE(int(pixels[i]), i % 3 == 1 ? 255 : 0);
    const auto line = transformed(filled(1000, 1, qRgb(1, 2, 3)),
                                  settingsOf(ImageTransformation::CropAndResize), {300, 1, 3});
    QCOMPARE(int(line.back()), 3); // a crop is at least one pixel
}

void TestImageTransform::centersOrPads()
{
    const FeatureSettings grey = settingsOf(ImageTransformation::CenterCropOrPad, ColorMode::Grey);
    QCOMPARE(transformed(filled(1, 1, qRgb(255, 255, 255)), grey, {3, 3, 1}),
             (std::vector<quint8>{0, 0, 0, 0, 255, 0, 0, 0, 0}));
    const QImage wide = striped({{1, qRgb(1, 1, 1)}, {1, qRgb(2, 2, 2)}, {1, qRgb(3, 3, 3)}}, 1);
    QCOMPARE(transformed(wide, grey, {3, 1, 1}), (std::vector<quint8>{0, 2, 0}));
    QCOMPARE(transformed(wide, grey, {1, 3, 1}), (std::vector<quint8>{1, 2, 3}));
}

void TestImageTransform::readsEveryFormat_data()
{
    QTest::addColumn<QImage::Format>("format");
    for (const auto format :
         {QImage::Format_Mono, QImage::Format_Indexed8, QImage::Format_RGB32, QImage::Format_ARGB32,
          QImage::Format_ARGB32_Premultiplied, QImage::Format_RGB888, QImage::Format_RGBA64,
          QImage::Format_Grayscale8, QImage::Format_Grayscale16, QImage::Format_BGR888})
        QTest::newRow(qPrintable(QString::number(format))) << format;
}

void TestImageTransform::readsEveryFormat()
{
    QFETCH(QImage::Format, format);
    const QImage image =
        filled(5, 3, qRgb(255, 255, 255), QImage::Format_RGB32).convertToFormat(format);
    const auto pixels =
        transformed(image, settingsOf(ImageTransformation::Resize, ColorMode::Grey), {2, 2, 1});
    QCOMPARE(pixels, std::vector<quint8>(4, 255));
}

void TestImageTransform::readsTensorPixels()
{
    const std::vector<quint8> pixels{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255};
    QCOMPARE(imageOfPixels(pixels.data(), {4, 3, 1}).pixelColor(2, 1).red(), 6);
    QCOMPARE(imageOfPixels(pixels.data(), {4, 3}).pixelColor(2, 1).red(), 6);
    QCOMPARE(imageOfPixels(pixels.data(), {2, 2, 3}).pixelColor(1, 0).blue(), 6);
    QCOMPARE(imageOfPixels(pixels.data(), {3, 1, 4}).pixelColor(0, 2).alpha(), 255);
    QVERIFY(imageOfPixels(pixels.data(), {3, 2, 2}).isNull());
    QVERIFY(imageOfPixels(pixels.data(), {12}).isNull());
}

QTEST_GUILESS_MAIN(TestImageTransform)
#include "tst_image_transform.moc"
