#include "core/dataset/store/packed_store.h"
#include "tests/core/dataset/import_fixtures.h"
#include "tests/ui/datasets/datasets_bench.h"
#include "ui/datasets/dataset_text.h"
#include "ui/datasets/imports/source_text.h"
#include "ui/datasets/inspector/subset_list.h"
#include "ui/datasets/inspector/subset_report.h"
#include "ui/datasets/reports/report_models.h"
#include "ui/datasets/sidebar/dataset_tree_model.h"
#include "ui/datasets/table/dataset_table_model.h"
#include "ui/datasets/table/feature_summaries.h"
#include "ui/datasets/table/thumbnail_cache.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestDatasetsModels final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DatasetsBench> m_bench;

    [[nodiscard]] std::shared_ptr<const Dataset> open(const DatasetRecord& record)
    {
        return valueOf(m_bench->document->openDataset(record.id));
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { m_bench = std::make_unique<DatasetsBench>(); }
    void cleanup() { m_bench.reset(); }

    void titlesOfImportsShowNoPasswords()
    {
        ImportStatus status;
        status.sources = {u"https://kate:Zs3cretZ@a.org/wine.csv"_s};
        QCOMPARE(importTitle(status), u"https://a.org/wine.csv"_s);
        status.sources.append(u"https://kate:Zs3cretZ@a.org/more.csv"_s);
        QCOMPARE(importTitle(status),
                 u"2 sources: https://a.org/wine.csv, https://a.org/more.csv"_s);
    }

    void treeFollowsTheProject()
    {
        DatasetTreeModel model(*m_bench->document, *m_bench->imports);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        const DatasetRecord first = m_bench->addClothes(u"Clothes"_s, 20);
        const DatasetRecord second = valueOf(m_bench->document->duplicateDataset(first.id));
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex group = model.index(0, 0);
        QCOMPARE(group.data().toString(), u"Clothes"_s);
        QCOMPARE(group.data(DatasetTreeModel::SecondLineRole).toString(),
                 u"20 rows · 2 features"_s);
        QCOMPARE(model.rowCount(group), 2);
        QCOMPARE(model.index(0, 0, group).data().toString(), u"Version 2"_s);
        QCOMPARE(model.versionAt(model.index(0, 0, group)), second.id);
        QCOMPARE(model.indexOf(first.id), model.index(1, 0, group));
        QCOMPARE(model.index(0, 0, group).data(DatasetTreeModel::IconRole).toString(), u"pencil"_s);

        model.setFilter(u"nothing"_s);
        QCOMPARE(model.rowCount(), 0);
        model.setFilter(u"CLO"_s);
        QCOMPARE(model.rowCount(), 1);
        require(m_bench->document->deleteDataset(second.id));
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
    }

    void treeShowsImports()
    {
        DatasetTreeModel model(*m_bench->document, *m_bench->imports);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy read(m_bench->imports.get(), &DatasetImports::readFinished);
        const ImportId id = m_bench->imports->start({u"/nowhere/Shop photos.zip"_s});
        const QModelIndex row = model.indexOf(id);
        QVERIFY(row.isValid());
        QCOMPARE(row.data().toString(), u"Shop photos"_s);
        QVERIFY(row.data(DatasetTreeModel::FractionRole).isValid());
        QTRY_COMPARE(read.count(), 1);
        QVERIFY(row.data(DatasetTreeModel::HasErrorRole).toBool());
        QVERIFY(row.data(Qt::ToolTipRole).toString().contains(u"no file or folder"));
        m_bench->imports->cancel(id);
        QCOMPARE(model.rowCount(), 0);
    }

    void tableReadsCellsAndDecodesImagesLater()
    {
        const auto dataset = open(m_bench->addClothes());
        ThumbnailCache thumbnails;
        DatasetTableModel model(thumbnails);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDataset(dataset);
        QCOMPARE(model.rowCount(), 600);
        QCOMPARE(model.columnCount(), 2);
        QCOMPARE(model.index(0, 1).data().toString(), dataset->cellText(1, 0));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QVERIFY(!model.index(3, 0).data(Qt::DecorationRole).isValid());
        QTRY_VERIFY(model.index(3, 0).data(Qt::DecorationRole).isValid());
        QVERIFY(changed.count() > 0);
        const auto pixmap = model.index(3, 0).data(Qt::DecorationRole).value<QPixmap>();
        QCOMPARE(pixmap.size(), QSize(40, 40));
        model.setDataset(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void tableHandsOutManyRowsInParts()
    {
        constexpr int Rows = DatasetTableModel::RowsAtOnce * 2 + 1;
        const auto store = m_bench->writer();
        DatasetsBench::addNumbers(*store, u"number"_s, Rows);
        const auto dataset = open(m_bench->add(u"Large"_s, *store));
        ThumbnailCache thumbnails;
        DatasetTableModel model(thumbnails);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.setDataset(dataset);
        QCOMPARE(model.rowCount(), DatasetTableModel::RowsAtOnce);
        QTRY_COMPARE(model.rowCount(), Rows);
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(model.index(Rows - 1, 0).data().toString(),
                 dataset->cellText(0, RowIndex(Rows - 1)));
        model.setDataset(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void tableShowsAnImportAndGoesOnWithItsDataset()
    {
        ThumbnailCache thumbnails;
        DatasetTableModel model(thumbnails);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto dataset = open(m_bench->addClothes());
        ImportPreview preview;
        preview.columns = {{u"image"_s, Encoding::Image, Shape{28, 28, 1}},
                           {u"category"_s, Encoding::Categorical, {}}};
        const auto addRows = [&](int count) {
            for (int i = 0; i < count; ++i)
                preview.rows.append({{u"28×28×1"_s, drawGarment(1, quint64(i + 1))},
                                     {dataset->cellText(1, RowIndex(preview.rows.size())), {}}});
        };
        addRows(10);
        model.setPreview(preview);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        addRows(20);
        model.setPreview(preview);
        QCOMPARE(model.rowCount(), 30);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.index(29, 1).data().toString(), dataset->cellText(1, 29));
        QVERIFY(!model.index(29, 0).data(Qt::DecorationRole).value<QPixmap>().isNull());
        QCOMPARE(model.headerData(0, Qt::Horizontal, DatasetTableModel::ShapeRole).toString(),
                 u"28×28×1"_s);

        QVERIFY(model.showsBeginningOf(*dataset));
        model.setDataset(dataset);
        QCOMPARE(model.rowCount(), 600);
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(reset.count(), 0);
        QVERIFY(!model.index(3, 0).data(Qt::DecorationRole).value<QPixmap>().isNull());
        model.setPreview(preview); // of another import
        QCOMPARE(reset.count(), 1);
        QCOMPARE(model.rowCount(), 30);
    }

    void tableSaysWhyAnImageIsMissing()
    {
        const auto store = m_bench->writer();
        const int column = valueOf(store->addColumn({.name = u"image"_s,
                                                     .storage = StorageKind::EncodedImage,
                                                     .element = ElementType::UInt8,
                                                     .shape = Shape{4, 4, 3},
                                                     .detected = Encoding::Image,
                                                     .texts = {}}));
        require(store->appendImage(column, "no image", {4, 4, 3}));
        const auto dataset = open(m_bench->add(u"Broken"_s, *store));
        ThumbnailCache thumbnails;
        DatasetTableModel model(thumbnails);
        model.setDataset(dataset);
        QTRY_VERIFY(!model.index(0, 0).data(DatasetTableModel::ErrorRole).toString().isEmpty());
        QVERIFY(!model.index(0, 0).data(Qt::DecorationRole).isValid());
    }

    void tableTakesAwkwardClassesAndManyColumns()
    {
        const auto store = m_bench->writer();
        const QString longName(500, u'x');
        m_bench->addTexts(*store, u"two\nlines"_s, {u"a\nb"_s, u"🎽 shirt"_s, longName}, 30);
        for (int column = 0; column < 1'000; ++column)
            m_bench->addNumbers(*store, u"n%1"_s.arg(column), 30);
        const auto dataset = open(m_bench->add(u"Wide"_s, *store));
        ThumbnailCache thumbnails;
        DatasetTableModel model(thumbnails);
        model.setDataset(dataset);
        QCOMPARE(model.columnCount(), 1'001);
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"two⏎lines"_s);
        QSet<QString> texts;
        for (int row = 0; row < 30; ++row)
            texts.insert(model.index(row, 0).data().toString());
        QVERIFY(texts.contains(u"a⏎b"_s));
        QVERIFY(texts.contains(u"🎽 shirt"_s));
        QVERIFY(texts.contains(QString(300, u'x') + u'…'));
    }

    void summariesKeepWhatStaysTrue()
    {
        const DatasetRecord record = m_bench->addClothes();
        const auto dataset = open(record);
        FeatureSummaries summaries;
        QSignalSpy ready(&summaries, &FeatureSummaries::histogramReady);
        summaries.setDataset(dataset);
        QVERIFY(!summaries.histogram(1));
        QTRY_COMPARE(ready.count(), 1);
        const auto* histogram = summaries.histogram(1);
        QVERIFY(histogram && *histogram);
        QCOMPARE((*histogram)->counts.size(), 10);
        QCOMPARE(
            std::accumulate((*histogram)->counts.begin(), (*histogram)->counts.end(), qint64(0)),
            600);

        DatasetSettings settings = record.settings;
        settings.features[1].name = u"kind"_s;
        require(m_bench->document->updateDataset(record.id, settings));
        summaries.setDataset(open(record));
        QVERIFY(summaries.histogram(1)); // a name changes no counts
        QVERIFY(!summaries.statistics(1));
        QSignalSpy computed(&summaries, &FeatureSummaries::statisticsReady);
        QTRY_COMPARE(computed.count(), 1);
        QVERIFY(summaries.statistics(1) && *summaries.statistics(1));
    }

    void subsetsAreCountedAndListed()
    {
        const DatasetRecord record = m_bench->addClothes();
        const auto dataset = open(record);
        SubsetReporter reporter;
        reporter.setDataset(dataset);
        QVERIFY(!reporter.report());
        QTRY_VERIFY(reporter.isUpToDate());
        QCOMPARE(reporter.report()->rows, (QList<qint64>{480, 120}));
        QCOMPARE(reporter.report()->covered, 600);
        QVERIFY(!reporter.report()->overlap);

        SubsetListModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.set(record.settings, 600, reporter.report());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0).data(SubsetListModel::RowsRole).toString(), u"480 rows"_s);
        QCOMPARE(model.index(0).data(SubsetListModel::SummaryRole).toString(), u"Random, seed 1"_s);
        QCOMPARE(model.index(1).data(SubsetListModel::SummaryRole).toString(),
                 u"Random, the rest of Training"_s);
    }

    void reportsCanBeSaved()
    {
        SourceManifest manifest;
        manifest.problems = {{u"a,b.png"_s, 3, u"the file is \"missing\""_s}, {{}, 0, u"bad"_s}};
        ProblemsModel problems(manifest);
        QAbstractItemModelTester tester(&problems,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(csvOf(problems), QByteArray("File,Row,Reason\r\n"
                                             "\"a,b.png\",3,\"the file is \"\"missing\"\"\"\r\n"
                                             ",,bad\r\n"));

        FeatureSummaries summaries;
        summaries.setDataset(open(m_bench->addClothes()));
        StatisticsModel statistics(summaries);
        QAbstractItemModelTester other(&statistics,
                                       QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(statistics.rowCount(), 2);
        QTRY_COMPARE(statistics.index(1, StatisticsModel::Classes).data().toString(), u"10"_s);
        QCOMPARE(statistics.index(0, StatisticsModel::Feature).data().toString(), u"image"_s);
    }

    void textsBecomeSources_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("sources");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << u"  "_s << 0 << QString();
        QTest::newRow("link") << u"https://example.org/a.zip"_s << 1 << QString();
        QTest::newRow("links") << u"https://a.org/x.gz  https://a.org/y.gz"_s << 2 << QString();
        QTest::newRow("sample") << u"sample:clothes"_s << 1 << QString();
        QTest::newRow("folder") << QDir::tempPath() << 1 << QString();
        QTest::newRow("quoted") << u'"' + QDir::tempPath() + u'"' << 1 << QString();
        QTest::newRow("no host") << u"https://"_s << -1 << u"needs a host"_s;
        QTest::newRow("scheme") << u"ftp://a.org/x"_s << -1 << u"cannot be read"_s;
        QTest::newRow("gone") << u"/nowhere/at/all.zip"_s << -1 << u"no file or folder"_s;
        QTest::newRow("words") << u"my data"_s << -1 << u"no file or folder"_s;
        QTest::newRow("unknown sample") << u"sample:cars"_s << -1 << u"sample:clothes"_s;
    }
    void textsBecomeSources()
    {
        QFETCH(QString, text);
        QFETCH(int, sources);
        QFETCH(QString, says);
        const auto read = sourcesFromText(text);
        QCOMPARE(read ? int(read->size()) : -1, sources);
        if (!read)
            QVERIFY2(read.error().message.contains(says), qPrintable(read.error().message));
    }

    void namesAreFreeAndChecked()
    {
        QCOMPARE(freeName(u"a"_s, {}), u"a"_s);
        QCOMPARE(freeName(u"a"_s, {u"A"_s, u"a 2"_s}), u"a 3"_s);
        QVERIFY(nameProblem(u"b"_s, {u"a"_s}).isEmpty());
        QVERIFY(nameProblem(u" A "_s, {u"a"_s}).contains(u"already"));
        QVERIFY(!nameProblem(u" "_s, {}).isEmpty());
        QVERIFY(!nameProblem(u"a@2"_s, {}).isEmpty());
    }

    void droppedFilesBecomeSources()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/tmp/a b.zip"_s), QUrl(u"https://a.org/x.csv"_s)});
        QCOMPARE(sourcesFromMime(data), (QStringList{u"/tmp/a b.zip"_s, u"https://a.org/x.csv"_s}));
        QMimeData words;
        words.setText(u"hello"_s);
        QVERIFY(sourcesFromMime(words).isEmpty());
    }
};

QTEST_MAIN(TestDatasetsModels)
#include "tst_datasets_models.moc"
