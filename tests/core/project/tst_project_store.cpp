#include "core/project/migrations/migration.h"
#include "core/project/store/database.h"
#include "tests/core/project/project_fixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

void overwrite(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), qint64(content.size()));
}

int sourceCount(const ProjectStore& store)
{
    return int(QDir(store.dataFolder())
                   .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                   .size());
}

} // namespace

class TestProjectStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesWhatIsNoProject();
    void refusesADamagedDatabase_data();
    void refusesADamagedDatabase();
    void refusesANewerFormat();
    void refusesToWriteWithoutPermission();
    void refusesToCreateOverOtherFiles();
    void opensFormatOne();
    void keepsItsNameAndFolders();

    void refusesDatasetNames_data();
    void refusesDatasetNames();
    void refusesASourceOfElsewhere();
    void addsADataset();
    void findsDatasetsByReference_data();
    void findsDatasetsByReference();
    void changesOnlyWhatIsNotSaved();
    void refusesToSaveAnEmptySubset();
    void duplicatesAVersion();
    void renamesAllVersions();
    void deletesASourceWithItsLastVersion();
    void keepsADatasetInUse();
};

void TestProjectStore::refusesWhatIsNoProject()
{
    const QTemporaryDir folder;
    const auto gone = ProjectStore::open(folder.filePath(u"gone"_s));
    QCOMPARE(codeOf(gone), ErrorCode::NotFound);
    QVERIFY(messageOf(gone).contains(u"moved or deleted"_s));
    QVERIFY(!QFileInfo::exists(folder.filePath(u"gone"_s)));
    const auto other = ProjectStore::open(folder.path());
    QCOMPARE(codeOf(other), ErrorCode::InvalidInput);
    QVERIFY(messageOf(other).contains(u"not a project"_s));
    overwrite(folder.filePath(u"project.db"_s), {});
    QCOMPARE(codeOf(ProjectStore::open(folder.path())), ErrorCode::InvalidInput);
}

void TestProjectStore::refusesADamagedDatabase_data()
{
    QTest::addColumn<int>("from"); ///< bytes that stay
    QTest::addColumn<bool>("fill");
    QTest::newRow("text") << 0 << true;
    QTest::newRow("pages overwritten") << 4096 << true;
    QTest::newRow("cut off") << 8192 << false;
}

void TestProjectStore::refusesADamagedDatabase()
{
    QFETCH(int, from);
    QFETCH(bool, fill);
    const ProjectFixture fixture;
    const QString path = fixture.folder() + u"/project.db"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray content = file.readAll();
    QVERIFY(content.size() > 3 * 4096);
    content.truncate(from + (fill ? 0 : 100));
    overwrite(path, fill ? content + QByteArray(40'000, '\x5a') : content);
    const auto store = ProjectStore::open(fixture.folder());
    QCOMPARE(codeOf(store), ErrorCode::InvalidInput);
    QVERIFY2(messageOf(store).contains(u"backup"_s), qPrintable(messageOf(store)));
}

void TestProjectStore::refusesANewerFormat()
{
    const ProjectFixture fixture;
    {
        const auto database = valueOf(Database::open(fixture.folder() + u"/project.db"_s));
        require(database->execute(u"PRAGMA user_version = 999"_s));
    }
    const auto store = ProjectStore::open(fixture.folder());
    QCOMPARE(codeOf(store), ErrorCode::Unsupported);
    QVERIFY(messageOf(store).contains(u"newer Espalier"_s));
}

void TestProjectStore::refusesToWriteWithoutPermission()
{
    const ProjectFixture fixture;
    const QFile::Permissions before = QFile::permissions(fixture.folder());
    QVERIFY(QFile::setPermissions(fixture.folder(), QFile::ReadOwner | QFile::ExeOwner));
    const bool ignored = QFileInfo(fixture.folder()).isWritable();
    const auto store = ProjectStore::open(fixture.folder());
    QVERIFY(QFile::setPermissions(fixture.folder(), before));
    if (ignored)
        QSKIP("permissions do not bind this user");
    QCOMPARE(codeOf(store), ErrorCode::Io);
    QVERIFY(messageOf(store).contains(u"permission"_s));
}

void TestProjectStore::refusesToCreateOverOtherFiles()
{
    const QTemporaryDir folder;
    overwrite(folder.filePath(u"letter.txt"_s), "mine");
    QCOMPARE(codeOf(ProjectStore::create(folder.path(), u"P"_s)), ErrorCode::Conflict);
    QCOMPARE(codeOf(ProjectStore::create(folder.filePath(u"letter.txt"_s), u"P"_s)),
             ErrorCode::Conflict);
    QCOMPARE(codeOf(ProjectStore::create(folder.filePath(u"new"_s), u" "_s)),
             ErrorCode::InvalidInput);
    QVERIFY(QDir(folder.path()).mkpath(u"empty"_s));
    QVERIFY(ProjectStore::create(folder.filePath(u"empty"_s), u"P"_s));
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             (QStringList{u"empty"_s, u"letter.txt"_s}));
}

void TestProjectStore::opensFormatOne()
{
    const QTemporaryDir folder;
    QFile file(QFINDTESTDATA("../../data/project/format_1.sql"));
    QVERIFY(file.open(QIODevice::ReadOnly | QIODevice::Text));
    {
        const auto database = valueOf(Database::create(folder.filePath(u"project.db"_s)));
        for (const QString& statement : QString::fromUtf8(file.readAll()).split(u";\n"_s))
            if (!statement.trimmed().isEmpty())
                require(database->execute(statement));
        QCOMPARE(database->value(u"PRAGMA user_version"_s)->toInt(), 1);
    }
    const auto store = valueOf(ProjectStore::open(folder.path()));
    QCOMPARE(store->name(), u"Orchard 🌳"_s);
    const DatasetRecord dataset = valueOf(store->dataset(u"points@1"_s));
    QVERIFY(dataset.saved);
    QCOMPARE(dataset.rows, 60);
    QCOMPARE(dataset.usedBy, QStringList{u"Äpfel's \"first\""_s});
    QCOMPARE(dataset.settings.frozenStatistics.size(), 2);
    QVERIFY(!valueOf(store->dataset(u"points"_s)).saved);
    const ExperimentRecord experiment = valueOf(store->experiment(u"äpfel's \"FIRST\""_s));
    QCOMPARE(experiment.state, RunState::Completed);
    QCOMPARE(experiment.graph, pointGraph());
    QCOMPARE(experiment.settings.epochs, 2);
    QCOMPARE(experiment.epochs.size(), 2);
    QCOMPARE(experiment.bestEpoch(), 1);
    QCOMPARE(experiment.epochs.first(), epochRecord(1, 0.75, true));
    QCOMPARE(experiment.checkpoints.size(), 2);
    QCOMPARE(experiment.notes, u"line 1\nline 2; end"_s);
    const auto database = valueOf(Database::open(folder.filePath(u"project.db"_s)));
    QCOMPARE(database->value(u"PRAGMA user_version"_s)->toInt(), migrations().back().version);
}

void TestProjectStore::keepsItsNameAndFolders()
{
    const ProjectFixture fixture;
    const auto store = fixture.open();
    QCOMPARE(store->name(), u"Project"_s);
    QCOMPARE(store->folder(), fixture.folder());
    QVERIFY(QFileInfo(store->dataFolder()).isDir());
    QVERIFY(valueOf(store->datasets()).isEmpty());
    QVERIFY(valueOf(store->experiments()).isEmpty());
}

void TestProjectStore::refusesDatasetNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << u" "_s << ErrorCode::InvalidInput;
    QTest::newRow("like a version") << u"points@2"_s << ErrorCode::InvalidInput;
    QTest::newRow("taken") << u"POINTS"_s << ErrorCode::Conflict;
}

void TestProjectStore::refusesDatasetNames()
{
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    const ProjectFixture fixture;
    const auto store = fixture.open();
    (void)valueOf(store->addDataset(u"points"_s, fixture.importPoints()));
    QCOMPARE(codeOf(store->addDataset(name, fixture.importPoints())), code);
    QCOMPARE(valueOf(store->datasets()).size(), 1);
}

void TestProjectStore::refusesASourceOfElsewhere()
{
    const ProjectFixture here;
    const ProjectFixture there;
    const auto store = here.open();
    QCOMPARE(codeOf(store->addDataset(u"points"_s, there.importPoints())), ErrorCode::NotFound);
    ImportedSource gone = here.importPoints();
    QVERIFY(QDir(gone.folder).removeRecursively());
    QCOMPARE(codeOf(store->addDataset(u"points"_s, gone)), ErrorCode::NotFound);
}

void TestProjectStore::addsADataset()
{
    const ProjectFixture fixture;
    const ImportedSource source = fixture.importPoints();
    const QString name = u" it's 🌳 \"50/50\" %1 "_s;
    const DatasetRecord added = valueOf(fixture.open()->addDataset(name, source));
    QCOMPARE(added.name, name.trimmed());
    QCOMPARE(added.version, 1);
    QVERIFY(!added.saved);
    QCOMPARE(added.rows, 60);
    QCOMPARE(added.sourceFolder, source.folder);
    QCOMPARE(added.settings, defaultSettings(source.manifest));
    QVERIFY(qAbs(added.created.secsTo(QDateTime::currentDateTime())) < 60);

    const auto store = fixture.open();
    const DatasetRecord read = valueOf(store->dataset(added.id));
    QCOMPARE(read.settings, added.settings);
    QCOMPARE(read.reference(), name.trimmed() + u"@1"_s);
    QCOMPARE(valueOf(store->openDataset(added.id))->rows(), 60);
}

void TestProjectStore::findsDatasetsByReference_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<int>("version"); ///< 0: none
    QTest::newRow("newest") << u"points"_s << 2;
    QTest::newRow("version") << u"points@1"_s << 1;
    QTest::newRow("case") << u"Points@2"_s << 2;
    QTest::newRow("no such version") << u"points@3"_s << 0;
    QTest::newRow("version 0") << u"points@0"_s << 0;
    QTest::newRow("no such name") << u"lines"_s << 0;
    QTest::newRow("nothing") << QString() << 0;
    QTest::newRow("at sign alone") << u"@1"_s << 0;
}

void TestProjectStore::findsDatasetsByReference()
{
    QFETCH(QString, reference);
    QFETCH(int, version);
    const ProjectFixture fixture;
    const auto store = fixture.open();
    QVERIFY(messageOf(store->dataset(reference)).contains(u"no dataset yet"_s));
    const DatasetRecord first = fixture.addSavedDataset(*store);
    (void)valueOf(store->duplicateDataset(first.id));
    const auto found = store->dataset(reference);
    if (version > 0) {
        QVERIFY2(found, qPrintable(messageOf(found)));
        QCOMPARE(found->version, version);
    } else {
        QCOMPARE(codeOf(found), ErrorCode::NotFound);
        QVERIFY(messageOf(found).contains(u"points@1 and points@2"_s));
    }
}

void TestProjectStore::changesOnlyWhatIsNotSaved()
{
    const ProjectFixture fixture;
    const auto store = fixture.open();
    const DatasetRecord added = valueOf(store->addDataset(u"points"_s, fixture.importPoints()));
    DatasetSettings settings = added.settings;
    require(applySetting(settings, u"subset.training.size"_s, u"70"_s));
    require(store->updateDataset(added.id, settings));
    QCOMPARE(valueOf(store->dataset(added.id)).settings, settings);

    const DatasetRecord saved = valueOf(store->saveDataset(added.id));
    QVERIFY(saved.saved);
    QCOMPARE(saved.version, 1);
    QCOMPARE(saved.settings.frozenStatistics.size(), 2);
    const auto dataset = valueOf(store->openDataset(added.id));
    QCOMPARE(valueOf(dataset->subsetRows(u"Training"_s)).size(), size_t(42));
    QCOMPARE(codeOf(store->updateDataset(added.id, settings)), ErrorCode::Conflict);
    QCOMPARE(codeOf(store->saveDataset(added.id)), ErrorCode::Conflict);
    QCOMPARE(codeOf(store->saveDataset(DatasetId(99))), ErrorCode::NotFound);
    QCOMPARE(valueOf(store->dataset(added.id)).settings, saved.settings);
}

void TestProjectStore::refusesToSaveAnEmptySubset()
{
    const ProjectFixture fixture;
    const auto store = fixture.open();
    const DatasetRecord added = valueOf(store->addDataset(u"points"_s, fixture.importPoints()));
    DatasetSettings settings = added.settings;
    settings.subsets.append(
        {u"Nobody"_s, ConditionFilter{u"kind"_s, Comparison::Equal, u"middle"_s}, {}});
    require(store->updateDataset(added.id, settings));
    const auto saved = store->saveDataset(added.id);
    QCOMPARE(codeOf(saved), ErrorCode::InvalidInput);
    QVERIFY(messageOf(saved).contains(u"Nobody"_s));
    QVERIFY(!valueOf(store->dataset(added.id)).saved);
}

void TestProjectStore::duplicatesAVersion()
{
    const ProjectFixture fixture;
    const auto store = fixture.open();
    const DatasetRecord first = fixture.addSavedDataset(*store);
    const DatasetRecord second = valueOf(store->duplicateDataset(first.id));
    QCOMPARE(second.reference(), u"points@2"_s);
    QVERIFY(!second.saved);
    QVERIFY(second.settings.frozenStatistics.isEmpty());
    QCOMPARE(second.settings.subsets, first.settings.subsets);
    QCOMPARE(second.sourceFolder, first.sourceFolder);
    QCOMPARE(valueOf(store->duplicateDataset(first.id)).version, 3);
    QCOMPARE(codeOf(store->duplicateDataset(DatasetId(99))), ErrorCode::NotFound);
}

void TestProjectStore::renamesAllVersions()
{
    const ProjectFixture fixture;
    const auto store = fixture.open();
    const DatasetRecord first = fixture.addSavedDataset(*store);
    const DatasetRecord second = valueOf(store->duplicateDataset(first.id));
    const DatasetRecord other = valueOf(store->addDataset(u"other"_s, fixture.importPoints(30)));
    require(store->renameDataset(second.id, u" Places "_s));
    QCOMPARE(valueOf(store->dataset(first.id)).reference(), u"Places@1"_s);
    QCOMPARE(valueOf(store->dataset(second.id)).reference(), u"Places@2"_s);
    QCOMPARE(valueOf(store->dataset(first.id)).saved, true);
    QCOMPARE(valueOf(store->dataset(other.id)).name, u"other"_s);
    require(store->renameDataset(first.id, u"PLACES"_s)); // the same, spelled anew
    QCOMPARE(valueOf(store->dataset(u"places@2"_s)).name, u"PLACES"_s);

    QCOMPARE(codeOf(store->renameDataset(first.id, u"Other"_s)), ErrorCode::Conflict);
    QCOMPARE(codeOf(store->renameDataset(first.id, u" "_s)), ErrorCode::InvalidInput);
    QCOMPARE(codeOf(store->renameDataset(DatasetId(99), u"a"_s)), ErrorCode::NotFound);
    QCOMPARE(valueOf(store->dataset(first.id)).name, u"PLACES"_s);
}

void TestProjectStore::deletesASourceWithItsLastVersion()
{
    const ProjectFixture fixture;
    const auto store = fixture.open();
    const DatasetRecord first = fixture.addSavedDataset(*store);
    const DatasetRecord second = valueOf(store->duplicateDataset(first.id));
    const DatasetRecord other = valueOf(store->addDataset(u"other"_s, fixture.importPoints(30)));
    QCOMPARE(sourceCount(*store), 2);
    require(store->deleteDataset(first.id));
    QCOMPARE(sourceCount(*store), 2);
    require(store->deleteDataset(second.id));
    QCOMPARE(sourceCount(*store), 1);
    QVERIFY(!QFileInfo::exists(first.sourceFolder));
    QVERIFY(QFileInfo::exists(other.sourceFolder));
    QCOMPARE(codeOf(store->deleteDataset(second.id)), ErrorCode::NotFound);
    (void)fixture.addSavedDataset(*store); // the name is free again
}

void TestProjectStore::keepsADatasetInUse()
{
    const ProjectFixture fixture;
    const auto store = fixture.open();
    const DatasetRecord dataset = fixture.addSavedDataset(*store);
    const ExperimentRecord one =
        valueOf(store->createExperiment(u"one"_s, dataset.id, pointGraph()));
    (void)valueOf(store->createExperiment(u"two"_s, dataset.id, pointGraph()));
    const Status refused = store->deleteDataset(dataset.id);
    QCOMPARE(codeOf(refused), ErrorCode::Conflict);
    QVERIFY(messageOf(refused).contains(u"one and two"_s));
    require(store->deleteExperiment(one.id));
    QCOMPARE(valueOf(store->dataset(dataset.id)).usedBy, QStringList{u"two"_s});
    QVERIFY(QFileInfo::exists(dataset.sourceFolder));
}

QTEST_GUILESS_MAIN(TestProjectStore)
#include "tst_project_store.moc"
