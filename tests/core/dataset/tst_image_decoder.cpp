#include "core/dataset/import/formats/image_decoder.h"

#include "core/base/random.h"
#include "core/dataset/import/formats/small_png.h"
#include "tests/core/dataset/import_fixtures.h"

#include <QImageReader>
#include <QTest>
#include <quazip/quacrc32.h>

using namespace espalier;
using namespace espalier::fixtures;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Limit = qint64(1) << 24;

/// 4×2, left half dark, right half bright.
QImage halves(QImage::Format format)
{
    QImage image(4, 2, QImage::Format_RGB32);
    image.fill(Qt::black);
    for (int y = 0; y < 2; ++y)
        for (int x = 2; x < 4; ++x)
            image.setPixelColor(x, y, Qt::white);
    return image.convertToFormat(format);
}

/// A JPEG with the EXIF orientation "turn by 90° clockwise".
QByteArray turnedJpeg(const QImage& image)
{
    const QByteArray tiff("MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0", 26);
    const QByteArray body = QByteArray("Exif\0\0", 6) + tiff;
    QByteArray segment("\xff\xe1", 2);
    segment += char(0);
    segment += char(body.size() + 2);
    QByteArray jpeg = encoded(image, "jpg");
    return jpeg.insert(2, segment + body);
}

} // namespace

class TestImageDecoder final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QImage noise(64, 64, QImage::Format_RGB32);
        for (int i = 0; i < 64 * 64; ++i)
            noise.setPixel(i % 64, i / 64, qRgb(i * 37 % 251, i * 91 % 241, i * 13 % 239));
        QTest::newRow("empty") << QByteArray() << u"empty"_s;
        QTest::newRow("text") << QByteArray("hello, this is no image") << u"no png"_s;
        QTest::newRow("svg") << QByteArray("<svg width='9' height='9'></svg>") << u"no png"_s;
        QTest::newRow("magic alone") << QByteArray("\x89PNG\r\n\x1a\n") << u"damaged"_s;
        for (const char* format : {"png", "jpg", "bmp", "webp"}) {
            const QByteArray bytes = encoded(noise, format);
            QTest::addRow("half a %s", format) << bytes.left(bytes.size() / 2) << u"damaged"_s;
        }
        QByteArray huge = greyPng(1);
        huge.replace(16, 8, QByteArray("\0\1\0\0\0\1\0\0", 8));
        qToBigEndian(QuaCrc32().calculate(huge.mid(12, 17)), huge.data() + 29);
        QTest::newRow("huge") << huge << u"too large (65536×65536)"_s;
        QTest::newRow("huge without saying so")
            << QByteArray("GIF89a\x88\x13\x88\x13\x80\x00\x00\xff\x00\x00\x00\x00\xff,\x00\x00\x00"
                          "\x00\x02\x00\x02\x00\x00\x02\x02\x44\x0a;",
                          35)
            << u"too large (5000×5000)"_s;
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto image = decodeImage(bytes, Limit);
        QVERIFY(!image);
        QVERIFY2(image.error().message.contains(says), qPrintable(image.error().message));
    }

    void decodes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("channels");
        QTest::newRow("grey") << encoded(halves(QImage::Format_Grayscale8)) << 1;
        QTest::newRow("grey of 16 bits") << encoded(halves(QImage::Format_Grayscale16)) << 1;
        QTest::newRow("black and white") << encoded(halves(QImage::Format_Mono)) << 1;
        QTest::newRow("grey palette") << encoded(halves(QImage::Format_Indexed8)) << 1;
        QTest::newRow("colour") << encoded(halves(QImage::Format_RGB32)) << 3;
        QTest::newRow("colour of 16 bits") << encoded(halves(QImage::Format_RGBX64)) << 3;
        QTest::newRow("jpg") << encoded(halves(QImage::Format_RGB32), "jpg") << 3;
        QTest::newRow("grey jpg") << encoded(halves(QImage::Format_Grayscale8), "jpg") << 1;
        QTest::newRow("bmp") << encoded(halves(QImage::Format_RGB32), "bmp") << 3;
        QTest::newRow("webp") << encoded(halves(QImage::Format_RGB32), "webp") << 3;
    }
    void decodes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, channels);
        const auto image = decodeImage(bytes, Limit);
        QVERIFY2(image, image ? "" : qPrintable(image.error().message));
        QCOMPARE(image->shape, (Shape{2, 4, channels}));
        QCOMPARE(image->file, bytes);
        QByteArray pixels(2 * 4 * 3, '\x55');
        image->copyPixels(3, pixels.data());
        for (int i = 0; i < 24; ++i) {
            const bool isBright = i / 3 % 4 >= 2;
            QVERIFY2(std::abs(uchar(pixels[i]) - (isBright ? 255 : 0)) < 30,
                     qPrintable(QString::number(i)));
        }
    }

    void smallPngsAreReadAsByQt_data()
    {
        QTest::addColumn<QImage::Format>("format");
        QTest::addColumn<int>("width");
        for (int width : {1, 3, 28, 301}) {
            QTest::addRow("grey %d", width) << QImage::Format_Grayscale8 << width;
            QTest::addRow("colour %d", width) << QImage::Format_RGB888 << width;
        }
    }
    /// Slopes and noise, so that the writer uses every filter.
    void smallPngsAreReadAsByQt()
    {
        QFETCH(QImage::Format, format);
        QFETCH(int, width);
        QImage image(width, 40, QImage::Format_RGB888);
        Random random(7);
        for (int y = 0; y < image.height(); ++y)
            for (int i = 0; i < 3 * width; ++i)
                image.scanLine(y)[i] = uchar(y / 10 % 2 == 0 ? i * y + y : int(random.below(9)));
        const QByteArray png = encoded(image.convertToFormat(format));
        const QImage read = readSmallPng(png);
        QCOMPARE(read.format(), format);
        QCOMPARE(read, QImage::fromData(png).convertToFormat(format));
    }

    void otherPngsAreLeftToQt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QImage transparent(3, 3, QImage::Format_ARGB32);
        transparent.fill(Qt::transparent);
        const QByteArray good = greyPng(1);
        QTest::newRow("transparent") << encoded(transparent);
        QTest::newRow("palette") << encoded(halves(QImage::Format_Indexed8));
        QTest::newRow("16 bits") << encoded(halves(QImage::Format_Grayscale16));
        QTest::newRow("jpg") << encoded(halves(QImage::Format_RGB32), "jpg");
        for (int i = 0; i < good.size(); ++i)
            QTest::addRow("cut at %d", i) << good.left(i);
        QByteArray wrongSize = good;
        wrongSize[19] = 9;
        QTest::newRow("another width") << wrongSize;
    }
    void otherPngsAreLeftToQt()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(readSmallPng(bytes).isNull());
    }

    void firstPictureOfGif()
    {
        const QByteArray gif =
            QByteArray::fromHex("47494638396101000100800000ff0000ffffff2c00000000010001000002024401"
                                "003b");
        const auto image = decodeImage(gif, Limit);
        QVERIFY2(image, image ? "" : qPrintable(image.error().message));
        QCOMPARE(image->shape, (Shape{1, 1, 3}));
        QByteArray pixel(3, 0);
        image->copyPixels(3, pixel.data());
        QCOMPARE(pixel, QByteArray("\xff\0\0", 3));
    }

    void transparentIsOnWhite()
    {
        QImage image(2, 1, QImage::Format_ARGB32);
        image.setPixelColor(0, 0, QColor(0, 0, 0, 0));
        image.setPixelColor(1, 0, QColor(255, 0, 0, 255));
        const auto color = decodeImage(encoded(image), Limit);
        QVERIFY(color);
        QVERIFY(color->file.isEmpty());
        QByteArray pixels(6, 0);
        color->copyPixels(3, pixels.data());
        QCOMPARE(pixels, QByteArray("\xff\xff\xff\xff\0\0", 6));
        QCOMPARE(QImage::fromData(color->encoded()).pixelColor(0, 0), QColor(Qt::white));

        image.setPixelColor(1, 0, QColor(0, 0, 0, 255));
        const auto grey = decodeImage(encoded(image), Limit);
        QVERIFY(grey);
        QCOMPARE(grey->shape.channels(), 1);
    }

    void exifTurns()
    {
        const auto image = decodeImage(turnedJpeg(halves(QImage::Format_Grayscale8)), Limit);
        QVERIFY2(image, image ? "" : qPrintable(image.error().message));
        QCOMPARE(image->shape, (Shape{4, 2, 1}));
        QByteArray pixels(8, 0);
        image->copyPixels(1, pixels.data());
        QVERIFY(uchar(pixels[0]) < 30);
        QVERIFY(uchar(pixels[7]) > 225);
        QVERIFY(image->file.isEmpty());
        QCOMPARE(QImage::fromData(image->encoded()).size(), QSize(2, 4));
    }

    void largeImagesStayFiles()
    {
        QImage large(1025, 1024, QImage::Format_Grayscale8);
        large.fill(7);
        const QByteArray bytes = encoded(large);
        const auto image = decodeImage(bytes, Limit);
        QVERIFY(image);
        QVERIFY(image->pixels.isNull());
        QCOMPARE(image->file, bytes);
        QCOMPARE(image->shape, (Shape{1024, 1025, 1}));
    }
};

QTEST_GUILESS_MAIN(TestImageDecoder)
#include "tst_image_decoder.moc"
