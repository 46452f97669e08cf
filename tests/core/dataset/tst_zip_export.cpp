#include "core/dataset/export/zip_export.h"

#include "core/dataset/import/importer.h"
#include "tests/core/dataset/import_fixtures.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace espalier;
using namespace espalier::fixtures;
using namespace Qt::StringLiterals;

class TestZipExport final : public QObject {
    Q_OBJECT

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }

    std::shared_ptr<const Dataset> import(const QString& source, const QString& dataFolder)
    {
        const auto imported = importSources({source}, path(dataFolder));
        if (!imported) {
            qWarning("%s", qPrintable(imported.error().message));
            return nullptr;
        }
        return Dataset::open(*PackedStore::open(imported->folder),
                             defaultSettings(imported->manifest))
            .value_or(nullptr);
    }

    void writeSource()
    {
        writeZip(path(u"a.zip"_s),
                 {{u"index.csv"_s, "picture,\"the, name\",weight,vector\n"
                                   "1.png,\" a \"\"b\"\"\nc\",0.1,1.npy\n"
                                   "2.png,NA,,2.npy\n"
                                   "3.png,,-1e-300,1.npy\n"
                                   "1.png,x;y,123456789.123456789,2.npy\n"},
                  {u"1.png"_s, greyPng(1)},
                  {u"2.png"_s, greyPng(2)},
                  {u"3.png"_s, greyPng(3)},
                  {u"1.npy"_s, npy("'<f4'", "(2,)", numberBytes<float>({0.1f, -2}))},
                  {u"2.npy"_s, npy("'<f4'", "(2,)", numberBytes<float>({5, 1e-30f}))}});
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void importsAgainToTheSameContent()
    {
        writeSource();
        const auto dataset = import(path(u"a.zip"_s), u"first"_s);
        QVERIFY(dataset);
        const Status exported = exportZip(*dataset, path(u"b.zip"_s));
        QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
        const auto again = import(path(u"b.zip"_s), u"second"_s);
        QVERIFY(again);
        QCOMPARE(again->store().manifest().fingerprint, dataset->store().manifest().fingerprint);
        QVERIFY(again->store().manifest().problems.isEmpty());
    }

    void imagesOfManySizesComeBackByteForByte()
    {
        QImage photo(9, 5, QImage::Format_RGB32);
        photo.fill(Qt::red);
        writeZip(path(u"a.zip"_s), {{u"a/1.png"_s, greyPng(1)},
                                    {u"b/2.jpg"_s, encoded(photo, "jpg")},
                                    {u"c/3.png"_s, greyPng(3, 7, 7)},
                                    {u"c/4.png"_s, greyPng(4)}});
        const auto dataset = import(path(u"a.zip"_s), u"first"_s);
        QVERIFY(dataset);
        QVERIFY(exportZip(*dataset, path(u"b.zip"_s)));
        const auto again = import(path(u"b.zip"_s), u"second"_s);
        QVERIFY(again);
        QCOMPARE(again->store().manifest().fingerprint, dataset->store().manifest().fingerprint);
    }

    void exportsSomeRowsUnderTheNamesOfTheFeatures()
    {
        writeSource();
        const auto source = import(path(u"a.zip"_s), u"first"_s);
        QVERIFY(source);
        DatasetSettings settings = source->settings();
        settings.features.removeAt(3);
        settings.features[2].name = u"Gewicht"_s;
        const auto dataset = Dataset::open(*PackedStore::open(source->store().folder()), settings);
        QVERIFY(dataset);
        QVERIFY(exportZip(**dataset, path(u"b.zip"_s), std::vector<RowIndex>{3, 0, 2}));
        const auto again = import(path(u"b.zip"_s), u"second"_s);
        QVERIFY(again);
        QCOMPARE(again->rows(), 3);
        QCOMPARE(again->features().size(), 3);
        const int weight = again->featureIndex(u"Gewicht"_s);
        QCOMPARE(again->cellText(weight, 0).toDouble(), 123456789.123456789);
        QCOMPARE(again->cellText(weight, 2).toDouble(), -1e-300);
        QCOMPARE(again->cellText(1, 0), u"x;y"_s);
        QCOMPARE(again->cellImage(0, 1)->pixelColor(0, 0).red(), 1);
        QCOMPARE(again->cellImage(0, 2)->pixelColor(0, 0).red(), 3);
    }

    void refuses()
    {
        writeBytes(path(u"a.csv"_s), "a\n1\n2\n3\n");
        const auto dataset = import(path(u"a.csv"_s), u"first"_s);
        QVERIFY(dataset);
        const Status empty = exportZip(*dataset, path(u"b.zip"_s), std::vector<RowIndex>{});
        QVERIFY(!empty);
        QVERIFY(empty.error().message.contains(u"nothing to export"_s));
        const Status outside = exportZip(*dataset, path(u"b.zip"_s), std::vector<RowIndex>{3});
        QVERIFY(!outside);
        QVERIFY(outside.error().message.contains(u"only 3 rows"_s));
        const Status nowhere = exportZip(*dataset, path(u"none/b.zip"_s));
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().code, ErrorCode::Io);
        QVERIFY(nowhere.error().message.contains(u"b.zip"_s));
    }

    void cancellingLeavesTheOldFile()
    {
        writeSource();
        writeBytes(path(u"b.zip"_s), "old");
        const auto dataset = import(path(u"a.zip"_s), u"first"_s);
        QVERIFY(dataset);
        std::stop_source stop;
        stop.request_stop();
        const Status status = exportZip(*dataset, path(u"b.zip"_s), {}, {}, stop.get_token());
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Cancelled);
        QCOMPARE(bytesOf(path(u"b.zip"_s)), QByteArray("old"));
        QCOMPARE(leftIn(m_folder->path()), (QStringList{u"a.zip"_s, u"b.zip"_s, u"first"_s}));
    }

    void missingTextsOfALoneColumnStayRows()
    {
        writeBytes(path(u"a.csv"_s), "a\nx\n\"\"\ny\nx\n");
        const auto dataset = import(path(u"a.csv"_s), u"first"_s);
        QVERIFY(dataset);
        QCOMPARE(dataset->rows(), 4);
        QVERIFY(exportZip(*dataset, path(u"b.zip"_s)));
        const auto again = import(path(u"b.zip"_s), u"second"_s);
        QVERIFY(again);
        QCOMPARE(again->store().manifest().fingerprint, dataset->store().manifest().fingerprint);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestZipExport)
#include "tst_zip_export.moc"
