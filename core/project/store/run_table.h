#pragma once

#include "core/project/store/experiment_table.h"

#include <QStringList>

namespace espalier {

/// What runs record in the database of a project. See ProjectStore for the rules; every function
/// is one transaction and leaves the files alone.
class RunTable final {
public:
    RunTable(Database& database, const ProjectFolder& folder)
        : m_database(database)
        , m_folder(folder)
        , m_experiments(database, folder)
    {
    }

    [[nodiscard]] Status setState(ExperimentId id, RunState state, const QString& error);
    [[nodiscard]] Status setEpochs(ExperimentId id, int epochs);
    [[nodiscard]] Status setParameters(ExperimentId id, qint64 parameters);
    /// Gives the files that the checkpoint policy gave up: they are nobody's now.
    [[nodiscard]] Result<QStringList> recordEpoch(ExperimentId id, const EpochRecord& epoch,
                                                  const CheckpointRecord& checkpoint);

private:
    [[nodiscard]] Status insert(ExperimentId id, const EpochRecord& epoch,
                                const CheckpointRecord& checkpoint);
    [[nodiscard]] Status completeAfterLast(const ExperimentRecord& record);
    [[nodiscard]] Result<QStringList> prune(const ExperimentRecord& record);

    Database& m_database;
    ProjectFolder m_folder;
    ExperimentTable m_experiments;
};

} // namespace espalier
