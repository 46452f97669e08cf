#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "tests/core/dataset/http_test_server.h"
#include "tests/integration/test_data.h"
#include "tests/integration/window/window_steps.h"
#include "ui/shell/project_session.h"

#include <QApplication>
#include <QFile>
#include <QTest>
#include <memory>

using namespace espalier;
using namespace Qt::StringLiterals;

/// The window is closed at each stage of the work, and the project opens again with what was there.
class WindowClosingTest final : public QObject {
    Q_OBJECT

private:
    HttpTestServer m_server;
    std::unique_ptr<WindowSteps> m_steps;

    /// Says yes where the window asks.
    void closeWindow()
    {
        if (QWidget* dialog = QApplication::activeModalWidget())
            QTest::keyClick(dialog, Qt::Key_Escape);
        m_steps->window().close();
        if (m_steps->window().isVisible())
            m_steps->press({u"Stop and close"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!m_steps->window().isVisible(), 20'000);
        m_steps->closeWindow();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const WindowSteps steps;
        QVERIFY(zipFolder(steps.images(), steps.file(u"clothes.zip"_s)));
        QFile zip(steps.file(u"clothes.zip"_s));
        QVERIFY(zip.open(QIODevice::ReadOnly));
        HttpTestAnswer slow;
        slow.body = zip.readAll();
        slow.bytesPerTick = 64;
        m_server.on("/slow.zip", slow);
    }

    void init()
    {
        m_steps = std::make_unique<WindowSteps>();
        m_steps->makeWindow();
        m_steps->createProject(u"Closing"_s);
    }

    void cleanup() { m_steps.reset(); }

    void closes_data()
    {
        QTest::addColumn<QString>("stage");
        for (const char* stage : {"empty project", "dialog open", "importing",
                                  "imported, not named", "editable dataset", "model half built",
                                  "running", "paused", "predictions", "comparing"})
            QTest::newRow(stage) << QString::fromLatin1(stage);
    }

    void closes()
    {
        QFETCH(QString, stage);
        reach(stage);
        if (QTest::currentTestFailed())
            return;
        closeWindow();
        if (QTest::currentTestFailed())
            return;
        m_steps->makeWindow();
        m_steps->window().openProject(m_steps->projectFolder(u"closing"_s));
        ProjectSession* session = m_steps->window().session();
        QVERIFY(session);
        const ProjectDocument& project = session->document();
        const bool hasDataset = stage != u"empty project"_s && stage != u"dialog open"_s &&
                                !stage.startsWith(u"import"_s);
        QCOMPARE(project.datasets().size(), hasDataset ? 1 : 0);
        if (stage == u"running"_s || stage == u"paused"_s)
            QVERIFY(canResume(session->runs().state(project.experiments().first().id)));
    }

private:
    void reach(const QString& stage)
    {
        if (stage == u"dialog open"_s)
            m_steps->press({u"New dataset"_s});
        else if (stage == u"importing"_s)
            m_steps->import(m_server.url(u"/slow.zip"_s).toString());
        else if (stage.startsWith(u"imported"_s)) {
            m_steps->import(m_steps->images());
            QVERIFY(m_steps->hands().waitUntil(
                [this] { return m_steps->hands().isEnabled(u"Next"_s); }));
        } else if (stage == u"editable dataset"_s) {
            m_steps->import(m_steps->images());
            m_steps->press({u"Next"_s, u"Done"_s});
            m_steps->waitFor(u"240 rows"_s);
        } else if (stage == u"model half built"_s) {
            m_steps->saveImages();
            m_steps->createExperiment(u"3"_s);
        } else if (stage != u"empty project"_s)
            runTo(stage);
    }

    void runTo(const QString& stage)
    {
        const bool unfinished = stage == u"running"_s || stage == u"paused"_s;
        m_steps->saveImages();
        m_steps->createExperiment(unfinished ? u"900"_s : u"2"_s);
        m_steps->press({u"Run"_s, u"Evaluation"_s});
        if (stage == u"paused"_s)
            m_steps->press({u"Pause"_s});
        if (unfinished) {
            const auto isThere = [&] {
                return stage == u"paused"_s
                           ? m_steps->hands().sees(u"Resume"_s)
                           : m_steps->hands()
                                     .valueBeside(u"Experiments"_s, u"Experiment"_s)
                                     .toDouble() > 0;
            };
            QVERIFY(m_steps->hands().waitUntil(isThere));
            return;
        }
        m_steps->waitFor(u"Completed, "_s, 60'000);
        m_steps->press({stage == u"comparing"_s ? u"Compare"_s : u"Predictions"_s});
    }
};

QTEST_MAIN(WindowClosingTest)
#include "tst_window_closing.moc"
