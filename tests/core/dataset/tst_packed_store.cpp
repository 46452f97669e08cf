#include "core/dataset/store/packed_store.h"
#include "core/dataset/store/packed_store_writer.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

template <typename T>
std::span<const std::byte> bytes(const std::vector<T>& values)
{
    return std::as_bytes(std::span(values));
}

QByteArray pngOf(const QImage& image)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png;
}

ColumnSchema imageColumn(StorageKind storage)
{
    return {u"image"_s, storage, ElementType::UInt8, {2, 2, 1}, Encoding::Image, {}};
}

const ColumnSchema PriceColumn{u"price"_s, StorageKind::Tensor, ElementType::Float64,
                               {1},        Encoding::Numeric,   {}};
const ColumnSchema LabelColumn{u"label"_s, StorageKind::Dictionary, ElementType::UInt8,
                               {},         Encoding::Categorical,   {}};

/// Three rows of every kind of column; `labels` in the order of the rows.
Result<QString> writeStore(const QString& dataFolder,
                           const QStringList& labels = {u"shoe"_s, u"bag"_s, QString()},
                           const QString& origin = u"test"_s)
{
    auto created = PackedStoreWriter::create(dataFolder);
    if (!created)
        return failureOf(created);
    PackedStoreWriter& writer = **created;
    const int image = *writer.addColumn(imageColumn(StorageKind::EncodedImage));
    const int pixels = *writer.addColumn(
        {u"pixels"_s, StorageKind::Tensor, ElementType::UInt8, {2, 2, 1}, Encoding::Image, {}});
    const int price = *writer.addColumn(PriceColumn);
    const int label = *writer.addColumn(LabelColumn);
    for (int row = 0; row < 3; ++row) {
        QImage picture(row + 1, 2, QImage::Format_Grayscale8);
        picture.fill(QColor(row, row, row));
        auto status = writer.appendImage(image, pngOf(picture), {2, row + 1, 1});
        if (status)
            status = writer.appendText(label, labels[row]);
        if (!status)
            return failureOf(status);
    }
    const std::vector<quint8> grey{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    const std::vector<double> prices{1.5, std::numeric_limits<double>::quiet_NaN(), -2};
    if (auto status = writer.appendTensor(pixels, bytes(grey)); !status)
        return failureOf(status);
    if (auto status = writer.appendTensor(price, bytes(prices)); !status)
        return failureOf(status);
    writer.addSkippedRow();
    writer.addProblem({u"a.png"_s, 4, u"the file is missing"_s});
    if (auto finished = writer.finish(origin); !finished)
        return failureOf(finished);
    return writer.folder();
}

QStringList everythingIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

bool rewrite(const QString& path, const QByteArray& from, const QByteArray& to)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return false;
    QByteArray content = file.readAll();
    if (!content.contains(from))
        return false;
    content.replace(from, to);
    return file.resize(0) && file.seek(0) && file.write(content) == content.size();
}

} // namespace

class TestPackedStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatWasWritten();
    void sortsDictionaries_data();
    void sortsDictionaries();
    void sameDataGivesTheSameFingerprint();
    void otherDataGivesAnotherFingerprint();
    void keepsStoreThatStandsThere();
    void replacesDamagedStore();
    void refusesDamagedStores_data();
    void refusesDamagedStores();
    void refusesMissingFile_data();
    void refusesMissingFile();
    void refusesOutOfRange_data();
    void refusesOutOfRange();
    void refusesColumnsOfUnequalLength();
    void refusesBadColumns();
    void refusesWrongKindOfAppend();
    void storesNoRows();
    void convertsToEncodedImages();
    void convertsEmptyColumn();
    void countsAllProblemsKeepsSome();
    void unfinishedWriterLeavesNothing();
    void sweepSparesLivingImports();
    void writesMoreThanABuffer();
    void writesMoreColumnsThanOpenFiles();
    void manifestRoundTrip();
    void refusesNewerFormat();
    void saysWhenFolderCannotBeWritten();
};

void TestPackedStore::readsWhatWasWritten()
{
    QTemporaryDir folder;
    const auto written = writeStore(folder.path());
    QVERIFY2(written, qPrintable(written ? QString() : written.error().message));
    const auto store = PackedStore::open(*written);
    QVERIFY2(store, qPrintable(store ? QString() : store.error().message));
    const PackedStore& s = **store;
    QCOMPARE(s.rows(), 3);
    QCOMPARE(s.folder(), *written);
    QCOMPARE(QDir(s.folder()).dirName(), s.manifest().fingerprint);
    QCOMPARE(s.manifest().skipped, 1);
    QCOMPARE(s.manifest().problems.size(), 1);
    QCOMPARE(s.manifest().problems[0].reason, u"the file is missing"_s);
    QCOMPARE(s.manifest().columns[0].shape, (Shape{2, 3, 1}));
    QCOMPARE(s.manifest().columns[3].texts, (QStringList{u"bag"_s, u"shoe"_s}));
    QCOMPARE(s.columnIndex(u"label"_s), 3);
    QCOMPARE(s.columnIndex(u"nothing"_s), -1);

    const auto codes = s.codes(3);
    QCOMPARE((std::vector<qint32>(codes.begin(), codes.end())), (std::vector<qint32>{1, 0, -1}));
    QCOMPARE(s.tensor(1).size(), size_t(12));
    QCOMPARE(int(s.tensor(1)[7]), 7);
    const auto* prices = reinterpret_cast<const double*>(s.tensor(2).data());
    QCOMPARE(prices[0], 1.5);
    QVERIFY(std::isnan(prices[1]));
    for (int row = 0; row < 3; ++row) {
        const QImage image = QImage::fromData(s.encodedImage(0, row));
        QCOMPARE(image.size(), QSize(row + 1, 2));
        QCOMPARE(qRed(image.pixel(0, 0)), row);
    }
    QCOMPARE(everythingIn(folder.path()), QStringList{s.manifest().fingerprint});
}

void TestPackedStore::sortsDictionaries_data()
{
    QTest::addColumn<QStringList>("labels");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("words") << QStringList{u"b"_s, u"a"_s, u"c"_s}
                           << QStringList{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("numbers") << QStringList{u"10"_s, u"9"_s, u"-1"_s}
                             << QStringList{u"-1"_s, u"9"_s, u"10"_s};
    QTest::newRow("mixed") << QStringList{u"9"_s, u"10"_s, u"x"_s}
                           << QStringList{u"10"_s, u"9"_s, u"x"_s};
    QTest::newRow("empty is no missing")
        << QStringList{u"é\n"_s, u""_s, QString()} << QStringList{u""_s, u"é\n"_s};
    QTest::newRow("all missing") << QStringList{QString(), QString(), QString()} << QStringList();
}

void TestPackedStore::sortsDictionaries()
{
    QFETCH(QStringList, labels);
    QFETCH(QStringList, texts);
    QTemporaryDir folder;
    const auto store = PackedStore::open(*writeStore(folder.path(), labels));
    QVERIFY(store);
    QCOMPARE((*store)->manifest().columns[3].texts, texts);
    for (int row = 0; row < 3; ++row)
        QCOMPARE(texts.value((*store)->codes(3)[size_t(row)]), labels[row]);
}

void TestPackedStore::sameDataGivesTheSameFingerprint()
{
    QTemporaryDir one;
    QTemporaryDir two;
    const auto first = PackedStore::open(*writeStore(one.path()));
    const auto second = PackedStore::open(*writeStore(two.path()));
    QCOMPARE((*first)->manifest().fingerprint, (*second)->manifest().fingerprint);
    QCOMPARE((*first)->manifest().fingerprint.size(), 64);
}

void TestPackedStore::otherDataGivesAnotherFingerprint()
{
    QTemporaryDir folder;
    const auto first = writeStore(folder.path(), {u"a"_s, u"b"_s, u"a"_s});
    const auto otherCodes = writeStore(folder.path(), {u"a"_s, u"b"_s, u"b"_s});
    const auto otherTexts = writeStore(folder.path(), {u"a"_s, u"c"_s, u"a"_s});
    QVERIFY(first && otherCodes && otherTexts);
    QCOMPARE((QSet<QString>{*first, *otherCodes, *otherTexts}.size()), 3);
}

void TestPackedStore::keepsStoreThatStandsThere()
{
    QTemporaryDir folder;
    const QString first = *writeStore(folder.path());
    const QString second = *writeStore(folder.path(), {u"shoe"_s, u"bag"_s, QString()}, u"again"_s);
    QCOMPARE(second, first);
    QCOMPARE((*PackedStore::open(first))->manifest().origin, u"test"_s);
    QCOMPARE(everythingIn(folder.path()).size(), 1);
}

void TestPackedStore::replacesDamagedStore()
{
    QTemporaryDir folder;
    const QString first = *writeStore(folder.path());
    QVERIFY(QFile::remove(first + u"/column-002.bin"_s));
    QVERIFY(!PackedStore::open(first));
    QCOMPARE(*writeStore(folder.path()), first);
    QVERIFY(PackedStore::open(first));
}

void TestPackedStore::refusesDamagedStores_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("");
    QTest::newRow("more rows") << QByteArray("\"rows\": 3") << QByteArray("\"rows\": 4");
    QTest::newRow("fewer rows") << QByteArray("\"rows\": 3") << QByteArray("\"rows\": 2");
    QTest::newRow("negative rows") << QByteArray("\"rows\": 3") << QByteArray("\"rows\": -1");
    QTest::newRow("no rows") << QByteArray("\"rows\": 3") << QByteArray("\"lines\": 3");
    QTest::newRow("huge rows") << QByteArray("\"rows\": 3")
                               << QByteArray("\"rows\": 9223372036854775807");
    QTest::newRow("rows as text") << QByteArray("\"rows\": 3") << QByteArray("\"rows\": \"3\"");
    QTest::newRow("storage") << QByteArray("\"dictionary\"") << QByteArray("\"heap\"");
    QTest::newRow("other storage")
        << QByteArray("\"dictionary\"") << QByteArray("\"encoded_image\"");
    QTest::newRow("element") << QByteArray("\"float64\"") << QByteArray("\"float32\"");
    QTest::newRow("shape overflow")
        << QByteArray("2,") << QByteArray("4611686018427387904, 4611686018427387904,");
    QTest::newRow("negative shape") << QByteArray("2,") << QByteArray("-2,");
    QTest::newRow("name twice") << QByteArray("\"price\"") << QByteArray("\"pixels\"");
    QTest::newRow("columns") << QByteArray("\"columns\"") << QByteArray("\"pillars\"");
    QTest::newRow("no name") << QByteArray("\"image\"") << QByteArray("null");
}

void TestPackedStore::refusesDamagedStores()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QTemporaryDir folder;
    const QString store = *writeStore(folder.path());
    QVERIFY(rewrite(store + u"/source.json"_s, from, to));
    const auto opened = PackedStore::open(store);
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.endsWith(u'.'), qPrintable(opened.error().message));
}

void TestPackedStore::refusesMissingFile_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"source.json", "column-000.bin", "column-000.idx", "column-001.bin",
                             "column-002.bin", "column-003.bin", "column-003.txt"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestPackedStore::refusesMissingFile()
{
    QFETCH(QString, name);
    QTemporaryDir folder;
    const QString path = *writeStore(folder.path()) + u'/' + name;
    QFile file(path);
    QVERIFY(file.resize(file.size() - 1));
    const auto truncated = PackedStore::open(QFileInfo(path).path());
    QVERIFY(!truncated || name == u"source.json"_s); // its last byte is a line feed
    QVERIFY(file.remove());
    const auto opened = PackedStore::open(QFileInfo(path).path());
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.contains(name), qPrintable(opened.error().message));
}

void TestPackedStore::refusesOutOfRange_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QByteArray>("content");
    const QByteArray far("\xff\xff\xff\x7f", 4);
    const QByteArray minusTwo("\xfe\xff\xff\xff", 4);
    QTest::newRow("code") << u"column-003.bin"_s << 4 << far;
    QTest::newRow("negative code") << u"column-003.bin"_s << 4 << minusTwo;
    QTest::newRow("end behind the file") << u"column-000.idx"_s << 16 << far;
    QTest::newRow("end before the last") << u"column-000.idx"_s << 16 << QByteArray(4, '\0');
    QTest::newRow("negative end") << u"column-000.idx"_s << 4 << minusTwo;
    QTest::newRow("length of text") << u"column-003.txt"_s << 0 << far;
}

void TestPackedStore::refusesOutOfRange()
{
    QFETCH(QString, name);
    QFETCH(int, offset);
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    const QString store = *writeStore(folder.path());
    QFile file(store + u'/' + name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(offset));
    QCOMPARE(file.write(content), content.size());
    file.close();
    const auto opened = PackedStore::open(store);
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.contains(name), qPrintable(opened.error().message));
}

void TestPackedStore::refusesColumnsOfUnequalLength()
{
    QTemporaryDir folder;
    {
        auto writer = *PackedStoreWriter::create(folder.path());
        const int price = *writer->addColumn(PriceColumn);
        QVERIFY(writer->addColumn(LabelColumn));
        QVERIFY(writer->appendTensor(price, bytes(std::vector<double>{1})));
        const auto finished = writer->finish({});
        QVERIFY(!finished);
        QVERIFY(finished.error().message.contains(u"label"));
    }
    QCOMPARE(everythingIn(folder.path()), QStringList());
}

void TestPackedStore::refusesBadColumns()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    QVERIFY(writer->addColumn(PriceColumn));
    QVERIFY(!writer->addColumn(PriceColumn));
    ColumnSchema other = PriceColumn;
    other.name.clear();
    QVERIFY(!writer->addColumn(other));
    other.name = u"other"_s;
    other.shape = {};
    QVERIFY(!writer->addColumn(other));
}

void TestPackedStore::refusesWrongKindOfAppend()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    const int price = *writer->addColumn(PriceColumn);
    const int label = *writer->addColumn(LabelColumn);
    QVERIFY(!writer->appendTensor(label, {}));
    QVERIFY(!writer->appendTensor(price, bytes(std::vector<float>{1})));
    QVERIFY(!writer->appendText(price, u"x"_s));
    QVERIFY(!writer->appendImage(label, "x", {1, 1, 1}));
    QVERIFY(!writer->convertToEncodedImages(price));
    QVERIFY(!writer->convertToEncodedImages(label));
}

void TestPackedStore::storesNoRows()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    QVERIFY(writer->addColumn(PriceColumn));
    QVERIFY(writer->addColumn(LabelColumn));
    QVERIFY(writer->addColumn(imageColumn(StorageKind::EncodedImage)));
    QVERIFY(writer->finish({}));
    const auto store = PackedStore::open(writer->folder());
    QVERIFY2(store, qPrintable(store ? QString() : store.error().message));
    QCOMPARE((*store)->rows(), 0);
    QVERIFY((*store)->tensor(0).empty());
    QVERIFY((*store)->codes(1).empty());
}

void TestPackedStore::convertsToEncodedImages()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    const int column = *writer->addColumn(imageColumn(StorageKind::Tensor));
    std::vector<quint8> pixels(4 * 2000);
    for (size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = quint8(i * 7);
    QVERIFY(writer->appendTensor(column, bytes(pixels)));
    QVERIFY(writer->convertToEncodedImages(column));
    QVERIFY(writer->appendImage(column, pngOf(QImage(5, 1, QImage::Format_RGB888)), {1, 5, 3}));
    QVERIFY(writer->finish({}));
    const auto store = *PackedStore::open(writer->folder());
    QCOMPARE(store->rows(), 2001);
    QCOMPARE(store->manifest().columns[0].storage, StorageKind::EncodedImage);
    QCOMPARE(store->manifest().columns[0].shape, (Shape{2, 5, 3}));
    for (int row = 0; row < 2000; row += 17) {
        const QImage image = QImage::fromData(store->encodedImage(0, row));
        QCOMPARE(image.size(), QSize(2, 2));
        for (int i = 0; i < 4; ++i)
            QCOMPARE(qGray(image.pixel(i % 2, i / 2)), int(pixels[size_t(row * 4 + i)]));
    }
    QCOMPARE(everythingIn(store->folder()).size(), 3); // nothing of the conversion is left
}

void TestPackedStore::convertsEmptyColumn()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    const int column = *writer->addColumn(imageColumn(StorageKind::Tensor));
    QVERIFY(writer->convertToEncodedImages(column));
    QVERIFY(writer->appendImage(column, "no image", {1, 1, 1}));
    writer->setDetected(column, Encoding::Text);
    const auto manifest = writer->finish({});
    QVERIFY(manifest);
    QCOMPARE(manifest->columns[0].detected, Encoding::Text);
    QCOMPARE((*PackedStore::open(writer->folder()))->encodedImage(0, 0), QByteArray("no image"));
}

void TestPackedStore::countsAllProblemsKeepsSome()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    for (qint64 row = 0; row < SourceManifest::KeptProblems + 5; ++row)
        writer->addProblem({u"f"_s, row, u"r"_s});
    const auto manifest = writer->finish({});
    QVERIFY(manifest);
    QCOMPARE(manifest->problemCount, SourceManifest::KeptProblems + 5);
    QCOMPARE(manifest->problems.size(), SourceManifest::KeptProblems);
    QCOMPARE((*PackedStore::open(writer->folder()))->manifest().problemCount,
             manifest->problemCount);
}

void TestPackedStore::unfinishedWriterLeavesNothing()
{
    QTemporaryDir folder;
    {
        auto writer = *PackedStoreWriter::create(folder.path());
        const int price = *writer->addColumn(PriceColumn);
        QVERIFY(writer->appendTensor(price, bytes(std::vector<double>(1'000'000))));
        QVERIFY(!everythingIn(folder.path()).isEmpty());
    }
    QCOMPARE(everythingIn(folder.path()), QStringList());
}

void TestPackedStore::sweepSparesLivingImports()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    QVERIFY(writer->addColumn(PriceColumn));
    const QString store = *writeStore(folder.path());
    QVERIFY(QDir(folder.path()).mkpath(u".import-killed/sub"_s));
    QFile lock(folder.filePath(u".import-other.lock"_s));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    lock.write("2147483646\ngone\n" + QSysInfo::machineHostName().toUtf8() + '\n');
    lock.close();
    removeAbandonedImports(folder.path());
    QVERIFY(!QDir(folder.filePath(u".import-killed"_s)).exists());
    QVERIFY(!lock.exists());
    QVERIFY(PackedStore::open(store));
    QVERIFY(writer->finish({}));
    QVERIFY(PackedStore::open(writer->folder()));
}

void TestPackedStore::writesMoreThanABuffer()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    const int price = *writer->addColumn(PriceColumn);
    const int label = *writer->addColumn(LabelColumn);
    constexpr int Rows = 1'200'000;
    std::vector<double> values;
    for (int row = 0; row < Rows; ++row) {
        values.push_back(row);
        if (values.size() == size_t(row % 1000 + 1) || row + 1 == Rows) {
            QVERIFY(writer->appendTensor(price, bytes(values)));
            values.clear();
        }
        QVERIFY(writer->appendText(label, QString::number((row * 79) % 1000)));
    }
    QVERIFY(writer->finish({}));
    const auto store = *PackedStore::open(writer->folder());
    QCOMPARE(store->rows(), Rows);
    const auto* prices = reinterpret_cast<const double*>(store->tensor(0).data());
    for (int row = 0; row < Rows; ++row)
        QVERIFY(prices[row] == row && store->codes(1)[size_t(row)] == (row * 79) % 1000);
}

void TestPackedStore::writesMoreColumnsThanOpenFiles()
{
    QTemporaryDir folder;
    auto writer = *PackedStoreWriter::create(folder.path());
    constexpr int Columns = 1100;
    for (int column = 0; column < Columns; ++column) {
        ColumnSchema schema = PriceColumn;
        schema.name = QString::number(column);
        QVERIFY(writer->addColumn(schema));
        QVERIFY(writer->appendTensor(column, bytes(std::vector<double>{double(column)})));
    }
    QVERIFY(writer->finish({}));
    const auto store = *PackedStore::open(writer->folder());
    for (int column = 0; column < Columns; ++column)
        QCOMPARE(*reinterpret_cast<const double*>(store->tensor(column).data()), double(column));
}

void TestPackedStore::manifestRoundTrip()
{
    QTemporaryDir folder;
    const auto store = *PackedStore::open(*writeStore(folder.path()));
    const auto again = SourceManifest::fromJson(store->manifest().toJson());
    QVERIFY(again);
    QList<ColumnSchema> columns = store->manifest().columns;
    columns[3].texts.clear();
    QCOMPARE(again->columns, columns);
    QCOMPARE(again->problems, store->manifest().problems);
    QCOMPARE(again->toJson(), store->manifest().toJson());
}

void TestPackedStore::refusesNewerFormat()
{
    QJsonObject json = SourceManifest().toJson();
    QVERIFY(SourceManifest::fromJson(json));
    json[u"format"_s] = SourceManifest::FormatVersion + 1;
    const auto newer = SourceManifest::fromJson(json);
    QVERIFY(!newer);
    QCOMPARE(newer.error().code, ErrorCode::Unsupported);
}

void TestPackedStore::saysWhenFolderCannotBeWritten()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto writer = PackedStoreWriter::create(file.fileName() + u"/data"_s);
    QVERIFY(!writer);
    QVERIFY(writer.error().message.contains(u"file"));
}

QTEST_GUILESS_MAIN(TestPackedStore)
#include "tst_packed_store.moc"
