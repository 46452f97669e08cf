#pragma once

#include "core/project/jobs/dataset_imports.h"
#include "core/project/records.h"

#include <QAbstractItemModel>
#include <optional>
#include <vector>

namespace espalier {

class ProjectDocument;

/// The list of the Datasets view: imports at work and datasets by name; their versions below them,
/// the newest first. What search takes away is left out by setFilter(). Document and imports
/// outlive the model.
class DatasetTreeModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum class Kind { Dataset, Version, Import };
    enum Role {
        KindRole = Qt::UserRole + 1,
        SecondLineRole, ///< "70,000 rows · 2 features"
        IconRole,       ///< name of the icon before it; may be empty
        FractionRole,   ///< of an import: 0..1, below 0: not known; invalid: no progress
        HasErrorRole
    };

    DatasetTreeModel(ProjectDocument& document, const DatasetImports& imports,
                     QObject* parent = nullptr);

    /// Names and versions that contain `text`, in any case of letters; empty: all.
    void setFilter(const QString& text);

    [[nodiscard]] std::optional<DatasetId> versionAt(const QModelIndex& index) const;
    [[nodiscard]] std::optional<ImportId> importAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(DatasetId id) const;
    [[nodiscard]] QModelIndex indexOf(ImportId id) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// The name of a dataset: asks for renameRequested().
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void renameRequested(espalier::DatasetId newestVersion, const QString& name);

private:
    struct Group {
        ImportId job; ///< valid: an import, without versions
        QString name;
        QList<DatasetRecord> versions;
        bool operator==(const Group& other) const;
    };

    [[nodiscard]] std::vector<Group> currentGroups() const;
    [[nodiscard]] bool passes(const QString& name) const;
    void refresh();
    void refreshImport(ImportId id);
    [[nodiscard]] QVariant groupData(const Group& group, int role) const;
    [[nodiscard]] QVariant importData(const ImportStatus& status, int role) const;
    [[nodiscard]] QVariant versionData(const DatasetRecord& record, int role) const;

    ProjectDocument& m_document;
    const DatasetImports& m_imports;
    QString m_filter;
    std::vector<Group> m_groups;
};

} // namespace espalier
