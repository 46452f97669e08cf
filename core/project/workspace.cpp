#include "core/project/workspace.h"

#include "core/project/project_store.h"
#include "core/project/store/database.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/names.h"
#include "core/project/store/project_folder.h"
#include "core/project/store/sweep.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int NameLockMs = 10'000;

Status readCounts(Database& database, ProjectInfo& info)
{
    return database
        .query(u"SELECT name, (SELECT count(*) FROM dataset_version),"
               " (SELECT count(*) FROM experiment) FROM project"_s)
        .map([&](const QList<Row>& rows) {
            if (rows.isEmpty())
                return;
            info.name = rows.first()[0].toString();
            info.datasets = rows.first()[1].toInt();
            info.experiments = rows.first()[2].toInt();
        });
}

ProjectInfo readInfo(const ProjectFolder& folder)
{
    ProjectInfo info;
    info.folder = folder.path();
    info.name = QFileInfo(folder.path()).fileName();
    info.modified = std::max(QFileInfo(folder.database()).lastModified(),
                             QFileInfo(folder.database() + u"-wal"_s).lastModified());
    const Result<std::unique_ptr<Database>> database =
        Database::open(folder.database(), Database::Access::Read);
    if (database)
        // What cannot be read has been logged, and stays in the list with counts of 0.
        (void)readCounts(**database, info);
    return info;
}

Error noSuchProject(const QString& name, const QList<ProjectInfo>& projects)
{
    QStringList names;
    for (const ProjectInfo& info : projects)
        names.append(info.name);
    if (names.isEmpty())
        return {ErrorCode::NotFound,
                u"There is no project '%1': the workspace has none yet."_s.arg(name)};
    return {ErrorCode::NotFound,
            u"There is no project '%1'; there is %2."_s.arg(name, listOfNames(names))};
}

bool hasLiveRun(const ProjectFolder& folder)
{
    QDirIterator locks(folder.checkpoints(), {u"run.lock"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (locks.hasNext())
        if (ExperimentLock::isHeld(locks.next()))
            return true;
    return false;
}

/// A folder of the workspace that nothing has, also where case of letters does not count.
QString freeFolder(const QDir& workspace, const QString& name)
{
    const QString base = folderNameFor(name);
    const QStringList taken =
        workspace.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QString candidate = base;
    for (int number = 2; candidate == u"logs" || taken.contains(candidate, Qt::CaseInsensitive);
         ++number)
        candidate = u"%1-%2"_s.arg(base, QString::number(number));
    return workspace.filePath(candidate);
}

} // namespace

Result<Workspace> Workspace::open(const QString& folder)
{
    const QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    const QString name = QDir::toNativeSeparators(path);
    if (QFileInfo(path).exists() && !QFileInfo(path).isDir())
        return failure(ErrorCode::InvalidInput,
                       u"The workspace %1 is a file: choose a folder."_s.arg(name));
    if (!QDir().mkpath(path))
        return failure(ErrorCode::Io, u"Could not make the workspace %1: check that the folder "
                                      "above it may be written."_s.arg(name));
    QTemporaryFile probe(path + u"/.probe-XXXXXX"_s);
    if (!probe.open())
        return failure(ErrorCode::Io, u"The workspace %1 cannot be written: choose another folder "
                                      "or give yourself permission."_s.arg(name));
    removeDeadFolders(path);
    return Workspace(path);
}

QString Workspace::defaultFolder()
{
    const QString chosen = qEnvironmentVariable("ESPALIER_WORKSPACE");
    if (!chosen.isEmpty())
        return chosen;
    // Not AppDataLocation: that one differs between the window and the command line.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           u"/espalier/workspace"_s;
}

QString Workspace::logFolder() const
{
    return m_folder + u"/logs"_s;
}

QList<ProjectInfo> Workspace::projects() const
{
    QList<ProjectInfo> projects;
    for (const QFileInfo& entry : QDir(m_folder).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (const std::optional<ProjectInfo> info = describe(entry.filePath()))
            projects.append(*info);
    std::ranges::stable_sort(projects, {},
                             [](const ProjectInfo& info) { return nameKey(info.name); });
    return projects;
}

std::optional<ProjectInfo> Workspace::describe(const QString& folder)
{
    const ProjectFolder project(folder);
    if (!QFileInfo::exists(project.database()))
        return std::nullopt;
    return readInfo(project);
}

Result<ProjectInfo> Workspace::project(const QString& name) const
{
    const QList<ProjectInfo> existing = projects();
    const auto found = std::ranges::find(
        existing, nameKey(name), [](const ProjectInfo& info) { return nameKey(info.name); });
    if (found == existing.end())
        return tl::unexpected(noSuchProject(name, existing));
    return *found;
}

Result<ProjectInfo> Workspace::createProject(const QString& name) const
{
    const Result<QString> tidy = tidyName(name, u"project"_s);
    if (!tidy)
        return failureOf(tidy);
    QLockFile lock(m_folder + u"/.projects.lock"_s);
    if (!lock.tryLock(NameLockMs))
        return failure(ErrorCode::Conflict, u"Another program is creating a project: try again."_s);
    if (const Result<ProjectInfo> taken = project(*tidy); taken)
        return failure(
            ErrorCode::Conflict,
            u"There is a project named '%1' already: choose another name."_s.arg(taken->name));
    const QString folder = freeFolder(QDir(m_folder), *tidy);
    return ProjectStore::create(folder, *tidy).map([&] { return readInfo(ProjectFolder(folder)); });
}

Status Workspace::deleteProject(const QString& name) const
{
    return project(name).and_then([](const ProjectInfo& info) -> Status {
        if (hasLiveRun(ProjectFolder(info.folder)))
            return failure(ErrorCode::Conflict,
                           u"An experiment of '%1' is running: stop it before the project is "
                           "deleted."_s.arg(info.name));
        return removeFolder(info.folder);
    });
}

} // namespace espalier
