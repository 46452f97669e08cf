#include "ui/shell/projects/project_commands.h"

#include "ui/shell/frame/prompt_dialog.h"
#include "ui/shell/projects/project_thumbnail.h"
#include "ui/shell/projects/recent_projects.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace espalier {

ProjectCommands::ProjectCommands(QWidget* window)
    : QObject(window)
    , m_window(window)
{
}

void ProjectCommands::setWorkspace(const Result<Workspace>& workspace)
{
    m_workspace = workspace ? std::optional(*workspace) : std::nullopt;
    m_workspaceError = workspace ? QString() : workspace.error().message;
    if (!workspace)
        Q_EMIT failed(m_workspaceError);
    Q_EMIT listChanged();
}

void ProjectCommands::createProject()
{
    auto* dialog = new PromptDialog(
        {tr("New project"), tr("Datasets, models and evaluation of one problem go together."),
         tr("Name"), tr("Create")},
        [this](const QString& name) { return create(name); }, m_window);
    dialog->open();
}

Status ProjectCommands::create(const QString& name)
{
    if (!m_workspace)
        return failure(ErrorCode::Io, m_workspaceError);
    return m_workspace->createProject(name).map(
        [this](const ProjectInfo& info) { Q_EMIT openRequested(info.folder); });
}

void ProjectCommands::chooseProject()
{
    askForFolder(tr("Open a project"), m_workspace ? m_workspace->folder() : QDir::homePath(),
                 [this](const QString& folder) { Q_EMIT openRequested(folder); });
}

void ProjectCommands::openSample()
{
    if (!m_workspace)
        return Q_EMIT failed(m_workspaceError);
    if (const Result<ProjectInfo> there = m_workspace->project(sampleName()); there)
        return Q_EMIT openRequested(there->folder);
    if (const Status made = create(sampleName()); !made)
        Q_EMIT failed(made.error().message);
}

void ProjectCommands::locate(const QString& folder)
{
    QString from = QFileInfo(folder).path();
    if (!QFileInfo::exists(from))
        from = QDir::homePath();
    askForFolder(tr("Where is this project now?"), from, [this, folder](const QString& found) {
        if (!Workspace::describe(found))
            return Q_EMIT failed(tr("There is no project in %1: choose the folder that holds "
                                    "its project.db.")
                                     .arg(QDir::toNativeSeparators(found)));
        recent_projects::relocate(folder, found);
        Q_EMIT openRequested(found);
    });
}

void ProjectCommands::showFolder(const QString& folder)
{
    if (!QFileInfo::exists(folder) || !QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        Q_EMIT failed(
            tr("No program could show the folder %1.").arg(QDir::toNativeSeparators(folder)));
}

void ProjectCommands::removeFromList(const QString& folder)
{
    recent_projects::forget(folder);
    Q_EMIT listChanged();
}

void ProjectCommands::deleteProject(const QString& name, const QString& folder)
{
    auto* dialog = new PromptDialog(
        {tr("Delete “%1”?").arg(name),
         tr("All of its datasets, experiments and checkpoints are deleted from the disk. This "
            "cannot be undone. Type the name of the project to go on."),
         tr("Name"), tr("Delete project"), name},
        [this, name, folder](const QString&) -> Status {
            if (!m_workspace)
                return failure(ErrorCode::Io, m_workspaceError);
            return m_workspace->deleteProject(name).map([this, folder] {
                recent_projects::forget(folder);
                project_thumbnail::remove(folder);
                Q_EMIT listChanged();
            });
        },
        m_window);
    dialog->open();
}

QString ProjectCommands::sampleName()
{
    return tr("Sample: clothes");
}

QString ProjectCommands::sampleSource()
{
    return u"sample:clothes"_s;
}

void ProjectCommands::askForFolder(const QString& title, const QString& from,
                                   const std::function<void(const QString&)>& then)
{
    auto* dialog = new QFileDialog(m_window, title, from);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [then](const QString& folder) { then(QDir::cleanPath(folder)); });
    dialog->open();
}

} // namespace espalier
