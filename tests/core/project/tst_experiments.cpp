#include "core/graph/snippets.h"
#include "core/project/store/database.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/project_folder.h"
#include "tests/core/project/project_fixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

Result<ExperimentLock> lockOf(const ProjectFixture& fixture, ExperimentId id)
{
    return ExperimentLock::acquire(ProjectFolder(fixture.folder()).runLock(id), u"CNN"_s);
}

QString compact(const QJsonObject& json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

/// Experiments that differ in graph, settings and epochs, straight into the tables.
Status fill(Database& database, DatasetId dataset, int count, int epochs)
{
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    RunSettings settings;
    for (int number = 1; number <= count; ++number) {
        graph.setPosition(graph.blocks().first().id, QPointF(number, 0));
        settings.seed = quint64(number);
        const QString name = u"e%1"_s.arg(number);
        const auto id = database.insert(
            u"INSERT INTO experiment (name, name_key, dataset, graph, settings, state, created)"
            " VALUES (?, ?, ?, ?, ?, 'completed', '2026-01-01T00:00:00.000Z')"_s,
            {name, name, dataset.value(), compact(graph.toJson()), compact(settings.toJson())});
        for (int epoch = 1; id && epoch <= epochs; ++epoch)
            require(database.execute(
                u"INSERT INTO epoch VALUES (?, ?, ?)"_s,
                {*id, epoch, compact(epochRecord(epoch, 1.0 / (number + epoch), true).toJson())}));
    }
    return database.execute(
        u"INSERT INTO checkpoint SELECT experiment, epoch, 'x', 'y', 1 FROM epoch"_s);
}

} // namespace

class TestExperiments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void refusesNames_data();
    void refusesNames();
    void refusesAVersionThatIsNotSaved();
    void keepsWhatItWasGiven_data();
    void keepsWhatItWasGiven();
    void saysWhatExperimentsThereAre();
    void renames();
    void changesUntilItHasRun_data();
    void changesUntilItHasRun();
    void changesItsDataset();
    void keepsTheSentenceOfAFailureAlone();
    void aDeadRunCountsAsStopped_data();
    void aDeadRunCountsAsStopped();
    void aLiveRunKeepsItsState();
    void duplicates();
    void duplicatesWithWeights();
    void refusesWeightsThatAreNotThere();
    void deletesWithItsFiles();
    void refusesToDeleteWhileItRuns();
    void anOverviewSaysWhatTheRecordSays();
    void listsAThousandQuickly();

private:
    std::unique_ptr<ProjectFixture> m_fixture;
    std::unique_ptr<ProjectStore> m_store;
    DatasetRecord m_dataset;
    ExperimentRecord m_cnn;
};

void TestExperiments::init()
{
    m_fixture = std::make_unique<ProjectFixture>();
    m_store = m_fixture->open();
    m_dataset = m_fixture->addSavedDataset(*m_store);
    m_cnn = valueOf(m_store->createExperiment(u"CNN"_s, m_dataset.id, pointGraph()));
}

void TestExperiments::cleanup()
{
    m_store.reset();
    m_fixture.reset();
}

void TestExperiments::refusesNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << u""_s << ErrorCode::InvalidInput;
    QTest::newRow("blank") << u" \n"_s << ErrorCode::InvalidInput;
    QTest::newRow("control character") << u"a\u0001b"_s << ErrorCode::InvalidInput;
    QTest::newRow("taken") << u"CNN"_s << ErrorCode::Conflict;
    QTest::newRow("taken in another case") << u" cnn "_s << ErrorCode::Conflict;
}

void TestExperiments::refusesNames()
{
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    const auto other = valueOf(m_store->createExperiment(u"other"_s, m_dataset.id, pointGraph()));
    QCOMPARE(codeOf(m_store->createExperiment(name, m_dataset.id, pointGraph())), code);
    QCOMPARE(codeOf(m_store->duplicateExperiment(m_cnn.id, name, false)), code);
    QCOMPARE(codeOf(m_store->renameExperiment(other.id, name)), code);
    QCOMPARE(valueOf(m_store->experiments()).size(), 2);
}

void TestExperiments::refusesAVersionThatIsNotSaved()
{
    const DatasetRecord open = valueOf(m_store->duplicateDataset(m_dataset.id));
    const auto created = m_store->createExperiment(u"new"_s, open.id, pointGraph());
    QCOMPARE(codeOf(created), ErrorCode::Conflict);
    QVERIFY(messageOf(created).contains(u"points@2"_s));
    QCOMPARE(codeOf(m_store->createExperiment(u"new"_s, DatasetId(99), pointGraph())),
             ErrorCode::NotFound);
}

void TestExperiments::keepsWhatItWasGiven_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("emoji") << u"🌳🍐 2"_s;
    QTest::newRow("quotes") << u"it's \"quoted\"; DROP TABLE experiment;--"_s;
    QTest::newRow("slashes") << u"../../a\\b/%1?*"_s;
    QTest::newRow("500 letters") << QString(500, u'Ω');
}

void TestExperiments::keepsWhatItWasGiven()
{
    QFETCH(QString, name);
    RunSettings settings;
    settings.batchSize = 17;
    settings.checkpoints.every = 3;
    const ExperimentRecord created =
        valueOf(m_store->createExperiment(name, m_dataset.id, pointGraph(), settings));
    require(m_store->setNotes(created.id, name + u"\nsecond line"_s));
    require(m_store->setParameters(created.id, 123'456'789'012));
    const ExperimentRecord read = valueOf(m_fixture->open()->experiment(created.id));
    QCOMPARE(read.name, name);
    QCOMPARE(read.dataset, m_dataset.id);
    QCOMPARE(read.graph, pointGraph());
    QCOMPARE(read.settings, settings);
    QCOMPARE(read.state, RunState::Created);
    QCOMPARE(read.notes, name + u"\nsecond line"_s);
    QCOMPARE(read.parameters, 123'456'789'012);
    QCOMPARE(read.bestEpoch(), 0);
    QCOMPARE(valueOf(m_store->experiment(name.toUpper())).id, created.id);
}

void TestExperiments::saysWhatExperimentsThereAre()
{
    const auto missing = m_store->experiment(u"RNN"_s);
    QCOMPARE(codeOf(missing), ErrorCode::NotFound);
    QVERIFY(messageOf(missing).contains(u"RNN"_s) && messageOf(missing).contains(u"CNN"_s));
    require(m_store->deleteExperiment(m_cnn.id));
    QVERIFY(messageOf(m_store->experiment(u"RNN"_s)).contains(u"none yet"_s));
    QCOMPARE(codeOf(m_store->experiment(m_cnn.id)), ErrorCode::NotFound);
    for (const Status& status :
         {m_store->setNotes(m_cnn.id, {}), m_store->renameExperiment(m_cnn.id, u"x"_s),
          m_store->setState(m_cnn.id, RunState::Failed), m_store->setEpochs(m_cnn.id, 3),
          m_store->setParameters(m_cnn.id, 3), m_store->deleteExperiment(m_cnn.id),
          m_store->updateExperiment(m_cnn.id, {}, {}), addEpoch(*m_store, m_cnn.id, 1)})
        QCOMPARE(codeOf(status), ErrorCode::NotFound);
}

void TestExperiments::renames()
{
    require(m_store->renameExperiment(m_cnn.id, u"cnn"_s)); // its own name in another case
    require(m_store->renameExperiment(m_cnn.id, u"  Other  "_s));
    QCOMPARE(valueOf(m_store->experiment(m_cnn.id)).name, u"Other"_s);
    (void)valueOf(m_store->createExperiment(u"CNN"_s, m_dataset.id, pointGraph()));
}

void TestExperiments::changesUntilItHasRun_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<bool>("editable");
    QTest::newRow("created") << RunState::Created << true;
    QTest::newRow("stopped") << RunState::Stopped << false;
    QTest::newRow("failed") << RunState::Failed << false;
    QTest::newRow("completed") << RunState::Completed << false;
    QTest::newRow("killed") << RunState::Running << false;
}

void TestExperiments::changesUntilItHasRun()
{
    QFETCH(RunState, state);
    QFETCH(bool, editable);
    require(m_store->setState(m_cnn.id, state));
    RunSettings settings;
    settings.batchSize = 99;
    const Status changed = m_store->updateExperiment(m_cnn.id, ModelGraph(), settings);
    QCOMPARE(changed.has_value(), editable);
    const ExperimentRecord read = valueOf(m_store->experiment(m_cnn.id));
    QCOMPARE(read.settings.batchSize, editable ? 99 : 32);
    QCOMPARE(read.graph, editable ? ModelGraph() : pointGraph());
    if (!editable) {
        QCOMPARE(changed.error().code, ErrorCode::Conflict);
        QVERIFY(changed.error().message.contains(u"duplicate"_s));
    }
    require(m_store->setNotes(m_cnn.id, u"always"_s));
}

void TestExperiments::changesItsDataset()
{
    const DatasetRecord second = valueOf(m_store->duplicateDataset(m_dataset.id));
    QCOMPARE(codeOf(m_store->setExperimentDataset(m_cnn.id, second.id)), ErrorCode::Conflict);
    (void)valueOf(m_store->saveDataset(second.id));
    require(m_store->setExperimentDataset(m_cnn.id, second.id));
    QCOMPARE(valueOf(m_store->experiment(m_cnn.id)).dataset, second.id);
    require(m_store->setState(m_cnn.id, RunState::Stopped));
    QCOMPARE(codeOf(m_store->setExperimentDataset(m_cnn.id, m_dataset.id)), ErrorCode::Conflict);
}

void TestExperiments::keepsTheSentenceOfAFailureAlone()
{
    require(m_store->setState(m_cnn.id, RunState::Failed, u"The loss is no number."_s));
    QCOMPARE(valueOf(m_store->experiment(m_cnn.id)).error, u"The loss is no number."_s);
    require(m_store->setState(m_cnn.id, RunState::Completed, u"ignored"_s));
    QCOMPARE(valueOf(m_store->experiment(m_cnn.id)).error, QString());
}

void TestExperiments::aDeadRunCountsAsStopped_data()
{
    QTest::addColumn<RunState>("left");
    QTest::addColumn<int>("epochs");
    QTest::addColumn<RunState>("state");
    QTest::newRow("running") << RunState::Running << 1 << RunState::Stopped;
    QTest::newRow("running, first epoch") << RunState::Running << 0 << RunState::Stopped;
    QTest::newRow("pausing") << RunState::Pausing << 1 << RunState::Stopped;
    QTest::newRow("paused") << RunState::Paused << 1 << RunState::Stopped;
    QTest::newRow("queued") << RunState::Queued << 0 << RunState::Created;
    QTest::newRow("queued to resume") << RunState::Queued << 1 << RunState::Stopped;
}

void TestExperiments::aDeadRunCountsAsStopped()
{
    QFETCH(RunState, left);
    QFETCH(int, epochs);
    if (epochs > 0)
        require(addEpoch(*m_store, m_cnn.id, 1));
    require(m_store->setState(m_cnn.id, left));
    QTEST(valueOf(m_store->experiment(m_cnn.id)).state, "state");
    QTEST(valueOf(m_fixture->open()->experiments()).first().state, "state");
}

void TestExperiments::aLiveRunKeepsItsState()
{
    const auto lock = valueOf(lockOf(*m_fixture, m_cnn.id));
    QCOMPARE(codeOf(lockOf(*m_fixture, m_cnn.id)), ErrorCode::Conflict);
    for (const RunState state : {RunState::Running, RunState::Pausing, RunState::Paused}) {
        require(m_store->setState(m_cnn.id, state));
        QCOMPARE(valueOf(m_store->experiment(m_cnn.id)).state, state);
        QCOMPARE(codeOf(m_store->setEpochs(m_cnn.id, 20)), ErrorCode::Conflict);
    }
}

void TestExperiments::duplicates()
{
    require(addEpoch(*m_store, m_cnn.id, 1, true));
    require(m_store->setState(m_cnn.id, RunState::Completed));
    const ExperimentRecord copy = valueOf(m_store->duplicateExperiment(m_cnn.id, u"Copy"_s, false));
    QCOMPARE(copy.state, RunState::Created);
    QCOMPARE(copy.graph, m_cnn.graph);
    QCOMPARE(copy.settings, m_cnn.settings);
    QVERIFY(copy.epochs.isEmpty() && copy.checkpoints.isEmpty());
    QVERIFY(copy.startWeights.isEmpty());
}

void TestExperiments::duplicatesWithWeights()
{
    require(addEpoch(*m_store, m_cnn.id, 1, true));
    require(addEpoch(*m_store, m_cnn.id, 2, false));
    const ExperimentRecord copy = valueOf(m_store->duplicateExperiment(m_cnn.id, u"B"_s, true));
    require(m_store->deleteExperiment(m_cnn.id));
    const auto loadStart = [&](const ExperimentRecord& record) {
        return m_store->loadCheckpoint(
            {0, record.startWeights, record.startWeightsChecksum, 0, false});
    };
    QCOMPARE(valueOf(loadStart(copy)), smallCheckpoint(1));
    // A duplicate that has not run itself hands on what it starts from.
    const ExperimentRecord third = valueOf(m_store->duplicateExperiment(copy.id, u"C"_s, true));
    QVERIFY(third.startWeights != copy.startWeights);
    require(m_store->deleteExperiment(copy.id));
    QVERIFY(!QFile::exists(copy.startWeights));
    QCOMPARE(valueOf(loadStart(third)), smallCheckpoint(1));
}

void TestExperiments::refusesWeightsThatAreNotThere()
{
    QCOMPARE(codeOf(m_store->duplicateExperiment(m_cnn.id, u"B"_s, true)), ErrorCode::NotFound);
    require(addEpoch(*m_store, m_cnn.id, 1, true));
    QCOMPARE(codeOf(m_store->duplicateExperiment(m_cnn.id, u"cnn"_s, true)), ErrorCode::Conflict);
    const QDir checkpoints(ProjectFolder(m_fixture->folder()).checkpoints());
    QVERIFY(checkpoints.entryList({u"start-*"_s}).isEmpty());
}

void TestExperiments::deletesWithItsFiles()
{
    require(addEpoch(*m_store, m_cnn.id, 1, true));
    const QString folder = ProjectFolder(m_fixture->folder()).checkpoints(m_cnn.id);
    QVERIFY(QFileInfo::exists(folder));
    require(m_store->deleteExperiment(m_cnn.id));
    QVERIFY(!QFileInfo::exists(folder));
    QVERIFY(valueOf(m_store->experiments()).isEmpty());
    const auto next = valueOf(m_store->createExperiment(u"CNN"_s, m_dataset.id, pointGraph()));
    QVERIFY(next.id.value() > m_cnn.id.value());
    QVERIFY(next.epochs.isEmpty());
}

void TestExperiments::refusesToDeleteWhileItRuns()
{
    {
        const auto lock = valueOf(lockOf(*m_fixture, m_cnn.id));
        QCOMPARE(codeOf(m_store->deleteExperiment(m_cnn.id)), ErrorCode::Conflict);
        (void)valueOf(m_store->experiment(m_cnn.id));
    }
    require(m_store->deleteExperiment(m_cnn.id));
}

void TestExperiments::anOverviewSaysWhatTheRecordSays()
{
    const auto add = [&](const QString& name, int epochs, int best, RunState state) {
        const ExperimentId id =
            valueOf(m_store->createExperiment(name, m_dataset.id, pointGraph())).id;
        for (int epoch = 1; epoch <= epochs; ++epoch)
            require(addEpoch(*m_store, id, epoch, epoch == best));
        require(m_store->setState(id, state, u"It has failed."_s));
        return id;
    };
    add(u"new"_s, 0, 0, RunState::Created);
    add(u"best in the middle"_s, 3, 2, RunState::Completed);
    add(u"no best"_s, 3, 0, RunState::Failed);
    add(u"killed"_s, 1, 1, RunState::Running);
    add(u"never begun"_s, 0, 0, RunState::Queued);
    require(m_store->setNotes(add(u"noted"_s, 1, 1, RunState::Stopped), u"Good."_s));
    require(m_store->setParameters(add(u"counted"_s, 1, 1, RunState::Stopped), 42));

    const QList<ExperimentRecord> records = valueOf(m_store->experiments());
    const QList<ExperimentOverview> overviews = valueOf(m_store->experimentOverviews());
    QCOMPARE(overviews.size(), records.size());
    for (qsizetype i = 0; i < records.size(); ++i) {
        const ExperimentRecord& record = records[i];
        const ExperimentOverview& overview = overviews[i];
        QCOMPARE(overview.id, record.id);
        QCOMPARE(overview.name, record.name);
        QCOMPARE(overview.dataset, record.dataset);
        QCOMPARE(overview.state, record.state);
        QCOMPARE(overview.error, record.error);
        QCOMPARE(overview.notes, record.notes);
        QCOMPARE(overview.parameters, record.parameters);
        QCOMPARE(overview.created, record.created);
        QCOMPARE(overview.epochs, int(record.epochs.size()));
        QCOMPARE(overview.best.epoch, record.bestEpoch());
        if (overview.epochs > 0)
            QCOMPARE(overview.best, record.epochs.at(record.bestEpoch() - 1));
    }
}

void TestExperiments::listsAThousandQuickly()
{
    constexpr int Count = 1000;
    constexpr int Epochs = 5;
    const auto database = valueOf(Database::open(m_fixture->folder() + u"/project.db"_s));
    require(writing(*database, [&] { return fill(*database, m_dataset.id, Count, Epochs); }));
    QList<qint64> times;
    for (int round = 0; round < 4; ++round) {
        QElapsedTimer timer;
        timer.start();
        const QList<ExperimentRecord> all = valueOf(m_store->experiments());
        times.append(timer.elapsed());
        QCOMPARE(all.size(), Count + 1);
        QCOMPARE(all.last().epochs.size(), Epochs);
        QCOMPARE(all.last().checkpoints.size(), Epochs);
        QCOMPARE(all.last().settings.seed, quint64(Count));
    }
    const qint64 again = *std::min_element(times.begin() + 1, times.end());
    qInfo("%d experiments, %d epochs each: first %lld ms, again %lld ms", Count, Epochs,
          times.first(), again);
    QVERIFY2(again < 1000, "far from the 100 ms of an idle machine"); // sanitizers take their time
}

QTEST_GUILESS_MAIN(TestExperiments)
#include "tst_experiments.moc"
