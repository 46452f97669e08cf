#pragma once

#include "core/base/result.h"

#include <QString>
#include <chrono>

namespace espalier {

class Database;
class ProjectFolder;

/// Deletes what kills have left behind: sources and checkpoint files that the database does not
/// name, temporary files and folders; and transformed images that no dataset version reads since
/// its settings changed. Nothing that was changed within `age` is touched: it may
/// belong to an import or a run at work.
[[nodiscard]] Status sweepProject(Database& database, const ProjectFolder& folder,
                                  std::chrono::seconds age = std::chrono::hours(1));

/// Deletes a source folder unless a dataset version refers to it.
[[nodiscard]] Status discardSource(Database& database, const ProjectFolder& folder,
                                   const QString& sourceFolder);

/// Deletes the hidden folders directly below `folder` that nothing has changed for `age`: all
/// unfinished work is done under hidden names.
void removeDeadFolders(const QString& folder, std::chrono::seconds age = std::chrono::hours(1));

/// Renames a folder to a hidden name beside it, so that it is gone at once, then deletes it.
[[nodiscard]] Status removeFolder(const QString& folder);

} // namespace espalier
