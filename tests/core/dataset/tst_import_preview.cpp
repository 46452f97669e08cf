#include "core/dataset/dataset.h"
#include "core/dataset/import/importer.h"
#include "core/dataset/store/packed_store.h"
#include "tests/core/dataset/import_fixtures.h"

#include <QTest>
#include <ctime>

using namespace espalier;
using namespace espalier::fixtures;

/// What a person sees of an import before it is done must be what the dataset says afterwards.
class TestImportPreview final : public QObject {
    Q_OBJECT

private:
    ImportBench m_bench;

    [[nodiscard]] QString path(const QString& name) const { return m_bench.path(name); }

    Result<ImportedSource> import(const QString& source, QList<ImportPreview>& seen)
    {
        return importSources({source}, m_bench.dataFolder(), {}, {}, {},
                             [&seen](const ImportPreview& preview) { seen.append(preview); });
    }

    static void compare(const ImportPreview& preview, const Dataset& dataset)
    {
        QCOMPARE(preview.columns.size(), dataset.features().size());
        for (int feature = 0; feature < dataset.features().size(); ++feature) {
            QCOMPARE(preview.columns[feature].name, dataset.features()[feature].name);
            QCOMPARE(preview.columns[feature].encoding, dataset.features()[feature].encoding);
            for (int row = 0; row < preview.rows.size(); ++row) {
                const PreviewCell& cell = preview.rows[row][feature];
                QCOMPARE(cell.text, dataset.cellText(feature, RowIndex(row)));
                QCOMPARE(!cell.picture.isNull(),
                         dataset.features()[feature].encoding == Encoding::Image);
            }
        }
    }

    void writeSources() const
    {
        QByteArray csv("price,colour\n");
        QByteArray index("image,colour,weight\n");
        Entries small;
        Entries mixed;
        for (int i = 0; i < 700; ++i) {
            csv += QByteArray::number(i * 0.25) + (i % 3 == 0 ? ",red\n" : ",blue\n");
            index += QByteArray::number(i) + ".png," + (i % 2 == 0 ? "red," : "blue,") +
                     (i % 7 == 0 ? "\n" : QByteArray::number(i) + '\n');
            // Every tenth is no image.
            const QByteArray png = i % 10 == 9 ? "no image" : greyPng(i % 200);
            small.append({u"%1.png"_s.arg(i), png});
            mixed.append({u"%1/%2.png"_s.arg(i % 2).arg(i), greyPng(i % 200, 4 + i % 200, 90)});
        }
        small.append({u"index.csv"_s, index});
        writeBytes(path(u"table.csv"_s), csv);
        writeZip(path(u"index.zip"_s), small);
        writeZip(path(u"sizes.zip"_s), mixed);
        writeBytes(path(u"images.npy"_s), npy("'|u1'", "(500, 6, 5)", QByteArray(15'000, 'x')));
        writeBytes(path(u"vectors.npy"_s), npy("'<f4'", "(400, 3)", QByteArray(400 * 3 * 4, '\0')));
    }

private Q_SLOTS:
    void init() { m_bench.startOver(); }

    void saysWhatTheDatasetWillSay_data()
    {
        QTest::addColumn<QString>("source");
        for (const char* name :
             {"table.csv", "index.zip", "sizes.zip", "images.npy", "vectors.npy"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void saysWhatTheDatasetWillSay()
    {
        QFETCH(QString, source);
        writeSources();
        QList<ImportPreview> seen;
        const auto imported = import(path(source), seen);
        QVERIFY2(imported, imported ? "" : qPrintable(imported.error().message));
        QVERIFY(!seen.isEmpty());
        for (qsizetype i = 1; i < seen.size(); ++i)
            QVERIFY(seen[i].rows.size() > seen[i - 1].rows.size());
        QCOMPARE(seen.last().rows.size(), ImportPreview::MostRows);
        const auto store = PackedStore::open(imported->folder).value();
        const auto dataset = Dataset::open(store, defaultSettings(store->manifest())).value();
        compare(seen.last(), *dataset);
    }

    void startsOverInColour()
    {
        Entries entries;
        for (int i = 0; i < 400; ++i)
            entries.append({u"%1.png"_s.arg(i, 3, 10, QLatin1Char('0')),
                            i == 399 ? colorPng(Qt::red) : greyPng(i % 200)});
        writeZip(path(u"a.zip"_s), entries);
        QList<ImportPreview> seen;
        const auto imported = import(path(u"a.zip"_s), seen);
        QVERIFY2(imported, imported ? "" : qPrintable(imported.error().message));
        QCOMPARE(seen.first().columns.first().shape, (Shape{3, 4, 1}));
        QCOMPARE(seen.last().columns.first().shape, (Shape{3, 4, 3}));
        QCOMPARE(seen.last().rows.size(), ImportPreview::MostRows);
    }

    void keepsPicturesSmall()
    {
        writeZip(path(u"a.zip"_s), {{u"a/large.png"_s, greyPng(1, 1500, 1200)},
                                    {u"b/wide.png"_s, greyPng(1, 400, 2)}});
        QList<ImportPreview> seen;
        QVERIFY(import(path(u"a.zip"_s), seen));
        QCOMPARE(seen.last().rows.size(), 2);
        for (const auto& row : seen.last().rows) {
            const QSize size = row.first().picture.size();
            QVERIFY(!size.isEmpty());
            QCOMPARE(std::max(size.width(), size.height()), ImportPreview::PictureSide);
        }
    }

    void keepsWideTablesSmall()
    {
        QByteArray csv;
        for (int column = 0; column < 5'000; ++column)
            csv += 'c' + QByteArray::number(column) + ',';
        csv += "end\n";
        for (int row = 0; row < 50; ++row)
            csv += QByteArray(5'000, ',').replace(",", "1,") + "2\n";
        writeBytes(path(u"wide.csv"_s), csv);
        QList<ImportPreview> seen;
        QVERIFY(import(path(u"wide.csv"_s), seen));
        QCOMPARE(seen.last().rows.size(), ImportPreview::MostCells / 5'001);
    }

    /// Says what the preview costs where images are read fastest.
    void takesNoTime()
    {
        constexpr quint32 Rows = 70'000;
        QByteArray pixels(qsizetype(Rows) * 28 * 28, '\0');
        for (qsizetype i = 0; i < pixels.size(); i += 3)
            pixels[i] = char(i % 251);
        writeBytes(path(u"train-images-idx3-ubyte"_s), idx({Rows, 28, 28}, pixels));
        QList<ImportPreview> seen;
        qint64 best[2] = {1'000'000, 1'000'000};
        for (int round = 0; round < 4; ++round) {
            const std::clock_t before = std::clock(); // of the processor: others are at work too
            const QString source = path(u"train-images-idx3-ubyte"_s);
            QVERIFY(round % 2 == 0 ? importSources({source}, m_bench.dataFolder()).has_value()
                                   : import(source, seen).has_value());
            best[round % 2] =
                std::min(best[round % 2], qint64(std::clock() - before) * 1'000 / CLOCKS_PER_SEC);
        }
        qInfo("70,000 images: %lld ms without, %lld ms with a preview", best[0], best[1]);
        QCOMPARE(seen.last().rows.size(), ImportPreview::MostRows);
    }
};

QTEST_GUILESS_MAIN(TestImportPreview)
#include "tst_import_preview.moc"
