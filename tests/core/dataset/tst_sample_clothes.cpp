#include "core/base/random.h"
#include "core/dataset/import/sample_clothes.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <quazip/quazip.h>
#include <quazip/quazipfile.h>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr int Classes = 10;
constexpr int Pixels = 28 * 28;
using Picture = std::array<double, Pixels>;

Picture pictureOf(int garment, quint64 seed)
{
    const QImage image = drawGarment(garment, seed);
    Picture picture{};
    for (int i = 0; i < Pixels; ++i)
        picture[size_t(i)] = image.constScanLine(i / 28)[i % 28];
    return picture;
}

double squaredDistance(const Picture& a, const Picture& b)
{
    double sum = 0;
    for (size_t i = 0; i < Pixels; ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

int nearest(const std::array<Picture, Classes>& means, const Picture& picture)
{
    const auto closer = [&](const Picture& a, const Picture& b) {
        return squaredDistance(a, picture) < squaredDistance(b, picture);
    };
    return int(std::min_element(means.begin(), means.end(), closer) - means.begin());
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray entryOf(const QString& path, const QString& name)
{
    QuaZipFile entry(path, name);
    return entry.open(QIODevice::ReadOnly) ? entry.readAll() : QByteArray();
}

} // namespace

class TestSampleClothes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatCannotBeWritten_data();
    void refusesWhatCannotBeWritten();
    void leavesNothingWhenCancelled();
    void drawsGreyImagesThatAreNeitherEmptyNorFull_data();
    void drawsGreyImagesThatAreNeitherEmptyNorFull();
    void drawsTheSameFromTheSameSeed();
    void isNeitherTrivialNorHopeless();
    void writesOneImagePerRow();
    void spreadsTheClassesEvenlyAndShuffled();
    void writesTheSameBytesFromTheSameSeed();
    void reportsGrowingRows();

private:
    QTemporaryDir m_folder;
};

void TestSampleClothes::refusesWhatCannotBeWritten_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("examples");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no folder") << m_folder.filePath(u"nowhere/a.zip"_s) << 10 << ErrorCode::Io;
    QTest::newRow("a folder") << m_folder.path() << 10 << ErrorCode::Io;
    QTest::newRow("no examples") << m_folder.filePath(u"a.zip"_s) << 0 << ErrorCode::InvalidInput;
    QTest::newRow("negative") << m_folder.filePath(u"a.zip"_s) << -5 << ErrorCode::InvalidInput;
}

void TestSampleClothes::refusesWhatCannotBeWritten()
{
    QFETCH(QString, path);
    QFETCH(int, examples);
    QFETCH(ErrorCode, code);
    const Status status = writeSampleClothes(path, {.examples = examples});
    QVERIFY(!status);
    QCOMPARE(status.error().code, code);
    QVERIFY(status.error().message.endsWith(u'.'));
    QVERIFY(!QFileInfo(path).isFile());
}

void TestSampleClothes::leavesNothingWhenCancelled()
{
    const QString path = m_folder.filePath(u"cancelled.zip"_s);
    std::stop_source stop;
    const Status status = writeSampleClothes(
        path, {.examples = 1000}, [&](const Progress&) { stop.request_stop(); }, stop.get_token());
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(path));
}

void TestSampleClothes::drawsGreyImagesThatAreNeitherEmptyNorFull_data()
{
    QTest::addColumn<int>("garment");
    const QStringList names = sampleClothesClasses();
    QCOMPARE(names.size(), Classes);
    for (int i = 0; i < Classes; ++i)
        QTest::newRow(qPrintable(names[i])) << i;
}

void TestSampleClothes::drawsGreyImagesThatAreNeitherEmptyNorFull()
{
    QFETCH(int, garment);
    for (quint64 seed = 0; seed < 60; ++seed) {
        const QImage image = drawGarment(garment, seed);
        QCOMPARE(image.size(), QSize(28, 28));
        QCOMPARE(image.format(), QImage::Format_Grayscale8);
        const Picture picture = pictureOf(garment, seed);
        const auto lit =
            std::count_if(picture.begin(), picture.end(), [](double grey) { return grey > 40; });
        QVERIFY2(lit > 25 && lit < Pixels * 3 / 4, qPrintable(u"seed %1: %2"_s.arg(seed).arg(lit)));
    }
}

void TestSampleClothes::drawsTheSameFromTheSameSeed()
{
    for (int garment = 0; garment < Classes; ++garment) {
        QCOMPARE(drawGarment(garment, 7), drawGarment(garment, 7));
        QVERIFY(drawGarment(garment, 7) != drawGarment(garment, 8));
        QVERIFY(drawGarment(garment, 7) != drawGarment((garment + 1) % Classes, 7));
    }
}

/// The class whose mean image is nearest: what position alone can tell.
void TestSampleClothes::isNeitherTrivialNorHopeless()
{
    constexpr quint64 Training = 100;
    constexpr quint64 Validation = 40;
    std::array<Picture, Classes> means{};
    for (int garment = 0; garment < Classes; ++garment) {
        for (quint64 seed = 0; seed < Training; ++seed) {
            const Picture picture = pictureOf(garment, deriveSeed(1, seed));
            for (size_t i = 0; i < Pixels; ++i)
                means[size_t(garment)][i] += picture[i] / double(Training);
        }
    }
    int hits = 0;
    for (int garment = 0; garment < Classes; ++garment)
        for (quint64 seed = 0; seed < Validation; ++seed)
            hits += nearest(means, pictureOf(garment, deriveSeed(2, seed))) == garment;
    const double accuracy = hits / double(Classes * Validation);
    QVERIFY2(accuracy > 0.25 && accuracy < 0.75, qPrintable(QString::number(accuracy)));
}

void TestSampleClothes::writesOneImagePerRow()
{
    const QString path = m_folder.filePath(u"rows.zip"_s);
    QVERIFY(writeSampleClothes(path, {.examples = 30}));
    QuaZip zip(path);
    QVERIFY(zip.open(QuaZip::mdUnzip));
    const QStringList names = zip.getFileNameList();
    QCOMPARE(names.size(), 31);
    QCOMPARE(names.first(), u"index.csv"_s);

    const QStringList rows =
        QString::fromUtf8(entryOf(path, u"index.csv"_s)).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(rows.size(), 31);
    QCOMPARE(rows.first(), u"image,category"_s);
    for (qsizetype i = 1; i < rows.size(); ++i) {
        const QStringList cells = rows[i].split(u',');
        QCOMPARE(cells.size(), 2);
        QCOMPARE(cells[0], names[i]);
        QVERIFY(sampleClothesClasses().contains(cells[1]));
        const QImage image = QImage::fromData(entryOf(path, cells[0]), "PNG");
        QCOMPARE(image.size(), QSize(28, 28));
        QCOMPARE(image.format(), QImage::Format_Grayscale8);
    }
}

void TestSampleClothes::spreadsTheClassesEvenlyAndShuffled()
{
    const QString path = m_folder.filePath(u"spread.zip"_s);
    QVERIFY(writeSampleClothes(path, {.examples = 500}));
    const QStringList rows =
        QString::fromUtf8(entryOf(path, u"index.csv"_s)).split(u'\n', Qt::SkipEmptyParts).mid(1);
    QHash<QString, int> counts;
    int repeats = 0;
    QString before;
    for (const QString& row : rows) {
        const QString category = row.section(u',', 1);
        ++counts[category];
        repeats += category == before;
        before = category;
    }
    for (const QString& name : sampleClothesClasses())
        QCOMPARE(counts.value(name), 50);
    QVERIFY2(repeats > 20 && repeats < 90, qPrintable(QString::number(repeats)));
}

void TestSampleClothes::writesTheSameBytesFromTheSameSeed()
{
    const QString first = m_folder.filePath(u"first.zip"_s);
    const QString second = m_folder.filePath(u"second.zip"_s);
    const QString other = m_folder.filePath(u"other.zip"_s);
    QVERIFY(writeSampleClothes(first, {.examples = 300, .seed = 3}));
    QVERIFY(writeSampleClothes(second, {.examples = 300, .seed = 3}));
    QVERIFY(writeSampleClothes(other, {.examples = 300, .seed = 4}));
    QVERIFY(!contentOf(first).isEmpty());
    QVERIFY(contentOf(first) == contentOf(second));
    QVERIFY(contentOf(first) != contentOf(other));
}

void TestSampleClothes::reportsGrowingRows()
{
    QList<qint64> rows;
    QVERIFY(writeSampleClothes(m_folder.filePath(u"progress.zip"_s), {.examples = 1000},
                               [&](const Progress& progress) { rows.append(progress.rows); }));
    QVERIFY(rows.size() > 1);
    QVERIFY(std::is_sorted(rows.begin(), rows.end()));
    QCOMPARE(rows.last(), 1000);
}

QTEST_GUILESS_MAIN(TestSampleClothes)
#include "tst_sample_clothes.moc"
