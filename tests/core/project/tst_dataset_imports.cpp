#include "core/project/jobs/dataset_imports.h"

#include "core/project/documents/project_document.h"
#include "tests/core/dataset/import_fixtures.h"
#include "tests/core/project/project_fixture.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace espalier;
using namespace espalier::fixtures;
using namespace Qt::StringLiterals;

class TestDatasetImports final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ProjectFixture> m_project;
    std::unique_ptr<QTemporaryDir> m_files;
    std::unique_ptr<ProjectDocument> m_document;
    std::unique_ptr<DatasetImports> m_imports;

    [[nodiscard]] QString path(const QString& name) const { return m_files->filePath(name); }

    [[nodiscard]] QString writeShirts(const QString& name, int value = 1) const
    {
        writeZip(path(name), {{u"shirt/1.png"_s, greyPng(value)}, {u"boot/1.png"_s, greyPng(9)}});
        return path(name);
    }

    /// Large enough to be at work for a while.
    [[nodiscard]] QString writeLongTable() const
    {
        QByteArray csv("a,b\n");
        for (int row = 0; row < 400'000; ++row)
            csv += QByteArray::number(row) + ",x" + QByteArray::number(row % 977) + '\n';
        writeBytes(path(u"long.csv"_s), csv);
        return path(u"long.csv"_s);
    }

    [[nodiscard]] QStringList sourceFolders() const
    {
        return leftIn(m_document->store().dataFolder());
    }

private Q_SLOTS:
    void init()
    {
        m_project = std::make_unique<ProjectFixture>();
        m_files = std::make_unique<QTemporaryDir>();
        m_document = valueOf(ProjectDocument::open(m_project->folder()));
        m_imports = std::make_unique<DatasetImports>(*m_document);
    }
    void cleanup()
    {
        m_imports.reset();
        m_document.reset();
    }

    void becomesADatasetOnceReadAndNamed()
    {
        QSignalSpy read(m_imports.get(), &DatasetImports::readFinished);
        QSignalSpy finished(m_imports.get(), &DatasetImports::finished);
        const ImportId id = m_imports->start({writeShirts(u"Shop photos.zip"_s)});
        QCOMPARE(m_imports->status(id)->suggestedName(), u"Shop photos"_s);
        QTRY_COMPARE(read.count(), 1);
        QVERIFY(m_imports->status(id)->done);
        QVERIFY(!m_imports->status(id)->error);
        QCOMPARE(m_imports->status(id)->fraction(), 1.0);
        QCOMPARE(m_document->datasets().size(), 0);

        m_imports->setName(id, u" Shop photos "_s);
        QCOMPARE(finished.count(), 1);
        QVERIFY(m_imports->imports().isEmpty());
        QCOMPARE(m_document->datasets().size(), 1);
        QCOMPARE(m_document->datasets().first().name, u"Shop photos"_s);
        QCOMPARE(m_document->datasets().first().rows, 2);
        QCOMPARE(finished.first()[1].value<DatasetId>(), m_document->datasets().first().id);
    }

    void becomesADatasetWhenNamedBeforeItIsRead()
    {
        QSignalSpy finished(m_imports.get(), &DatasetImports::finished);
        m_imports->setName(m_imports->start({writeShirts(u"a.zip"_s)}), u"First"_s);
        QCOMPARE(m_imports->imports().first().name, u"First"_s);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(m_document->datasets().first().name, u"First"_s);
    }

    void saysHowFarItIs()
    {
        QSignalSpy progress(m_imports.get(), &DatasetImports::progressChanged);
        QSignalSpy read(m_imports.get(), &DatasetImports::readFinished);
        const QString table = writeLongTable();
        const ImportId id = m_imports->start({table});
        QTRY_VERIFY_WITH_TIMEOUT(read.count() == 1, 60'000); // under the thread sanitizer
        QVERIFY(progress.count() > 0);
        QCOMPARE(m_imports->status(id)->progress.rows, 400'000);
        QCOMPARE(m_imports->status(id)->progress.totalBytes, QFileInfo(table).size());
    }

    void showsRowsBeforeAllAreRead()
    {
        QSignalSpy shown(m_imports.get(), &DatasetImports::previewChanged);
        QSignalSpy read(m_imports.get(), &DatasetImports::readFinished);
        const ImportId id = m_imports->start({writeLongTable()});
        QVERIFY(m_imports->preview(id).rows.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(shown.count() > 0, 60'000);
        QCOMPARE(read.count(), 0);
        const ImportPreview preview = m_imports->preview(id);
        QCOMPARE(preview.rows.size(), ImportPreview::MostRows);
        QCOMPARE(preview.columns.first().name, u"a"_s);
        QCOMPARE(preview.rows[7][1].text, u"x7"_s);
        m_imports->cancel(id);
        QVERIFY(m_imports->preview(id).columns.isEmpty());
    }

    void keepsTheSentenceOfAFailure()
    {
        writeBytes(path(u"broken.zip"_s), "no zip at all");
        QSignalSpy read(m_imports.get(), &DatasetImports::readFinished);
        const ImportId id = m_imports->start({path(u"broken.zip"_s)});
        m_imports->setName(id, u"Broken"_s);
        QTRY_COMPARE(read.count(), 1);
        const auto status = m_imports->status(id);
        QVERIFY(status && !status->done && status->error);
        QVERIFY2(status->error->message.contains(u"broken.zip"),
                 qPrintable(status->error->message));
        QCOMPARE(m_document->datasets().size(), 0);
        QCOMPARE(sourceFolders(), QStringList());

        m_imports->cancel(id);
        QVERIFY(m_imports->imports().isEmpty());
    }

    void leavesNoTraceOfACancelledImport()
    {
        QSignalSpy read(m_imports.get(), &DatasetImports::readFinished);
        const ImportId id = m_imports->start({writeLongTable()});
        m_imports->setName(id, u"Long"_s);
        m_imports->cancel(id);
        QVERIFY(m_imports->imports().isEmpty());
        QVERIFY(!m_imports->status(id));
        QTRY_COMPARE(sourceFolders(), QStringList());
        m_imports.reset();
        QCOMPARE(read.count(), 0);
        QCOMPARE(m_document->datasets().size(), 0);
        QCOMPARE(sourceFolders(), QStringList());
    }

    void leavesNoTraceOfWhatWasNeverNamed()
    {
        QSignalSpy read(m_imports.get(), &DatasetImports::readFinished);
        const ImportId cancelled = m_imports->start({writeShirts(u"a.zip"_s, 1)});
        m_imports->start({writeShirts(u"b.zip"_s, 2)});
        QTRY_COMPARE(read.count(), 2);
        QCOMPARE(sourceFolders().size(), 2);
        m_imports->cancel(cancelled);
        QTRY_COMPARE(sourceFolders().size(), 1);
        m_imports.reset();
        QCOMPARE(sourceFolders(), QStringList());
    }

    void keepsWhatAnotherDatasetUses()
    {
        QSignalSpy read(m_imports.get(), &DatasetImports::readFinished);
        const QString zip = writeShirts(u"a.zip"_s);
        const ImportId first = m_imports->start({zip});
        QTRY_COMPARE(read.count(), 1);
        const ImportId second = m_imports->start({zip});
        QTRY_COMPARE(read.count(), 2);
        m_imports->cancel(first);
        m_imports->setName(second, u"Second"_s);
        QCOMPARE(m_document->datasets().size(), 1);
        m_imports.reset();
        QCOMPARE(sourceFolders().size(), 1);
        QVERIFY(m_document->openDataset(m_document->datasets().first().id));
    }

    void endsWithoutATraceWhileAtWork()
    {
        const QString table = writeLongTable();
        m_imports->setName(m_imports->start({table}), u"Long"_s);
        m_imports->start({writeShirts(u"a.zip"_s)});
        QElapsedTimer clock;
        clock.start();
        m_imports.reset();
        QVERIFY2(clock.elapsed() < 5'000, "an import that was asked to stop goes on");
        QCOMPARE(sourceFolders(), QStringList());
        QCOMPARE(m_document->datasets().size(), 0);
    }

    void asksForAnotherNameWhereOneIsTaken()
    {
        QSignalSpy finished(m_imports.get(), &DatasetImports::finished);
        m_imports->setName(m_imports->start({writeShirts(u"a.zip"_s, 1)}), u"Shirts"_s);
        QTRY_COMPARE(finished.count(), 1);
        const ImportId id = m_imports->start({writeShirts(u"b.zip"_s, 2)});
        m_imports->setName(id, u"shirts"_s);
        QTRY_VERIFY(m_imports->status(id)->error.has_value());
        QCOMPARE(m_imports->status(id)->error->code, ErrorCode::Conflict);
        QVERIFY(m_imports->status(id)->done);

        m_imports->setName(id, u"Other shirts"_s);
        QCOMPARE(finished.count(), 2);
        QCOMPARE(m_document->datasets().size(), 2);
    }

    void suggestsAName_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("name");
        QTest::newRow("file") << u"/tmp/fashion-mnist.zip"_s << u"fashion-mnist"_s;
        QTest::newRow("packed table") << u"/tmp/wine.csv.gz"_s << u"wine"_s;
        QTest::newRow("other dots") << u"/tmp/v1.2 shirts.CSV"_s << u"v1.2 shirts"_s;
        QTest::newRow("folder") << u"/tmp/Shop photos/"_s << u"Shop photos"_s;
        QTest::newRow("link") << u"https://a.org/x/my%20data.zip?token=1"_s << u"my data"_s;
        QTest::newRow("link of a host") << u"https://a.org/"_s << u"a.org"_s;
        QTest::newRow("file link") << u"file:///tmp/a.csv"_s << u"a"_s;
        QTest::newRow("sample") << u"sample:clothes"_s << u"clothes"_s;
        QTest::newRow("version") << u"/tmp/wine@2.csv"_s << u"wine"_s;
        QTest::newRow("nothing left") << u"/tmp/.zip"_s << u"dataset"_s;
    }
    void suggestsAName()
    {
        QFETCH(QString, source);
        ImportStatus status;
        status.sources = {source};
        QTEST(status.suggestedName(), "name");
    }

    void showsNoPasswords()
    {
        ImportStatus status;
        status.sources = {u"https://kate:Zs3cretZ@a.org/x/wine.csv?token=Zs3cretZ"_s,
                          u"https://kate:Zs3cretZ@"_s, u"/tmp/kate@home.csv"_s};
        QCOMPARE(status.shownSources(), (QStringList{u"https://a.org/x/wine.csv?token=…"_s,
                                                     u"https://"_s, u"/tmp/kate@home.csv"_s}));
        QCOMPARE(status.suggestedName(), u"wine"_s);
        status.sources.removeFirst();
        QVERIFY(!status.suggestedName().contains(u"Zs3cretZ"_s));
    }
};

QTEST_GUILESS_MAIN(TestDatasetImports)
#include "tst_dataset_imports.moc"
