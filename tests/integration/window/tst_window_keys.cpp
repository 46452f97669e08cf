#include "core/project/workspace.h"
#include "tests/core/project/project_fixture.h"
#include "tests/integration/window/hands.h"
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/frame/status_bar.h"
#include "ui/shell/frame/top_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workbench.h"
#include "ui/widgets/focus_order.h"

#include <QApplication>
#include <QDialog>
#include <QTest>
#include <memory>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr int MostTabs = 300;

QString describe(const QWidget* widget)
{
    return widget ? QString::fromLatin1(widget->metaObject()->className()) + u" “"_s +
                        widget->accessibleName() + u"”"_s
                  : u"nothing"_s;
}

/// What takes the focus below `root` and is not reached from there by Tab or Backtab alone.
QStringList unreached(const QWidget& root, Qt::Key key)
{
    QList<QWidget*> wanted = focusOrder(root);
    for (int tab = 0; tab < MostTabs && !wanted.isEmpty(); ++tab) {
        QTest::keyClick(QApplication::focusWidget(), key);
        wanted.removeAll(QApplication::focusWidget());
    }
    QStringList left;
    for (const QWidget* widget : wanted)
        if (takesFocus(*widget)) // by now; what is selected on the way changes what there is
            left.append(describe(widget));
    return left;
}

} // namespace

/// Each view of the window, and each dialog that a view opens, without a mouse.
class WindowKeysTest final : public QObject {
    Q_OBJECT

private:
    ShellFixture m_fixture;
    std::unique_ptr<ProjectFixture> m_project;
    std::unique_ptr<MainWindow> m_window;

    void fillProject() const
    {
        const auto store = m_project->open();
        const DatasetRecord dataset = m_project->addSavedDataset(*store);
        for (const QString& name : {u"First"_s, u"Second"_s}) {
            const auto experiment = store->createExperiment(name, dataset.id, pointGraph());
            require(addEpoch(*store, valueOf(experiment).id, 1, true));
        }
        (void)valueOf(store->createExperiment(u"Third"_s, dataset.id, pointGraph()));
    }

    /// The areas come in the order in which they stand.
    void checkOrderOfAreas() const
    {
        const QList<QWidget*> order = focusOrder(*m_window);
        const auto placeOf = [&](const QWidget* area) {
            for (qsizetype at = 0; at < order.size(); ++at)
                if (area->isAncestorOf(order.at(at)))
                    return at;
            return qsizetype(-1);
        };
        qsizetype last = placeOf(m_window->findChild<TopBar*>());
        for (const QWidget* area : m_window->workbench()->areas())
            if (const qsizetype at = placeOf(area); at >= 0) {
                QVERIFY2(at > last, qPrintable(describe(area)));
                last = at;
            }
        QVERIFY(placeOf(m_window->findChild<StatusBar*>()) > last);
    }

private Q_SLOTS:
    void init()
    {
        m_fixture.clearSettings();
        m_project = std::make_unique<ProjectFixture>();
        fillProject();
        m_window = std::make_unique<MainWindow>(projectViews());
        m_window->setWorkspace(m_fixture.workspace());
        m_window->openProject(m_project->folder());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_project.reset();
    }

    void viewsAreReachedAndNamed_data()
    {
        QTest::addColumn<QStringList>("presses");
        QTest::newRow("Datasets") << QStringList{u"Datasets"_s};
        QTest::newRow("Modeling, Build") << QStringList{u"Modeling"_s, u"Build"_s};
        QTest::newRow("Modeling, Block") << QStringList{u"Modeling"_s, u"Block"_s};
        QTest::newRow("Modeling, Settings") << QStringList{u"Modeling"_s, u"Settings"_s};
        QTest::newRow("Curves") << QStringList{u"Evaluation"_s, u"Curves"_s};
        QTest::newRow("Compare") << QStringList{u"Evaluation"_s, u"Compare"_s};
        QTest::newRow("Predictions") << QStringList{u"Evaluation"_s, u"Predictions"_s};
    }

    void viewsAreReachedAndNamed()
    {
        QFETCH(QStringList, presses);
        MouseHands hands(*m_window);
        for (const QString& button : presses)
            QVERIFY2(hands.press(button), qPrintable(hands.failure()));
        if (presses.last() == u"Block"_s)
            QVERIFY2(hands.selectBlock(u"Input"_s), qPrintable(hands.failure()));
        if (presses.last() == u"Compare"_s)
            for (const QString& experiment : {u"First"_s, u"Second"_s})
                QVERIFY2(hands.tick(u"Experiments"_s, experiment), qPrintable(hands.failure()));
        QCOMPARE(namelessControls(*m_window).join(u"; "_s), QString());
        checkOrderOfAreas();
        QVERIFY(focusNextIn(*m_window, true));
        QCOMPARE(unreached(*m_window, Qt::Key_Tab).join(u"; "_s), QString());
        QCOMPARE(unreached(*m_window, Qt::Key_Backtab).join(u"; "_s), QString());
    }

    void dialogsAreReachedAndNamed_data()
    {
        QTest::addColumn<QStringList>("presses");
        QTest::newRow("New dataset") << QStringList{u"Datasets"_s, u"New dataset"_s};
        QTest::newRow("New experiment") << QStringList{u"Modeling"_s, u"New experiment"_s};
        QTest::newRow("Predict") << QStringList{u"Evaluation"_s, u"Predict"_s};
    }

    void dialogsAreReachedAndNamed()
    {
        QFETCH(QStringList, presses);
        MouseHands hands(*m_window);
        for (const QString& button : presses)
            QVERIFY2(hands.press(button), qPrintable(hands.failure()));
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QCOMPARE(namelessControls(*dialog).join(u"; "_s), QString());
        QVERIFY2(dialog->isAncestorOf(QApplication::focusWidget()),
                 qPrintable(describe(QApplication::focusWidget())));
        QCOMPARE(unreached(*dialog, Qt::Key_Tab).join(u"; "_s), QString());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!QApplication::activeModalWidget());
    }
};

QTEST_MAIN(WindowKeysTest)
#include "tst_window_keys.moc"
