#include "core/project/experiment_run.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/project_folder.h"
#include "core/training/pause_gate.h"
#include "tests/core/project/project_fixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

/// Writes down what it hears, and stops the run after an epoch.
class Listener final : public ExperimentObserver {
public:
    explicit Listener(int stopAfter = 0)
        : m_stopAfter(stopAfter)
    {
    }

    void started(const RunStarted& run) override { parameters = run.parameters; }
    void batchDone(const BatchSample&) override { ++batches; }
    void validating(int epoch) override { validated.append(epoch); }
    void epochDone(const EpochRecord& epoch) override
    {
        epochs.append(epoch);
        if (epoch.epoch == m_stopAfter)
            source.request_stop();
    }

    std::stop_source source;
    qint64 parameters = 0;
    int batches = 0;
    QList<int> validated;
    QList<EpochRecord> epochs;

private:
    int m_stopAfter;
};

RunSettings quickSettings(int epochs)
{
    RunSettings settings;
    settings.epochs = epochs;
    settings.batchSize = 16;
    settings.threads = 1;
    settings.optimizer.parameters = {{u"learning_rate"_s, 0.05}};
    settings.checkpoints.every = 1;
    return settings;
}

} // namespace

class TestExperimentRun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void refusesWhatIsNotThere();
    void refusesAGraphWithErrors();
    void refusesASecondRunAtATime();
    void refusesToStartAnew();
    void recordsARun();
    void recordsAFailure();
    void resumesAfterAStop();
    void resumesAfterAKill();
    void stopsBeforeTheFirstEpoch();
    void extends();
    void extendsAfterEarlyStopping();
    void resumesAnExtensionThatWasStopped();
    void startsFromTheWeightsOfAnother();
    void refusesADamagedCheckpoint();
    void loadsAModel();

private:
    [[nodiscard]] ExperimentId create(const QString& name, int epochs)
    {
        return valueOf(m_store->createExperiment(name, m_dataset.id, pointGraph(),
                                                 quickSettings(epochs)))
            .id;
    }
    [[nodiscard]] ExperimentId createWithoutProgress(int epochs, int patience)
    {
        RunSettings settings = quickSettings(epochs);
        settings.optimizer.parameters = {{u"learning_rate"_s, 0.0}};
        settings.patience = patience;
        return valueOf(m_store->createExperiment(u"flat"_s, m_dataset.id, pointGraph(), settings))
            .id;
    }
    [[nodiscard]] Result<RunSummary> run(ExperimentId id, Listener& listener,
                                         const ExperimentRunOptions& options = {}) const
    {
        PauseGate gate;
        return runExperiment(m_fixture->folder(), id, options, listener,
                             listener.source.get_token(), gate);
    }
    [[nodiscard]] Result<RunSummary> run(ExperimentId id,
                                         const ExperimentRunOptions& options = {}) const
    {
        Listener listener;
        return run(id, listener, options);
    }
    [[nodiscard]] ExperimentRecord read(ExperimentId id) const
    {
        return valueOf(m_store->experiment(id));
    }
    [[nodiscard]] Checkpoint lastCheckpoint(ExperimentId id) const
    {
        return valueOf(
            m_store->loadCheckpoint(valueOf(ProjectStore::findCheckpoint(read(id), u"last"_s))));
    }

    std::unique_ptr<ProjectFixture> m_fixture;
    std::unique_ptr<ProjectStore> m_store;
    DatasetRecord m_dataset;
};

void TestExperimentRun::init()
{
    m_fixture = std::make_unique<ProjectFixture>();
    m_store = m_fixture->open();
    m_dataset = m_fixture->addSavedDataset(*m_store);
}

void TestExperimentRun::cleanup()
{
    m_store.reset();
    m_fixture.reset();
}

void TestExperimentRun::refusesWhatIsNotThere()
{
    QCOMPARE(codeOf(run(ExperimentId(99))), ErrorCode::NotFound);
    Listener listener;
    PauseGate gate;
    QCOMPARE(codeOf(runExperiment(m_fixture->folder() + u"/gone"_s, ExperimentId(1), {}, listener,
                                  {}, gate)),
             ErrorCode::NotFound);
}

void TestExperimentRun::refusesAGraphWithErrors()
{
    const ExperimentId id = create(u"a"_s, 1);
    ModelGraph graph = pointGraph();
    graph.setParameter(graph.blocks().first().id, u"feature"_s, u"nothing"_s);
    require(m_store->updateExperiment(id, graph, quickSettings(1)));
    const auto refused = run(id);
    QCOMPARE(codeOf(refused), ErrorCode::InvalidInput);
    QVERIFY2(messageOf(refused).contains(u"Input"_s), qPrintable(messageOf(refused)));
    QCOMPARE(read(id).state, RunState::Created);
    QCOMPARE(codeOf(run(id, {.epochs = 3, .resume = false})), ErrorCode::InvalidInput);
    QCOMPARE(read(id).settings.epochs, 1);
    require(m_store->updateExperiment(id, pointGraph(), quickSettings(1)));
    QVERIFY(run(id));
}

void TestExperimentRun::refusesASecondRunAtATime()
{
    const ExperimentId id = create(u"a"_s, 1);
    {
        const auto lock = valueOf(
            ExperimentLock::acquire(ProjectFolder(m_fixture->folder()).runLock(id), u"a"_s));
        const auto refused = run(id);
        QCOMPARE(codeOf(refused), ErrorCode::Conflict);
        QVERIFY(messageOf(refused).contains(u"running already"_s));
    }
    QVERIFY(run(id));
}

void TestExperimentRun::refusesToStartAnew()
{
    const ExperimentId id = create(u"a"_s, 2);
    QVERIFY(run(id));
    QCOMPARE(codeOf(run(id)), ErrorCode::Conflict);
    QCOMPARE(codeOf(run(id, {.epochs = 4, .resume = false})), ErrorCode::Conflict);
    QCOMPARE(codeOf(run(id, {.epochs = {}, .resume = true})), ErrorCode::Conflict);
    QCOMPARE(codeOf(run(id, {.epochs = 2, .resume = true})), ErrorCode::Conflict);
    QCOMPARE(read(id).epochs.size(), 2);
    QCOMPARE(read(id).state, RunState::Completed);
    QCOMPARE(read(id).settings.epochs, 2);
}

void TestExperimentRun::recordsARun()
{
    const ExperimentId id = create(u"a"_s, 5);
    Listener listener;
    const auto summary = run(id, listener, {.epochs = 3, .resume = false});
    QVERIFY2(summary, qPrintable(messageOf(summary)));
    QCOMPARE(summary->state, RunState::Completed);
    const ExperimentRecord record = read(id);
    QCOMPARE(record.state, RunState::Completed);
    QCOMPARE(record.settings.epochs, 3);
    QCOMPARE(record.parameters, 2 * 2 + 2);
    QCOMPARE(record.parameters, listener.parameters);
    QCOMPARE(record.epochs, listener.epochs);
    QCOMPARE(record.bestEpoch(), summary->bestEpoch);
    QCOMPARE(record.checkpoints.size(), 3);
    QCOMPARE(listener.batches, 3 * 3);
    QCOMPARE(listener.validated, (QList{1, 2, 3}));
    QVERIFY(!QFile::exists(ProjectFolder(m_fixture->folder()).runLock(id)));
}

void TestExperimentRun::recordsAFailure()
{
    const ExperimentId id = create(u"a"_s, 2);
    // A folder where the checkpoint shall be written.
    QVERIFY(QDir().mkpath(ProjectFolder(m_fixture->folder()).checkpoint(id, 1)));
    const auto failed = run(id);
    QCOMPARE(codeOf(failed), ErrorCode::Io);
    const ExperimentRecord record = read(id);
    QCOMPARE(record.state, RunState::Failed);
    QCOMPARE(record.error, messageOf(failed));
    QVERIFY(record.epochs.isEmpty());
    QVERIFY(QDir().rmdir(ProjectFolder(m_fixture->folder()).checkpoint(id, 1)));
    QVERIFY(run(id));
    QCOMPARE(read(id).error, QString());
}

void TestExperimentRun::resumesAfterAStop()
{
    const ExperimentId whole = create(u"whole"_s, 4);
    QVERIFY(run(whole));
    const ExperimentId parts = create(u"parts"_s, 4);
    Listener listener(2);
    QCOMPARE(valueOf(run(parts, listener)).state, RunState::Stopped);
    QCOMPARE(read(parts).state, RunState::Stopped);
    QCOMPARE(read(parts).epochs.size(), 2);
    QCOMPARE(codeOf(run(parts)), ErrorCode::Conflict);
    const auto resumed = run(parts, {.epochs = {}, .resume = true});
    QVERIFY2(resumed, qPrintable(messageOf(resumed)));
    QCOMPARE(read(parts).epochs.size(), 4);
    QCOMPARE(lastCheckpoint(parts).tensors, lastCheckpoint(whole).tensors);
}

void TestExperimentRun::resumesAfterAKill()
{
    const ExperimentId id = create(u"a"_s, 3);
    Listener listener(1);
    QVERIFY(run(id, listener));
    require(m_store->setState(id, RunState::Running)); // as a kill leaves it
    QCOMPARE(read(id).state, RunState::Stopped);
    const auto resumed = run(id, {.epochs = 2, .resume = true});
    QVERIFY2(resumed, qPrintable(messageOf(resumed)));
    QCOMPARE(read(id).epochs.size(), 2);
    QCOMPARE(read(id).state, RunState::Completed);
}

void TestExperimentRun::stopsBeforeTheFirstEpoch()
{
    const ExperimentId id = create(u"a"_s, 1);
    Listener listener;
    listener.source.request_stop();
    QCOMPARE(valueOf(run(id, listener)).state, RunState::Stopped);
    QCOMPARE(read(id).state, RunState::Stopped);
    QVERIFY(read(id).epochs.isEmpty());
    QVERIFY(run(id));
    QCOMPARE(read(id).state, RunState::Completed);
}

void TestExperimentRun::extends()
{
    const ExperimentId whole = create(u"whole"_s, 4);
    QVERIFY(run(whole));
    const ExperimentId parts = create(u"parts"_s, 2);
    QVERIFY(run(parts));
    QVERIFY(run(parts, {.epochs = 4, .resume = true}));
    const ExperimentRecord record = read(parts);
    QCOMPARE(record.epochs.size(), 4);
    QCOMPARE(record.settings.epochs, 4);
    QCOMPARE(lastCheckpoint(parts).tensors, lastCheckpoint(whole).tensors);
}

/// A learning rate of 0: no epoch is better than the first, so patience counts from there.
void TestExperimentRun::extendsAfterEarlyStopping()
{
    const ExperimentId id = createWithoutProgress(9, 2);
    QVERIFY(run(id));
    QCOMPARE(read(id).epochs.size(), 3);
    QCOMPARE(read(id).state, RunState::Completed);
    QVERIFY(run(id, {.epochs = 12, .resume = true}));
    QCOMPARE(read(id).epochs.size(), 5);
    QCOMPARE(read(id).state, RunState::Completed);
    QVERIFY(run(id, {.epochs = 6, .resume = true}));
    QCOMPARE(read(id).epochs.size(), 6);
}

void TestExperimentRun::resumesAnExtensionThatWasStopped()
{
    const ExperimentId id = createWithoutProgress(9, 3);
    QVERIFY(run(id));
    QCOMPARE(read(id).epochs.size(), 4);
    Listener listener(5);
    QCOMPARE(valueOf(run(id, listener, {.epochs = 20, .resume = true})).state, RunState::Stopped);
    QVERIFY(run(id, {.epochs = {}, .resume = true}));
    QCOMPARE(read(id).epochs.size(), 7); // as if it had not been stopped
}

void TestExperimentRun::startsFromTheWeightsOfAnother()
{
    const ExperimentId first = create(u"first"_s, 4);
    QVERIFY(run(first));
    const double start = read(first).epochs.first().training[u"loss"_s];
    const ExperimentId second = valueOf(m_store->duplicateExperiment(first, u"second"_s, true)).id;
    require(m_store->deleteExperiment(first));
    const auto ran = run(second, {.epochs = 1, .resume = false});
    QVERIFY2(ran, qPrintable(messageOf(ran)));
    QVERIFY(read(second).epochs.first().training[u"loss"_s] < start);
}

void TestExperimentRun::refusesADamagedCheckpoint()
{
    const ExperimentId id = create(u"a"_s, 1);
    QVERIFY(run(id));
    QFile file(read(id).checkpoints.last().file);
    QVERIFY(file.open(QIODevice::Append));
    QVERIFY(file.write("x") == 1);
    file.close();
    const auto refused = run(id, {.epochs = 2, .resume = true});
    QCOMPARE(codeOf(refused), ErrorCode::InvalidInput);
    QVERIFY(messageOf(refused).contains(u"epoch-0001"_s));
    QCOMPARE(read(id).epochs.size(), 1);
}

void TestExperimentRun::loadsAModel()
{
    const ExperimentId id = create(u"a"_s, 2);
    QCOMPARE(codeOf(loadModel(*m_store, read(id), u"best"_s)), ErrorCode::NotFound);
    QVERIFY(run(id));
    const LoadedModel model = valueOf(loadModel(*m_store, read(id), u"2"_s));
    QCOMPARE(model.experiment.id, id);
    QCOMPARE(model.checkpointRecord.epoch, 2);
    QCOMPARE(model.checkpoint, lastCheckpoint(id));
    QCOMPARE(model.dataset->rows(), 60);
}

QTEST_GUILESS_MAIN(TestExperimentRun)
#include "tst_experiment_run.moc"
