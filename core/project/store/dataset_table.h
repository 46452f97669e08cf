#pragma once

#include "core/base/result.h"
#include "core/dataset/import/importer.h"
#include "core/project/records.h"
#include "core/project/store/project_folder.h"

#include <QList>
#include <QString>

namespace espalier {

class Database;

/// The dataset versions in the database of a project. See ProjectStore for the rules; every
/// function is one transaction and leaves the files alone.
class DatasetTable final {
public:
    DatasetTable(Database& database, const ProjectFolder& folder)
        : m_database(database)
        , m_folder(folder)
    {
    }

    [[nodiscard]] Result<DatasetRecord> add(const QString& name, const ImportedSource& source);
    [[nodiscard]] Result<QList<DatasetRecord>> all() const;
    [[nodiscard]] Result<DatasetRecord> find(DatasetId id) const;
    [[nodiscard]] Result<DatasetRecord> find(const QString& reference) const;
    [[nodiscard]] Status update(DatasetId id, const DatasetSettings& settings);
    /// `frozen` was computed from `seen`: a Conflict when the version has changed since.
    [[nodiscard]] Status save(const DatasetRecord& seen, const DatasetSettings& frozen);
    [[nodiscard]] Result<DatasetId> duplicate(DatasetId id);
    [[nodiscard]] Status rename(DatasetId id, const QString& name);
    [[nodiscard]] Status remove(DatasetId id);

private:
    [[nodiscard]] Result<QList<DatasetRecord>> select(const QString& condition,
                                                      const QVariantList& values) const;
    [[nodiscard]] Result<DatasetRecord> selectOne(DatasetId id) const;
    [[nodiscard]] Result<DatasetRecord> selectEditable(DatasetId id) const;
    [[nodiscard]] Status requireFreeName(const QString& name, const QString& own) const;
    [[nodiscard]] Result<qint64> insert(const DatasetRecord& record);

    Database& m_database;
    ProjectFolder m_folder;
};

} // namespace espalier
