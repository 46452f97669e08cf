#include "ui/shell/main_window.h"

#include "core/base/logging.h"
#include "ui/shell/commands/command_search.h"
#include "ui/shell/frame/confirm_dialog.h"
#include "ui/shell/frame/focus_walk.h"
#include "ui/shell/frame/status_bar.h"
#include "ui/shell/frame/top_bar.h"
#include "ui/shell/help/help_panel.h"
#include "ui/shell/information/information_panel.h"
#include "ui/shell/jobs/job_summary.h"
#include "ui/shell/jobs/jobs_model.h"
#include "ui/shell/jobs/jobs_panel.h"
#include "ui/shell/preferences/preferences_dialog.h"
#include "ui/shell/project_session.h"
#include "ui/shell/projects/project_commands.h"
#include "ui/shell/projects/project_thumbnail.h"
#include "ui/shell/projects/projects_page.h"
#include "ui/shell/projects/recent_projects.h"
#include "ui/shell/shell_actions.h"
#include "ui/shell/workbench.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus_order.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QUndoGroup>
#include <QtConcurrent>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QSize SmallestWindow(1024, 700);
constexpr QSize FirstSize(1280, 800);

QList<QAction*> withoutRepeats(const QList<QAction*>& actions)
{
    QList<QAction*> once;
    for (QAction* action : actions)
        if (action && !once.contains(action))
            once.append(action);
    return once;
}

/// The first with images, else the first.
const DatasetRecord& datasetToShow(const QList<DatasetRecord>& datasets)
{
    const auto hasImages = [](const DatasetRecord& record) {
        return std::ranges::any_of(record.settings.features, [](const FeatureSettings& feature) {
            return feature.encoding == Encoding::Image;
        });
    };
    const auto found = std::ranges::find_if(datasets, hasImages);
    return found == datasets.end() ? datasets.constFirst() : *found;
}

} // namespace

MainWindow::MainWindow(const QList<ViewFactory>& views, QWidget* parent)
    : QMainWindow(parent)
    , m_views(views)
    , m_actions(new ShellActions(this))
    , m_commands(new ProjectCommands(this))
{
    setWindowTitle(u"Espalier"_s);
    setMinimumSize(SmallestWindow);
    setAcceptDrops(true);
    createLayout();
    connectActions();
    connectPanels();
    restoreWindow();
    followPanels();
}

MainWindow::~MainWindow()
{
    endSession();
}

void MainWindow::createLayout()
{
    m_topBar = new TopBar(this);
    m_topBar->setName(u"Espalier"_s);
    m_topBar->setMenu(m_actions->createMenu());
    m_topBar->setInspectorAction(m_actions->inspector);
    m_projects = new ProjectsPage(
        *m_commands, {m_actions->newProject, m_actions->openProject, m_actions->openSample});
    m_projectsHelp = new HelpPanel;
    m_projectsHelp->setFixedWidth(metrics::Inspector);
    m_projectsHelp->hide();
    m_projectsPage = new QWidget;
    auto* beside = new QHBoxLayout(m_projectsPage);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setSpacing(0);
    beside->addWidget(m_projects, 1);
    beside->addWidget(m_projectsHelp);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_projectsPage);
    m_statusBar = new StatusBar;
    auto* central = new QWidget(this);
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_statusBar);
    setCentralWidget(central);
    m_jobsPanel = new JobsPanel(this);
    m_jobsPanel->setOpener(&m_statusBar->jobs());
    m_search = new CommandSearch(this);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction* action, auto slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(m_actions->newProject, [this] { m_commands->createProject(); });
    on(m_actions->openProject, [this] { m_commands->chooseProject(); });
    on(m_actions->openSample, [this] { m_commands->openSample(); });
    on(m_actions->closeProject, [this] { closeProject(); });
    on(m_actions->quit, [this] { close(); });
    on(m_actions->preferences, [this] { openPreferences(); });
    on(m_actions->otherTheme, [this] { switchTheme(); });
    on(m_actions->search, [this] { m_search->openFor(allActions()); });
    on(m_actions->jobs, [this] { m_jobsPanel->openPanel(); });
    on(m_actions->nextArea, [this] { moveFocus(1); });
    on(m_actions->previousArea, [this] { moveFocus(-1); });
    on(m_actions->help, [this](bool open) { setHelpOpen(open); });
    on(m_actions->inspector,
       [this] { m_workbench->setInspectorOpen(!m_workbench->isInspectorOpen()); });
    on(m_actions->information, [this](bool open) {
        m_workbench->setInformationOpen(open);
        if (open)
            m_workbench->information().focusList();
    });
    on(m_actions->log, [this] { m_workbench->showLog(); });
    connect(m_commands, &ProjectCommands::openRequested, this, &MainWindow::openProject);
}

void MainWindow::connectPanels()
{
    const auto toggleInformation = [this] {
        if (m_workbench)
            m_workbench->setInformationOpen(!m_workbench->isInformationOpen());
    };
    connect(m_topBar, &TopBar::reasonClicked, this, [this] {
        m_workbench->information().showPage(InformationPanel::Page::Information);
        m_workbench->setInformationOpen(true);
    });
    connect(m_statusBar, &StatusBar::countersClicked, this, toggleInformation);
    connect(m_statusBar, &StatusBar::jobsClicked, this, [this] {
        if (m_jobsPanel->isVisible())
            m_jobsPanel->dismiss();
        else
            m_jobsPanel->openPanel();
    });
    connect(&m_topBar->tabs(), &TabStrip::currentChanged, this, [this](int index) {
        if (m_workbench && index >= 0)
            m_workbench->setFront(index);
    });
    connect(m_projectsHelp, &HelpPanel::closeRequested, this, [this] { setHelpOpen(false); });
}

void MainWindow::setWorkspace(const Result<Workspace>& workspace)
{
    m_commands->setWorkspace(workspace);
}

void MainWindow::openProject(const QString& folder)
{
    if (m_session && m_session->document().folder() == folder)
        return;
    whenIdle(tr("Stop and open"), [this, folder] {
        Result<std::unique_ptr<ProjectSession>> session = ProjectSession::open(folder);
        if (session)
            return showSession(std::move(*session));
        if (m_session)
            return tell({IssueLevel::Error, {}, session.error().message});
        logError(session.error().message);
        m_projects->sayError(session.error().message);
    });
}

void MainWindow::closeProject()
{
    whenIdle(tr("Stop and close"), [this] { endSession(); });
}

void MainWindow::showSession(std::unique_ptr<ProjectSession> session)
{
    endSession();
    m_projects->sayError({});
    m_session = std::move(session);
    ProjectDocument& document = m_session->document();
    recent_projects::remember(document.folder(), document.name());
    m_workbench = new Workbench(m_session->context(), m_views);
    m_jobs = new JobsModel(m_session->context(), m_workbench);
    m_topBar->setName(document.name());
    m_topBar->setProjectShown(true);
    setWindowTitle(u"%1 – Espalier"_s.arg(document.name()));
    m_actions->setProjectOpen(true);
    connectWorkbench();
    m_pages->addWidget(m_workbench);
    m_pages->setCurrentWidget(m_workbench);
    // The tab order is that of adding: the status bar comes last once more.
    m_statusBar->setParent(nullptr);
    centralWidget()->layout()->addWidget(m_statusBar);
    m_statusBar->show();
    startSampleImport();
    storeThumbnail();
    connect(&document, &ProjectDocument::datasetsChanged, m_workbench,
            [this] { storeThumbnail(); });
    connect(&document, &ProjectDocument::folderGone, m_workbench, [this](bool gone) {
        const QString name = m_session->document().name();
        if (gone)
            tell({IssueLevel::Error, name,
                  tr("the folder of the project is gone: put it back where it was; until then "
                     "nothing is saved")});
        else
            tell({IssueLevel::Done, name, tr("the folder of the project is there again")});
    });
}

void MainWindow::connectWorkbench()
{
    for (int index = 0; index < m_workbench->viewCount(); ++index) {
        const QString title = m_workbench->view(index).title();
        m_topBar->tabs().addTab(title);
        connect(m_actions->addTab(title, index), &QAction::triggered, m_workbench,
                [this, index] { m_workbench->setFront(index); });
    }
    connect(m_workbench, &Workbench::frontChanged, this, &MainWindow::followFront);
    connect(m_workbench, &Workbench::panelsChanged, this, &MainWindow::followPanels);
    connect(m_workbench, &Workbench::message, m_statusBar, &StatusBar::say);
    connect(m_workbench, &Workbench::columnsChanged, this, [this] {
        m_topBar->setColumns(m_workbench->sidebarWidth(), m_workbench->inspectorWidth());
    });
    connect(m_workbench, &Workbench::issuesChanged, this, [this] {
        m_statusBar->setIssues(m_workbench->information().issues());
        followFront();
    });
    m_topBar->orderTabs();
    m_jobsPanel->setModel(m_jobs);
    connect(m_jobs, &JobsModel::jobsChanged, this,
            [this] { m_statusBar->jobs().setJobs(m_jobs->jobs()); });
    m_statusBar->jobs().setJobs(m_jobs->jobs());
    m_statusBar->setIssues(m_workbench->information().issues());
    m_workbench->setFront(QSettings().value(u"window/tab"_s, 0).toInt());
    followFront();
    followPanels();
}

void MainWindow::endSession()
{
    if (!m_session)
        return;
    QSettings().setValue(u"window/tab"_s, m_workbench->frontIndex());
    m_search->dismiss();
    m_jobsPanel->dismiss();
    m_jobsPanel->setModel(nullptr);
    m_topBar->setMainAction(nullptr, false);
    for (QAction* action : std::exchange(m_frontActions, {}))
        removeAction(action);
    m_pages->setCurrentWidget(m_projectsPage);
    delete std::exchange(m_workbench, nullptr);
    m_jobs = nullptr;
    m_session.reset();
    m_actions->clearTabs();
    m_topBar->tabs().clear();
    m_topBar->setProjectShown(false);
    m_topBar->setName(u"Espalier"_s);
    setWindowTitle(u"Espalier"_s);
    m_actions->setProjectOpen(false);
    m_statusBar->setIssues({});
    m_statusBar->jobs().setJobs({});
    followPanels();
}

void MainWindow::startSampleImport()
{
    ProjectDocument& document = m_session->document();
    const bool empty = document.datasets().isEmpty() && m_session->imports().imports().isEmpty();
    if (document.name() != ProjectCommands::sampleName() || !empty)
        return;
    const ImportId id = m_session->imports().start({ProjectCommands::sampleSource()});
    m_session->imports().setName(id, tr("Clothes"));
    m_workbench->setFront(0);
}

void MainWindow::storeThumbnail()
{
    const QList<DatasetRecord>& datasets = m_session->document().datasets();
    if (datasets.isEmpty())
        return;
    const auto dataset = m_session->document().openDataset(datasetToShow(datasets).id);
    if (dataset)
        (void)QtConcurrent::run([folder = m_session->document().folder(), opened = *dataset] {
            project_thumbnail::store(folder, *opened);
        });
}

void MainWindow::whenIdle(const QString& agreement, std::function<void()> then)
{
    if (!m_session || !m_session->isBusy())
        return then();
    const bool running = m_session->runs().current().has_value();
    auto* question = new ConfirmDialog(
        running ? tr("An experiment is running") : tr("Something is still at work"),
        tr("A run that is stopped keeps its last checkpoint and can be resumed. Runs that wait "
           "leave the queue, and imports are cancelled."),
        agreement, tr("Keep running"), this);
    connect(question, &QDialog::accepted, this,
            [this, then = std::move(then)] { stopAllThen(then); });
    question->open();
}

void MainWindow::stopAllThen(std::function<void()> then)
{
    if (!m_session)
        return then();
    RunController& runs = m_session->runs();
    for (const ExperimentId id : runs.waiting())
        runs.stop(id);
    if (!runs.current())
        return then();
    tell({IssueLevel::Note, {}, tr("Stopping the run…")});
    connect(&runs, &RunController::finished, this, [this, then = std::move(then)] {
        // The controller is still inside its signal: it must not be destroyed from there.
        QMetaObject::invokeMethod(this, then, Qt::QueuedConnection);
    });
    runs.stop(*runs.current());
}

QList<QAction*> MainWindow::allActions() const
{
    QList<QAction*> actions;
    if (m_workbench && m_workbench->viewCount() > 0)
        actions = m_workbench->front().actions() + QList{m_workbench->front().mainAction()};
    return withoutRepeats(actions + m_actions->all());
}

void MainWindow::followFront()
{
    if (!m_workbench || m_workbench->viewCount() == 0)
        return;
    ProjectView& view = m_workbench->front();
    m_topBar->tabs().setCurrentIndex(m_workbench->frontIndex());
    const QList<Issue> issues = view.issues();
    m_topBar->setMainAction(view.mainAction(),
                            std::ranges::count(issues, IssueLevel::Error, &Issue::level) > 0);
    const QList<QAction*> actions = withoutRepeats(view.actions() + QList{view.mainAction()});
    if (actions != m_frontActions) {
        for (QAction* action : std::as_const(m_frontActions))
            removeAction(action);
        m_frontActions = actions;
        addActions(actions);
    }
    if (QUndoStack* stack = view.undoStack())
        m_actions->undoGroup().addStack(stack);
    m_actions->undoGroup().setActiveStack(view.undoStack());
}

void MainWindow::followPanels()
{
    const bool help = m_workbench ? m_workbench->isHelpOpen() : !m_projectsHelp->isHidden();
    m_actions->help->setChecked(help);
    if (!m_workbench)
        return;
    const bool inspector = m_workbench->isInspectorOpen();
    m_actions->inspector->setText(inspector ? tr("Hide Inspector") : tr("Show Inspector"));
    m_actions->inspector->setIcon(themeIcon(inspector ? u"inspector-open"_s : u"inspector"_s));
    m_actions->information->setChecked(m_workbench->isInformationOpen());
    m_projectsHelp->setVisible(help);
}

void MainWindow::setHelpOpen(bool open)
{
    m_projectsHelp->setVisible(open);
    QSettings().setValue(u"window/helpOpen"_s, open);
    if (m_workbench)
        m_workbench->setHelpOpen(open);
    followPanels();
}

void MainWindow::moveFocus(int by)
{
    QList<QWidget*> areas{m_topBar};
    areas += m_workbench ? m_workbench->areas() : QList<QWidget*>{m_projects};
    if (!m_workbench && !m_projectsHelp->isHidden())
        areas.append(m_projectsHelp);
    areas.append(m_statusBar);
    focusNextArea(areas, by);
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return focusNextIn(*this, next);
}

void MainWindow::openPreferences()
{
    auto* dialog = new PreferencesDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::changed, this, &MainWindow::preferencesChanged);
    dialog->open();
}

void MainWindow::switchTheme()
{
    Preferences preferences = Preferences::load();
    preferences.theme = Theme::of(palette()).isDark() ? ThemeChoice::Light : ThemeChoice::Dark;
    preferences.save();
    Q_EMIT preferencesChanged(preferences);
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_actions)
        m_actions->setDark(Theme::of(palette()).isDark());
}

void MainWindow::tell(const Issue& message)
{
    if (m_workbench)
        return m_workbench->addMessage(message);
    logInfo(issueSentence(message));
    m_statusBar->say(message);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    const QList<QUrl> urls = event->mimeData()->urls();
    const QString folder = urls.size() == 1 ? urls.constFirst().toLocalFile() : QString();
    if (!folder.isEmpty() && Workspace::describe(folder))
        return openProject(folder);
    if (m_workbench && m_workbench->acceptDrop(*event->mimeData()))
        return;
    const QString what = folder.isEmpty() ? tr("What was dropped") : QFileInfo(folder).fileName();
    if (m_workbench)
        return tell({IssueLevel::Warning, what,
                     tr("cannot be imported: drop a zip, a folder, a csv, npy or IDX file, or "
                        "images")});
    m_projects->sayError(tr("%1 holds no project: open a project first to import data, or drop "
                            "the folder of a project.")
                             .arg(what));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_closing && m_session && m_session->isBusy()) {
        event->ignore();
        return whenIdle(tr("Stop and close"), [this] {
            m_closing = true;
            close();
        });
    }
    rememberWindow();
    event->accept();
}

void MainWindow::rememberWindow() const
{
    QSettings settings;
    settings.setValue(u"window/geometry"_s, saveGeometry());
    if (m_workbench)
        settings.setValue(u"window/tab"_s, m_workbench->frontIndex());
}

void MainWindow::restoreWindow()
{
    const QSettings settings;
    if (!restoreGeometry(settings.value(u"window/geometry"_s).toByteArray()))
        resize(FirstSize);
    m_projectsHelp->setVisible(settings.value(u"window/helpOpen"_s, false).toBool());
}

} // namespace espalier
