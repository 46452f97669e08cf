#pragma once

#include "core/base/issue.h"
#include "core/project/workspace.h"
#include "ui/shell/preferences/preferences.h"
#include "ui/shell/view_table.h"

#include <QMainWindow>
#include <functional>
#include <memory>

class QStackedWidget;

namespace espalier {

class CommandSearch;
class HelpPanel;
class JobsModel;
class JobsPanel;
class ProjectCommands;
class ProjectSession;
class ProjectsPage;
class ShellActions;
class StatusBar;
class TopBar;
class Workbench;

/// The window: composes its pages (Projects, and the workbench of the open project), the bars
/// around them and what floats above. Closing it, or the project, while something is at work asks
/// first. Geometry and the last tab are kept in QSettings.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const QList<ViewFactory>& views, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// An Error is shown on the page Projects; projects from elsewhere still open.
    void setWorkspace(const Result<Workspace>& workspace);
    /// Asks when the project that is open is busy. What fails is said on the page Projects.
    void openProject(const QString& folder);
    void closeProject();

    [[nodiscard]] ProjectSession* session() const { return m_session.get(); }
    [[nodiscard]] Workbench* workbench() const { return m_workbench; }
    [[nodiscard]] ProjectsPage& projects() const { return *m_projects; }
    [[nodiscard]] ShellActions& actions() const { return *m_actions; }
    /// Of the window and the view in front: what the command search finds.
    [[nodiscard]] QList<QAction*> allActions() const;

Q_SIGNALS:
    void preferencesChanged(const espalier::Preferences& preferences);

protected:
    bool focusNextPrevChild(bool next) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void createLayout();
    void connectActions();
    void connectPanels();
    void connectWorkbench();
    void showSession(std::unique_ptr<ProjectSession> session);
    void endSession();
    void startSampleImport();
    void storeThumbnail();
    /// Runs `then` at once when nothing is at work, else after a person has agreed to stop it.
    void whenIdle(const QString& agreement, std::function<void()> then);
    void stopAllThen(std::function<void()> then);
    void followFront();
    void followPanels();
    void setHelpOpen(bool open);
    void moveFocus(int by);
    void openPreferences();
    void switchTheme();
    void tell(const Issue& message);
    void rememberWindow() const;
    void restoreWindow();

    QList<ViewFactory> m_views;
    ShellActions* m_actions = nullptr;
    ProjectCommands* m_commands;
    TopBar* m_topBar = nullptr;
    QStackedWidget* m_pages = nullptr;
    QWidget* m_projectsPage = nullptr; ///< projects and, beside them, the tutorial
    ProjectsPage* m_projects = nullptr;
    HelpPanel* m_projectsHelp = nullptr;
    StatusBar* m_statusBar = nullptr;
    JobsPanel* m_jobsPanel = nullptr;
    CommandSearch* m_search = nullptr;
    // The workbench must go before the session.
    std::unique_ptr<ProjectSession> m_session;
    Workbench* m_workbench = nullptr;
    JobsModel* m_jobs = nullptr;
    QList<QAction*> m_frontActions;
    bool m_closing = false;
};

} // namespace espalier
