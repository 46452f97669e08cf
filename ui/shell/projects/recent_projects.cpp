#include "ui/shell/projects/recent_projects.h"

#include <QSettings>
#include <QStringList>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::recent_projects {

namespace {

constexpr qsizetype Most = 50;
constexpr qsizetype MostForgotten = 200;

void store(const QList<RecentProject>& projects)
{
    QSettings settings;
    settings.beginWriteArray(u"projects/recent"_s, int(projects.size()));
    for (qsizetype i = 0; i < projects.size(); ++i) {
        settings.setArrayIndex(int(i));
        settings.setValue(u"folder"_s, projects.at(i).folder);
        settings.setValue(u"name"_s, projects.at(i).name);
        settings.setValue(u"opened"_s, projects.at(i).opened);
    }
    settings.endArray();
}

QStringList forgotten()
{
    return QSettings().value(u"projects/forgotten"_s).toStringList();
}

void storeForgotten(const QStringList& folders)
{
    QSettings().setValue(u"projects/forgotten"_s,
                         folders.mid(std::max<qsizetype>(0, folders.size() - MostForgotten)));
}

} // namespace

QList<RecentProject> load()
{
    QSettings settings;
    QList<RecentProject> projects;
    const int count = settings.beginReadArray(u"projects/recent"_s);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        RecentProject project{settings.value(u"folder"_s).toString(),
                              settings.value(u"name"_s).toString(),
                              settings.value(u"opened"_s).toDateTime()};
        if (!project.folder.isEmpty())
            projects.append(project);
    }
    settings.endArray();
    return projects;
}

void remember(const QString& folder, const QString& name)
{
    QList<RecentProject> projects = load();
    projects.removeIf([&](const RecentProject& project) { return project.folder == folder; });
    projects.prepend({folder, name, QDateTime::currentDateTime()});
    projects.resize(std::min(projects.size(), Most));
    store(projects);
    QStringList off = forgotten();
    if (off.removeAll(folder) > 0)
        storeForgotten(off);
}

void forget(const QString& folder)
{
    QList<RecentProject> projects = load();
    projects.removeIf([&](const RecentProject& project) { return project.folder == folder; });
    store(projects);
    QStringList off = forgotten();
    if (!off.contains(folder))
        storeForgotten(off << folder);
}

bool isForgotten(const QString& folder)
{
    return forgotten().contains(folder);
}

void relocate(const QString& from, const QString& to)
{
    QList<RecentProject> projects = load();
    projects.removeIf([&](const RecentProject& project) { return project.folder == to; });
    for (RecentProject& project : projects)
        if (project.folder == from)
            project.folder = to;
    store(projects);
}

} // namespace espalier::recent_projects
