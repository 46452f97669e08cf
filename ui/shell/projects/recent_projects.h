#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

namespace espalier {

struct RecentProject {
    QString folder; ///< absolute
    QString name;
    QDateTime opened;

    bool operator==(const RecentProject&) const = default;
};

/// The projects that were opened, kept in QSettings, and those of the workspace that a person has
/// taken off the list. Reads and writes at every call.
namespace recent_projects {

[[nodiscard]] QList<RecentProject> load(); ///< the last opened first; at most 50
/// Puts it in front, also back on the list.
void remember(const QString& folder, const QString& name);
/// Takes it off the list, for as long as it is not opened again.
void forget(const QString& folder);
[[nodiscard]] bool isForgotten(const QString& folder);
/// The folder is somewhere else now.
void relocate(const QString& from, const QString& to);

} // namespace recent_projects

} // namespace espalier
