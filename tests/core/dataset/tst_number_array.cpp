#include "core/dataset/import/formats/number_array.h"

#include "tests/core/dataset/import_fixtures.h"

#include <QBuffer>
#include <QFloat16>
#include <QTest>

using namespace espalier;
using namespace espalier::fixtures;
using namespace Qt::StringLiterals;

namespace {

Result<ArrayHeader> npyHeader(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return readNpyHeader(buffer);
}

Result<ArrayHeader> idxHeader(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return readIdxHeader(buffer);
}

template <typename T>
QByteArray bigEndian(std::initializer_list<T> numbers)
{
    QByteArray bytes;
    for (T number : numbers) {
        QByteArray one(sizeof(T), '\0');
        qToBigEndian(number, one.data());
        bytes += one;
    }
    return bytes;
}

} // namespace

class TestNumberArray final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesNpy_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << u"no npy"_s;
        QTest::newRow("other file") << QByteArray("GIF89a.........") << u"no npy"_s;
        QTest::newRow("version 9") << QByteArray("\x93NUMPY\x09\x00\x10\x00", 10) << u"version 9"_s;
        QTest::newRow("cut in header") << npy("'<f4'", "(3,)", {}).left(40) << u"ends after"_s;
        QTest::newRow("no header") << QByteArray("\x93NUMPY\x01\x00\x00\x00", 10) << u"damaged"_s;
        QTest::newRow("huge header")
            << QByteArray("\x93NUMPY\x02\x00\xff\xff\xff\x7f", 12) << u"damaged"_s;
        QTest::newRow("objects") << npy("'|O'", "(3,)", {}) << u"Python objects"_s;
        QTest::newRow("structure") << npy("[('a', '<f4')]", "(3,)", {}) << u"structure"_s;
        QTest::newRow("complex") << npy("'<c8'", "(3,)", {}) << u"c8"_s;
        QTest::newRow("text") << npy("'<U5'", "(3,)", {}) << u"U5"_s;
        QTest::newRow("fortran") << npy("'<f4'", "(3, 2)", {}, "True") << u"Fortran"_s;
        QTest::newRow("negative") << npy("'<f4'", "(-3,)", {}) << u"shape"_s;
        QTest::newRow("beyond measure")
            << npy("'<f8'", "(4294967296, 4294967296, 4294967296)", {}) << u"beyond"_s;
    }
    void refusesNpy()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto header = npyHeader(bytes);
        QVERIFY(!header);
        QVERIFY2(header.error().message.contains(says), qPrintable(header.error().message));
    }

    void readsNpyHeaders_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Shape>("whole");
        QTest::addColumn<Shape>("example");
        QTest::addColumn<qint64>("total");
        QTest::newRow("vector") << npy("'<f4'", "(3,)", {}) << Shape{3} << Shape{1} << qint64(12);
        QTest::newRow("scalar") << npy("'<f8'", "()", {}) << Shape{1} << Shape{1} << qint64(8);
        QTest::newRow("images") << npy("'|u1'", "(5, 28, 28)", {}) << Shape{5, 28, 28}
                                << Shape{28, 28} << qint64(3920);
        QTest::newRow("fortran vector")
            << npy("'<i8'", "(3, 1)", {}, "True") << Shape{3, 1} << Shape{1} << qint64(24);
    }
    void readsNpyHeaders()
    {
        QFETCH(QByteArray, bytes);
        const auto header = npyHeader(bytes);
        QVERIFY(header);
        QTEST(header->wholeShape(), "whole");
        QTEST(header->exampleShape(), "example");
        QTEST(header->totalBytes(), "total");
    }

    void readsVersion2()
    {
        QByteArray bytes = npy("'>i2'", "(2,)", {});
        bytes = QByteArray("\x93NUMPY\x02\x00", 8) + bytes.mid(8, 2) + QByteArray("\0\0", 2) +
                bytes.mid(10);
        const auto header = npyHeader(bytes);
        QVERIFY(header);
        QCOMPARE(header->type, NumberType::Int16);
        QVERIFY(header->bigEndian);
    }

    void converts_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<ElementType>("element");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray floats = numberBytes<float>({-2.f, 3.f});
        const QByteArray doubles = numberBytes<double>({-2., 3.});
        const auto f32 = ElementType::Float32;
        const auto f64 = ElementType::Float64;
        QTest::newRow("u1") << QByteArray("'|u1'") << QByteArray("\x02\xff", 2)
                            << ElementType::UInt8 << QByteArray("\x02\xff", 2);
        QTest::newRow("b1") << QByteArray("'|b1'") << QByteArray("\x00\x01", 2)
                            << ElementType::UInt8 << QByteArray("\x00\x01", 2);
        QTest::newRow("i1") << QByteArray("'|i1'") << numberBytes<qint8>({-2, 3}) << f32 << floats;
        QTest::newRow("i2") << QByteArray("'<i2'") << numberBytes<qint16>({-2, 3}) << f32 << floats;
        QTest::newRow("big i2") << QByteArray("'>i2'") << bigEndian<qint16>({-2, 3}) << f32
                                << floats;
        QTest::newRow("u2") << QByteArray("'<u2'") << numberBytes<quint16>({65535}) << f32
                            << numberBytes<float>({65535.f});
        QTest::newRow("i4") << QByteArray("'<i4'") << numberBytes<qint32>({-2, 3}) << f64
                            << doubles;
        QTest::newRow("big i8") << QByteArray("'>i8'") << bigEndian<qint64>({-2, 3}) << f64
                                << doubles;
        QTest::newRow("u4") << QByteArray("'<u4'") << numberBytes<quint32>({4294967295u}) << f64
                            << numberBytes<double>({4294967295.});
        QTest::newRow("u8") << QByteArray("'<u8'") << numberBytes<quint64>({1ull << 52}) << f64
                            << numberBytes<double>({4503599627370496.});
        QTest::newRow("f2") << QByteArray("'<f2'") << numberBytes<quint16>({0xC000, 0x4200}) << f32
                            << floats;
        QTest::newRow("f4") << QByteArray("'<f4'") << floats << f32 << floats;
        QTest::newRow("f8") << QByteArray("'<f8'") << doubles << f64 << doubles;
        QTest::newRow("big f8") << QByteArray("'>f8'")
                                << bigEndian<quint64>({0xC000000000000000, 0x4008000000000000})
                                << f64 << doubles;
    }
    void converts()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, raw);
        QFETCH(QByteArray, expected);
        const auto header = npyHeader(npy(type, "(2,)", raw));
        QVERIFY(header);
        QTEST(header->element(), "element");
        QCOMPARE(convertNumbers(raw, *header, header->element()), expected);
    }

    void refusesIdx_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("other") << QByteArray("\x93NUMPY");
        QTest::newRow("type") << QByteArray("\0\0\x07\x01\0\0\0\x01", 8);
        QTest::newRow("no axes") << QByteArray("\0\0\x08\x00\0\0\0\x01", 8);
        QTest::newRow("cut") << idx({5, 28, 28}, {}).left(9);
        QTest::newRow("beyond measure") << idx({~0u, ~0u, ~0u, ~0u}, {});
    }
    void refusesIdx()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!idxHeader(bytes));
    }

    void readsIdx()
    {
        const auto header = idxHeader(idx({5, 28, 28}, {}));
        QVERIFY(header);
        QCOMPARE(header->examples(), 5);
        QCOMPARE(imageShape(header->type, header->exampleShape()), (Shape{28, 28, 1}));
        QVERIFY(isIdx(idx({1}, "x")));
    }

    void knowsImages()
    {
        QCOMPARE(imageShape(NumberType::UInt8, Shape{4, 5, 3}), (Shape{4, 5, 3}));
        QVERIFY(imageShape(NumberType::UInt8, Shape{4, 5, 2}).isEmpty());
        QVERIFY(imageShape(NumberType::UInt8, Shape{4}).isEmpty());
        QVERIFY(imageShape(NumberType::Float32, Shape{4, 5}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNumberArray)
#include "tst_number_array.moc"
