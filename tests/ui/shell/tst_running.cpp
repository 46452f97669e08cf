#include "tests/core/project/project_fixture.h"
#include "tests/ui/shell/shell_fixture.h"
#include "tests/ui/shell/test_view.h"
#include "ui/shell/frame/confirm_dialog.h"
#include "ui/shell/frame/status_bar.h"
#include "ui/shell/jobs/job_summary.h"
#include "ui/shell/jobs/jobs_model.h"
#include "ui/shell/jobs/jobs_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_session.h"
#include "ui/shell/projects/project_commands.h"
#include "ui/shell/shell_actions.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

/// Runs of a real, tiny network that would go on for hours.
class TestRunning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void jobsShowTheQueue();
    void jobsMoveByKeysAndDrag();
    void pauseResumeStop();
    void closingAsksAndKeepsRunning();
    void closingStopsAndKeepsTheRunResumable();
    void closingTheProjectAsks();
    void sampleProjectImportsInTheBackground();

private:
    void openRunning();
    [[nodiscard]] RunController& runs() const { return m_window->session()->runs(); }
    [[nodiscard]] JobsModel& jobs() const { return *m_window->findChild<JobsModel*>(); }

    ShellFixture m_settings;
    std::unique_ptr<ProjectFixture> m_project;
    std::unique_ptr<MainWindow> m_window;
    QList<ExperimentId> m_ids;
};

void TestRunning::init()
{
    m_settings.clearSettings();
    QDir(m_settings.path(u"workspace"_s)).removeRecursively();
    m_project = std::make_unique<ProjectFixture>();
    m_ids.clear();
    const auto store = m_project->open();
    const DatasetRecord dataset = m_project->addSavedDataset(*store);
    RunSettings settings;
    settings.epochs = 10'000;
    settings.batchSize = 8;
    settings.threads = 1;
    for (const QString& name : {u"First"_s, u"Second"_s, u"Third"_s})
        m_ids.append(valueOf(store->createExperiment(name, dataset.id, pointGraph(), settings)).id);
    m_window = std::make_unique<MainWindow>(QList<ViewFactory>{
        [](const ProjectContext&) { return std::make_unique<TestView>(u"Modeling"_s); }});
    m_window->setWorkspace(m_settings.workspace());
    m_window->show();
}

void TestRunning::cleanup()
{
    m_window.reset();
    m_project.reset();
}

void TestRunning::openRunning()
{
    m_window->openProject(m_project->folder());
    QVERIFY(m_window->session());
    for (const ExperimentId id : std::as_const(m_ids))
        require(runs().enqueue(id));
    QTRY_VERIFY(runs().progress() && runs().progress()->epoch > 1);
}

void TestRunning::jobsShowTheQueue()
{
    openRunning();
    const QAbstractItemModelTester tester(&jobs());
    QCOMPARE(jobs().rowCount(), 3);
    const Job run = jobs().jobs().constFirst();
    QCOMPARE(run.kind, Job::Kind::Run);
    QCOMPARE(run.name, u"First"_s);
    QVERIFY(run.detail.endsWith(u"of 10,000 epochs"_s));
    QVERIFY(run.fraction >= 0 && run.fraction < 1);
    QCOMPARE(jobs().jobs().at(1).detail, u"Queued, next"_s);
    QCOMPARE(jobs().jobs().at(2).name, u"Third"_s);
    JobSummary& summary = m_window->findChild<StatusBar*>()->jobs();
    QTRY_VERIFY(summary.text().contains(u"First"_s));
    summary.click();
    QVERIFY(m_window->findChild<JobsPanel*>()->isVisible());
    screenshot(*m_window, u"jobs-running"_s);
}

void TestRunning::jobsMoveByKeysAndDrag()
{
    openRunning();
    m_window->actions().jobs->trigger();
    auto* list = m_window->findChild<JobsPanel*>()->findChild<QListView*>();
    list->setCurrentIndex(jobs().index(2));
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(runs().waiting(), (QList{m_ids.at(2), m_ids.at(1)}));
    QCOMPARE(list->currentIndex().data().toString(), u"Third"_s);
    QVERIFY(!jobs().canMove(1, -1));
    const std::unique_ptr<QMimeData> dragged(jobs().mimeData({jobs().index(1)}));
    jobs().dropMimeData(dragged.get(), Qt::MoveAction, 3, 0, {});
    QCOMPARE(runs().waiting(), (QList{m_ids.at(1), m_ids.at(2)}));
    const QMimeData foreign;
    QVERIFY(!jobs().dropMimeData(&foreign, Qt::MoveAction, 1, 0, {}));
    // The run at work keeps its place.
    QVERIFY(!(jobs().flags(jobs().index(0)) & Qt::ItemIsDragEnabled));
    jobs().stop(2);
    QCOMPARE(runs().waiting(), QList{m_ids.at(1)});
}

void TestRunning::pauseResumeStop()
{
    openRunning();
    QVERIFY(jobs().canPause(0));
    jobs().pause(0);
    QTRY_COMPARE(runs().state(m_ids.at(0)), RunState::Paused);
    QVERIFY(jobs().jobs().constFirst().detail.startsWith(u"Paused"_s));
    QVERIFY(jobs().canResume(0));
    jobs().resume(0);
    QTRY_VERIFY(jobs().canPause(0));
    jobs().stop(0);
    QVERIFY(!jobs().canStop(0) || jobs().jobs().constFirst().name != u"First"_s);
    QTRY_COMPARE(runs().current(), std::optional(m_ids.at(1)));
    QCOMPARE(runs().state(m_ids.at(0)), RunState::Stopped);
}

void TestRunning::closingAsksAndKeepsRunning()
{
    openRunning();
    QVERIFY(!m_window->close());
    auto* box = m_window->findChild<ConfirmDialog*>();
    QVERIFY(box);
    screenshot(*box, u"close-question"_s);
    box->rejectButton().click();
    QVERIFY(m_window->isVisible());
    QVERIFY(m_window->session());
    QCOMPARE(runs().current(), std::optional(m_ids.at(0)));
    QCOMPARE(runs().waiting().size(), 2);
}

void TestRunning::closingStopsAndKeepsTheRunResumable()
{
    openRunning();
    QVERIFY(!m_window->close());
    m_window->findChild<ConfirmDialog*>()->acceptButton().click();
    QTRY_VERIFY(!m_window->isVisible());
    m_window.reset();
    const auto store = m_project->open();
    QVERIFY(canResume(valueOf(store->experiment(m_ids.at(0))).state));
    QVERIFY(!valueOf(store->experiment(m_ids.at(0))).checkpoints.isEmpty());
    QCOMPARE(valueOf(store->experiment(m_ids.at(1))).state, RunState::Created);
}

void TestRunning::closingTheProjectAsks()
{
    openRunning();
    m_window->closeProject();
    QVERIFY(m_window->session());
    m_window->findChild<ConfirmDialog*>()->acceptButton().click();
    QTRY_VERIFY(!m_window->session());
    QVERIFY(m_window->isVisible());
}

void TestRunning::sampleProjectImportsInTheBackground()
{
    m_window->actions().openSample->trigger();
    QVERIFY(m_window->session());
    QCOMPARE(m_window->session()->imports().imports().size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session()->document().datasets().size(), 1, 60'000);
    QCOMPARE(m_window->session()->document().datasets().constFirst().name, u"Clothes"_s);
    m_window->closeProject();
    m_window->actions().openSample->trigger();
    QVERIFY(m_window->session()->imports().imports().isEmpty());
}

QTEST_MAIN(TestRunning)
#include "tst_running.moc"
