#include "core/evaluation/evaluation.h"
#include "core/training/pause_gate.h"
#include "core/training/trainer.h"
#include "core/training/training_session.h"
#include "recording_observer.h"
#include "small_data.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <new>

using namespace espalier;
using namespace espalier::testing;

/// train() from end to end, on the executor that users get.
class TestTrainer final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void failsWithASentence_data();
    void failsWithASentence();
    void lossBecomesNaN();
    void exceptionsBecomeErrors_data();
    void exceptionsBecomeErrors();
    void stoppedBeforeItBegins();

    void learnsTwoClasses();
    void learnsYesOrNo_data();
    void learnsYesOrNo();
    void learnsNumbersInTheirUnits();
    void classWeightsHelpTheRareClass();
    void oneExample();
    void evaluationAgreesWithTraining();
    void sameSeedSameBits();
    void resumeIsIdentical_data();
    void resumeIsIdentical();
    void pauseInASessionIsIdentical();
    void stopInASessionIsQuick();
    void weightsAloneAreAStart();

private:
    [[nodiscard]] TrainingJob jobOf(const ModelGraph& graph, int epochs) const;
    [[nodiscard]] Result<RunSummary> run(const TrainingJob& job, std::stop_token stop = {});
    [[nodiscard]] std::unique_ptr<Executor> trained(const TrainingJob& job) const;

    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_dataset;
    std::unique_ptr<RecordingObserver> m_observer;
};

void TestTrainer::initTestCase()
{
    m_dataset = makeBlobs(m_folder.path());
}

TrainingJob TestTrainer::jobOf(const ModelGraph& graph, int epochs) const
{
    TrainingJob job{graph, m_dataset, {}, {}, {}};
    job.settings.epochs = epochs;
    job.settings.batchSize = 16;
    job.settings.threads = 1;
    job.settings.device = Device::Cpu;
    job.settings.optimizer.parameters.insert(u"learning_rate"_s, 0.02);
    return job;
}

Result<RunSummary> TestTrainer::run(const TrainingJob& job, std::stop_token stop)
{
    m_observer = std::make_unique<RecordingObserver>();
    PauseGate gate;
    return train(job, *m_observer, std::move(stop), gate);
}

/// An executor with the weights of the last checkpoint.
std::unique_ptr<Executor> TestTrainer::trained(const TrainingJob& job) const
{
    auto executor = need(createExecutor(job.graph, job.dataset->features(), {}));
    need(executor->setState(m_observer->checkpoints.last().tensors, false));
    return executor;
}

void TestTrainer::failsWithASentence_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("named");
    QTest::newRow("no graph") << u"graph"_s << u"The model cannot run yet: "_s;
    QTest::newRow("empty subset") << u"subset"_s << u"\"Nothing\" has no rows"_s;
    QTest::newRow("checkpoint missing") << u"checkpoint"_s << u"The checkpoint of epoch 1"_s;
    QTest::newRow("checkpoint of another model") << u"weights"_s << u"weight"_s;
}

void TestTrainer::failsWithASentence()
{
    QFETCH(QString, change);
    QFETCH(QString, named);
    TrainingJob job = jobOf(classNetwork(), 1);
    if (change == u"graph")
        job.graph = ModelGraph();
    if (change == u"subset")
        job.settings.trainingSubset = u"Nothing"_s;
    if (change == u"checkpoint")
        job.history.append(EpochRecord{1, 0, 0, 0, 0, 0, {}, {}, false});
    if (change == u"weights")
        job.checkpoint = Checkpoint{{{u"99.weight"_s, TensorType::Float32, {1}, "1234"}}, {}};
    const auto result = run(job);
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(named), qPrintable(result.error().message));
    QVERIFY(result.error().message.endsWith(u'.'));
    QVERIFY(m_observer->events.isEmpty());
}

void TestTrainer::lossBecomesNaN()
{
    TrainingJob job = jobOf(makeNetwork(u"price"_s, u"mean_squared_error"_s, u"linear"_s), 3);
    job.settings.optimizer = {Optimizer::SGD, {{u"learning_rate"_s, 1e30}}};
    const auto result = run(job);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Numeric);
    QVERIFY2(result.error().message.contains(u" in epoch 1, batch "_s) &&
                 result.error().message.contains(u"lower the learning rate (now 1e+30)"_s),
             qPrintable(result.error().message));
}

void TestTrainer::exceptionsBecomeErrors_data()
{
    QTest::addColumn<bool>("memory");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("named");
    QTest::newRow("bad_alloc") << true << ErrorCode::OutOfMemory << u"batch size of 16"_s;
    QTest::newRow("another") << false << ErrorCode::Internal << u"something odd"_s;
}

void TestTrainer::exceptionsBecomeErrors()
{
    QFETCH(bool, memory);
    QFETCH(ErrorCode, code);
    QFETCH(QString, named);
    RecordingObserver observer;
    observer.onBatch = [memory](const BatchSample&) {
        if (memory)
            throw std::bad_alloc();
        throw std::runtime_error("something odd");
    };
    PauseGate gate;
    const auto result = train(jobOf(classNetwork(), 1), observer, {}, gate);
    QVERIFY(!result);
    QCOMPARE(result.error().code, code);
    QVERIFY(result.error().message.contains(named));
}

void TestTrainer::stoppedBeforeItBegins()
{
    std::stop_source stop;
    stop.request_stop();
    const auto result = run(jobOf(classNetwork(), 3), stop.get_token());
    QVERIFY(result);
    QCOMPARE(result->state, RunState::Stopped);
    QCOMPARE(result->bestEpoch, 0);
    QVERIFY(m_observer->epochs.isEmpty());
}

void TestTrainer::learnsTwoClasses()
{
    const auto result = run(jobOf(classNetwork(), 6));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->state, RunState::Completed);
    QVERIFY(m_observer->epochs.last().validation.value(u"accuracy"_s) > 0.95);
    QVERIFY(m_observer->epochs.last().validation.value(u"auc"_s) > 0.97);
    const RunStarted& started = m_observer->run;
    QCOMPARE(started.threads, 1);
    QCOMPARE(started.device, Device::Cpu);
    QCOMPARE(started.parameters, (2 + 1) * 8 + (8 + 1) * 2);
    QCOMPARE(started.batchesPerEpoch, 10);
    QCOMPARE(started.trainingRows, 160);
    QCOMPARE(started.validationRows, 80);
    QVERIFY(!started.engine.isEmpty());
}

void TestTrainer::learnsYesOrNo_data()
{
    QTest::addColumn<QString>("loss");
    QTest::addColumn<QString>("activation");
    QTest::newRow("crossentropy") << u"binary_crossentropy"_s << u"sigmoid"_s;
    QTest::newRow("hinge decides at 0") << u"squared_hinge"_s << u"tanh"_s;
}

void TestTrainer::learnsYesOrNo()
{
    QFETCH(QString, loss);
    QFETCH(QString, activation);
    TrainingJob job = jobOf(makeNetwork(u"kind"_s, loss, activation), 8);
    job.dataset = withBinaryKind(m_dataset);
    const auto result = run(job);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    const EpochRecord& last = m_observer->epochs.last();
    QVERIFY(last.training.value(u"accuracy"_s) > 0.95);
    QVERIFY(last.validation.value(u"accuracy"_s) > 0.95);
    QVERIFY(last.validation.value(u"f1"_s) > 0.9);
}

void TestTrainer::learnsNumbersInTheirUnits()
{
    TrainingJob job = jobOf(makeNetwork(u"price"_s, u"mean_squared_error"_s, u"linear"_s), 25);
    const auto result = run(job);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    const MetricValues& last = m_observer->epochs.last().validation;
    QVERIFY(last.value(u"r2"_s) > 0.95);
    QVERIFY(last.value(u"mae"_s) < 15);
    QVERIFY(std::isnan(m_observer->samples.last().metric));
    QCOMPARE(result->bestEpoch, bestEpoch(m_observer->epochs, u"loss"_s));

    // The loss is that of the network, the squared error that of the feature.
    const int price = m_dataset->featureIndex(u"price"_s);
    const double deviation = need(m_dataset->statistics(price)).deviation;
    QVERIFY(qAbs(last.value(u"mse"_s) / (deviation * deviation) / last.value(u"loss"_s) - 1) <
            1e-3);
}

void TestTrainer::classWeightsHelpTheRareClass()
{
    TrainingJob job = jobOf(classNetwork(), 2);
    QVERIFY(run(job));
    const Checkpoint without = m_observer->checkpoints.last();
    for (const Block& block : job.graph.blocks())
        if (block.type == u"target"_s)
            job.graph.setParameter(block.id, u"use_class_weights"_s, true);
    QVERIFY(run(job));
    QVERIFY(m_observer->checkpoints.last() != without);
}

void TestTrainer::oneExample()
{
    QTemporaryDir folder;
    TrainingJob job = jobOf(classNetwork(), 2);
    job.dataset = makeBlobs(folder.path(), 3);
    job.settings.batchSize = 100;
    const auto result = run(job);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(m_observer->run.trainingRows, 2);
    QCOMPARE(m_observer->run.validationRows, 1);
    QCOMPARE(m_observer->samples.size(), 2);
}

void TestTrainer::evaluationAgreesWithTraining()
{
    const TrainingJob job = jobOf(classNetwork(), 3);
    QVERIFY(run(job));
    const auto executor = trained(job);
    const auto columns = executorColumns(job.graph, analyzeGraph(job.graph, m_dataset->features()),
                                         m_dataset->features());
    const auto rows = need(m_dataset->subsetRows(u"Validation"_s));
    std::vector<qint64> progress;
    const auto result = evaluateRows(*executor, m_dataset, columns, rows, 32,
                                     [&](const Progress& p) { progress.push_back(p.rows); });
    QVERIFY(result);
    QCOMPARE(progress, (std::vector<qint64>{32, 64, 80}));
    QCOMPARE(result->rows, 80);
    const MetricValues& expected = m_observer->epochs.last().validation;
    QCOMPARE(result->metrics.keys(), expected.keys());
    for (auto it = expected.cbegin(); it != expected.cend(); ++it)
        QVERIFY2(qAbs(result->metrics.value(it.key()) - it.value()) < 1e-5, qPrintable(it.key()));

    QCOMPARE(result->confusion->total(), 80);
    QCOMPARE(result->confusion->accuracy(), result->metrics.value(u"accuracy"_s));
    QCOMPARE(result->confusion->classes(), (QStringList{u"left"_s, u"right"_s}));
    double loss = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
        const Prediction& p = result->predictions[i];
        QCOMPARE(p.row, rows[i]);
        QCOMPARE(p.actual, rows[i] % 3 == 0 ? 1 : 0);
        QCOMPARE(p.probability, result->outputs.values[i * 2 + size_t(p.predicted)]);
        QVERIFY(p.probability >= 0.5F);
        loss += double(p.loss) / 80;
    }
    QVERIFY(qAbs(loss - result->metrics.value(u"loss"_s)) < 1e-5);
}

void TestTrainer::sameSeedSameBits()
{
    const TrainingJob job = jobOf(classNetwork(), 2);
    QVERIFY(run(job));
    const QList<Checkpoint> first = m_observer->checkpoints;
    const QList<EpochRecord> epochs = m_observer->epochs;
    QVERIFY(run(job));
    QCOMPARE(m_observer->checkpoints, first);
    QCOMPARE(withoutTimes(m_observer->epochs), withoutTimes(epochs));
    TrainingJob other = job;
    other.settings.seed = 5;
    QVERIFY(run(other));
    QVERIFY(m_observer->checkpoints != first);
}

void TestTrainer::resumeIsIdentical_data()
{
    QTest::addColumn<Optimizer>("optimizer");
    QTest::addColumn<Schedule>("schedule");
    QTest::addColumn<bool>("extra");
    for (const auto& name : enumNames(Optimizer{}))
        QTest::newRow(qPrintable(QString::fromUtf16(name.key)))
            << name.value << Schedule::Constant << false;
    QTest::newRow("cosine, dropout, batch normalization")
        << Optimizer::Adam << Schedule::Cosine << true;
}

void TestTrainer::resumeIsIdentical()
{
    QFETCH(Optimizer, optimizer);
    QFETCH(Schedule, schedule);
    QFETCH(bool, extra);
    ModelGraph graph = classNetwork();
    if (extra) {
        const Connection last = graph.connections().last();
        const BlockId norm = graph.addBlock(u"batch_normalization"_s);
        const BlockId dropout = graph.addBlock(u"dropout"_s);
        const BlockId first = graph.inputsOf(last.from).first();
        QVERIFY(graph.disconnect({first, last.from, 0}));
        QVERIFY(graph.connect({first, norm, 0}));
        QVERIFY(graph.connect({norm, dropout, 0}));
        QVERIFY(graph.connect({dropout, last.from, 0}));
    }
    TrainingJob job = jobOf(graph, 4);
    job.settings.optimizer = {optimizer, {}};
    job.settings.schedule.schedule = schedule;
    const auto whole = run(job);
    QVERIFY2(whole, whole ? "" : qPrintable(whole.error().message));
    const QList<Checkpoint> checkpoints = m_observer->checkpoints;
    const QList<EpochRecord> epochs = m_observer->epochs;
    for (int done = 1; done < 4; ++done) {
        TrainingJob rest = job;
        rest.history = epochs.mid(0, done);
        // As it comes back from the disk.
        rest.checkpoint = need(decodeCheckpoint(encodeCheckpoint(checkpoints[done - 1])));
        const auto result = run(rest);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(m_observer->checkpoints, checkpoints.mid(done));
        QCOMPARE(withoutTimes(m_observer->epochs), withoutTimes(epochs.mid(done)));
        QCOMPARE(result->bestEpoch, whole->bestEpoch);
    }
}

void TestTrainer::pauseInASessionIsIdentical()
{
    const TrainingJob job = jobOf(classNetwork(), 5);
    QVERIFY(run(job));
    QList<Checkpoint> kept;
    TrainingSession session;
    QSignalSpy finished(&session, &TrainingSession::finished);
    connect(&session, &TrainingSession::epochDone, &session, &TrainingSession::pause);
    connect(&session, &TrainingSession::stateChanged, &session, [&](RunId, RunState state) {
        if (state == RunState::Paused)
            session.resume();
    });
    session.start(RunId(1), trainingWork(job, [&kept](const EpochRecord&, const Checkpoint& c) {
                      kept.append(c);
                      return Status();
                  }));
    QVERIFY(finished.wait(10'000));
    QCOMPARE(session.state(), RunState::Completed);
    QCOMPARE(kept, m_observer->checkpoints);
}

void TestTrainer::stopInASessionIsQuick()
{
    TrainingSession session;
    QSignalSpy finished(&session, &TrainingSession::finished);
    QSignalSpy epochs(&session, &TrainingSession::epochDone);
    session.start(RunId(1), trainingWork(jobOf(classNetwork(), 100'000), {}));
    QVERIFY(epochs.wait(10'000));
    QElapsedTimer timer;
    timer.start();
    session.stop();
    QVERIFY(finished.wait(1000));
    QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(session.state(), RunState::Stopped);
    QVERIFY(!session.samples().drain().empty());
}

void TestTrainer::weightsAloneAreAStart()
{
    TrainingJob job = jobOf(classNetwork(), 6);
    QVERIFY(run(job));
    job.checkpoint = m_observer->checkpoints.last();
    job.settings.epochs = 1;
    QVERIFY(run(job));
    QCOMPARE(m_observer->epochs.size(), 1);
    QCOMPARE(m_observer->epochs.first().epoch, 1);
    QVERIFY(m_observer->samples.first().metric > 0.9);
}

QTEST_GUILESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
