#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/frame/prompt_dialog.h"
#include "ui/shell/projects/project_commands.h"
#include "ui/shell/projects/project_list.h"
#include "ui/shell/projects/project_list_model.h"
#include "ui/shell/projects/projects_page.h"
#include "ui/shell/projects/recent_projects.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestProjectsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void withoutProjectsShowsThreeButtonsAlone();
    void listsTheLastUsedFirst();
    void searchFindsNamesAndFolders();
    void returnOpens();
    void clickOpens();
    void missingFolderAsksWhereItIs();
    void menuRemovesFromTheList();
    void deletingNeedsTheName();
    void newProjectSaysWhatIsWrong();
    void sampleIsMadeOnce();
    void workspaceThatCannotBeUsedIsSaid();
    void controlsHaveNames();
    void looks_data();
    void looks();

private:
    void reload();
    [[nodiscard]] ProjectList& list() { return *m_page->findChild<ProjectList*>(); }
    [[nodiscard]] QAction* menuAction(int row, const QString& text);

    ShellFixture m_fixture;
    std::unique_ptr<QWidget> m_window;
    ProjectCommands* m_commands = nullptr;
    ProjectsPage* m_page = nullptr;
    std::array<QAction, 3> m_ways;
};

void TestProjectsPage::init()
{
    m_fixture.clearSettings();
    QDir(m_fixture.path(u"workspace"_s)).removeRecursively();
    m_ways[0].setText(u"New project…"_s);
    m_ways[1].setText(u"Open…"_s);
    m_ways[2].setText(u"Open sample project"_s);
    m_window = std::make_unique<QWidget>();
    m_commands = new ProjectCommands(m_window.get());
    m_page = new ProjectsPage(*m_commands, {&m_ways[0], &m_ways[1], &m_ways[2]}, m_window.get());
    m_page->resize(1280, 724);
    m_window->resize(1280, 724);
    m_commands->setWorkspace(m_fixture.workspace());
}

void TestProjectsPage::cleanup()
{
    m_window.reset();
}

void TestProjectsPage::reload()
{
    m_window->show();
    m_page->reload();
    QTRY_VERIFY(!m_page->model().isLoading());
}

QAction* TestProjectsPage::menuAction(int row, const QString& text)
{
    const QModelIndex index = list().model()->index(row, 0);
    Q_EMIT list().menuRequested(index, QPoint(10, 10));
    for (QAction* action : m_page->findChildren<QMenu*>().constLast()->actions())
        if (action->text().startsWith(text) && action->isVisible())
            return action;
    return nullptr;
}

void TestProjectsPage::withoutProjectsShowsThreeButtonsAlone()
{
    reload();
    QVERIFY(!list().isVisible());
    for (QLineEdit* search : m_page->findChildren<QLineEdit*>())
        QVERIFY(!search->isVisible());
    for (Hairline* line : m_page->findChildren<Hairline*>())
        QVERIFY(!line->isVisible());
    int buttons = 0;
    for (QPushButton* button : m_page->findChildren<QPushButton*>())
        buttons += button->isVisible() ? 1 : 0;
    QCOMPARE(buttons, 3);
    QSignalSpy triggered(&m_ways[0], &QAction::triggered);
    m_page->findChildren<QPushButton*>().constFirst()->click();
    QCOMPARE(triggered.size(), 1);
}

void TestProjectsPage::listsTheLastUsedFirst()
{
    const QAbstractItemModelTester tester(&m_page->model());
    const QString pears = m_fixture.addProject(u"Pears"_s);
    const QString apples = m_fixture.addProject(u"Apples"_s);
    QTest::qWait(20);
    recent_projects::remember(pears, u"Pears"_s);
    reload();
    QCOMPARE(m_page->model().rowCount(), 2);
    QCOMPARE(m_page->model().index(0).data().toString(), u"Pears"_s);
    QCOMPARE(m_page->model().index(0).data(ProjectListModel::CountsRole).toString(),
             u"0 datasets · 0 experiments"_s);
    QCOMPARE(m_page->model().index(1).data(ProjectListModel::FolderRole).toString(), apples);
}

void TestProjectsPage::searchFindsNamesAndFolders()
{
    (void)m_fixture.addProject(u"Pears"_s);
    (void)m_fixture.addProject(u"Apples"_s);
    reload();
    auto* search = m_page->findChild<QLineEdit*>();
    search->setText(u"PEAR"_s);
    QCOMPARE(list().model()->rowCount(), 1);
    search->setText(u"workspace/apples"_s);
    QCOMPARE(list().model()->rowCount(), 1);
    search->setText(u".*"_s);
    QCOMPARE(list().model()->rowCount(), 0);
    QVERIFY(!list().isVisible());
    search->clear();
    QCOMPARE(list().model()->rowCount(), 2);
    QVERIFY(list().isVisible());
}

void TestProjectsPage::returnOpens()
{
    const QString folder = m_fixture.addProject(u"Pears"_s);
    reload();
    QSignalSpy opened(m_commands, &ProjectCommands::openRequested);
    list().setCurrentIndex(list().model()->index(0, 0));
    QTest::keyClick(&list(), Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString(), folder);
}

void TestProjectsPage::clickOpens()
{
    const QString folder = m_fixture.addProject(u"Pears"_s);
    reload();
    QSignalSpy opened(m_commands, &ProjectCommands::openRequested);
    QSignalSpy menu(&list(), &ProjectList::menuRequested);
    const QRect row = list().visualRect(list().model()->index(0, 0));
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {},
                      ProjectDelegate::menuRect(row).center());
    QCOMPARE(menu.size(), 1);
    QCOMPARE(opened.size(), 0);
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(opened.size(), 1);
}

void TestProjectsPage::missingFolderAsksWhereItIs()
{
    recent_projects::remember(m_fixture.path(u"gone"_s), u"Street numbers"_s);
    reload();
    QVERIFY(m_page->model().index(0).data(ProjectListModel::MissingRole).toBool());
    QVERIFY(!menuAction(0, u"Open"_s));
    QVERIFY(menuAction(0, u"Locate"_s));
    QSignalSpy locate(&list(), &ProjectList::locateRequested);
    QSignalSpy opened(m_commands, &ProjectCommands::openRequested);
    const QRect row = list().visualRect(list().model()->index(0, 0));
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(locate.size(), 1);
    QCOMPARE(opened.size(), 0);
}

void TestProjectsPage::menuRemovesFromTheList()
{
    (void)m_fixture.addProject(u"Pears"_s);
    reload();
    menuAction(0, u"Remove"_s)->trigger();
    QTRY_VERIFY(!m_page->model().isLoading());
    QCOMPARE(m_page->model().rowCount(), 0);
    QVERIFY(m_fixture.workspace().project(u"Pears"_s));
}

void TestProjectsPage::deletingNeedsTheName()
{
    const QString folder = m_fixture.addProject(u"Pears"_s);
    reload();
    menuAction(0, u"Delete"_s)->trigger();
    auto* dialog = m_window->findChild<PromptDialog*>();
    QVERIFY(dialog);
    auto* field = dialog->findChild<QLineEdit*>();
    auto* button = dialog->findChild<QPushButton*>();
    QVERIFY(!button->isEnabled());
    field->setText(u"pears"_s);
    QVERIFY(!button->isEnabled());
    field->setText(u"Pears"_s);
    QVERIFY(button->isEnabled());
    screenshot(*dialog, u"delete-project"_s);
    button->click();
    QTRY_VERIFY(!m_page->model().isLoading());
    QVERIFY(!QDir(folder).exists());
    QCOMPARE(m_page->model().rowCount(), 0);
}

void TestProjectsPage::newProjectSaysWhatIsWrong()
{
    (void)m_fixture.addProject(u"Pears"_s);
    m_window->show();
    m_commands->createProject();
    auto* dialog = m_window->findChild<PromptDialog*>();
    auto* field = dialog->findChild<QLineEdit*>();
    auto* button = dialog->findChild<QPushButton*>();
    QVERIFY(!button->isEnabled());
    QSignalSpy opened(m_commands, &ProjectCommands::openRequested);
    field->setText(u"pears"_s);
    button->click();
    QCOMPARE(opened.size(), 0);
    QVERIFY(dialog->isVisible());
    screenshot(*dialog, u"new-project-error"_s);
    field->setText(u"Plums"_s);
    button->click();
    QCOMPARE(opened.size(), 1);
    QVERIFY(!dialog->isVisible());
}

void TestProjectsPage::sampleIsMadeOnce()
{
    QSignalSpy opened(m_commands, &ProjectCommands::openRequested);
    m_commands->openSample();
    m_commands->openSample();
    QCOMPARE(opened.size(), 2);
    QCOMPARE(opened.first().first(), opened.last().first());
    QCOMPARE(m_fixture.workspace().projects().size(), 1);
}

void TestProjectsPage::workspaceThatCannotBeUsedIsSaid()
{
    m_window->show();
    m_commands->setWorkspace(failure(ErrorCode::Io, u"The workspace is on fire."_s));
    QCOMPARE(m_page->errorSentence(), u"The workspace is on fire."_s);
    m_page->sayError({});
    m_commands->openSample();
    QCOMPARE(m_page->errorSentence(), u"The workspace is on fire."_s);
}

void TestProjectsPage::controlsHaveNames()
{
    (void)m_fixture.addProject(u"Pears"_s);
    reload();
    m_page->sayError(u"Something."_s);
    QCOMPARE(namelessControls(*m_page).join(u'\n'), QString());
}

void TestProjectsPage::looks_data()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << u"light"_s;
    QTest::newRow("dark") << u"dark"_s;
}

void TestProjectsPage::looks()
{
    QFETCH(QString, theme);
    applyTheme(*qApp, theme == u"dark" ? ThemeChoice::Dark : ThemeChoice::Light);
    reload();
    screenshot(*m_page, u"projects-empty-"_s + theme);
    recent_projects::remember(m_fixture.path(u"media/street-numbers"_s), u"Street numbers"_s);
    for (const QString& name : {u"Wine quality"_s, u"Leaf diseases"_s, u"Clothes"_s})
        recent_projects::remember(m_fixture.addProject(name), name);
    reload();
    screenshot(*m_page, u"projects-"_s + theme);
    m_page->sayError(u"The project at /somewhere was written by a newer version of Espalier: "
                     "install that version to open it."_s);
    for (int number = 0; number < 20; ++number)
        (void)m_fixture.addProject(u"Project with a rather long name number %1"_s.arg(number));
    reload();
    QTest::qWait(10);
    screenshot(*m_page, u"projects-many-"_s + theme);
    QVERIFY(list().verticalScrollBar());
    applyTheme(*qApp, ThemeChoice::Light);
}

QTEST_MAIN(TestProjectsPage)
#include "tst_projects_page.moc"
