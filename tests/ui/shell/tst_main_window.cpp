#include "core/project/project_store.h"
#include "tests/ui/shell/shell_fixture.h"
#include "tests/ui/shell/test_view.h"
#include "ui/shell/commands/command_search.h"
#include "ui/shell/frame/flat_button.h"
#include "ui/shell/frame/status_bar.h"
#include "ui/shell/frame/top_bar.h"
#include "ui/shell/information/information_panel.h"
#include "ui/shell/jobs/jobs_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/preferences/preferences_dialog.h"
#include "ui/shell/project_session.h"
#include "ui/shell/projects/project_commands.h"
#include "ui/shell/projects/projects_page.h"
#include "ui/shell/shell_actions.h"
#include "ui/shell/workbench.h"
#include "ui/widgets/widgets.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QListView>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QUndoCommand>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

/// As a later version of the program would leave it.
void makeNewerProject(const QString& folder)
{
    QVERIFY(ProjectStore::create(folder, u"Newer"_s));
    QFile file(folder + u"/project.db"_s);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(60)); // user_version in the header of an SQLite file
    QCOMPARE(file.write(QByteArray("\0\0\x03\xe7", 4)), 4);
}

QListView* listIn(const InformationPanel& panel, const QString& name)
{
    for (QListView* list : panel.findChildren<QListView*>())
        if (list->accessibleName() == name)
            return list;
    return nullptr;
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void opensAndCloses();
    void saysWhyAProjectDoesNotOpen_data();
    void saysWhyAProjectDoesNotOpen();
    void tabsGoWithKeysAndRequests();
    void tabOrderGoesThroughTheColumns();
    void f6MovesBetweenColumns();
    void controlsHaveNames();
    void countersCountTheFront();
    void informationOpensRevealsAndRemembers();
    void disabledMainActionSaysWhy();
    void messagesAreTold();
    void undoIsThatOfTheFront();
    void shortcutsAreUnique();
    void commandSearchTriggers();
    void inspectorCollapsesAndIsRemembered();
    void columnsAndTabAreRemembered();
    void dropsGoToTheViewThatTakesThem();
    void preferencesApplyAtOnce();
    void switchesTheTheme();
    void openingManyTimesDoesNotGrow();
    void looks_data();
    void looks();

private:
    void open();
    void makeWindow();
    void drop(const QString& path);
    [[nodiscard]] TestView& view(int index) const { return *m_views.at(index); }
    [[nodiscard]] QList<FlatButton*> counters() const;

    ShellFixture m_fixture;
    std::unique_ptr<MainWindow> m_window;
    QList<TestView*> m_views; ///< of the project that is open
    QString m_folder;
};

void TestMainWindow::makeWindow()
{
    QList<ViewFactory> factories;
    for (const QString& title : {u"Datasets"_s, u"Modeling"_s, u"Evaluation"_s})
        factories.append([this, title](const ProjectContext&) {
            auto made = std::make_unique<TestView>(title);
            m_views.append(made.get());
            return made;
        });
    m_window = std::make_unique<MainWindow>(factories);
    m_window->setWorkspace(m_fixture.workspace());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::init()
{
    m_fixture.clearSettings();
    QDir(m_fixture.path(u"workspace"_s)).removeRecursively();
    m_folder = m_fixture.addProject(u"Clothes"_s);
    makeWindow();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_views.clear();
}

void TestMainWindow::open()
{
    m_views.clear();
    m_window->openProject(m_folder);
    QVERIFY(m_window->workbench());
    QCOMPARE(m_views.size(), 3);
}

QList<FlatButton*> TestMainWindow::counters() const
{
    return m_window->findChild<StatusBar*>()->findChildren<FlatButton*>().mid(0, 3);
}

void TestMainWindow::drop(const QString& path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &event);
}

void TestMainWindow::opensAndCloses()
{
    QVERIFY(!m_window->workbench());
    QVERIFY(m_window->projects().isVisible());
    QVERIFY(!m_window->actions().closeProject->isEnabled());
    open();
    QVERIFY(!m_window->projects().isVisible());
    QVERIFY(m_window->windowTitle().startsWith(u"Clothes"_s));
    QCOMPARE(m_window->findChild<TopBar*>()->tabs().count(), 3);
    QVERIFY(view(0).centreField->isVisible());
    m_window->actions().closeProject->trigger();
    QVERIFY(!m_window->session());
    QVERIFY(m_window->projects().isVisible());
    QCOMPARE(m_window->findChild<TopBar*>()->tabs().count(), 0);
}

void TestMainWindow::saysWhyAProjectDoesNotOpen_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("gone") << u"gone"_s;
    QTest::newRow("no project") << u"empty"_s;
    QTest::newRow("damaged") << u"damaged"_s;
    QTest::newRow("newer version") << u"newer"_s;
}

void TestMainWindow::saysWhyAProjectDoesNotOpen()
{
    QFETCH(QString, what);
    const QString folder = m_fixture.path(what);
    if (what == u"empty" || what == u"damaged")
        QVERIFY(QDir().mkpath(folder));
    if (what == u"newer")
        makeNewerProject(folder);
    if (what == u"damaged") {
        QFile file(folder + u"/project.db"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
    }
    m_window->openProject(folder);
    QVERIFY(!m_window->session());
    QVERIFY(m_window->projects().isVisible());
    QVERIFY(!m_window->projects().errorSentence().isEmpty());
    open();
    m_window->closeProject();
    QVERIFY(m_window->projects().errorSentence().isEmpty());
}

void TestMainWindow::tabsGoWithKeysAndRequests()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(m_window->workbench()->frontIndex(), 1);
    QVERIFY(view(1).inspectorField->isVisible());
    QVERIFY(!view(0).inspectorField->isVisible());
    Q_EMIT view(1).evaluationRequested(ExperimentId(7));
    QCOMPARE(m_window->workbench()->frontIndex(), 2);
    QCOMPARE(view(2).shownExperiment, ExperimentId(7));
    Q_EMIT view(2).datasetRequested(DatasetId(3));
    QCOMPARE(m_window->workbench()->frontIndex(), 0);
    QCOMPARE(view(0).shownDataset, DatasetId(3));
    Q_EMIT view(0).modelingRequested({});
    QCOMPARE(m_window->workbench()->frontIndex(), 1);
    QVERIFY(!view(1).shownExperiment.isValid());
    QCOMPARE(m_window->findChild<TopBar*>()->tabs().currentIndex(), 1);
}

void TestMainWindow::tabOrderGoesThroughTheColumns()
{
    open();
    m_window->findChild<TopBar*>()->findChild<FlatButton*>()->setFocus();
    QList<QWidget*> order;
    for (int step = 0; step < 40; ++step) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        if (order.contains(QApplication::focusWidget()))
            break;
        order.append(QApplication::focusWidget());
    }
    const QList<QWidget*> expected{view(0).sidebarField, view(0).centreField,
                                   view(0).inspectorField, counters().constFirst()};
    qsizetype last = -1;
    for (QWidget* widget : expected) {
        const qsizetype at = order.indexOf(widget);
        QVERIFY2(at > last, qPrintable(widget->accessibleName()));
        last = at;
    }
}

void TestMainWindow::f6MovesBetweenColumns()
{
    open();
    view(0).sidebarField->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(view(0).centreField->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(view(0).inspectorField->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(view(0).centreField->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(m_window->findChild<TopBar*>()->isAncestorOf(QApplication::focusWidget()));
}

void TestMainWindow::controlsHaveNames()
{
    QCOMPARE(namelessControls(*m_window).join(u'\n'), QString());
    open();
    m_window->workbench()->setInformationOpen(true);
    m_window->workbench()->setHelpOpen(true);
    m_window->actions().jobs->trigger();
    QCOMPARE(namelessControls(*m_window).join(u'\n'), QString());
    m_window->actions().search->trigger();
    QCOMPARE(namelessControls(*m_window).join(u'\n'), QString());
}

void TestMainWindow::countersCountTheFront()
{
    open();
    view(0).setIssues({{IssueLevel::Error, u"Input"_s, u"choose a feature"_s},
                       {IssueLevel::Hint, {}, u"ten nodes"_s},
                       {IssueLevel::Note, {}, u"note"_s}});
    view(1).setIssues({{IssueLevel::Warning, {}, u"unseen"_s}});
    QCOMPARE(counters().at(0)->text(), u"2"_s);
    QCOMPARE(counters().at(1)->text(), u"0"_s);
    QCOMPARE(counters().at(2)->text(), u"1"_s);
    QCOMPARE(counters().at(2)->accessibleName(), u"Errors: 1"_s);
    m_window->workbench()->setFront(1);
    QCOMPARE(counters().at(1)->text(), u"1"_s);
    QCOMPARE(counters().at(2)->text(), u"0"_s);
    m_window->closeProject();
    QCOMPARE(counters().at(1)->text(), u"0"_s);
}

void TestMainWindow::informationOpensRevealsAndRemembers()
{
    open();
    QVERIFY(!m_window->workbench()->isInformationOpen());
    const Issue issue{IssueLevel::Error, u"Input"_s, u"choose a feature"_s, 4};
    view(0).setIssues({issue});
    Q_EMIT view(0).informationRequested();
    QVERIFY(m_window->workbench()->isInformationOpen());
    InformationPanel& panel = m_window->workbench()->information();
    QVERIFY(panel.height() >= 108 && panel.height() <= 240);
    QListView* list = listIn(panel, u"Information"_s);
    QTRY_VERIFY(list->viewport()->height() > 32);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(0, 0)).center());
    QCOMPARE(view(0).revealed, QList{issue});
    counters().constFirst()->click();
    QVERIFY(!m_window->workbench()->isInformationOpen());
    m_window->closeProject();
    open();
    QVERIFY(!m_window->workbench()->isInformationOpen());
    view(0).setIssues(QList<Issue>(50, issue));
    QCOMPARE(m_window->workbench()->information().height(), 240);
}

void TestMainWindow::disabledMainActionSaysWhy()
{
    open();
    auto* bar = m_window->findChild<TopBar*>();
    auto* main = bar->findChild<QPushButton*>(QString(), Qt::FindChildrenRecursively);
    for (QPushButton* button : bar->findChildren<QPushButton*>())
        if (button->text() == u"Run")
            main = button;
    auto* reason = bar->findChildren<FlatButton*>().constLast();
    QVERIFY(main->isEnabled());
    QVERIFY(!reason->isVisible());
    view(0).main->setStatusTip(u"1 error left"_s);
    view(0).main->setEnabled(false);
    QVERIFY(!main->isEnabled());
    QVERIFY(reason->isVisible());
    QCOMPARE(reason->text(), u"1 error left"_s);
    reason->click();
    QVERIFY(m_window->workbench()->isInformationOpen());
    view(0).main->setEnabled(true);
    QVERIFY(!reason->isVisible());
    QSignalSpy triggered(view(0).main, &QAction::triggered);
    main->click();
    QCOMPARE(triggered.size(), 1);
    m_window->workbench()->setFront(1);
    main->click();
    QCOMPARE(triggered.size(), 1);
}

void TestMainWindow::messagesAreTold()
{
    open();
    Q_EMIT view(0).message({IssueLevel::Warning, u"a.zip"_s, u"3 rows were left out"_s});
    QCOMPARE(counters().at(1)->text(), u"1"_s);
    QCOMPARE(m_window->workbench()->information().issues().size(), 1);
    m_window->workbench()->showLog();
    QListView* log = listIn(m_window->workbench()->information(), u"Log"_s);
    QVERIFY(log->isVisible());
    QCOMPARE(log->model()->index(0, 0).data().toString(), u"a.zip: 3 rows were left out"_s);
}

void TestMainWindow::undoIsThatOfTheFront()
{
    open();
    view(0).stack->push(new QUndoCommand(u"Rename"_s));
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(view(0).stack->canRedo());
    m_window->workbench()->setFront(1);
    QVERIFY(!m_window->actions().redo->isEnabled());
    m_window->workbench()->setFront(0);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!view(0).stack->canRedo());
    // Another document of the same view.
    delete std::exchange(view(0).stack, new QUndoStack(m_views.first()));
    Q_EMIT view(0).undoStackChanged();
    QVERIFY(!m_window->actions().undo->isEnabled());
}

void TestMainWindow::shortcutsAreUnique()
{
    open();
    QHash<QKeySequence, QString> used;
    for (QAction* action : m_window->allActions())
        for (const QKeySequence& shortcut : action->shortcuts()) {
            QVERIFY2(!used.contains(shortcut), qPrintable(shortcut.toString()));
            used.insert(shortcut, action->text());
        }
    QVERIFY(used.size() > 15);
}

void TestMainWindow::commandSearchTriggers()
{
    open();
    view(0).centreField->setFocus();
    QSignalSpy triggered(view(0).extra, &QAction::triggered);
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto* search = m_window->findChild<CommandSearch*>();
    QVERIFY(search->isVisible());
    QTest::keyClicks(QApplication::focusWidget(), u"tidy"_s);
    QTest::qWait(20);
    screenshot(*m_window, u"command-search"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(!search->isVisible());
    QTRY_COMPARE(triggered.size(), 1);
    QVERIFY(view(0).centreField->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!search->isVisible());
    // Actions of a view that is not in front are not found.
    QVERIFY(!m_window->allActions().contains(view(1).extra));
}

void TestMainWindow::inspectorCollapsesAndIsRemembered()
{
    open();
    QTest::keyClick(m_window.get(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!view(0).inspectorField->isVisible());
    QCOMPARE(m_window->actions().inspector->text(), u"Show Inspector"_s);
    cleanup();
    makeWindow();
    open();
    QVERIFY(!view(0).inspectorField->isVisible());
    m_window->actions().inspector->trigger();
    QVERIFY(view(0).inspectorField->isVisible());
    m_window->actions().inspector->trigger();
    Q_EMIT view(0).inspectorRequested();
    QVERIFY(view(0).inspectorField->isVisible());
    QCOMPARE(m_window->actions().inspector->text(), u"Hide Inspector"_s);
}

void TestMainWindow::columnsAndTabAreRemembered()
{
    m_window->resize(1500, 900);
    open();
    QCOMPARE(m_window->workbench()->sidebarWidth(), 260);
    QCOMPARE(m_window->workbench()->inspectorWidth(), 320);
    QSettings().setValue(u"window/sidebar"_s, 300);
    m_window->workbench()->setFront(2);
    m_window->close();
    cleanup();
    makeWindow();
    QCOMPARE(m_window->size(), QSize(1500, 900));
    open();
    QCOMPARE(m_window->workbench()->frontIndex(), 2);
    QCOMPARE(m_window->workbench()->sidebarWidth(), 300);
    m_window->resize(1024, 700);
    QTRY_COMPARE(m_window->workbench()->sidebarWidth(), 220);
    QCOMPARE(m_window->workbench()->inspectorWidth(), 288);
    m_window->resize(1500, 900);
    QTRY_COMPARE(m_window->workbench()->sidebarWidth(), 300);
}

void TestMainWindow::dropsGoToTheViewThatTakesThem()
{
    drop(m_fixture.path(u"data.zip"_s));
    QVERIFY(!m_window->projects().errorSentence().isEmpty());
    drop(m_folder);
    QVERIFY(m_window->session());
    view(0).takes = u".zip"_s;
    m_window->workbench()->setFront(2);
    drop(m_fixture.path(u"data.zip"_s));
    QCOMPARE(view(0).drops, 1);
    QCOMPARE(m_window->workbench()->frontIndex(), 0);
    drop(m_fixture.path(u"nonsense.exe"_s));
    QCOMPARE(view(0).drops, 1);
    view(2).takes = u".zip"_s;
    m_window->workbench()->setFront(2);
    drop(m_fixture.path(u"data.zip"_s));
    QCOMPARE(view(2).drops, 1);
}

void TestMainWindow::preferencesApplyAtOnce()
{
    QSignalSpy changed(m_window.get(), &MainWindow::preferencesChanged);
    m_window->actions().preferences->trigger();
    auto* dialog = m_window->findChild<PreferencesDialog*>();
    QVERIFY(dialog);
    QCOMPARE(namelessControls(*dialog).join(u'\n'), QString());
    dialog->findChild<QComboBox*>()->setCurrentIndex(int(ThemeChoice::Dark));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(Preferences::load().theme, ThemeChoice::Dark);
    const QList<QSpinBox*> numbers = dialog->findChildren<QSpinBox*>();
    numbers.at(0)->setValue(1);
    numbers.at(1)->setValue(3);
    QCOMPARE(Preferences::load().runDefaults().threads, 1);
    QCOMPARE(Preferences::load().runDefaults().checkpoints.every, 3);
    QLineEdit* workspace = nullptr;
    for (QLineEdit* field : dialog->findChildren<QLineEdit*>())
        if (!field->accessibleName().isEmpty())
            workspace = field;
    QVERIFY(workspace);
    workspace->setText(m_folder + u"/project.db"_s); // a file
    QTest::keyClick(workspace, Qt::Key_Tab);
    QVERIFY(Preferences::load().workspace.isEmpty());
    QTest::qWait(20);
    screenshot(*dialog, u"preferences"_s);
    workspace->setText(m_fixture.path(u"elsewhere"_s));
    workspace->setFocus();
    QTest::keyClick(workspace, Qt::Key_Return);
    QCOMPARE(Preferences::load().workspaceFolder(), m_fixture.path(u"elsewhere"_s));
}

void TestMainWindow::switchesTheTheme()
{
    QSignalSpy changed(m_window.get(), &MainWindow::preferencesChanged);
    QAction* action = m_window->actions().otherTheme;
    for (const ThemeChoice next : {ThemeChoice::Dark, ThemeChoice::Light}) {
        QCOMPARE(action->text(), next == ThemeChoice::Dark ? u"Dark theme"_s : u"Light theme"_s);
        action->trigger();
        QCOMPARE(changed.takeFirst().at(0).value<Preferences>().theme, next);
        QCOMPARE(Preferences::load().theme, next);
        applyTheme(*qApp, next); // as the application does
        QTest::qWait(0);
    }
}

void TestMainWindow::openingManyTimesDoesNotGrow()
{
    const auto openAndClose = [this] {
        open();
        m_window->closeProject();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    openAndClose();
    openAndClose();
    const auto widgets = QApplication::allWidgets().size();
    const auto objects = m_window->findChildren<QObject*>().size();
    const auto actions = m_window->QWidget::actions().size();
    for (int time = 0; time < 20; ++time)
        openAndClose();
    QCOMPARE(QApplication::allWidgets().size(), widgets);
    QCOMPARE(m_window->findChildren<QObject*>().size(), objects);
    QCOMPARE(m_window->QWidget::actions().size(), actions);
}

void TestMainWindow::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    QTest::newRow("light-1280") << false << QSize(1280, 800);
    QTest::newRow("dark-1280") << true << QSize(1280, 800);
    QTest::newRow("light-1024") << false << QSize(1024, 700);
    QTest::newRow("dark-1920") << true << QSize(1920, 1080);
}

void TestMainWindow::looks()
{
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
    m_window->resize(size);
    open();
    view(0).main->setStatusTip(u"1 error left"_s);
    view(0).main->setEnabled(false);
    view(0).setIssues(
        {{IssueLevel::Error, u"Target"_s, u"choose a feature"_s},
         {IssueLevel::Hint, u"Dense 2"_s,
          u"10 nodes for now; follows the number of classes once Target has a feature"_s}});
    Q_EMIT view(0).informationRequested();
    m_window->workbench()->setHelpOpen(true);
    const QString tag = QString::fromUtf8(QTest::currentDataTag());
    QTest::qWait(20);
    screenshot(*m_window, u"workbench-"_s + tag);
    m_window->workbench()->setHelpOpen(false);
    m_window->actions().jobs->trigger();
    QTest::qWait(20);
    screenshot(*m_window, u"workbench-jobs-"_s + tag);
    applyTheme(*qApp, ThemeChoice::Light);
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
