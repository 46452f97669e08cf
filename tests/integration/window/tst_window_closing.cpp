#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "core/project/workspace.h"
#include "tests/core/dataset/http_test_server.h"
#include "tests/integration/test_data.h"
#include "tests/integration/window/hands.h"
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_session.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace espalier;
using namespace Qt::StringLiterals;

/// The window is closed at each stage of the work, and the project opens again with what was there.
class WindowClosingTest final : public QObject {
    Q_OBJECT

private:
    ShellFixture m_fixture;
    HttpTestServer m_server;
    QTemporaryDir m_files;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<MouseHands> m_hands;

    [[nodiscard]] QString folder() const { return m_fixture.path(u"workspace/closing"_s); }

    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(projectViews());
        m_window->setWorkspace(m_fixture.workspace());
        m_hands = std::make_unique<MouseHands>(*m_window);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void press(const QStringList& buttons)
    {
        for (const QString& button : buttons)
            QVERIFY2(m_hands->press(button), qPrintable(m_hands->failure()));
    }

    void import(const QString& source)
    {
        press({u"New dataset"_s, u"Import files"_s});
        QVERIFY2(m_hands->fill(u"Link or path"_s, source), qPrintable(m_hands->failure()));
        press({u"Import"_s});
    }

    void saveDataset()
    {
        import(m_files.filePath(u"images"_s));
        press({u"Next"_s, u"Done"_s, u"Save version"_s});
        QVERIFY2(m_hands->waitFor(u"Version 1 is saved"_s), qPrintable(m_hands->failure()));
    }

    void createExperiment(const QString& epochs)
    {
        saveDataset();
        press({u"Modeling"_s, u"New experiment"_s});
        QVERIFY2(m_hands->choose(u"Start from"_s, u"CNN"_s), qPrintable(m_hands->failure()));
        press({u"Create"_s});
        for (const auto& [block, feature] :
             {std::pair(u"Input"_s, u"image"_s), std::pair(u"Target"_s, u"category"_s)}) {
            QVERIFY2(m_hands->selectBlock(block), qPrintable(m_hands->failure()));
            QVERIFY2(m_hands->choose(u"Feature"_s, feature), qPrintable(m_hands->failure()));
        }
        press({u"Settings"_s});
        QVERIFY2(m_hands->fill(u"Epochs"_s, epochs), qPrintable(m_hands->failure()));
    }

    /// Says yes where the window asks.
    void closeWindow()
    {
        if (QWidget* dialog = QApplication::activeModalWidget())
            QTest::keyClick(dialog, Qt::Key_Escape);
        m_window->close();
        if (m_window->isVisible())
            press({u"Stop and close"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 20'000);
        m_hands.reset();
        m_window.reset();
    }

private Q_SLOTS:
    void initTestCase()
    {
        writeIndexedImages(m_files.filePath(u"images"_s), 240);
        QVERIFY(zipFolder(m_files.filePath(u"images"_s), m_files.filePath(u"clothes.zip"_s)));
        QFile zip(m_files.filePath(u"clothes.zip"_s));
        QVERIFY(zip.open(QIODevice::ReadOnly));
        HttpTestAnswer slow;
        slow.body = zip.readAll();
        slow.bytesPerTick = 64;
        m_server.on("/slow.zip", slow);
    }

    void init()
    {
        m_fixture.clearSettings();
        QDir(folder()).removeRecursively();
        makeWindow();
        press({u"New project"_s});
        QVERIFY2(m_hands->fill(u"Name"_s, u"Closing"_s), qPrintable(m_hands->failure()));
        press({u"Create"_s});
    }

    void cleanup()
    {
        m_hands.reset();
        m_window.reset();
    }

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
        makeWindow();
        m_window->openProject(folder());
        QVERIFY(m_window->session());
        const ProjectDocument& project = m_window->session()->document();
        const bool hasDataset = stage != u"empty project"_s && stage != u"dialog open"_s &&
                                !stage.startsWith(u"import"_s);
        QCOMPARE(project.datasets().size(), hasDataset ? 1 : 0);
        if (stage == u"running"_s || stage == u"paused"_s)
            QVERIFY(canResume(m_window->session()->runs().state(project.experiments().first().id)));
    }

private:
    void reach(const QString& stage)
    {
        if (stage == u"dialog open"_s)
            press({u"New dataset"_s});
        else if (stage == u"importing"_s)
            import(m_server.url(u"/slow.zip"_s).toString());
        else if (stage.startsWith(u"imported"_s)) {
            import(m_files.filePath(u"images"_s));
            QVERIFY(m_hands->waitUntil([this] { return m_hands->isEnabled(u"Next"_s); }));
        } else if (stage == u"editable dataset"_s) {
            import(m_files.filePath(u"images"_s));
            press({u"Next"_s, u"Done"_s});
            QVERIFY2(m_hands->waitFor(u"240 rows"_s), qPrintable(m_hands->failure()));
        } else if (stage == u"model half built"_s)
            createExperiment(u"3"_s);
        else if (stage != u"empty project"_s)
            runTo(stage);
    }

    void runTo(const QString& stage)
    {
        const bool unfinished = stage == u"running"_s || stage == u"paused"_s;
        createExperiment(unfinished ? u"900"_s : u"2"_s);
        press({u"Run"_s, u"Evaluation"_s});
        if (stage == u"paused"_s)
            press({u"Pause"_s});
        if (unfinished) {
            const auto isThere = [&] {
                return stage == u"paused"_s
                           ? m_hands->sees(u"Resume"_s)
                           : m_hands->valueBeside(u"Experiments"_s, u"Experiment"_s).toDouble() > 0;
            };
            QVERIFY(m_hands->waitUntil(isThere));
            return;
        }
        QVERIFY2(m_hands->waitFor(u"Completed, "_s, 60'000), qPrintable(m_hands->failure()));
        press({stage == u"comparing"_s ? u"Compare"_s : u"Predictions"_s});
    }
};

QTEST_MAIN(WindowClosingTest)
#include "tst_window_closing.moc"
