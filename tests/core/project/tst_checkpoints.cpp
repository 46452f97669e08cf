#include "core/project/store/checkpoint_files.h"
#include "core/project/store/database.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/project_folder.h"
#include "core/project/store/sweep.h"
#include "tests/core/project/project_fixture.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::hours Hour(1);

void touch(const QString& path, std::chrono::seconds age)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write("left behind") > 0);
    QVERIFY(file.flush());
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-age.count()),
                             QFileDevice::FileModificationTime));
}

QList<int> keptEpochs(const ExperimentRecord& record)
{
    QList<int> epochs;
    for (const CheckpointRecord& checkpoint : record.checkpoints)
        epochs.append(checkpoint.epoch);
    return epochs;
}

} // namespace

class TestCheckpoints : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void keepsByPolicy_data();
    void keepsByPolicy();
    void recordsEpochsInOrderAlone();
    void anEpochAndItsCheckpointAppearTogether();
    void theLastEpochCompletesARun();
    void findsCheckpoints_data();
    void findsCheckpoints();
    void refusesWithoutCheckpoints();
    void reportsADamagedFile_data();
    void reportsADamagedFile();
    void extends();

    void refusesFilesOfOthers_data();
    void refusesFilesOfOthers();
    void worksAfterAMove();

    void sweepsWhatNothingRefersTo();
    void leavesWhatIsYoungOrReferredTo();
    void sweepsAtOpening();
    void sweepsImagesThatNoVersionReads();

private:
    [[nodiscard]] ExperimentRecord read() const { return valueOf(m_store->experiment(m_id)); }
    [[nodiscard]] Status sweep(std::chrono::seconds age) const
    {
        return sweepProject(*valueOf(Database::open(m_folder->database())), *m_folder, age);
    }

    std::unique_ptr<ProjectFixture> m_fixture;
    std::unique_ptr<ProjectFolder> m_folder;
    std::unique_ptr<ProjectStore> m_store;
    DatasetRecord m_dataset;
    ExperimentId m_id;
};

void TestCheckpoints::init()
{
    m_fixture = std::make_unique<ProjectFixture>();
    m_folder = std::make_unique<ProjectFolder>(m_fixture->folder());
    m_store = m_fixture->open();
    m_dataset = m_fixture->addSavedDataset(*m_store);
    RunSettings settings;
    settings.checkpoints.every = 1;
    m_id = valueOf(m_store->createExperiment(u"CNN"_s, m_dataset.id, pointGraph(), settings)).id;
}

void TestCheckpoints::cleanup()
{
    m_store.reset();
    m_fixture.reset();
}

void TestCheckpoints::keepsByPolicy_data()
{
    QTest::addColumn<int>("every");
    QTest::addColumn<QList<int>>("better"); ///< epochs better than all before
    QTest::addColumn<QList<int>>("kept");
    QTest::newRow("best is last") << 0 << QList{1, 2, 3, 4, 5, 6, 7} << QList{7};
    QTest::newRow("best and last") << 0 << QList{1, 3} << QList{3, 7};
    QTest::newRow("first stays best") << 0 << QList{1} << QList{1, 7};
    QTest::newRow("no best at all") << 0 << QList<int>() << QList{7};
    QTest::newRow("every second") << 2 << QList{1, 3} << QList{2, 3, 4, 6, 7};
    QTest::newRow("every third") << 3 << QList{1} << QList{1, 3, 6, 7};
    QTest::newRow("all") << 1 << QList{1} << QList{1, 2, 3, 4, 5, 6, 7};
    QTest::newRow("rarer than the run is long") << 10 << QList{5} << QList{5, 7};
}

void TestCheckpoints::keepsByPolicy()
{
    QFETCH(int, every);
    QFETCH(QList<int>, better);
    RunSettings settings;
    settings.checkpoints.every = every;
    require(m_store->updateExperiment(m_id, pointGraph(), settings));
    for (int epoch = 1; epoch <= 7; ++epoch)
        require(addEpoch(*m_store, m_id, epoch, better.contains(epoch)));
    const ExperimentRecord record = read();
    QTEST(keptEpochs(record), "kept");
    QCOMPARE(record.epochs.size(), 7);
    QStringList files;
    for (const CheckpointRecord& checkpoint : record.checkpoints) {
        files.append(QFileInfo(checkpoint.file).fileName());
        QCOMPARE(checkpoint.best, checkpoint.epoch == record.bestEpoch());
        QCOMPARE(valueOf(m_store->loadCheckpoint(checkpoint)), smallCheckpoint(checkpoint.epoch));
    }
    QCOMPARE(QDir(m_folder->checkpoints(m_id)).entryList(QDir::Files), files);
}

void TestCheckpoints::recordsEpochsInOrderAlone()
{
    require(addEpoch(*m_store, m_id, 1));
    for (const int wrong : {1, 3, 0, -1})
        QCOMPARE(codeOf(addEpoch(*m_store, m_id, wrong)), ErrorCode::Conflict);
    const CheckpointRecord other =
        valueOf(m_store->writeCheckpointFile(m_id, 3, smallCheckpoint(3)));
    QCOMPARE(codeOf(m_store->recordEpoch(m_id, epochRecord(2, 0.5, false), other)),
             ErrorCode::Conflict);
    QCOMPARE(read().epochs.size(), 1);
}

void TestCheckpoints::anEpochAndItsCheckpointAppearTogether()
{
    const CheckpointRecord written =
        valueOf(m_store->writeCheckpointFile(m_id, 1, smallCheckpoint(1)));
    QVERIFY(read().checkpoints.isEmpty());
    QVERIFY(QFileInfo(written.file).size() == written.bytes && written.bytes > 0);
    QCOMPARE(QFileInfo(written.file).fileName(), u"epoch-0001.safetensors"_s);
    const EpochRecord epoch = epochRecord(1, 0.75, true);
    require(m_store->recordEpoch(m_id, epoch, written));
    const ExperimentRecord record = read();
    QCOMPARE(record.epochs, QList{epoch});
    QCOMPARE(record.bestEpoch(), 1);
    QCOMPARE(record.checkpoints.size(), 1);
    QCOMPARE(record.checkpoints.first().file, written.file);
    QCOMPARE(record.checkpoints.first().checksum, written.checksum);
    QVERIFY(record.checkpoints.first().best);
}

/// As a kill leaves it that comes when the last epoch is kept and the end is not yet recorded.
void TestCheckpoints::theLastEpochCompletesARun()
{
    require(m_store->setEpochs(m_id, 2));
    {
        const auto lock = ExperimentLock::acquire(m_folder->runLock(m_id), u"a"_s);
        QVERIFY(lock);
        require(m_store->setState(m_id, RunState::Running));
        for (const int epoch : {1, 2}) {
            QCOMPARE(read().state, RunState::Running);
            require(m_store->recordEpoch(
                m_id, epochRecord(epoch, 0.75, true),
                valueOf(m_store->writeCheckpointFile(m_id, epoch, smallCheckpoint(epoch)))));
        }
    }
    QCOMPARE(read().state, RunState::Completed);
}

void TestCheckpoints::findsCheckpoints_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<int>("epoch"); ///< 0: none
    QTest::newRow("best") << u"best"_s << 2;
    QTest::newRow("Best") << u"Best"_s << 2;
    QTest::newRow("last") << u"last"_s << 3;
    QTest::newRow("number") << u" 1"_s << 1;
    QTest::newRow("not there") << u"4"_s << 0;
    QTest::newRow("zero") << u"0"_s << 0;
    QTest::newRow("word") << u"finest"_s << 0;
    QTest::newRow("nothing") << QString() << 0;
}

void TestCheckpoints::findsCheckpoints()
{
    QFETCH(QString, which);
    QFETCH(int, epoch);
    for (int number = 1; number <= 3; ++number)
        require(addEpoch(*m_store, m_id, number, number <= 2));
    const auto found = ProjectStore::findCheckpoint(read(), which);
    QCOMPARE(found ? found->epoch : 0, epoch);
    if (!found)
        QVERIFY2(messageOf(found).contains(u"1, 2 and 3"_s), qPrintable(messageOf(found)));
}

void TestCheckpoints::refusesWithoutCheckpoints()
{
    const auto found = ProjectStore::findCheckpoint(read(), u"best"_s);
    QCOMPARE(codeOf(found), ErrorCode::NotFound);
    QVERIFY(messageOf(found).contains(u"run it first"_s));
}

void TestCheckpoints::reportsADamagedFile_data()
{
    QTest::addColumn<QString>("damage");
    QTest::newRow("missing") << u"missing"_s;
    QTest::newRow("one bit") << u"bit"_s;
    QTest::newRow("cut off") << u"cut"_s;
    QTest::newRow("longer") << u"longer"_s;
}

void TestCheckpoints::reportsADamagedFile()
{
    QFETCH(QString, damage);
    require(addEpoch(*m_store, m_id, 1, true));
    const CheckpointRecord record = read().checkpoints.first();
    QFile file(record.file);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray content = file.readAll();
    if (damage == u"bit")
        content[content.size() - 1] = char(content.back() ^ 1);
    else if (damage == u"cut")
        content.chop(5);
    else
        content.append("x");
    QVERIFY(file.resize(0) && file.seek(0) && file.write(content) == content.size());
    file.close();
    if (damage == u"missing")
        QVERIFY(file.remove());
    const auto loaded = m_store->loadCheckpoint(record);
    QVERIFY(!loaded);
    QVERIFY(messageOf(loaded).contains(u"epoch-0001.safetensors"_s));
    QVERIFY(messageOf(loaded).contains(u"choose another checkpoint"_s));
    QVERIFY(!m_store->duplicateExperiment(m_id, u"B"_s, true));
}

void TestCheckpoints::extends()
{
    QCOMPARE(codeOf(m_store->setEpochs(m_id, 0)), ErrorCode::InvalidInput);
    require(addEpoch(*m_store, m_id, 1));
    require(addEpoch(*m_store, m_id, 2));
    require(m_store->setState(m_id, RunState::Completed));
    QCOMPARE(codeOf(m_store->setEpochs(m_id, 1)), ErrorCode::InvalidInput);
    require(m_store->setEpochs(m_id, 20));
    QCOMPARE(read().settings.epochs, 20);
    QCOMPARE(read().settings.checkpoints.every, 1);
}

void TestCheckpoints::refusesFilesOfOthers_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("checkpoint") << u"UPDATE checkpoint SET file = '../../letter.txt'"_s;
    QTest::newRow("start weights") << u"UPDATE experiment SET start_weights = '../project.db'"_s;
    QTest::newRow("the folder itself") << u"UPDATE checkpoint SET file = '.'"_s;
}

void TestCheckpoints::refusesFilesOfOthers()
{
    QFETCH(QString, statement);
    require(addEpoch(*m_store, m_id, 1));
    require(valueOf(Database::open(m_folder->database()))->execute(statement));
    QCOMPARE(codeOf(m_store->experiment(m_id)), ErrorCode::InvalidInput);
    QCOMPARE(codeOf(m_store->deleteExperiment(m_id)), ErrorCode::InvalidInput);
}

void TestCheckpoints::worksAfterAMove()
{
    require(addEpoch(*m_store, m_id, 1, true));
    m_store.reset();
    const QTemporaryDir elsewhere;
    // A name with what QString::arg() would take for a place.
    const QString path = elsewhere.filePath(u"moved %1%20 🌳"_s);
    QVERIFY(QDir().rename(m_fixture->folder(), path));
    m_store = valueOf(ProjectStore::open(path));
    QCOMPARE(m_store->folder(), path);
    QCOMPARE(valueOf(m_store->loadCheckpoint(read().checkpoints.first())), smallCheckpoint(1));
    QCOMPARE(valueOf(m_store->openDataset(m_dataset.id))->rows(), 60);
    require(addEpoch(*m_store, m_id, 2));
    m_store.reset(); // before its folder goes
}

void TestCheckpoints::sweepsWhatNothingRefersTo()
{
    require(addEpoch(*m_store, m_id, 1, true));
    const QStringList dead{
        m_folder->checkpoint(m_id, 2),
        m_folder->checkpoint(m_id, 1) + u".a1b2c3"_s,
        m_folder->checkpoint(ExperimentId(99), 1),
        m_folder->runLock(ExperimentId(99)), // its experiment was being deleted
        m_folder->freshStartWeights(),
        m_folder->data() + u"/.import-1/image.bin"_s,
        m_folder->data() + u"/download.part"_s,
        m_folder->data() + u"/0123abcd/source.json"_s,
    };
    for (const QString& path : dead)
        touch(path, 2 * Hour);
    require(sweep(std::chrono::seconds(-60)));
    for (const QString& path : dead)
        QVERIFY2(!QFileInfo::exists(path), qPrintable(path));
    QVERIFY(!QFileInfo::exists(m_folder->checkpoints(ExperimentId(99))));
    QCOMPARE(
        QDir(m_folder->data()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList{QFileInfo(m_dataset.sourceFolder).fileName()});
    (void)valueOf(m_store->loadCheckpoint(read().checkpoints.first()));
    (void)valueOf(m_store->openDataset(m_dataset.id));
}

void TestCheckpoints::leavesWhatIsYoungOrReferredTo()
{
    require(addEpoch(*m_store, m_id, 1, true));
    const ExperimentRecord copy = valueOf(m_store->duplicateExperiment(m_id, u"B"_s, true));
    const CheckpointRecord young =
        valueOf(m_store->writeCheckpointFile(m_id, 2, smallCheckpoint(2)));
    const QString atWork = m_folder->data() + u"/.import-1/index.bin"_s;
    touch(m_folder->data() + u"/.import-1/image.bin"_s, 2 * Hour);
    touch(atWork, std::chrono::seconds(0));
    touch(m_folder->runLock(m_id), 2 * Hour);
    require(sweep(Hour));
    for (const QString& path : {young.file, atWork, m_folder->runLock(m_id)})
        QVERIFY2(QFileInfo::exists(path), qPrintable(path));
    require(sweep(std::chrono::seconds(-60)));
    QVERIFY(QFileInfo::exists(copy.startWeights));
    QVERIFY(QFileInfo::exists(read().checkpoints.first().file));
    QVERIFY(QFileInfo::exists(m_folder->runLock(m_id)));
    QVERIFY(!QFileInfo::exists(young.file));
}

void TestCheckpoints::sweepsAtOpening()
{
    const QString dead = m_folder->checkpoint(m_id, 7);
    touch(dead, 2 * Hour);
    const auto second = m_fixture->open();
    QVERIFY(!QFileInfo::exists(dead));
}

void TestCheckpoints::sweepsImagesThatNoVersionReads()
{
    const DatasetRecord first =
        valueOf(m_store->addDataset(u"photos"_s, m_fixture->importPhotos()));
    const auto prepare = [&](DatasetId id, const QString& width) {
        DatasetSettings settings = valueOf(m_store->dataset(id)).settings;
        require(applySetting(settings, u"feature.photo.width"_s, width));
        require(m_store->updateDataset(id, settings));
        require(valueOf(m_store->openDataset(id))->prepareImages());
    };
    const auto files = [&] {
        return QDir(first.sourceFolder).entryList({u"images-*"_s}, QDir::Files, QDir::Name);
    };
    prepare(first.id, u"3"_s);
    prepare(first.id, u"4"_s);
    prepare(valueOf(m_store->duplicateDataset(first.id)).id, u"5"_s);
    const QStringList all = files();
    QCOMPARE(all.size(), 3);
    for (const QString& ending : {u".part"_s, u".lock"_s})
        touch(first.sourceFolder + u'/' + all[1] + ending, 2 * Hour);

    require(sweep(Hour)); // all young
    QCOMPARE(files().size(), 5);
    {
        QLockFile writing(first.sourceFolder + u'/' + all[0] + u".lock"_s);
        QVERIFY(writing.tryLock());
        require(sweep(std::chrono::seconds(-60)));
        QVERIFY(files().contains(all[0]));
    }
    require(sweep(std::chrono::seconds(-60)));
    QCOMPARE(files(), all.mid(1));
    QVERIFY(all[1].contains(u"-4x"_s) && all[2].contains(u"-5x"_s));
}

QTEST_GUILESS_MAIN(TestCheckpoints)
#include "tst_checkpoints.moc"
