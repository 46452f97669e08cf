#include "core/training/pause_gate.h"
#include "core/training/training_loop.h"
#include "recording_observer.h"
#include "small_data.h"
#include "toy_executor.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>
#include <thread>

using namespace espalier;
using namespace espalier::testing;
using namespace std::chrono_literals;

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
constexpr double Infinity = std::numeric_limits<double>::infinity();

/// Validation losses of the epochs; an epoch beyond the list has the last.
std::function<std::optional<Result<double>>(int)> lossesByEpoch(const QList<double>& losses)
{
    return [losses](int call) {
        return Result<double>(losses[std::min<qsizetype>(call - 1, losses.size() - 1)]);
    };
}

} // namespace

class TestTrainingLoop final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void unusableJobs_data();
    void unusableJobs();
    void failingSteps_data();
    void failingSteps();
    void failingValidation_data();
    void failingValidation();
    void failingObserver_data();
    void failingObserver();

    void reportsInOrder();
    void savesWhileTheNextEpochTrains();
    void pausesWhenAllIsKept();
    void learns();
    void batchesOfAnySize_data();
    void batchesOfAnySize();
    void stepsAreSeededAndScheduled();
    void withoutValidation();
    void validatesInLargeBatches();
    void secondRunIsIdentical();
    void resumeIsIdentical_data();
    void resumeIsIdentical();
    void pauseIsIdentical();
    void pausesCountInNoTime();
    void startsFromWeightsAlone();
    void nothingLeftToDo();
    void stops_data();
    void stops();
    void stopsBetweenEpochs();
    void earlyStopping_data();
    void earlyStopping();
    void earlyStoppingAfterResume();
    void extendsAfterEarlyStopping();
    void marksBest();
    void classWeights_data();
    void classWeights();

private:
    [[nodiscard]] TrainingJob jobOf(int epochs) const;
    [[nodiscard]] Result<RunSummary> run(const TrainingJob& job, std::stop_token stop = {});

    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_dataset;
    std::unique_ptr<ToyExecutor> m_executor;
    std::unique_ptr<RecordingObserver> m_observer;
    std::unique_ptr<PauseGate> m_gate;
};

void TestTrainingLoop::initTestCase()
{
    m_dataset = makeBlobs(m_folder.path());
}

TrainingJob TestTrainingLoop::jobOf(int epochs) const
{
    TrainingJob job{classNetwork(), m_dataset, {}, {}, {}};
    job.settings.epochs = epochs;
    job.settings.batchSize = 32;
    job.settings.optimizer.parameters.insert(u"learning_rate"_s, 0.5);
    return job;
}

/// On the executor, observer and gate of the test; fresh ones where there are none.
Result<RunSummary> TestTrainingLoop::run(const TrainingJob& job, std::stop_token stop)
{
    const auto ensure = [](auto& pointer) {
        if (!pointer)
            pointer = std::make_unique<std::remove_reference_t<decltype(*pointer)>>();
    };
    ensure(m_executor);
    ensure(m_observer);
    ensure(m_gate);
    auto plan = planTraining(job);
    if (!plan)
        return failureOf(plan);
    auto data = openTrainingData(job, std::move(*plan), *m_executor, stop);
    if (!data)
        return failureOf(data);
    return TrainingLoop(job, *m_executor, *data, *m_observer, std::move(stop), *m_gate).run();
}

void TestTrainingLoop::cleanup()
{
    m_executor.reset();
    m_observer.reset();
    m_gate.reset();
}

void TestTrainingLoop::unusableJobs_data()
{
    QTest::addColumn<QString>("training");
    QTest::addColumn<QString>("validation");
    QTest::addColumn<qint64>("batchSize");
    QTest::addColumn<int>("epochs");
    QTest::addColumn<bool>("complete");
    QTest::addColumn<QString>("named");
    const QString t = u"Training"_s;
    const QString v = u"Validation"_s;
    QTest::newRow("empty training") << u"Nothing"_s << v << qint64(8) << 1 << true << u"Nothing"_s;
    QTest::newRow("empty validation")
        << t << u"Nothing"_s << qint64(8) << 1 << true << u"Nothing"_s;
    QTest::newRow("unknown") << u"Trainig"_s << v << qint64(8) << 1 << true << u"Trainig"_s;
    QTest::newRow("no batch") << t << v << qint64(0) << 1 << true << u"batch size"_s;
    QTest::newRow("no epoch") << t << v << qint64(8) << 0 << true << u"epochs"_s;
    QTest::newRow("no model") << t << v << qint64(8) << 1 << false << u"The model cannot run"_s;
}

void TestTrainingLoop::unusableJobs()
{
    QFETCH(QString, training);
    QFETCH(QString, validation);
    QFETCH(qint64, batchSize);
    QFETCH(int, epochs);
    QFETCH(bool, complete);
    QFETCH(QString, named);
    TrainingJob job = jobOf(epochs);
    job.settings.trainingSubset = training;
    job.settings.validationSubset = validation;
    job.settings.batchSize = batchSize;
    if (!complete)
        job.graph = ModelGraph();
    const auto result = run(job);
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(named), qPrintable(result.error().message));
    QVERIFY(result.error().message.endsWith(u'.'));
    QVERIFY(m_observer->events.isEmpty());
}

void TestTrainingLoop::failingSteps_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<double>("loss");
    QTest::addColumn<QString>("sentence");
    const QString advice = u": lower the learning rate (now 0.5), or check the normalization and "
                           "the values of the features."_s;
    QTest::newRow("NaN") << ErrorCode::Numeric << NaN
                         << u"The loss became NaN in epoch 2, batch 3"_s + advice;
    QTest::newRow("infinite") << ErrorCode::Numeric << Infinity
                              << u"The loss became infinite in epoch 2, batch 3"_s + advice;
    QTest::newRow("told by the executor")
        << ErrorCode::Numeric << 0.0 << u"The loss became NaN in epoch 2, batch 3"_s + advice;
    QTest::newRow("memory") << ErrorCode::OutOfMemory << 0.0
                            << u"The memory ran out in epoch 2, batch 3 with a batch size of 32: "
                               "choose a smaller batch size or a smaller model."_s;
    QTest::newRow("another") << ErrorCode::Unsupported << 0.0 << u"Because."_s;
}

void TestTrainingLoop::failingSteps()
{
    QFETCH(ErrorCode, code);
    QFETCH(double, loss);
    QFETCH(QString, sentence);
    m_executor = std::make_unique<ToyExecutor>();
    m_executor->trainFault = [&](int call) -> std::optional<Result<double>> {
        if (call != 5 + 3)
            return std::nullopt;
        return loss != 0 ? Result<double>(loss) : failure(code, u"Because."_s);
    };
    const auto result = run(jobOf(5));
    QVERIFY(!result);
    QCOMPARE(result.error(), (Error{code, sentence}));
    QCOMPARE(m_observer->epochs.size(), 1);
    QCOMPARE(m_observer->checkpoints.size(), 1);
}

void TestTrainingLoop::failingValidation_data()
{
    QTest::addColumn<double>("loss");
    QTest::addColumn<QString>("begin");
    QTest::newRow("NaN") << NaN << u"The validation loss became NaN in epoch 1: lower the"_s;
    QTest::newRow("memory") << 0.0 << u"The memory ran out in epoch 1 with"_s;
}

void TestTrainingLoop::failingValidation()
{
    QFETCH(double, loss);
    QFETCH(QString, begin);
    m_executor = std::make_unique<ToyExecutor>();
    m_executor->evaluateFault = [&](int) -> std::optional<Result<double>> {
        return loss != 0 ? Result<double>(loss) : failure(ErrorCode::OutOfMemory, u"Because."_s);
    };
    const auto result = run(jobOf(2));
    QVERIFY(!result);
    QVERIFY2(result.error().message.startsWith(begin), qPrintable(result.error().message));
    QVERIFY(m_observer->checkpoints.isEmpty());
}

void TestTrainingLoop::failingObserver_data()
{
    QTest::addColumn<bool>("saving");
    QTest::newRow("checkpoint") << true;
    QTest::newRow("record") << false;
}

void TestTrainingLoop::failingObserver()
{
    QFETCH(bool, saving);
    const Status full = failure(ErrorCode::DiskFull, u"The disk is full."_s);
    m_observer = std::make_unique<RecordingObserver>();
    (saving ? m_observer->saveStatus : m_observer->doneStatus) = full;
    const auto result = run(jobOf(3));
    QVERIFY(!result);
    QCOMPARE(result.error(), full.error());
    QCOMPARE(m_observer->checkpoints.size(), 1);
    QCOMPARE(m_observer->epochs.size(), saving ? 0 : 1);
}

void TestTrainingLoop::reportsInOrder()
{
    const auto result = run(jobOf(2));
    QVERIFY(result);
    QCOMPARE(m_observer->events, (QStringList{u"validating 1"_s, u"checkpoint 1"_s, u"epoch 1"_s,
                                              u"validating 2"_s, u"checkpoint 2"_s, u"epoch 2"_s}));
    QCOMPARE(m_observer->samples.size(), 10);
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(m_observer->samples[i].epoch, i / 5 + 1);
        QCOMPARE(m_observer->samples[i].batch, i % 5 + 1);
        QCOMPARE(m_observer->samples[i].steps, 1);
        QVERIFY(m_observer->samples[i].metric >= 0 && m_observer->samples[i].metric <= 1);
    }
    const EpochRecord& epoch = m_observer->epochs.first();
    QVERIFY(epoch.seconds > 0);
    QVERIFY(epoch.validationSeconds > 0);
    QVERIFY(epoch.checkpointSeconds > 0);
    QVERIFY(qAbs(epoch.examplesPerSecond * epoch.seconds - 160) < 1e-6);
    QCOMPARE(epoch.learningRate, 0.5);
    QCOMPARE(epoch.training.keys(), (QStringList{u"accuracy"_s, u"loss"_s}));
    QVERIFY(epoch.validation.contains(u"auc"_s));
    QCOMPARE(m_observer->checkpoints[1].metadata[u"epoch"_s].toString(), u"2"_s);
    QVERIFY(result->peakMemoryBytes >= 0);
    QVERIFY(result->seconds >= epoch.seconds);
}

void TestTrainingLoop::savesWhileTheNextEpochTrains()
{
    QSemaphore nextTrains;
    bool met = false;
    m_observer = std::make_unique<RecordingObserver>();
    m_observer->onBatch = [&](const BatchSample& sample) {
        if (sample.epoch == 2)
            nextTrains.release();
    };
    m_observer->onSaving = [&](int epoch) {
        if (epoch == 1)
            met = nextTrains.tryAcquire(1, 10'000);
    };
    QVERIFY(run(jobOf(2)));
    QVERIFY(met);
    QCOMPARE(m_observer->epochs.size(), 2);
}

/// Who kills a program that has paused loses no epoch that was trained.
void TestTrainingLoop::pausesWhenAllIsKept()
{
    qsizetype kept = -1;
    m_observer = std::make_unique<RecordingObserver>();
    m_gate = std::make_unique<PauseGate>([&] {
        kept = m_observer->epochs.size();
        m_gate->resume();
    });
    m_observer->onSaving = [](int) { std::this_thread::sleep_for(50ms); };
    m_observer->onBatch = [this](const BatchSample& sample) {
        if (sample.epoch == 2 && sample.batch == 1)
            m_gate->pause();
    };
    QVERIFY(run(jobOf(2)));
    QCOMPARE(kept, 1);
}

void TestTrainingLoop::learns()
{
    const auto result = run(jobOf(4));
    QVERIFY(result);
    QCOMPARE(result->state, RunState::Completed);
    const EpochRecord& last = m_observer->epochs.last();
    QVERIFY(last.validation.value(u"accuracy"_s) > 0.95);
    QVERIFY(last.training.value(u"accuracy"_s) > 0.95);
    QVERIFY(last.training.value(u"loss"_s) < m_observer->epochs.first().training.value(u"loss"_s));
}

void TestTrainingLoop::batchesOfAnySize_data()
{
    QTest::addColumn<qint64>("batchSize");
    QTest::addColumn<int>("steps");
    QTest::newRow("one by one") << qint64(1) << 160;
    QTest::newRow("with a rest") << qint64(50) << 4;
    QTest::newRow("exactly all") << qint64(160) << 1;
    QTest::newRow("more than there are") << qint64(100'000) << 1;
}

void TestTrainingLoop::batchesOfAnySize()
{
    QFETCH(qint64, batchSize);
    QFETCH(int, steps);
    TrainingJob job = jobOf(1);
    job.settings.batchSize = batchSize;
    QVERIFY(run(job));
    QCOMPARE(int(m_executor->trainCalls.size()), steps);
    qint64 examples = 0;
    for (const auto& call : m_executor->trainCalls)
        examples += call.size;
    QCOMPARE(examples, 160);
}

void TestTrainingLoop::stepsAreSeededAndScheduled()
{
    TrainingJob job = jobOf(2);
    job.settings.seed = 11;
    job.settings.schedule = {Schedule::Exponential, 0.5, 5, 0};
    QVERIFY(run(job));
    for (size_t i = 0; i < 10; ++i) {
        const auto& call = m_executor->trainCalls[i];
        QCOMPARE(call.seed, deriveSeed(deriveSeed(11, i / 5), i % 5));
        QCOMPARE(call.rate, i < 5 ? 0.5 : 0.25);
    }
    QCOMPARE(m_observer->epochs.last().learningRate, 0.25);
}

void TestTrainingLoop::withoutValidation()
{
    TrainingJob job = jobOf(3);
    job.settings.validationSubset.clear();
    const auto result = run(job);
    QVERIFY(result);
    QVERIFY(m_executor->evaluateSizes.empty());
    QVERIFY(!m_observer->events.contains(u"validating 1"_s));
    QVERIFY(m_observer->epochs.last().validation.isEmpty());
    QCOMPARE(m_observer->epochs.last().validationSeconds, 0.0);
    QCOMPARE(result->bestEpoch, bestEpoch(m_observer->epochs, u"accuracy"_s));
}

void TestTrainingLoop::validatesInLargeBatches()
{
    TrainingJob job = jobOf(1);
    job.settings.batchSize = 1;
    QVERIFY(run(job));
    QCOMPARE(m_executor->evaluateSizes, std::vector<qint64>{80});
}

void TestTrainingLoop::secondRunIsIdentical()
{
    QVERIFY(run(jobOf(3)));
    const auto first = std::move(m_observer);
    cleanup();
    QVERIFY(run(jobOf(3)));
    QCOMPARE(m_observer->checkpoints, first->checkpoints);
    QCOMPARE(withoutTimes(m_observer->epochs), withoutTimes(first->epochs));
    cleanup();
    TrainingJob other = jobOf(3);
    other.settings.seed = 2;
    QVERIFY(run(other));
    QVERIFY(m_observer->checkpoints != first->checkpoints);
}

void TestTrainingLoop::resumeIsIdentical_data()
{
    QTest::addColumn<int>("interruptedAfter");
    for (int epoch : {1, 2, 3})
        QTest::addRow("after epoch %d", epoch) << epoch;
}

void TestTrainingLoop::resumeIsIdentical()
{
    QFETCH(int, interruptedAfter);
    QVERIFY(run(jobOf(4)));
    const auto whole = std::move(m_observer);
    cleanup();

    // Interrupted in the middle of the next epoch, which must leave no trace.
    std::stop_source stop;
    m_observer = std::make_unique<RecordingObserver>();
    m_observer->onBatch = [&](const BatchSample& sample) {
        if (sample.epoch == interruptedAfter + 1 && sample.batch == 2)
            stop.request_stop();
    };
    const auto interrupted = run(jobOf(4), stop.get_token());
    QVERIFY(interrupted);
    QCOMPARE(interrupted->state, RunState::Stopped);
    TrainingJob rest = jobOf(4);
    rest.history = m_observer->epochs;
    rest.checkpoint = m_observer->checkpoints.last();
    QCOMPARE(rest.history.size(), interruptedAfter);
    cleanup();
    m_executor = std::make_unique<ToyExecutor>();
    QVERIFY(m_executor->setState(rest.checkpoint->tensors, true));
    const auto result = run(rest);
    QVERIFY(result);
    QCOMPARE(result->bestEpoch, bestEpoch(whole->epochs, u"accuracy"_s));
    QCOMPARE(m_observer->checkpoints, whole->checkpoints.mid(interruptedAfter));
    QCOMPARE(withoutTimes(m_observer->epochs), withoutTimes(whole->epochs.mid(interruptedAfter)));
}

void TestTrainingLoop::pauseIsIdentical()
{
    QVERIFY(run(jobOf(3)));
    const auto whole = std::move(m_observer);
    cleanup();

    m_gate = std::make_unique<PauseGate>();
    m_observer = std::make_unique<RecordingObserver>();
    std::jthread resumer([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (m_gate->isHolding())
                m_gate->resume();
            std::this_thread::sleep_for(1ms);
        }
    });
    m_observer->onBatch = [this](const BatchSample& sample) {
        if (sample.batch % 2 == 0)
            m_gate->pause();
    };
    m_observer->onValidating = [this](int) { m_gate->pause(); };
    QVERIFY(run(jobOf(3)));
    resumer.request_stop();
    resumer.join();
    QCOMPARE(m_observer->checkpoints, whole->checkpoints);
    QCOMPARE(withoutTimes(m_observer->epochs), withoutTimes(whole->epochs));
}

void TestTrainingLoop::pausesCountInNoTime()
{
    m_gate = std::make_unique<PauseGate>();
    m_observer = std::make_unique<RecordingObserver>();
    m_observer->onBatch = [this](const BatchSample&) { m_gate->pause(); };
    std::jthread resumer([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (m_gate->isHolding()) {
                std::this_thread::sleep_for(50ms);
                m_gate->resume();
            }
            std::this_thread::sleep_for(1ms);
        }
    });
    QElapsedTimer timer;
    timer.start();
    const auto result = run(jobOf(1));
    const double elapsed = double(timer.elapsed()) / 1000;
    QVERIFY(result);
    QVERIFY(elapsed > 0.2);
    QVERIFY2(result->seconds < elapsed - 0.2, qPrintable(QString::number(result->seconds)));
    QVERIFY(m_observer->epochs.first().seconds < elapsed - 0.2);
}

void TestTrainingLoop::startsFromWeightsAlone()
{
    QVERIFY(run(jobOf(2)));
    const Checkpoint learnt = m_observer->checkpoints.last();
    cleanup();
    m_executor = std::make_unique<ToyExecutor>();
    QVERIFY(m_executor->setState(learnt.tensors, false));
    QVERIFY(run(jobOf(1)));
    QCOMPARE(m_observer->epochs.first().epoch, 1);
    QVERIFY(m_observer->samples.first().metric > 0.9);
}

void TestTrainingLoop::nothingLeftToDo()
{
    QVERIFY(run(jobOf(2)));
    TrainingJob job = jobOf(2);
    job.history = m_observer->epochs;
    job.checkpoint = m_observer->checkpoints.last();
    cleanup();
    const auto result = run(job);
    QVERIFY(result);
    QCOMPARE(result->state, RunState::Completed);
    QCOMPARE(result->bestEpoch, bestEpoch(job.history, u"accuracy"_s));
    QVERIFY(m_executor->trainCalls.empty());
    QVERIFY(m_observer->events.isEmpty());
}

void TestTrainingLoop::stops_data()
{
    QTest::addColumn<int>("epoch");
    QTest::addColumn<qint64>("batch");
    QTest::addColumn<int>("kept");
    QTest::newRow("before the first step") << 0 << qint64(0) << 0;
    QTest::newRow("in the first epoch") << 1 << qint64(2) << 0;
    QTest::newRow("in the third epoch") << 3 << qint64(1) << 2;
    QTest::newRow("at the last step of an epoch") << 2 << qint64(5) << 1;
}

void TestTrainingLoop::stops()
{
    QFETCH(int, epoch);
    QFETCH(qint64, batch);
    QFETCH(int, kept);
    std::stop_source stop;
    m_observer = std::make_unique<RecordingObserver>();
    m_observer->onBatch = [&](const BatchSample& sample) {
        if (sample.epoch == epoch && sample.batch == batch)
            stop.request_stop();
    };
    if (epoch == 0)
        stop.request_stop();
    const auto result = run(jobOf(4), stop.get_token());
    QVERIFY(result);
    QCOMPARE(result->state, RunState::Stopped);
    QCOMPARE(m_observer->epochs.size(), kept);
    QCOMPARE(m_observer->checkpoints.size(), kept);
    QCOMPARE(result->bestEpoch > 0, kept > 0);
    QCOMPARE(m_observer->samples.size(), std::max(0, epoch - 1) * 5 + batch);
}

void TestTrainingLoop::stopsBetweenEpochs()
{
    std::stop_source stop;
    m_observer = std::make_unique<RecordingObserver>();
    m_observer->onValidating = [&](int epoch) {
        if (epoch == 2)
            stop.request_stop();
    };
    const auto result = run(jobOf(4), stop.get_token());
    QVERIFY(result);
    QCOMPARE(result->state, RunState::Stopped);
    QCOMPARE(m_observer->epochs.size(), 1);
}

void TestTrainingLoop::earlyStopping_data()
{
    QTest::addColumn<int>("patience");
    QTest::addColumn<int>("epochs");
    // Accuracies of a network that is right from the first epoch on: epoch 1 stays the best.
    QTest::newRow("off") << 0 << 8;
    QTest::newRow("after one") << 1 << 2;
    QTest::newRow("after three") << 3 << 4;
    QTest::newRow("more than there are") << 20 << 8;
}

void TestTrainingLoop::earlyStopping()
{
    QFETCH(int, patience);
    QFETCH(int, epochs);
    m_executor = std::make_unique<ToyExecutor>();
    m_executor->evaluateFault = lossesByEpoch({0.5}); // accuracy stays the same, too
    TrainingJob job = jobOf(8);
    job.settings.patience = patience;
    const auto result = run(job);
    QVERIFY(result);
    QCOMPARE(result->state, RunState::Completed);
    QCOMPARE(m_observer->epochs.size(), epochs);
    QCOMPARE(result->bestEpoch, 1);
}

void TestTrainingLoop::earlyStoppingAfterResume()
{
    TrainingJob job = jobOf(8);
    job.settings.patience = 3;
    for (int epoch : {1, 2}) {
        EpochRecord record;
        record.epoch = epoch;
        record.validation = {{u"accuracy"_s, epoch == 1 ? 2.0 : 0.1}, {u"loss"_s, 1}};
        job.history.append(record);
    }
    QVERIFY(run(job));
    QCOMPARE(m_observer->epochs.size(), 2);
    QCOMPARE(m_observer->epochs.last().epoch, 4);
}

void TestTrainingLoop::extendsAfterEarlyStopping()
{
    TrainingJob job = jobOf(8);
    job.settings.patience = 2;
    for (int epoch : {1, 2, 3}) {
        EpochRecord record;
        record.epoch = epoch;
        record.validation = {{u"accuracy"_s, epoch == 1 ? 2.0 : 0.1}, {u"loss"_s, 1}};
        job.history.append(record);
    }
    job.patienceFrom = 3;
    QVERIFY(run(job));
    QCOMPARE(m_observer->epochs.size(), 2);
}

void TestTrainingLoop::marksBest()
{
    QVERIFY(run(jobOf(5)));
    double best = -1;
    for (const EpochRecord& epoch : m_observer->epochs) {
        const double accuracy = epoch.validation.value(u"accuracy"_s);
        QCOMPARE(epoch.best, accuracy > best);
        best = std::max(best, accuracy);
    }
}

void TestTrainingLoop::classWeights_data()
{
    QTest::addColumn<QList<qint64>>("counts");
    QTest::addColumn<QList<float>>("weights");
    QTest::newRow("none") << QList<qint64>{} << QList<float>{};
    QTest::newRow("no example") << QList<qint64>{0, 0} << QList<float>{1, 1};
    QTest::newRow("equal") << QList<qint64>{5, 5} << QList<float>{1, 1};
    QTest::newRow("rare") << QList<qint64>{30, 10} << QList<float>{2.0F / 3, 2};
    QTest::newRow("one absent") << QList<qint64>{30, 0, 10} << QList<float>{2.0F / 3, 1, 2};
}

void TestTrainingLoop::classWeights()
{
    QFETCH(QList<qint64>, counts);
    QFETCH(QList<float>, weights);
    const std::vector<float> given = balancedClassWeights(counts);
    QCOMPARE(QList<float>(given.begin(), given.end()), weights);

    TrainingJob job = jobOf(1);
    QVERIFY(planTraining(job)->options.classWeights.empty());
    for (const Block& block : job.graph.blocks())
        if (block.type == u"target"_s)
            job.graph.setParameter(block.id, u"use_class_weights"_s, true);
    const auto plan = planTraining(job);
    QVERIFY(plan);
    QCOMPARE(plan->options.classWeights.size(), 2U);
    QVERIFY(plan->options.classWeights[1] > plan->options.classWeights[0]);
}

QTEST_GUILESS_MAIN(TestTrainingLoop)
#include "tst_training_loop.moc"
