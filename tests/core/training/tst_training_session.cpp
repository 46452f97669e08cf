#include "core/base/random.h"
#include "core/training/run_queue.h"
#include "core/training/training_session.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <cmath>
#include <limits>
#include <new>
#include <thread>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

using namespace espalier;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

BatchSample sampleOf(qint64 batch, double loss, double metric = 0.5)
{
    return {1, batch, loss, metric, 1};
}

/// Steps of a millisecond until stopped, or for `batches` of them.
SessionWork stepping(qint64 batches = std::numeric_limits<qint64>::max())
{
    return [batches](SessionReporter& reporter, std::stop_token stop,
                     PauseGate& gate) -> Result<RunSummary> {
        reporter.started({1, Device::Cpu, Precision::Float32, u"test"_s, 3, batches, 10, 0});
        for (qint64 batch = 1; batch <= batches; ++batch) {
            gate.wait(stop);
            if (stop.stop_requested())
                return RunSummary{RunState::Stopped, 0, 0, 0};
            std::this_thread::sleep_for(1ms);
            reporter.batchDone(sampleOf(batch, 1.0 / double(batch)));
        }
        reporter.validating(1);
        EpochRecord epoch;
        epoch.epoch = 1;
        reporter.epochDone(epoch);
        return RunSummary{RunState::Completed, 1, 0.5, 7};
    };
}

SessionWork failing(const Error& error)
{
    return [error](SessionReporter&, std::stop_token, PauseGate&) -> Result<RunSummary> {
        return tl::unexpected(error);
    };
}

SessionWork throwing(bool memory)
{
    return [memory](SessionReporter&, std::stop_token, PauseGate&) -> Result<RunSummary> {
        if (memory)
            throw std::bad_alloc();
        throw std::runtime_error("something odd");
    };
}

/// What a session said, in order.
class Log final : public QObject {
public:
    explicit Log(TrainingSession& session)
    {
        connect(&session, &TrainingSession::stateChanged, this,
                [this](RunId, RunState state) { lines.append(enumKey(state)); });
        connect(&session, &TrainingSession::started, this,
                [this](RunId, const RunStarted& run) { lines.append(u"started "_s + run.engine); });
        connect(&session, &TrainingSession::validating, this,
                [this](RunId, int epoch) { lines.append(u"validating %1"_s.arg(epoch)); });
        connect(&session, &TrainingSession::epochDone, this,
                [this](RunId, const EpochRecord& e) { lines.append(u"epoch %1"_s.arg(e.epoch)); });
        connect(&session, &TrainingSession::finished, this,
                [this](RunId id, const Result<RunSummary>& r) {
                    lines.append(u"finished %1"_s.arg(id.value()));
                    result = r;
                    ids.append(id);
                });
    }

    QStringList lines;
    QList<RunId> ids;
    Result<RunSummary> result;
};

} // namespace

class TestTrainingSession final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void failures_data();
    void failures();
    void exceptions_data();
    void exceptions();
    void callsWithoutARun();
    void refusesASecondRun();
    void saysHowItGoes();
    void startsAgainFromASlot();
    void stopsQuickly();
    void pausesAndGoesOn();
    void stopsWhilePaused();
    void pauseAndResumeInARow();
    void destroyingStops();
    void startAndStopOften();
    void leavesTheProcessorToTheWindow();

    void bufferKeepsOrder();
    void bufferMergesPairs();
    void bufferLosesNothing_data();
    void bufferLosesNothing();
    void bufferFromTwoThreads();

    void queueWorksOffInOrder();
    void queueReorders();
    void queueRemoves();
    void queueHolds();
    void queueGoesOnAfterFailure();
    void queueStopsWhenDestroyed();
};

void TestTrainingSession::failures_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<RunState>("state");
    QTest::newRow("numeric") << ErrorCode::Numeric << RunState::Failed;
    QTest::newRow("memory") << ErrorCode::OutOfMemory << RunState::Failed;
    QTest::newRow("cancelled is no failure") << ErrorCode::Cancelled << RunState::Stopped;
}

void TestTrainingSession::failures()
{
    QFETCH(ErrorCode, code);
    QFETCH(RunState, state);
    const Error error{code, u"Because."_s};
    TrainingSession session;
    Log log(session);
    QVERIFY(session.start(RunId(1), failing(error)));
    QTRY_COMPARE(log.lines, (QStringList{u"running"_s, enumKey(state), u"finished 1"_s}));
    QCOMPARE(log.result.error(), error);
    QCOMPARE(session.state(), state);
}

void TestTrainingSession::exceptions_data()
{
    QTest::addColumn<bool>("memory");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("bad_alloc") << true << ErrorCode::OutOfMemory;
    QTest::newRow("runtime_error") << false << ErrorCode::Internal;
}

void TestTrainingSession::exceptions()
{
    QFETCH(bool, memory);
    QFETCH(ErrorCode, code);
    TrainingSession session;
    Log log(session);
    session.start(RunId(1), throwing(memory));
    QTRY_COMPARE(session.state(), RunState::Failed);
    QCOMPARE(log.result.error().code, code);
    QVERIFY(log.result.error().message.endsWith(u'.'));
}

void TestTrainingSession::callsWithoutARun()
{
    TrainingSession session;
    Log log(session);
    session.pause();
    session.resume();
    session.stop();
    QCOMPARE(session.state(), RunState::Created);
    QVERIFY(session.samples().drain().empty());
    QVERIFY(log.lines.isEmpty());
}

void TestTrainingSession::refusesASecondRun()
{
    TrainingSession session;
    QVERIFY(session.start(RunId(1), stepping()));
    QVERIFY(!session.start(RunId(2), stepping()));
    QCOMPARE(session.runId(), RunId(1));
    session.stop();
    QTRY_COMPARE(session.state(), RunState::Stopped);
    QVERIFY(session.start(RunId(2), stepping(1)));
    QTRY_COMPARE(session.state(), RunState::Completed);
}

void TestTrainingSession::saysHowItGoes()
{
    TrainingSession session;
    Log log(session);
    session.start(RunId(7), stepping(5));
    QTRY_COMPARE(log.lines, (QStringList{u"running"_s, u"started test"_s, u"validating 1"_s,
                                         u"epoch 1"_s, u"completed"_s, u"finished 7"_s}));
    QCOMPARE(*log.result, (RunSummary{RunState::Completed, 1, 0.5, 7}));
    const std::vector<BatchSample> samples = session.samples().drain();
    QCOMPARE(samples.size(), 5U);
    QCOMPARE(samples.back().batch, 5);
    QVERIFY(session.samples().drain().empty());
}

void TestTrainingSession::startsAgainFromASlot()
{
    TrainingSession session;
    Log log(session);
    connect(&session, &TrainingSession::finished, this, [&session](RunId id) {
        if (id.value() < 3)
            session.start(RunId(id.value() + 1), stepping(1));
    });
    session.start(RunId(1), stepping(1));
    QTRY_COMPARE(log.ids, (QList{RunId(1), RunId(2), RunId(3)}));
}

void TestTrainingSession::stopsQuickly()
{
    TrainingSession session;
    session.start(RunId(1), stepping());
    QTest::qWait(20);
    QElapsedTimer timer;
    timer.start();
    session.stop();
    QVERIFY2(timer.elapsed() < 50, "stop() waited for the thread");
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), RunState::Stopped, 1000);
    QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
}

void TestTrainingSession::pausesAndGoesOn()
{
    TrainingSession session;
    Log log(session);
    session.start(RunId(1), stepping(40));
    QTest::qWait(10);
    session.pause();
    QTRY_COMPARE(session.state(), RunState::Paused);
    QVERIFY(log.lines.contains(u"pausing"_s)); // Paused is never said before it
    (void)session.samples().drain();
    QTest::qWait(30);
    QVERIFY(session.samples().drain().empty());
    session.resume();
    QCOMPARE(session.state(), RunState::Running);
    QTRY_COMPARE(session.state(), RunState::Completed);
    QVERIFY(!session.samples().drain().empty());
    QVERIFY(log.lines.contains(u"paused"_s));
}

void TestTrainingSession::stopsWhilePaused()
{
    TrainingSession session;
    session.start(RunId(1), stepping());
    session.pause();
    QTRY_COMPARE(session.state(), RunState::Paused);
    QElapsedTimer timer;
    timer.start();
    session.stop();
    QTRY_COMPARE(session.state(), RunState::Stopped);
    QVERIFY(timer.elapsed() < 200);
}

void TestTrainingSession::pauseAndResumeInARow()
{
    TrainingSession session;
    session.start(RunId(1), stepping());
    for (int i = 0; i < 50; ++i) {
        session.pause();
        session.resume();
        QCOMPARE(session.state(), RunState::Running);
        session.pause();
        if (i % 3 == 0)
            QTRY_COMPARE(session.state(), RunState::Paused);
        session.resume();
    }
    // Late notices of pauses that are over must not change the state.
    QTest::qWait(20);
    QCOMPARE(session.state(), RunState::Running);
}

void TestTrainingSession::destroyingStops()
{
    std::atomic<bool> left = false;
    auto session = std::make_unique<TrainingSession>();
    const SessionWork work = stepping();
    session->start(RunId(1), [&](SessionReporter& reporter, std::stop_token stop, PauseGate& gate) {
        auto result = work(reporter, std::move(stop), gate);
        left = true;
        return result;
    });
    session->pause();
    QTest::qWait(5);
    session.reset();
    QVERIFY(left);
    QCoreApplication::sendPostedEvents();
}

void TestTrainingSession::startAndStopOften()
{
    TrainingSession session;
    QSignalSpy finished(&session, &TrainingSession::finished);
    Random random(5);
    for (int run = 1; run <= 100; ++run) {
        QVERIFY(session.start(RunId(run), stepping(1 + qint64(random.below(6)))));
        if (random.below(2) == 0)
            session.pause();
        if (random.below(3) == 0)
            QCoreApplication::processEvents();
        if (random.below(2) == 0)
            session.resume();
        session.stop();
        QVERIFY(finished.size() == run || finished.wait(1000));
        QVERIFY(!isActive(session.state()));
    }
    QCOMPARE(finished.size(), 100);
}

void TestTrainingSession::leavesTheProcessorToTheWindow()
{
#ifdef Q_OS_LINUX
    // Of the thread that runs, and of one that it starts: the engine computes on such.
    const auto niceness = [] { return getpriority(PRIO_PROCESS, 0); };
    std::atomic<int> ofRun = 0;
    std::atomic<int> ofHelper = 0;
    TrainingSession session;
    QVERIFY(session.start(
        RunId(1), [&](SessionReporter&, const std::stop_token&, PauseGate&) -> Result<RunSummary> {
            ofRun = niceness();
            std::jthread([&] { ofHelper = niceness(); }).join();
            return RunSummary{RunState::Completed, 1, 0.5, 7};
        }));
    QTRY_COMPARE(session.state(), RunState::Completed);
    QVERIFY(ofRun > niceness());
    QCOMPARE(ofHelper.load(), ofRun.load());
#else
    QSKIP("threads of this system have no niceness");
#endif
}

void TestTrainingSession::bufferKeepsOrder()
{
    MetricsBuffer buffer;
    for (qint64 i = 1; i <= 100; ++i)
        buffer.push(sampleOf(i, double(i)));
    const auto samples = buffer.drain();
    QCOMPARE(samples.size(), 100U);
    for (qint64 i = 1; i <= 100; ++i)
        QCOMPARE(samples[size_t(i - 1)], sampleOf(i, double(i)));
    QVERIFY(buffer.drain().empty());
}

void TestTrainingSession::bufferMergesPairs()
{
    MetricsBuffer buffer(4);
    for (qint64 i = 1; i <= 5; ++i)
        buffer.push(sampleOf(i, double(i), double(i) / 10));
    const auto samples = buffer.drain();
    QCOMPARE(samples.size(), 3U);
    QCOMPARE(samples[0], (BatchSample{1, 2, 1.5, (0.1 + 0.2) / 2, 2}));
    QCOMPARE(samples[1].batch, 4);
    QCOMPARE(samples[2], sampleOf(5, 5, 0.5));
}

void TestTrainingSession::bufferLosesNothing_data()
{
    QTest::addColumn<int>("capacity");
    QTest::addColumn<int>("pushed");
    QTest::newRow("smallest") << 0 << 1000;
    QTest::newRow("odd") << 7 << 1000;
    QTest::newRow("not full") << 4096 << 1000;
    QTest::newRow("many times full") << 64 << 100'000;
}

void TestTrainingSession::bufferLosesNothing()
{
    QFETCH(int, capacity);
    QFETCH(int, pushed);
    MetricsBuffer buffer{size_t(capacity)};
    double sum = 0;
    for (int i = 1; i <= pushed; ++i) {
        buffer.push(sampleOf(i, double(i % 17)));
        sum += double(i % 17);
    }
    const auto samples = buffer.drain();
    QVERIFY(samples.size() <= size_t(std::max(capacity, 2)));
    qint64 steps = 0;
    double weighted = 0;
    for (const BatchSample& sample : samples) {
        steps += sample.steps;
        weighted += sample.loss * double(sample.steps);
    }
    QCOMPARE(steps, pushed);
    QVERIFY(qAbs(weighted - sum) < 1e-6 * sum);
    QCOMPARE(samples.back().batch, pushed);
}

void TestTrainingSession::bufferFromTwoThreads()
{
    MetricsBuffer buffer(128);
    std::jthread writer([&buffer] {
        for (qint64 i = 1; i <= 20'000; ++i)
            buffer.push(sampleOf(i, 1));
    });
    qint64 steps = 0;
    qint64 last = 0;
    const auto take = [&] {
        for (const BatchSample& sample : buffer.drain()) {
            QVERIFY(sample.batch > last);
            last = sample.batch;
            steps += sample.steps;
        }
    };
    while (last < 10'000)
        take();
    writer.join();
    take();
    QCOMPARE(steps, 20'000);
}

void TestTrainingSession::queueWorksOffInOrder()
{
    RunQueue queue;
    QList<RunId> finished;
    connect(&queue, &RunQueue::finished, this, [&](RunId id, const Result<RunSummary>& result) {
        QVERIFY(result);
        finished.append(id);
    });
    const auto factory = [] { return Result<SessionWork>(stepping(2)); };
    const RunId a = queue.enqueue(u"a"_s, factory);
    const RunId b = queue.enqueue(u"b"_s, factory);
    QVERIFY(a != b);
    QCOMPARE(queue.waiting(), (QList<QueueEntry>{{a, u"a"_s}, {b, u"b"_s}}));
    QVERIFY(!queue.current());
    QTRY_COMPARE(queue.current(), (std::optional<QueueEntry>({a, u"a"_s})));
    QCOMPARE(queue.session().runId(), a);
    QCOMPARE(queue.waiting(), (QList<QueueEntry>{{b, u"b"_s}}));
    QTRY_COMPARE(finished, (QList{a, b}));
    QVERIFY(!queue.current());
    QVERIFY(queue.waiting().isEmpty());
}

void TestTrainingSession::queueReorders()
{
    RunQueue queue;
    queue.setHeld(true);
    const auto factory = [] { return Result<SessionWork>(stepping(1)); };
    const RunId a = queue.enqueue(u"a"_s, factory);
    const RunId b = queue.enqueue(u"b"_s, factory);
    const RunId c = queue.enqueue(u"c"_s, factory);
    QSignalSpy changes(&queue, &RunQueue::changed);
    QVERIFY(queue.move(c, 0));
    QVERIFY(queue.move(a, 99));
    QVERIFY(!queue.move(RunId(77), 0));
    QCOMPARE(changes.size(), 2);
    QList<RunId> order;
    for (const QueueEntry& entry : queue.waiting())
        order.append(entry.id);
    QCOMPARE(order, (QList{c, b, a}));
}

void TestTrainingSession::queueRemoves()
{
    RunQueue queue;
    bool made = false;
    const RunId a = queue.enqueue(u"a"_s, [&made]() -> Result<SessionWork> {
        made = true;
        return stepping(1);
    });
    QVERIFY(queue.remove(a));
    QVERIFY(!queue.remove(a));
    QTest::qWait(5);
    QVERIFY(!made);
}

void TestTrainingSession::queueHolds()
{
    RunQueue queue;
    QSignalSpy finished(&queue, &RunQueue::finished);
    queue.enqueue(u"a"_s, [] { return Result<SessionWork>(stepping(10)); });
    QTRY_VERIFY(queue.current());
    queue.enqueue(u"b"_s, [] { return Result<SessionWork>(stepping(1)); });
    queue.setHeld(true);
    QTRY_COMPARE(finished.size(), 1);
    QTest::qWait(10);
    QVERIFY(queue.isHeld());
    QCOMPARE(queue.waiting().size(), 1);
    queue.setHeld(false);
    QTRY_COMPARE(finished.size(), 2);
}

void TestTrainingSession::queueGoesOnAfterFailure()
{
    RunQueue queue;
    QStringList results;
    connect(&queue, &RunQueue::finished, this, [&](RunId, const Result<RunSummary>& result) {
        results.append(result ? enumKey(result->state) : result.error().message);
    });
    queue.enqueue(u"cannot be made"_s, []() -> Result<SessionWork> {
        return failure(ErrorCode::NotFound, u"No data."_s);
    });
    queue.enqueue(u"fails"_s, [] {
        return Result<SessionWork>(failing({ErrorCode::Numeric, u"NaN."_s}));
    });
    queue.enqueue(u"is stopped"_s, [] { return Result<SessionWork>(stepping()); });
    queue.enqueue(u"works"_s, [] { return Result<SessionWork>(stepping(1)); });
    QTRY_COMPARE(results.size(), 2);
    QTRY_VERIFY(queue.current());
    queue.session().stop();
    QTRY_COMPARE(results, (QStringList{u"No data."_s, u"NaN."_s, u"stopped"_s, u"completed"_s}));
}

void TestTrainingSession::queueStopsWhenDestroyed()
{
    auto queue = std::make_unique<RunQueue>();
    QSignalSpy finished(queue.get(), &RunQueue::finished);
    queue->enqueue(u"a"_s, [] { return Result<SessionWork>(stepping()); });
    queue->enqueue(u"b"_s, [] { return Result<SessionWork>(stepping()); });
    QTRY_VERIFY(queue->current());
    QElapsedTimer timer;
    timer.start();
    queue.reset();
    QVERIFY(timer.elapsed() < 200);
    QCOMPARE(finished.size(), 0);
}

QTEST_GUILESS_MAIN(TestTrainingSession)
#include "tst_training_session.moc"
