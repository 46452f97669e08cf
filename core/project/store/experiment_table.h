#pragma once

#include "core/base/result.h"
#include "core/project/records.h"
#include "core/project/store/decoded_texts.h"
#include "core/project/store/project_folder.h"

#include <QList>
#include <QString>

namespace espalier {

class Database;

/// The experiments in the database of a project. See ProjectStore for the rules; every function
/// is one transaction and leaves the files alone.
class ExperimentTable final {
public:
    ExperimentTable(Database& database, const ProjectFolder& folder)
        : m_database(database)
        , m_folder(folder)
    {
    }

    /// Takes name, dataset, graph, settings and start weights of `record`; the rest begins anew.
    [[nodiscard]] Result<ExperimentRecord> add(const ExperimentRecord& record);
    [[nodiscard]] Result<QList<ExperimentRecord>> all() const;
    [[nodiscard]] Result<QList<ExperimentOverview>> overviews() const;
    [[nodiscard]] Result<ExperimentRecord> find(ExperimentId id) const;
    [[nodiscard]] Result<ExperimentRecord> find(const QString& name) const;
    [[nodiscard]] Status update(ExperimentId id, const ModelGraph& graph,
                                const RunSettings& settings);
    [[nodiscard]] Status setDataset(ExperimentId id, DatasetId dataset);
    [[nodiscard]] Status setNotes(ExperimentId id, const QString& notes);
    [[nodiscard]] Status rename(ExperimentId id, const QString& name);
    [[nodiscard]] Status remove(ExperimentId id);

    /// As find(), within a transaction of the caller.
    [[nodiscard]] Result<ExperimentRecord> select(ExperimentId id) const;

private:
    [[nodiscard]] Result<QList<ExperimentRecord>> selectAll(const QString& condition,
                                                            const QVariantList& values) const;
    [[nodiscard]] Status selectRuns(QList<ExperimentRecord>& records, const QString& condition,
                                    const QVariantList& values) const;
    [[nodiscard]] Status requireFreeName(const QString& name, ExperimentId except) const;
    [[nodiscard]] Status requireSaved(DatasetId dataset) const;

    [[nodiscard]] Result<ExperimentRecord> fromRow(const QVariantList& row) const;

    Database& m_database;
    ProjectFolder m_folder;
    mutable DecodedTexts<ModelGraph> m_graphs;
    mutable DecodedTexts<RunSettings> m_settings;
    mutable DecodedTexts<EpochRecord> m_epochs;
};

} // namespace espalier
