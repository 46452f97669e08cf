#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <optional>

namespace espalier {

struct ProjectInfo {
    QString name;
    QString folder;
    QDateTime modified;
    int datasets = 0;
    int experiments = 0;
};

/// A folder that holds projects, each a folder of its own, and the log. Window and command line
/// may use one workspace at the same time. A value; any thread.
class Workspace final {
public:
    /// Makes the folder when it does not exist. An Error says why it cannot be used.
    [[nodiscard]] static Result<Workspace> open(const QString& folder);
    /// $ESPALIER_WORKSPACE, else the application data folder of the platform.
    [[nodiscard]] static QString defaultFolder();

    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString logFolder() const;

    /// Sorted by name. A project that cannot be read stays in the list, with counts of 0.
    [[nodiscard]] QList<ProjectInfo> projects() const;
    /// Of any folder, also outside a workspace; nothing where no project is.
    [[nodiscard]] static std::optional<ProjectInfo> describe(const QString& folder);
    /// By name, any case of letters; the Error lists those that exist.
    [[nodiscard]] Result<ProjectInfo> project(const QString& name) const;
    /// Conflict when the name is taken. Any name is fine: the folder gets a safe one.
    [[nodiscard]] Result<ProjectInfo> createProject(const QString& name) const;
    /// Refused while one of its experiments runs.
    [[nodiscard]] Status deleteProject(const QString& name) const;

private:
    explicit Workspace(QString folder) : m_folder(std::move(folder)) {}
    QString m_folder;
};

} // namespace espalier
