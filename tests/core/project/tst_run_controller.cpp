#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/project_folder.h"
#include "tests/core/project/project_fixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 20'000; // ms
constexpr int Endless = 100'000; // epochs of a run that a test ends

RunSettings settingsOf(int epochs)
{
    RunSettings settings;
    settings.epochs = epochs;
    settings.batchSize = 16;
    settings.threads = 1;
    settings.optimizer.parameters = {{u"learning_rate"_s, 0.05}};
    return settings;
}

/// What a controller has said, in order.
class Heard final : public QObject {
public:
    explicit Heard(const RunController& runs)
    {
        connect(&runs, &RunController::finished, this,
                [this](ExperimentId id, const Result<RunSummary>& result) {
                    finished.append(id);
                    results.append(result);
                });
        connect(&runs, &RunController::epochDone, this,
                [this](ExperimentId, const EpochRecord& epoch) { epochs.append(epoch.epoch); });
    }

    QList<ExperimentId> finished;
    QList<Result<RunSummary>> results;
    QList<int> epochs;
};

} // namespace

class TestRunController : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void runsAndRecords();
    void worksOffInOrder();
    void movesAndRemovesWhatWaits();
    void showsOthersWhatWaits();
    void refusesWhatCannotRun();
    void pausesAndResumes();
    void isSilentWhilePaused();
    void stopsAtOnce();
    void stopsWhilePaused();
    void resumesAndExtends();
    void leavesWhatCannotBeginAsItWas();
    void recordsAFailure();
    void boundsTheSamples();
    void goesWhileRunning();

private:
    [[nodiscard]] ExperimentId create(const QString& name, int epochs)
    {
        return valueOf(m_document->createExperiment(name, m_dataset.id, pointGraph(),
                                                    settingsOf(epochs)))
            .id;
    }
    [[nodiscard]] const ExperimentRecord& record(ExperimentId id) const
    {
        return *m_document->experiment(id);
    }
    void waitForSteps(ExperimentId id) const
    {
        QTRY_VERIFY_WITH_TIMEOUT(!m_runs->samples(id).empty(), Patience);
    }

    std::unique_ptr<ProjectFixture> m_fixture;
    std::unique_ptr<ProjectDocument> m_document;
    std::unique_ptr<RunController> m_runs;
    DatasetRecord m_dataset;
};

void TestRunController::init()
{
    m_fixture = std::make_unique<ProjectFixture>();
    m_dataset = m_fixture->addSavedDataset(*m_fixture->open());
    m_document = valueOf(ProjectDocument::open(m_fixture->folder()));
    m_runs = std::make_unique<RunController>(*m_document);
}

void TestRunController::cleanup()
{
    m_runs.reset();
    m_document.reset();
    m_fixture.reset();
}

void TestRunController::runsAndRecords()
{
    const ExperimentId id = create(u"a"_s, 3);
    const Heard heard(*m_runs);
    require(m_runs->enqueue(id));
    QCOMPARE(m_runs->state(id), RunState::Queued);
    QVERIFY(!m_runs->current());
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished, QList{id}, Patience);
    QVERIFY2(heard.results.first(), qPrintable(messageOf(heard.results.first())));
    QCOMPARE(heard.epochs, (QList{1, 2, 3}));
    QCOMPARE(m_runs->state(id), RunState::Completed);
    QVERIFY(!m_runs->current());
    QVERIFY(!m_runs->progress());
    QCOMPARE(record(id).epochs.size(), 3);
    QCOMPARE(record(id).state, RunState::Completed);
    const std::vector<BatchSample>& samples = m_runs->samples(id);
    QCOMPARE(samples.size(), size_t(3 * 3)); // 48 rows in batches of 16
    QCOMPARE(samples.back().epoch, 3);
    QCOMPARE(samples.back().batch, 3);
}

void TestRunController::worksOffInOrder()
{
    const ExperimentId a = create(u"a"_s, 1);
    const ExperimentId b = create(u"b"_s, 1);
    const ExperimentId c = create(u"c"_s, 1);
    const Heard heard(*m_runs);
    for (const ExperimentId id : {a, b, c})
        require(m_runs->enqueue(id));
    QCOMPARE(m_runs->waiting(), (QList{a, b, c}));
    QVERIFY(m_runs->move(c, 0));
    QCOMPARE(m_runs->waiting(), (QList{c, a, b}));
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished, (QList{c, a, b}), Patience);
    QVERIFY(m_runs->waiting().isEmpty());
}

void TestRunController::movesAndRemovesWhatWaits()
{
    const ExperimentId first = create(u"first"_s, Endless);
    const ExperimentId gone = create(u"gone"_s, 1);
    const ExperimentId last = create(u"last"_s, 1);
    const Heard heard(*m_runs);
    for (const ExperimentId id : {first, gone, last})
        require(m_runs->enqueue(id));
    waitForSteps(first);
    QCOMPARE(m_runs->current(), std::optional(first));
    QVERIFY(!m_runs->move(first, 0));
    m_runs->stop(gone);
    QCOMPARE(m_runs->waiting(), QList{last});
    QCOMPARE(m_runs->state(gone), RunState::Created);
    QCOMPARE(record(gone).state, RunState::Created);
    m_runs->stop(first);
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished, (QList{first, last}), Patience);
    require(m_runs->enqueue(gone));
    QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(gone), RunState::Completed, Patience);
}

void TestRunController::showsOthersWhatWaits()
{
    const ExperimentId id = create(u"a"_s, 1);
    require(m_runs->enqueue(id));
    const auto other = m_fixture->open();
    QCOMPARE(valueOf(other->experiment(id)).state, RunState::Queued);
    QCOMPARE(codeOf(other->updateExperiment(id, pointGraph(), settingsOf(2))), ErrorCode::Conflict);
    QCOMPARE(codeOf(other->deleteExperiment(id)), ErrorCode::Conflict);
    QCOMPARE(record(id).state, RunState::Queued);
    m_runs->stop(id);
    QCOMPARE(valueOf(other->experiment(id)).state, RunState::Created);
    require(other->updateExperiment(id, pointGraph(), settingsOf(2)));
}

void TestRunController::refusesWhatCannotRun()
{
    QCOMPARE(codeOf(m_runs->enqueue(ExperimentId(99))), ErrorCode::NotFound);
    const ExperimentId id = create(u"a"_s, 1);
    require(m_runs->enqueue(id));
    QCOMPARE(codeOf(m_runs->enqueue(id)), ErrorCode::Conflict);
    QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(id), RunState::Completed, Patience);
    QCOMPARE(codeOf(m_runs->enqueue(id)), ErrorCode::Conflict);
    QCOMPARE(codeOf(m_runs->enqueue(id, {.epochs = {}, .resume = true})), ErrorCode::Conflict);
    QCOMPARE(codeOf(m_runs->enqueue(id, {.epochs = 1, .resume = true})), ErrorCode::Conflict);
    QCOMPARE(record(id).state, RunState::Completed);

    const ExperimentId elsewhere = create(u"b"_s, 1);
    const auto lock = valueOf(
        ExperimentLock::acquire(ProjectFolder(m_fixture->folder()).runLock(elsewhere), u"b"_s));
    QCOMPARE(codeOf(m_runs->enqueue(elsewhere)), ErrorCode::Conflict);
    QVERIFY(m_runs->waiting().isEmpty());
}

void TestRunController::pausesAndResumes()
{
    const ExperimentId id = create(u"a"_s, Endless);
    require(m_runs->enqueue(id));
    waitForSteps(id);
    QCOMPARE(m_runs->state(id), RunState::Running);
    m_runs->pause();
    QVERIFY(m_runs->state(id) == RunState::Pausing || m_runs->state(id) == RunState::Paused);
    QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(id), RunState::Paused, Patience);
    QTest::qWait(60);
    const size_t before = m_runs->samples(id).size();
    QTest::qWait(60);
    QCOMPARE(m_runs->samples(id).size(), before);
    m_runs->resume();
    QCOMPARE(m_runs->state(id), RunState::Running);
    QTRY_VERIFY_WITH_TIMEOUT(m_runs->samples(id).size() > before, Patience);
}

void TestRunController::isSilentWhilePaused()
{
    const ExperimentId id = create(u"a"_s, Endless);
    require(m_runs->enqueue(id));
    waitForSteps(id);
    QVERIFY(m_runs->progress()->memoryBytes > 0);
    m_runs->pause();
    QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(id), RunState::Paused, Patience);
    QTest::qWait(20);
    const double elapsed = m_runs->progress()->elapsedSeconds;
    const QSignalSpy spy(m_runs.get(), &RunController::progressChanged);
    QTest::qWait(150);
    QCOMPARE(spy.size(), 0);
    m_runs->resume();
    QTRY_VERIFY_WITH_TIMEOUT(spy.size() > 2, Patience);
    QVERIFY(m_runs->progress()->elapsedSeconds >= elapsed);
}

void TestRunController::stopsAtOnce()
{
    const ExperimentId id = create(u"a"_s, Endless);
    const Heard heard(*m_runs);
    require(m_runs->enqueue(id));
    QTRY_VERIFY_WITH_TIMEOUT(!heard.epochs.isEmpty(), Patience);
    QElapsedTimer timer;
    timer.start();
    m_runs->stop(id);
    QVERIFY(m_runs->progress()->stopping);
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished, QList{id}, Patience);
    QVERIFY2(timer.elapsed() <= 200, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_runs->state(id), RunState::Stopped);
    QCOMPARE(record(id).epochs.size(), record(id).checkpoints.last().epoch);
}

void TestRunController::stopsWhilePaused()
{
    const ExperimentId id = create(u"a"_s, Endless);
    require(m_runs->enqueue(id));
    waitForSteps(id);
    m_runs->pause();
    QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(id), RunState::Paused, Patience);
    m_runs->stop(id);
    QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(id), RunState::Stopped, Patience);
}

void TestRunController::resumesAndExtends()
{
    const ExperimentId id = create(u"a"_s, 2);
    const Heard heard(*m_runs);
    require(m_runs->enqueue(id));
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished.size(), 1, Patience);
    require(m_runs->enqueue(id, {.epochs = 4, .resume = true}));
    m_runs->stop(id);
    QCOMPARE(record(id).state, RunState::Completed);
    QCOMPARE(record(id).settings.epochs, 2);
    require(m_runs->enqueue(id, {.epochs = 4, .resume = true}));
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished.size(), 2, Patience);
    QCOMPARE(heard.epochs, (QList{1, 2, 3, 4}));
    QCOMPARE(record(id).settings.epochs, 4);
    const std::vector<BatchSample>& samples = m_runs->samples(id);
    QVERIFY(std::ranges::is_sorted(samples, {}, &BatchSample::epoch));
    QCOMPARE(samples.size(), size_t(4 * 3));
}

void TestRunController::leavesWhatCannotBeginAsItWas()
{
    ModelGraph graph = pointGraph();
    graph.setParameter(graph.blocks().first().id, u"feature"_s, u"nothing"_s);
    const ExperimentId id =
        valueOf(m_document->createExperiment(u"a"_s, m_dataset.id, graph, settingsOf(1))).id;
    const Heard heard(*m_runs);
    require(m_runs->enqueue(id));
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished, QList{id}, Patience);
    QCOMPARE(codeOf(heard.results.first()), ErrorCode::InvalidInput);
    QCOMPARE(record(id).state, RunState::Created);
    QCOMPARE(m_runs->state(id), RunState::Created);
}

void TestRunController::recordsAFailure()
{
    const ExperimentId id = create(u"a"_s, 2);
    const ExperimentId next = create(u"next"_s, 1);
    const QString blocked = ProjectFolder(m_fixture->folder()).checkpoint(id, 1);
    QVERIFY(QDir().mkpath(blocked)); // a folder where the checkpoint shall be written
    const Heard heard(*m_runs);
    require(m_runs->enqueue(id));
    require(m_runs->enqueue(next));
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished, (QList{id, next}), Patience);
    QCOMPARE(codeOf(heard.results.first()), ErrorCode::Io);
    QCOMPARE(m_runs->state(id), RunState::Failed);
    QCOMPARE(record(id).error, messageOf(heard.results.first()));
    QCOMPARE(m_runs->state(next), RunState::Completed);
    QVERIFY(QDir().rmdir(blocked));
    require(m_runs->enqueue(id, {.epochs = {}, .resume = true}));
    m_runs->stop(id);
    QCOMPARE(record(id).state, RunState::Failed); // the reason survives the queue
    QVERIFY(!record(id).error.isEmpty());
    require(m_runs->enqueue(id, {.epochs = {}, .resume = true}));
    QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(id), RunState::Completed, Patience);
}

void TestRunController::boundsTheSamples()
{
    std::vector<BatchSample> samples;
    for (int i = 0; i < 5; ++i)
        samples.push_back({1, i + 1, double(i), 1, 1});
    mergeInPairs(samples);
    QCOMPARE(samples.size(), size_t(3));
    QCOMPARE(samples[0], (BatchSample{1, 2, 0.5, 1, 2}));
    QCOMPARE(samples[2], (BatchSample{1, 5, 4, 1, 1}));
    mergeInPairs(samples);
    QCOMPARE(samples[0], (BatchSample{1, 4, 1.5, 1, 4}));
}

void TestRunController::goesWhileRunning()
{
    const ExperimentId id = create(u"a"_s, Endless);
    const ExperimentId waits = create(u"b"_s, 1);
    require(m_runs->enqueue(id));
    require(m_runs->enqueue(waits));
    waitForSteps(id);
    m_runs.reset();
    QCOMPARE(record(id).state, RunState::Stopped);
    QCOMPARE(record(waits).state, RunState::Created);
    QVERIFY(!ExperimentLock::isHeld(ProjectFolder(m_fixture->folder()).runLock(id)));
}

QTEST_GUILESS_MAIN(TestRunController)
#include "tst_run_controller.moc"
