#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "core/project/store/database.h"
#include "tests/integration/cli_runner.h"
#include "tests/integration/window/window_steps.h"
#include "ui/shell/project_session.h"

#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

/// The window and the command line at work on one project: both see what the other does, neither
/// takes anything from the other, and what cannot be is said.
class WindowTogetherTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowSteps> m_steps;
    CliRunner m_cli;

    [[nodiscard]] Hands& hands() const { return m_steps->hands(); }
    [[nodiscard]] ProjectDocument& document() const
    {
        return m_steps->window().session()->document();
    }
    [[nodiscard]] RunController& runs() const { return m_steps->window().session()->runs(); }

    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList& arguments) const
    {
        return m_cli.start(QStringList{u"--workspace"_s, m_steps->projectFolder({}), u"--quiet"_s} +
                           arguments);
    }

    /// The window lives on meanwhile.
    [[nodiscard]] static CliResult resultOf(QProcess& process)
    {
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
            process.kill();
        return {process.exitCode(), process.readAllStandardOutput(),
                QString::fromUtf8(process.readAllStandardError())};
    }
    [[nodiscard]] CliResult cli(const QStringList& arguments) const
    {
        return resultOf(*start(arguments));
    }

    void refuse(const QStringList& arguments, const QString& sentence) const
    {
        const CliResult result = cli(arguments);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.error.contains(sentence), qPrintable(result.error));
    }

    [[nodiscard]] ExperimentId idOf(const QString& name) const
    {
        for (const ExperimentRecord& record : document().experiments())
            if (record.name == name)
                return record.id;
        return {};
    }
    [[nodiscard]] bool waitForState(const QString& name, RunState state) const
    {
        return QTest::qWaitFor(
            [&] {
                const ExperimentRecord* record = document().experiment(idOf(name));
                return record && runs().state(record->id) == state;
            },
            60'000);
    }

    void verifySound() const
    {
        const auto database = Database::open(document().folder() + u"/project.db"_s);
        QVERIFY(database);
        QCOMPARE((*database)->value(u"PRAGMA integrity_check"_s)->toString(), u"ok"_s);
        QVERIFY((*database)->query(u"PRAGMA foreign_key_check"_s)->isEmpty());
    }

private Q_SLOTS:
    void init()
    {
        m_steps = std::make_unique<WindowSteps>();
        m_steps->makeWindow();
        m_steps->createProject(u"Together"_s);
        m_steps->saveImages();
        m_steps->createExperiment(u"2"_s);
    }
    void cleanup() { m_steps.reset(); }

    void editsArriveOnBothSides()
    {
        const QString name = document().experiments().first().name;
        QCOMPARE(cli({u"experiment"_s, u"set"_s, name, u"epochs=7"_s}).status, 0);
        const ExperimentId id = idOf(name);
        QVERIFY(QTest::qWaitFor([&] { return document().experiment(id)->settings.epochs == 7; },
                                10'000));
        m_steps->fill(u"Epochs"_s, u"9"_s);
        QVERIFY(QTest::qWaitFor([&] { return document().experiment(id)->settings.epochs == 9; },
                                10'000));
        const CliResult shown = cli({u"experiment"_s, u"show"_s, name, u"--json"_s});
        QCOMPARE(shown.object()[u"settings"_s][u"epochs"_s].toInt(), 9);
        QCOMPARE(cli({u"experiment"_s, u"duplicate"_s, name, u"From outside"_s}).status, 0);
        m_steps->waitFor(u"From outside"_s);
        verifySound();
    }

    void whatIsShownIsDeletedOutside()
    {
        const QString name = document().experiments().first().name;
        QCOMPARE(cli({u"experiment"_s, u"delete"_s, name, u"--yes"_s}).status, 0);
        QVERIFY(QTest::qWaitFor([&] { return document().experiments().isEmpty(); }, 10'000));
        hands().picture(u"together-experiment-deleted"_s);
        const QString dataset = document().datasets().first().reference();
        QCOMPARE(cli({u"dataset"_s, u"delete"_s, dataset, u"--yes"_s}).status, 0);
        QVERIFY(QTest::qWaitFor([&] { return document().datasets().isEmpty(); }, 10'000));
        m_steps->press({u"Datasets"_s});
        hands().picture(u"together-dataset-deleted"_s);
        m_steps->saveImages();
        m_steps->createExperiment(u"1"_s);
        verifySound();
    }

    void aRunOfTheWindowIsLeftAlone()
    {
        const QString name = document().experiments().first().name;
        const QString dataset = document().datasets().first().reference();
        m_steps->fill(u"Epochs"_s, u"900"_s);
        m_steps->press({u"Run"_s});
        QVERIFY(waitForState(name, RunState::Running));
        refuse({u"experiment"_s, u"run"_s, name}, name);
        refuse({u"experiment"_s, u"set"_s, name, u"epochs=3"_s}, name);
        refuse({u"experiment"_s, u"delete"_s, name, u"--yes"_s}, name);
        refuse({u"dataset"_s, u"delete"_s, dataset, u"--yes"_s}, u"used"_s);
        refuse({u"project"_s, u"delete"_s, u"Together"_s, u"--yes"_s}, u"running"_s);
        QVERIFY(runs().current());
        m_steps->press({u"Stop"_s});
        QVERIFY(waitForState(name, RunState::Stopped));
        verifySound();
    }

    void aRunOfTheCommandLineIsShown()
    {
        const QString name = document().experiments().first().name;
        QCOMPARE(cli({u"experiment"_s, u"set"_s, name, u"epochs=900"_s}).status, 0);
        const auto run = start({u"experiment"_s, u"run"_s, name});
        m_steps->waitFor(u"Running"_s, 60'000);
        QVERIFY(!hands().isEnabled(u"Run"_s));
        run->terminate(); // as Ctrl-C does
        QCOMPARE(resultOf(*run).status, 130);
        QVERIFY(waitForState(name, RunState::Stopped));
        verifySound();
    }

    void bothRunAtOnce()
    {
        const QString inWindow = document().experiments().first().name;
        QCOMPARE(cli({u"experiment"_s, u"duplicate"_s, inWindow, u"Outside"_s}).status, 0);
        m_steps->press({u"Run"_s});
        const CliResult outside = cli({u"experiment"_s, u"run"_s, u"Outside"_s});
        QVERIFY2(outside.status == 0, qPrintable(outside.error));
        QVERIFY(waitForState(inWindow, RunState::Completed));
        QVERIFY(waitForState(u"Outside"_s, RunState::Completed));
        for (const ExperimentRecord& record : document().experiments()) {
            QCOMPARE(record.epochs.size(), 2);
            QVERIFY(!record.checkpoints.isEmpty());
        }
        // The same seed and threads: neither disturbed the other.
        const auto loss = [&](const QString& name) {
            return document().experiment(idOf(name))->epochs.last().training.value(u"loss"_s);
        };
        QCOMPARE(loss(u"Outside"_s), loss(inWindow));
        verifySound();
    }
};

QTEST_MAIN(WindowTogetherTest)
#include "tst_window_together.moc"
