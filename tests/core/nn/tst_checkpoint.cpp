#include "core/base/random.h"
#include "core/nn/checkpoint.h"

#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

QByteArray floats(std::initializer_list<float> values)
{
    QByteArray bytes;
    for (const float value : values) {
        bytes.resize(bytes.size() + 4);
        qToLittleEndian(value, bytes.data() + bytes.size() - 4);
    }
    return bytes;
}

Checkpoint sample()
{
    QByteArray step(8, '\0');
    qToLittleEndian(qint64(-7), step.data());
    return {{{u"3.weight"_s, TensorType::Float32, {2, 3}, floats({1, -2, 3.5F, 0, 1e-30F, 6})},
             {u"1.bias"_s, TensorType::Float32, {1}, floats({0.25F})},
             {u"optimizer.step"_s, TensorType::Int64, {}, step}},
            {{u"epoch"_s, u"12"_s}, {u"format"_s, u"espalier"_s}}};
}

/// A file with this header before `data` bytes.
QByteArray withHeader(const QByteArray& header, qsizetype data = 0)
{
    QByteArray bytes(8, '\0');
    qToLittleEndian(quint64(header.size()), bytes.data());
    return bytes + header + QByteArray(data, 'x');
}

} // namespace

class TestCheckpoint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatDoesNotAddUp_data();
    void refusesWhatDoesNotAddUp();
    void refusesEveryTruncation();
    void survivesAnyBytes();
    void roundTrip();
    void readsAnyOrderOfTheHeader();
    void layoutIsSafetensors();
    void writesAndReadsFiles();
    void namesTheFileThatIsDamaged();
    void findsByName();
};

void TestCheckpoint::refusesWhatDoesNotAddUp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto entry = [](const char* dtype, const char* shape, const char* offsets) {
        return QByteArray("{\"a\":{\"dtype\":\"") + dtype + "\",\"shape\":" + shape +
               ",\"data_offsets\":" + offsets + "}}";
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("seven bytes") << QByteArray(7, '\0');
    QTest::newRow("header longer than file") << QByteArray(8, '\x7f') + "{}";
    QTest::newRow("huge header length") << QByteArray(8, '\xff');
    QTest::newRow("no JSON") << withHeader("hello");
    QTest::newRow("empty header") << withHeader("");
    QTest::newRow("array") << withHeader("[]");
    QTest::newRow("deep") << withHeader(QByteArray(200'000, '['));
    QTest::newRow("entry is a number") << withHeader("{\"a\":1}");
    QTest::newRow("unknown type") << withHeader(entry("F64", "[1]", "[0,8]"), 8);
    QTest::newRow("no shape") << withHeader(entry("F32", "null", "[0,4]"), 4);
    QTest::newRow("negative size") << withHeader(entry("F32", "[-1]", "[0,4]"), 4);
    QTest::newRow("fraction") << withHeader(entry("F32", "[1.5]", "[0,4]"), 4);
    QTest::newRow("text as size") << withHeader(entry("F32", "[\"1\"]", "[0,4]"), 4);
    QTest::newRow("one offset") << withHeader(entry("F32", "[1]", "[0]"), 4);
    QTest::newRow("three offsets") << withHeader(entry("F32", "[1]", "[0,4,4]"), 4);
    QTest::newRow("backwards") << withHeader(entry("F32", "[1]", "[4,0]"), 4);
    QTest::newRow("shape and data differ") << withHeader(entry("F32", "[2]", "[0,4]"), 4);
    QTest::newRow("overflow") << withHeader(entry("F32", "[4611686018427387904,4]", "[0,0]"));
    QTest::newRow("wraps to 4 bytes")
        << withHeader(entry("F32", "[4294967296,4294967296,1]", "[0,4]"), 4);
    QTest::newRow("nothing times too much")
        << withHeader(entry("F32", "[4294967296042949672,0,16]", "[0,0]"));
    QTest::newRow("beyond the end") << withHeader(entry("F32", "[2]", "[0,8]"), 4);
    QTest::newRow("data left over") << withHeader(entry("F32", "[1]", "[0,4]"), 5);
    QTest::newRow("gap before") << withHeader(entry("F32", "[1]", "[4,8]"), 8);
    QTest::newRow("overlap") << withHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
        "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        12);
    QTest::newRow("metadata no object") << withHeader("{\"__metadata__\":3}");
    QTest::newRow("metadata no texts") << withHeader("{\"__metadata__\":{\"a\":1}}");
}

void TestCheckpoint::refusesWhatDoesNotAddUp()
{
    QFETCH(const QByteArray, bytes);
    const auto read = decodeCheckpoint(bytes);
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::InvalidInput ||
            read.error().code == ErrorCode::Unsupported);
    QVERIFY(read.error().message.endsWith(u'.'));
}

void TestCheckpoint::refusesEveryTruncation()
{
    const QByteArray whole = encodeCheckpoint(sample());
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!decodeCheckpoint(whole.left(size)), qPrintable(QString::number(size)));
    QVERIFY(!decodeCheckpoint(whole + '\0'));
}

void TestCheckpoint::survivesAnyBytes()
{
    const QByteArray whole = encodeCheckpoint(sample());
    Random random(5);
    for (int round = 0; round < 3000; ++round) {
        QByteArray bytes = whole;
        for (quint64 change = random.below(4) + 1; change > 0; --change)
            bytes[qsizetype(random.below(quint64(bytes.size())))] = char(random.below(256));
        const auto read = decodeCheckpoint(bytes);
        if (!read)
            continue;
        qint64 data = 0;
        for (const NamedTensor& tensor : read->tensors)
            data += tensor.data.size();
        QVERIFY(data <= bytes.size());
    }
}

void TestCheckpoint::roundTrip()
{
    const auto read = decodeCheckpoint(encodeCheckpoint(sample()));
    QVERIFY(read);
    QCOMPARE(*read, sample());
    const auto none = decodeCheckpoint(encodeCheckpoint({}));
    QVERIFY(none);
    QCOMPARE(*none, Checkpoint());
    const Checkpoint empty{{{u"e"_s, TensorType::Float32, {0, 4}, {}}}, {}};
    QCOMPARE(*decodeCheckpoint(encodeCheckpoint(empty)), empty);
}

void TestCheckpoint::readsAnyOrderOfTheHeader()
{
    const auto read = decodeCheckpoint(
        withHeader("{\"late\":{\"data_offsets\":[4,12],\"shape\":[1],\"dtype\":\"I64\"},"
                   "\"early\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}  ",
                   12));
    QVERIFY(read);
    QCOMPARE(read->tensors.size(), 2);
    QCOMPARE(read->tensors[0].name, u"early"_s);
    QCOMPARE(read->tensors[1].type, TensorType::Int64);
    QCOMPARE(read->tensors[1].data.size(), 8);
}

void TestCheckpoint::layoutIsSafetensors()
{
    const QByteArray bytes =
        encodeCheckpoint({{{u"w"_s, TensorType::Float32, {1}, floats({1})}}, {}});
    const auto header = qFromLittleEndian<quint64>(bytes.constData());
    QCOMPARE(header % 8, 0U);
    QCOMPARE(bytes.mid(8, qsizetype(header)).trimmed(),
             QByteArray("{\"w\":{\"data_offsets\":[0,4],\"dtype\":\"F32\",\"shape\":[1]}}"));
    QCOMPARE(bytes.mid(8 + qsizetype(header)), floats({1}));
}

void TestCheckpoint::writesAndReadsFiles()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"epoch.safetensors"_s);
    QVERIFY(writeCheckpoint(path, sample()));
    const auto read = readCheckpoint(path);
    QVERIFY(read);
    QCOMPARE(*read, sample());
    QVERIFY(!writeCheckpoint(folder.filePath(u"no/such/folder"_s), sample()));
    QVERIFY(!readCheckpoint(folder.filePath(u"missing"_s)));
}

void TestCheckpoint::namesTheFileThatIsDamaged()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"epoch-3"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("x");
    file.close();
    const auto read = readCheckpoint(file.fileName());
    QVERIFY(!read);
    QVERIFY(read.error().message.contains(u"epoch-3"_s));
}

void TestCheckpoint::findsByName()
{
    const Checkpoint checkpoint = sample();
    QCOMPARE(checkpoint.find(u"1.bias"_s), &checkpoint.tensors[1]);
    QVERIFY(!checkpoint.find(u"1.BIAS"_s));
}

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
