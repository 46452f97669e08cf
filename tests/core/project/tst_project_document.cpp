#include "core/project/documents/dataset_document.h"
#include "core/project/documents/project_document.h"
#include "tests/core/project/project_fixture.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace espalier;

class ProjectDocumentTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsWhatTheProjectHolds();
    void saysWhatHasChanged();
    void noticesAnotherProcess();
    void sharesAnOpenDataset();
    void editsAreUndone();
    void refusesSettingsThatDoNotFit();
    void mergesStepsWithTheSameKey();
    void savingLocks();
    void savingAnEmptySubsetIsRefused();
    void deletingTakesTheDocumentAway();
    void aVersionInUseStays();
    void writesNothingIntoAFolderThatIsGone();

private:
    [[nodiscard]] DatasetDocument& newDataset();

    std::unique_ptr<ProjectFixture> m_fixture;
    std::unique_ptr<ProjectDocument> m_project;
};

void ProjectDocumentTest::init()
{
    m_project.reset();
    m_fixture = std::make_unique<ProjectFixture>();
    m_project = valueOf(ProjectDocument::open(m_fixture->folder()));
}

DatasetDocument& ProjectDocumentTest::newDataset()
{
    const DatasetRecord record =
        valueOf(m_project->addDataset(u"points"_s, m_fixture->importPoints()));
    return *m_project->datasetDocument(record.id);
}

void ProjectDocumentTest::showsWhatTheProjectHolds()
{
    const DatasetRecord first =
        valueOf(m_project->addDataset(u"points"_s, m_fixture->importPoints()));
    const DatasetRecord second = valueOf(m_project->duplicateDataset(first.id));
    QCOMPARE(m_project->datasets().size(), 2);
    QCOMPARE(m_project->datasets().first().id, second.id); // the newest version first
    QCOMPARE(m_project->dataset(first.id)->name, u"points"_s);
    QVERIFY(!m_project->dataset(DatasetId(99)));
    QVERIFY(!m_project->datasetDocument(DatasetId(99)));
    QVERIFY(!m_project->openDataset(DatasetId(99)));
}

void ProjectDocumentTest::saysWhatHasChanged()
{
    QSignalSpy changed(m_project.get(), &ProjectDocument::experimentChanged);
    QSignalSpy list(m_project.get(), &ProjectDocument::experimentsChanged);
    QSignalSpy removed(m_project.get(), &ProjectDocument::experimentRemoved);
    {
        const auto store = m_fixture->open();
        (void)m_fixture->addSavedDataset(*store);
    }
    m_project->refresh();
    const DatasetId dataset = m_project->datasets().first().id;
    const ExperimentRecord record =
        valueOf(m_project->createExperiment(u"a"_s, dataset, pointGraph()));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(list.size(), 1);
    QCOMPARE(m_project->dataset(dataset)->usedBy, QStringList{u"a"_s});

    require(m_project->setNotes(record.id, u"first"_s));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(list.size(), 1);
    QCOMPARE(m_project->experiment(record.id)->notes, u"first"_s);

    require(m_project->deleteExperiment(record.id));
    QCOMPARE(removed.size(), 1);
    QCOMPARE(list.size(), 2);
    QVERIFY(m_project->dataset(dataset)->usedBy.isEmpty());
}

void ProjectDocumentTest::noticesAnotherProcess()
{
    QSignalSpy changed(m_project.get(), &ProjectDocument::datasetsChanged);
    const auto store = m_fixture->open();
    (void)m_fixture->addSavedDataset(*store);
    QVERIFY(changed.wait(3000));
    QCOMPARE(m_project->datasets().size(), 1);
}

void ProjectDocumentTest::sharesAnOpenDataset()
{
    DatasetDocument& document = newDataset();
    const auto opened = valueOf(m_project->openDataset(document.id()));
    QCOMPARE(opened, document.dataset());
    require(document.set(u"Seed"_s, u"seed"_s, u"7"_s));
    QVERIFY(valueOf(m_project->openDataset(document.id())) != opened);
    QCOMPARE(valueOf(m_project->openDataset(document.id())), document.dataset());
}

void ProjectDocumentTest::editsAreUndone()
{
    DatasetDocument& document = newDataset();
    const DatasetSettings before = document.settings();
    QSignalSpy changed(&document, &DatasetDocument::settingsChanged);
    require(document.set(u"Size"_s, u"subset.Training.size"_s, u"70"_s));
    const DatasetSettings after = document.settings();
    QVERIFY(before != after);
    QCOMPARE(changed.size(), 1);

    document.undoStack().undo();
    QCOMPARE(document.settings(), before);
    QCOMPARE(document.dataset()->settings(), before);
    QCOMPARE(valueOf(m_fixture->open()->dataset(document.id())).settings, before);
    document.undoStack().redo();
    QCOMPARE(document.settings(), after);
    QCOMPARE(valueOf(m_fixture->open()->dataset(document.id())).settings, after);
}

void ProjectDocumentTest::refusesSettingsThatDoNotFit()
{
    DatasetDocument& document = newDataset();
    const DatasetSettings before = document.settings();
    DatasetSettings wrong = before;
    wrong.features[0].encoding = Encoding::Image;
    QVERIFY(!document.edit(u"Encoding"_s, wrong));
    QVERIFY(!document.set(u"Nothing"_s, u"feature.nothing.name"_s, u"x"_s));
    QCOMPARE(document.settings(), before);
    QVERIFY(!document.undoStack().canUndo());
}

void ProjectDocumentTest::mergesStepsWithTheSameKey()
{
    DatasetDocument& document = newDataset();
    const DatasetSettings before = document.settings();
    DatasetSettings changed = before;
    for (const quint64 seed : {2, 3, 4}) {
        changed.seed = seed;
        require(document.edit(u"Seed"_s, changed, u"seed"_s));
    }
    QCOMPARE(document.undoStack().count(), 1);
    document.undoStack().undo();
    QCOMPARE(document.settings(), before);
}

void ProjectDocumentTest::savingLocks()
{
    DatasetDocument& document = newDataset();
    require(document.set(u"Seed"_s, u"seed"_s, u"7"_s));
    QSignalSpy saved(&document, &DatasetDocument::saved);
    document.saveVersion();
    QVERIFY(document.isSaving());
    QVERIFY(!document.isEditable());
    QVERIFY(!document.set(u"Seed"_s, u"seed"_s, u"8"_s));
    QVERIFY(saved.wait());
    QVERIFY(document.record().saved);
    QVERIFY(!document.isEditable());
    QVERIFY(!document.settings().frozenStatistics.isEmpty());
    QVERIFY(!document.undoStack().canUndo());
    QVERIFY(!document.set(u"Seed"_s, u"seed"_s, u"8"_s));
}

void ProjectDocumentTest::savingAnEmptySubsetIsRefused()
{
    DatasetDocument& document = newDataset();
    DatasetSettings settings = document.settings();
    settings.subsets.append(
        {u"None"_s, ConditionFilter{u"kind"_s, Comparison::Equal, u"up"_s}, {}});
    require(document.edit(u"Add subset"_s, settings));
    QSignalSpy failed(&document, &DatasetDocument::saveFailed);
    document.saveVersion();
    QVERIFY(failed.wait());
    QVERIFY(qvariant_cast<Error>(failed.first().first()).message.contains(u"empty"_s));
    QVERIFY(document.isEditable());
}

void ProjectDocumentTest::deletingTakesTheDocumentAway()
{
    DatasetDocument& document = newDataset();
    QSignalSpy removed(m_project.get(), &ProjectDocument::datasetRemoved);
    QSignalSpy gone(&document, &QObject::destroyed);
    require(m_project->deleteDataset(document.id()));
    QCOMPARE(removed.size(), 1);
    QVERIFY(gone.wait());
    QVERIFY(m_project->datasets().isEmpty());
}

void ProjectDocumentTest::aVersionInUseStays()
{
    DatasetDocument& document = newDataset();
    QSignalSpy saved(&document, &DatasetDocument::saved);
    document.saveVersion();
    QVERIFY(saved.wait());
    (void)valueOf(m_project->createExperiment(u"a"_s, document.id()));
    const Status refused = m_project->deleteDataset(document.id());
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"a"_s));
    QCOMPARE(m_project->datasets().size(), 1);
}

void ProjectDocumentTest::writesNothingIntoAFolderThatIsGone()
{
    const DatasetId dataset = newDataset().id();
    const QString elsewhere = m_fixture->folder() + u"-moved"_s;
    QSignalSpy gone(m_project.get(), &ProjectDocument::folderGone);
    QVERIFY(QDir().rename(m_fixture->folder(), elsewhere));
    const Status refused = m_project->renameDataset(dataset, u"others"_s);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"is gone"_s), qPrintable(refused.error().message));
    QTRY_COMPARE(gone, QList<QVariantList>{{true}});
    QVERIFY(QDir().rename(elsewhere, m_fixture->folder()));
    QTRY_COMPARE(gone, (QList<QVariantList>{{true}, {false}}));
    QVERIFY(m_project->renameDataset(dataset, u"others"_s));
}

QTEST_GUILESS_MAIN(ProjectDocumentTest)
#include "tst_project_document.moc"
