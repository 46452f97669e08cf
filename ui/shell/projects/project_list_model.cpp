#include "ui/shell/projects/project_list_model.h"

#include "ui/shell/projects/recent_projects.h"
#include "ui/widgets/number_text.h"

#include <QDir>
#include <QtConcurrent>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QList<ProjectEntry> remembered(const QList<RecentProject>& recents)
{
    QList<ProjectEntry> entries;
    for (const RecentProject& recent : recents) {
        ProjectEntry entry;
        entry.name = recent.name;
        entry.folder = recent.folder;
        entry.date = recent.opened;
        entries.append(entry);
    }
    return entries;
}

void describe(ProjectEntry& entry, const std::optional<ProjectInfo>& info)
{
    entry.described = true;
    entry.missing = !info;
    if (!info)
        return;
    entry.name = info->name;
    entry.datasets = info->datasets;
    entry.experiments = info->experiments;
    entry.date = std::max(entry.date, info->modified);
    entry.thumbnail = project_thumbnail::load(entry.folder);
}

/// On a worker thread.
QList<ProjectEntry> readEntries(QList<ProjectEntry> entries,
                                const std::optional<Workspace>& workspace)
{
    const QList<ProjectInfo> inside = workspace ? workspace->projects() : QList<ProjectInfo>();
    for (ProjectEntry& entry : entries) {
        const auto found = std::ranges::find(inside, entry.folder, &ProjectInfo::folder);
        entry.inWorkspace = found != inside.end();
        describe(entry, entry.inWorkspace ? *found : Workspace::describe(entry.folder));
    }
    for (const ProjectInfo& info : inside) {
        const bool listed =
            std::ranges::find(entries, info.folder, &ProjectEntry::folder) != entries.end();
        if (listed || recent_projects::isForgotten(info.folder))
            continue;
        ProjectEntry entry;
        entry.folder = info.folder;
        entry.inWorkspace = true;
        describe(entry, info);
        entries.append(entry);
    }
    std::ranges::stable_sort(entries, std::greater<>(), &ProjectEntry::date);
    return entries;
}

} // namespace

QString ProjectEntry::counts() const
{
    const QString datasetText = datasets == 1
                                    ? ProjectListModel::tr("1 dataset")
                                    : ProjectListModel::tr("%1 datasets").arg(countText(datasets));
    const QString experimentText =
        experiments == 1 ? ProjectListModel::tr("1 experiment")
                         : ProjectListModel::tr("%1 experiments").arg(countText(experiments));
    return datasetText + u" · "_s + experimentText;
}

QString shortFolder(const QString& folder)
{
    const QString home = QDir::homePath();
    if (home != u"/" && folder.startsWith(home + u'/'))
        return u'~' + QDir::toNativeSeparators(folder.mid(home.size()));
    return QDir::toNativeSeparators(folder);
}

void ProjectListModel::reload(const std::optional<Workspace>& workspace)
{
    const QList<ProjectEntry> known = remembered(recent_projects::load());
    if (m_entries.isEmpty())
        setEntries(known);
    m_loading = true;
    const int generation = ++m_generation;
    QtConcurrent::run([known, workspace] {
        return readEntries(known, workspace);
    }).then(this, [this, generation](const QList<ProjectEntry>& entries) {
        if (generation != m_generation)
            return;
        m_loading = false;
        setEntries(entries);
        Q_EMIT loaded();
    });
}

void ProjectListModel::setEntries(const QList<ProjectEntry>& entries)
{
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

int ProjectListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ProjectListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ProjectEntry& entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.name;
    case Qt::ToolTipRole:
        return QDir::toNativeSeparators(entry.folder);
    case Qt::AccessibleTextRole:
        return entry.missing ? tr("%1, folder not found").arg(entry.name)
                             : u"%1, %2"_s.arg(entry.name, entry.counts());
    case FolderRole:
        return entry.folder;
    case CountsRole:
        return entry.described && !entry.missing ? entry.counts() : QString();
    case DateRole:
        return entry.missing || !entry.date.isValid() ? QString() : dateTimeText(entry.date);
    case MissingRole:
        return entry.missing;
    case ThumbnailRole:
        return entry.thumbnail.image;
    case KindRole:
        return int(entry.thumbnail.kind);
    default:
        return {};
    }
}

} // namespace espalier
