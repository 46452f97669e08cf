#include "core/base/system.h"
#include "core/project/workspace.h"
#include "tests/core/dataset/http_test_server.h"
#include "tests/integration/test_data.h"
#include "tests/integration/window/hands.h"
#include "tests/integration/window/tutorial_walk.h"
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/main_window.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace espalier;
using namespace Qt::StringLiterals;

/// The whole tutorial in the window of the program, by events alone.
class WindowTutorialTest final : public QObject {
    Q_OBJECT

public:
    static void initMain() { tuneAllocator(); } ///< as the program does

private:
    ShellFixture m_fixture;
    HttpTestServer m_server;
    std::unique_ptr<MainWindow> m_window;

    [[nodiscard]] TutorialPlan plan(const QString& pictures) const
    {
        return {.link = m_server.url(u"/clothes.zip"_s),
                .rows = u"240 rows"_s,
                .subsetRows = u"192 rows"_s,
                .shape = u"12×12×1"_s,
                .actual = u"upper left"_s,
                .predicted = u"upper left"_s,
                .nodes = u"4"_s,
                .batchSize = u"32"_s,
                .epochs = u"6"_s,
                .pictures = pictures};
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QTemporaryDir folder;
        writeIndexedImages(folder.filePath(u"images"_s), 240);
        QVERIFY(zipFolder(folder.filePath(u"images"_s), folder.filePath(u"clothes.zip"_s)));
        QFile zip(folder.filePath(u"clothes.zip"_s));
        QVERIFY(zip.open(QIODevice::ReadOnly));
        m_server.on("/clothes.zip", [body = zip.readAll()](const HttpTestRequest& request) {
            return fileAnswer(request, body, "\"1\"");
        });
    }

    void init()
    {
        m_fixture.clearSettings();
        m_window = std::make_unique<MainWindow>(projectViews());
        m_window->setWorkspace(
            Workspace::open(m_fixture.path(QString::fromLatin1(QTest::currentTestFunction()))));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup()
    {
        if (QTest::currentTestFailed())
            MouseHands(*m_window).picture(u"failed-"_s +
                                          QString::fromLatin1(QTest::currentTestFunction()));
        m_window.reset();
    }

    void byMouse()
    {
        MouseHands hands(*m_window);
        double accuracy = 0;
        walkTutorial(hands, plan(u"mouse-"_s), accuracy);
        if (!QTest::currentTestFailed())
            QVERIFY2(accuracy > 0.9, qPrintable(QString::number(accuracy)));
    }

    void byKeyboard()
    {
        KeyboardHands hands(*m_window);
        double accuracy = 0;
        walkTutorial(hands, plan(u"keyboard-"_s), accuracy);
        if (!QTest::currentTestFailed())
            QVERIFY2(accuracy > 0.9, qPrintable(QString::number(accuracy)));
    }
};

QTEST_MAIN(WindowTutorialTest)
#include "tst_window_tutorial.moc"
