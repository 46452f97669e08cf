#pragma once

#include "core/project/workspace.h"
#include "ui/shell/projects/project_thumbnail.h"

#include <QAbstractListModel>
#include <QList>
#include <optional>

namespace espalier {

/// One row of the list of projects; a value.
struct ProjectEntry {
    QString name;
    QString folder;
    QDateTime date; ///< when it was last opened or changed
    int datasets = 0;
    int experiments = 0;
    bool described = false; ///< counts and thumbnail have been read
    bool missing = false;   ///< no project is at the folder
    bool inWorkspace = false;
    project_thumbnail::ProjectThumbnail thumbnail{};

    [[nodiscard]] QString counts() const; ///< "4 datasets · 6 experiments"
};

/// The projects of the workspace and those opened lately, the last used first. What must be read
/// from projects comes from a worker thread a moment after reload(); until then the rows show what
/// is remembered of them.
class ProjectListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum ProjectRole {
        FolderRole = Qt::UserRole,
        CountsRole,
        DateRole,
        MissingRole,
        ThumbnailRole,
        KindRole
    };

    using QAbstractListModel::QAbstractListModel;

    void reload(const std::optional<Workspace>& workspace);
    [[nodiscard]] const QList<ProjectEntry>& entries() const { return m_entries; }
    [[nodiscard]] bool isLoading() const { return m_loading; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void loaded(); ///< everything has been read

private:
    void setEntries(const QList<ProjectEntry>& entries);

    QList<ProjectEntry> m_entries;
    int m_generation = 0; ///< of reload(); older answers are dropped
    bool m_loading = false;
};

/// "~/Espalier/clothes".
[[nodiscard]] QString shortFolder(const QString& folder);

} // namespace espalier
