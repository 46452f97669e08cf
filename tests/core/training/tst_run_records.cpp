#include "core/training/epoch_record.h"
#include "core/training/pause_gate.h"
#include "core/training/run_state.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

EpochRecord epochWith(int number, const MetricValues& training, const MetricValues& validation)
{
    EpochRecord record;
    record.epoch = number;
    record.training = training;
    record.validation = validation;
    return record;
}

/// Epochs 1, 2, 3, ... with these values on validation.
QList<EpochRecord> epochsWith(const QString& metric, const QList<double>& values)
{
    QList<EpochRecord> epochs;
    for (double value : values)
        epochs.append(epochWith(int(epochs.size()) + 1, {{metric, -value}}, {{metric, value}}));
    return epochs;
}

} // namespace

class TestRunRecords final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void malformedRecord_data();
    void malformedRecord();
    void recordRoundTrip();
    void recordKeysOfTheCommandLine();
    void notANumberIsLeftOut();
    void best_data();
    void best();
    void bestByTrainingWithoutValidation();

    void predicates_data();
    void predicates();
    void stateNames();

    void gateOpenByDefault();
    void gateHoldsUntilResumed();
    void gateLetsAStopThrough();
    void gateStillHoldsWhenPausedAgain();
};

void TestRunRecords::malformedRecord_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("wrong types") << QByteArray(
        R"({"epoch":"x","seconds":[],"training":3,"validation":null,"best":7})");
    QTest::newRow("metrics that are no numbers")
        << QByteArray(R"({"training":{"loss":null,"accuracy":"high"},"validation":{"loss":{}}})");
}

void TestRunRecords::malformedRecord()
{
    QFETCH(QByteArray, json);
    QCOMPARE(EpochRecord::fromJson(QJsonDocument::fromJson(json).object()), EpochRecord());
}

void TestRunRecords::recordRoundTrip()
{
    EpochRecord record = epochWith(3, {{u"loss"_s, 1.0 / 3}}, {{u"loss"_s, 1e-17}});
    record.seconds = 12.5;
    record.validationSeconds = 0.25;
    record.checkpointSeconds = 0.125;
    record.examplesPerSecond = 2437.1;
    record.learningRate = 0.001;
    record.best = true;
    const QByteArray text = QJsonDocument(record.toJson()).toJson();
    QCOMPARE(EpochRecord::fromJson(QJsonDocument::fromJson(text).object()), record);
}

void TestRunRecords::recordKeysOfTheCommandLine()
{
    const QStringList expected = {u"best"_s,
                                  u"checkpoint_seconds"_s,
                                  u"epoch"_s,
                                  u"examples_per_second"_s,
                                  u"learning_rate"_s,
                                  u"seconds"_s,
                                  u"training"_s,
                                  u"validation"_s,
                                  u"validation_seconds"_s};
    QCOMPARE(EpochRecord().toJson().keys(), expected);
}

void TestRunRecords::notANumberIsLeftOut()
{
    const EpochRecord record = epochWith(1, {{u"loss"_s, NaN}, {u"accuracy"_s, 0.5}}, {});
    QCOMPARE(record.toJson()[u"training"_s].toObject(), (QJsonObject{{u"accuracy"_s, 0.5}}));
}

void TestRunRecords::best_data()
{
    QTest::addColumn<QString>("metric");
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<int>("epoch");
    QTest::newRow("no epoch") << u"accuracy"_s << QList<double>{} << 0;
    QTest::newRow("one") << u"accuracy"_s << QList<double>{0.1} << 1;
    QTest::newRow("highest accuracy") << u"accuracy"_s << QList<double>{0.1, 0.9, 0.5} << 2;
    QTest::newRow("lowest loss") << u"loss"_s << QList<double>{0.9, 0.5, 0.1} << 3;
    QTest::newRow("first of equal") << u"accuracy"_s << QList<double>{0.1, 0.9, 0.9} << 2;
    QTest::newRow("NaN never wins") << u"loss"_s << QList<double>{NaN, 2, NaN} << 2;
}

void TestRunRecords::best()
{
    QFETCH(QString, metric);
    QFETCH(QList<double>, values);
    QFETCH(int, epoch);
    QCOMPARE(bestEpoch(epochsWith(metric, values), metric), epoch);
}

void TestRunRecords::bestByTrainingWithoutValidation()
{
    const QList<EpochRecord> epochs = {epochWith(1, {{u"loss"_s, 3}}, {}),
                                       epochWith(2, {{u"loss"_s, 1}}, {}),
                                       epochWith(3, {{u"loss"_s, 2}}, {})};
    QCOMPARE(bestEpoch(epochs, u"loss"_s), 2);
    QCOMPARE(bestEpoch(epochs, u"accuracy"_s), 1);
}

void TestRunRecords::predicates_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<QString>("can"); // edit, run, pause, Resume, stop, Extend, delete, Active
    QTest::newRow("created") << RunState::Created << u"er----d-"_s;
    QTest::newRow("queued") << RunState::Queued << u"----s---"_s;
    QTest::newRow("running") << RunState::Running << u"--p-s--a"_s;
    QTest::newRow("pausing") << RunState::Pausing << u"----s--a"_s;
    QTest::newRow("paused") << RunState::Paused << u"---Rs--a"_s;
    QTest::newRow("completed") << RunState::Completed << u"-----Ed-"_s;
    QTest::newRow("stopped") << RunState::Stopped << u"---R--d-"_s;
    QTest::newRow("failed") << RunState::Failed << u"---R--d-"_s;
}

void TestRunRecords::predicates()
{
    QFETCH(RunState, state);
    QFETCH(QString, can);
    const bool given[] = {canEdit(state), canRun(state),    canPause(state),  canResume(state),
                          canStop(state), canExtend(state), canDelete(state), isActive(state)};
    const QString letters = u"erpRsEda"_s;
    QString text;
    for (int i = 0; i < letters.size(); ++i)
        text.append(given[i] ? letters[i] : u'-');
    QCOMPARE(text, can);
}

void TestRunRecords::stateNames()
{
    QCOMPARE(enumNames(RunState{}).size(), 8U);
    QCOMPARE(enumKey(RunState::Completed), u"completed"_s);
    QCOMPARE(enumFromName<RunState>(u"Stopped"_s), RunState::Stopped);
}

void TestRunRecords::gateOpenByDefault()
{
    PauseGate gate;
    gate.wait({});
    gate.pause();
    QVERIFY(gate.isPaused());
    QVERIFY(!gate.isHolding());
    gate.resume();
    gate.wait({});
    QVERIFY(!gate.isPaused());
}

void TestRunRecords::gateHoldsUntilResumed()
{
    std::atomic<bool> passed = false;
    std::atomic<int> calls = 0;
    PauseGate gate([&calls] { ++calls; });
    gate.pause();
    std::jthread worker([&](std::stop_token stop) {
        gate.wait(stop);
        passed = true;
    });
    QTRY_VERIFY(gate.isHolding());
    QTRY_COMPARE(calls.load(), 1);
    QVERIFY(!passed);
    gate.resume();
    worker.join();
    QVERIFY(passed);
    QVERIFY(!gate.isHolding());
}

void TestRunRecords::gateLetsAStopThrough()
{
    PauseGate gate;
    gate.pause();
    std::jthread worker([&](std::stop_token stop) { gate.wait(stop); });
    QTRY_VERIFY(gate.isHolding());
    QElapsedTimer timer;
    timer.start();
    worker.request_stop();
    worker.join();
    QVERIFY(timer.elapsed() < 200);
    std::stop_source stopped;
    stopped.request_stop();
    gate.wait(stopped.get_token());
}

void TestRunRecords::gateStillHoldsWhenPausedAgain()
{
    PauseGate gate;
    gate.pause();
    std::jthread worker([&](std::stop_token stop) {
        for (int i = 0; i < 1000; ++i)
            gate.wait(stop);
    });
    for (int i = 0; i < 200; ++i) {
        gate.resume();
        gate.pause();
    }
    if (gate.isHolding())
        QVERIFY(gate.isPaused());
    gate.resume();
    worker.join();
    QVERIFY(!gate.isHolding());
}

QTEST_GUILESS_MAIN(TestRunRecords)
#include "tst_run_records.moc"
