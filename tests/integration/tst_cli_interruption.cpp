#include "core/nn/checkpoint.h"
#include "tests/integration/cli_runner.h"
#include "tests/integration/test_data.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr int Epochs = 12;
constexpr int Interrupted = 130;

} // namespace

/// Runs that somebody stops, or kills, and that go on.
class CliInterruptionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anImportThatIsStoppedLeavesNothing();
    void aSignalStopsARunCleanly_data();
    void aSignalStopsARunCleanly();
    void theSecondSignalEndsAtOnce();
    void aSecondRunOfTheSameIsRefused();
    void aKilledRunGoesOnAsIfNothingHadBeen();

private:
    void create(const QString& name, int epochs);
    QJsonObject show(const QString& name) const;
    Checkpoint lastCheckpoint(const QString& name) const;

    CliRunner m_cli;
};

void CliInterruptionTest::initTestCase()
{
    writeIndexedImages(m_cli.path(u"data"_s), 240);
    QCOMPARE(m_cli.run({u"project"_s, u"create"_s, u"P"_s}).status, 0);
    QCOMPARE(
        m_cli.run({u"dataset"_s, u"import"_s, m_cli.path(u"data"_s), u"--name"_s, u"D"_s}).status,
        0);
    QCOMPARE(m_cli.run({u"dataset"_s, u"save"_s, u"D"_s}).status, 0);
}

void CliInterruptionTest::create(const QString& name, int epochs)
{
    QCOMPARE(
        m_cli
            .run({u"experiment"_s, u"create"_s, name, u"--dataset"_s, u"D"_s, u"--snippet"_s,
                  u"Fully connected"_s, u"--input"_s, u"image"_s, u"--target"_s, u"category"_s})
            .status,
        0);
    QCOMPARE(
        m_cli.run({u"experiment"_s, u"set"_s, name, u"batch_size=8"_s, u"epochs=%1"_s.arg(epochs)})
            .status,
        0);
}

QJsonObject CliInterruptionTest::show(const QString& name) const
{
    return m_cli.json({u"experiment"_s, u"show"_s, name}).object();
}

Checkpoint CliInterruptionTest::lastCheckpoint(const QString& name) const
{
    const QJsonObject last = show(name).value(u"checkpoints"_s).toArray().last().toObject();
    return readCheckpoint(last.value(u"file"_s).toString()).value_or(Checkpoint());
}

void CliInterruptionTest::anImportThatIsStoppedLeavesNothing()
{
    const auto process = m_cli.start(
        {u"--json"_s, u"dataset"_s, u"import"_s, u"sample:clothes"_s, u"--name"_s, u"Stopped"_s});
    QVERIFY(!readUntil(*process, "\"event\":\"progress\"", 1).isEmpty());
    process->terminate();
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->exitCode(), Interrupted);
    QVERIFY(!process->readAllStandardOutput().contains("\"event\":\"done\""));
    const QJsonArray datasets = m_cli.json({u"dataset"_s, u"list"_s}).array();
    QCOMPARE(datasets.size(), 1);
    QVERIFY(findObject(datasets, u"name"_s, u"Stopped"_s).isEmpty());
}

void CliInterruptionTest::aSignalStopsARunCleanly_data()
{
    QTest::addColumn<int>("signal");
    QTest::addRow("Ctrl-C") << SIGINT;
    QTest::addRow("SIGTERM") << SIGTERM;
}

void CliInterruptionTest::aSignalStopsARunCleanly()
{
    QFETCH(int, signal);
    const QString name = u"Stopped by %1"_s.arg(signal);
    create(name, 1000);
    const auto process = m_cli.start({u"--json"_s, u"experiment"_s, u"run"_s, name});
    QVERIFY(!readUntil(*process, "\"event\":\"epoch\"", 2).isEmpty());
    ::kill(pid_t(process->processId()), signal);
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), Interrupted);
    QVERIFY(process->readAllStandardOutput().contains("\"state\":\"stopped\""));
    QVERIFY(process->readAllStandardError().contains("--resume"));

    const QJsonObject shown = show(name);
    QCOMPARE(shown.value(u"state"_s).toString(), u"stopped"_s);
    const qsizetype epochs = shown.value(u"epochs"_s).toArray().size();
    QVERIFY(epochs >= 2);
    const QJsonObject last = shown.value(u"checkpoints"_s).toArray().last().toObject();
    QCOMPARE(last.value(u"epoch"_s).toInt(), int(epochs));
    QVERIFY(!lastCheckpoint(name).tensors.isEmpty());
    QCOMPARE(m_cli.json({u"evaluate"_s, name, u"--checkpoint"_s, u"last"_s}).status, 0);
}

void CliInterruptionTest::theSecondSignalEndsAtOnce()
{
    create(u"Impatient"_s, 1000);
    const auto process = m_cli.start({u"--json"_s, u"experiment"_s, u"run"_s, u"Impatient"_s});
    QVERIFY(!readUntil(*process, "\"event\":\"epoch\"", 1).isEmpty());
    for (int i = 0; i < 2; ++i)
        ::kill(pid_t(process->processId()), i == 0 ? SIGINT : SIGTERM);
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->exitCode(), Interrupted);
    QCOMPARE(show(u"Impatient"_s).value(u"state"_s).toString(), u"stopped"_s);
}

void CliInterruptionTest::aSecondRunOfTheSameIsRefused()
{
    create(u"Twice"_s, 1000);
    const auto process = m_cli.start({u"--json"_s, u"experiment"_s, u"run"_s, u"Twice"_s});
    QVERIFY(!readUntil(*process, "\"event\":\"started\"", 1).isEmpty());
    QCOMPARE(show(u"Twice"_s).value(u"state"_s).toString(), u"running"_s);
    const CliResult second = m_cli.run({u"experiment"_s, u"run"_s, u"Twice"_s, u"--resume"_s});
    QCOMPARE(second.status, 1);
    QVERIFY2(second.error.contains(u"Twice"_s), qPrintable(second.error));
    QCOMPARE(m_cli.run({u"experiment"_s, u"delete"_s, u"Twice"_s, u"--yes"_s}).status, 1);
    process->terminate();
    QVERIFY(process->waitForFinished(20'000));
}

void CliInterruptionTest::aKilledRunGoesOnAsIfNothingHadBeen()
{
    create(u"Whole"_s, Epochs);
    QCOMPARE(m_cli.run({u"experiment"_s, u"duplicate"_s, u"Whole"_s, u"Killed"_s}).status, 0);
    QCOMPARE(m_cli.run({u"experiment"_s, u"run"_s, u"Whole"_s}).status, 0);

    const auto process = m_cli.start({u"--json"_s, u"experiment"_s, u"run"_s, u"Killed"_s});
    QVERIFY(!readUntil(*process, "\"event\":\"epoch\"", 2).isEmpty());
    process->kill();
    QVERIFY(process->waitForFinished());
    const QJsonObject killed = show(u"Killed"_s);
    QCOMPARE(killed.value(u"state"_s).toString(), u"stopped"_s);
    QVERIFY(killed.value(u"epochs"_s).toArray().size() < Epochs);

    const CliResult resumed = m_cli.json({u"experiment"_s, u"run"_s, u"Killed"_s, u"--resume"_s});
    QVERIFY2(resumed.status == 0, qPrintable(resumed.error));
    QCOMPARE(show(u"Killed"_s).value(u"epochs"_s).toArray().size(), Epochs);
    const Checkpoint whole = lastCheckpoint(u"Whole"_s);
    QVERIFY(!whole.tensors.isEmpty());
    const Checkpoint parts = lastCheckpoint(u"Killed"_s);
    QCOMPARE(parts.tensors.size(), whole.tensors.size());
    for (const NamedTensor& tensor : whole.tensors) {
        const NamedTensor* other = parts.find(tensor.name);
        QVERIFY2(other, qPrintable(tensor.name));
        QVERIFY2(*other == tensor, qPrintable(tensor.name));
    }
}

QTEST_GUILESS_MAIN(CliInterruptionTest)
#include "tst_cli_interruption.moc"
