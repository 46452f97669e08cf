#include "core/project/jobs/run_progress.h"

#include <QTest>

using namespace espalier;

namespace {

RunStarted runOf(qint64 batches, qint64 rows, qint64 validationRows = 0)
{
    RunStarted run;
    run.batchesPerEpoch = batches;
    run.trainingRows = rows;
    run.validationRows = validationRows;
    return run;
}

EpochRecord epochOf(int number, double validationSeconds)
{
    EpochRecord record;
    record.epoch = number;
    record.validationSeconds = validationSeconds;
    return record;
}

/// `count` steps of an epoch from batch `first`, as one drained batch.
std::vector<BatchSample> stepsOf(int epoch, qint64 first, int count)
{
    std::vector<BatchSample> samples;
    for (int i = 0; i < count; ++i)
        samples.push_back({epoch, first + i, 0.5, 0.5, 1});
    return samples;
}

} // namespace

class TestRunProgress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsNothingAtFirst();
    void countsEpochsAndBatches();
    void beginsAfterTheEpochsThatAreThere();
    void countsMergedSteps();
    void measuresSpeedAndTimeLeft();
    void addsWhatValidationTakes();
    void forgetsOldSpeed();
    void leavesPausesOut();
    void takesMessagesThatComeLate();
};

void TestRunProgress::knowsNothingAtFirst()
{
    RunProgressMeter meter(ExperimentId(3), 0, 4, 100);
    meter.tick(101);
    const RunProgress& progress = meter.progress();
    QCOMPARE(progress.experiment, ExperimentId(3));
    QCOMPARE(progress.epoch, 0);
    QCOMPARE(progress.epochs, 4);
    QCOMPARE(progress.fraction(), 0.0);
    QCOMPARE(progress.elapsedSeconds, 1.0);
    QVERIFY(!progress.secondsLeft);
    QCOMPARE(RunProgress().fraction(), 0.0);
}

void TestRunProgress::countsEpochsAndBatches()
{
    RunProgressMeter meter(ExperimentId(1), 0, 4, 0);
    meter.started(runOf(10, 100));
    QCOMPARE(meter.progress().epoch, 1);
    meter.addSteps(stepsOf(1, 1, 5), 1);
    QCOMPARE(meter.progress().batch, 5);
    QCOMPARE(meter.progress().fraction(), 0.125);
    meter.validating(1, 2);
    QVERIFY(meter.progress().validating);
    QCOMPARE(meter.progress().fraction(), 0.25);
    meter.epochDone(epochOf(1, 1), 3);
    QVERIFY(!meter.progress().validating);
    QCOMPARE(meter.progress().epoch, 2);
    QCOMPARE(meter.progress().batch, 0);
    QCOMPARE(meter.progress().fraction(), 0.25);
    meter.epochDone(epochOf(4, 1), 3);
    QCOMPARE(meter.progress().epoch, 4);
    QCOMPARE(meter.progress().fraction(), 1.0);
}

void TestRunProgress::beginsAfterTheEpochsThatAreThere()
{
    const RunProgressMeter meter(ExperimentId(1), 3, 6, 0);
    QCOMPARE(meter.progress().epoch, 4);
    QCOMPARE(meter.progress().fraction(), 0.5);
}

void TestRunProgress::countsMergedSteps()
{
    RunProgressMeter meter(ExperimentId(1), 0, 1, 0);
    meter.started(runOf(100, 1000));
    meter.addSteps({{1, 10, 0.5, 0.5, 10}}, 1);
    meter.addSteps({{1, 30, 0.5, 0.5, 20}}, 2);
    meter.tick(2);
    QCOMPARE(meter.progress().examplesPerSecond, 200.0);
}

void TestRunProgress::measuresSpeedAndTimeLeft()
{
    RunProgressMeter meter(ExperimentId(1), 0, 2, 0);
    meter.started(runOf(100, 3200));
    meter.addSteps(stepsOf(1, 1, 10), 5); // what comes before the first step does not count
    meter.tick(5);
    QVERIFY(!meter.progress().secondsLeft);
    meter.addSteps(stepsOf(1, 11, 20), 7);
    meter.tick(7);
    QCOMPARE(meter.progress().examplesPerSecond, 320.0);
    QCOMPARE(meter.progress().secondsLeft.value_or(0), 17.0); // 170 steps at 10 a second
    QCOMPARE(meter.progress().elapsedSeconds, 7.0);
}

void TestRunProgress::addsWhatValidationTakes()
{
    RunProgressMeter meter(ExperimentId(1), 0, 3, 0);
    meter.started(runOf(10, 10, 100));
    meter.addSteps(stepsOf(1, 1, 5), 1);
    meter.addSteps(stepsOf(1, 6, 5), 2);
    meter.tick(2);
    // 20 steps at 5 a second, and 3 validations of 100 rows at a guess.
    QCOMPARE(meter.progress().secondsLeft.value_or(0), 4 + 3 * 0.3 * 100 / 5);
    meter.validating(1, 2);
    EpochRecord first = epochOf(1, 3);
    first.checkpointSeconds = 1; // beside the training
    meter.epochDone(first, 5);
    meter.tick(5);
    QCOMPARE(meter.progress().secondsLeft.value_or(0), 4.0 + 2 * 3);
    meter.addSteps(stepsOf(2, 1, 5), 6); // the speed is that of training alone
    meter.tick(6);
    QCOMPARE(meter.progress().examplesPerSecond, 5.0);
    meter.addSteps(stepsOf(2, 6, 5), 7);
    meter.validating(2, 7);
    meter.tick(8);
    QCOMPARE(meter.progress().secondsLeft.value_or(0), 2.0 + 2 * 3 - 1);
}

void TestRunProgress::forgetsOldSpeed()
{
    RunProgressMeter meter(ExperimentId(1), 0, 1, 0);
    meter.started(runOf(100'000, 100'000));
    double now = 0;
    for (int i = 0; i < 40; ++i)
        meter.addSteps(stepsOf(1, 1 + i, 1), now += 1); // 1 a second
    for (int i = 0; i < 40; ++i)
        meter.addSteps(stepsOf(1, 41 + 4 * i, 4), now += 1); // 4 a second
    meter.tick(now);
    QCOMPARE(meter.progress().examplesPerSecond, 4.0);
}

void TestRunProgress::leavesPausesOut()
{
    RunProgressMeter meter(ExperimentId(1), 0, 1, 0);
    meter.started(runOf(100, 100));
    meter.addSteps(stepsOf(1, 1, 10), 1);
    meter.setState(RunState::Pausing, 1);
    meter.setState(RunState::Paused, 2);
    meter.tick(50);
    QCOMPARE(meter.progress().state, RunState::Paused);
    QCOMPARE(meter.progress().elapsedSeconds, 2.0);
    meter.setState(RunState::Running, 102);
    meter.addSteps(stepsOf(1, 11, 20), 103);
    meter.tick(103);
    QCOMPARE(meter.progress().elapsedSeconds, 3.0);
    QCOMPARE(meter.progress().examplesPerSecond, 10.0);
}

void TestRunProgress::takesMessagesThatComeLate()
{
    RunProgressMeter meter(ExperimentId(1), 0, 3, 0);
    meter.started(runOf(10, 10));
    meter.addSteps(stepsOf(2, 1, 5), 1);
    meter.validating(1, 1);
    meter.epochDone(epochOf(1, 2), 1);
    QCOMPARE(meter.progress().epoch, 2);
    QCOMPARE(meter.progress().batch, 5);
    QVERIFY(!meter.progress().validating);
}

QTEST_GUILESS_MAIN(TestRunProgress)
#include "tst_run_progress.moc"
