#include "core/base/system.h"
#include "core/project/workspace.h"
#include "tests/core/dataset/http_test_server.h"
#include "tests/integration/window/hands.h"
#include "tests/integration/window/tutorial_walk.h"
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/main_window.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

/// The tutorial on the real Fashion-MNIST in the real window, by mouse; pictures of every step go
/// to $ESPALIER_SCREENSHOTS.
class WindowFashionTest final : public QObject {
    Q_OBJECT

public:
    static void initMain() { tuneAllocator(); } ///< as the program does

private Q_SLOTS:
    void followsTheTutorial();
};

void WindowFashionTest::followsTheTutorial()
{
    const QString folder = qEnvironmentVariable("ESPALIER_FASHION_MNIST");
    if (folder.isEmpty())
        QSKIP("ESPALIER_FASHION_MNIST names no folder: the real data set is not there");
    QFile zip(QDir(folder).filePath(u"fashion-mnist.zip"_s));
    QVERIFY2(zip.open(QIODevice::ReadOnly), qPrintable(zip.errorString()));
    HttpTestServer server;
    server.on("/fashion-mnist.zip", [body = zip.readAll()](const HttpTestRequest& request) {
        return fileAnswer(request, body, "\"1\"");
    });
    const ShellFixture fixture;
    MainWindow window(projectViews());
    window.setWorkspace(fixture.workspace());
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));

    constexpr int twentyMinutes = 20 * 60'000;
    MouseHands hands(window);
    double accuracy = 0;
    walkTutorial(hands,
                 {.link = server.url(u"/fashion-mnist.zip"_s),
                  .rows = u"70,000 rows"_s,
                  .subsetRows = u"56,000 rows"_s,
                  .shape = u"28×28×1"_s,
                  .actual = u"Shirt"_s,
                  .predicted = u"T-shirt/top"_s,
                  .nodes = u"10"_s,
                  .batchSize = u"256"_s,
                  .epochs = u"8"_s,
                  .runTime = twentyMinutes,
                  .pictures = u"fashion-"_s},
                 accuracy);
    qInfo("best validation accuracy %.4f", accuracy);
    if (!QTest::currentTestFailed())
        QVERIFY2(accuracy >= 0.905, qPrintable(QString::number(accuracy)));
}

QTEST_MAIN(WindowFashionTest)
#include "tst_window_fashion.moc"
