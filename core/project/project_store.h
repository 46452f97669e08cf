#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/dataset/import/importer.h"
#include "core/project/records.h"

#include <QList>
#include <QString>
#include <memory>
#include <optional>

namespace espalier {

/// A project on disk: project.db (SQLite, WAL), data/, checkpoints/. Every function is one
/// transaction: a kill at any instant leaves the state before or after it. Files are complete
/// before the database names them. Use an instance from the thread that opened it; several
/// instances and processes may have the same project open.
class ProjectStore final {
public:
    /// Brings an older database up to date; refuses a newer one with a sentence. Sweeps files
    /// that nothing refers to (older than an hour, so that no import at work loses its own).
    [[nodiscard]] static Result<std::unique_ptr<ProjectStore>> open(const QString& folder);
    [[nodiscard]] static Status create(const QString& folder, const QString& name);
    ~ProjectStore();

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString dataFolder() const;
    /// Another number whenever another instance or process has written to the database.
    [[nodiscard]] Result<qint64> changeNumber() const;

    // --- Datasets -------------------------------------------------------------------------
    /// Version 1 of a new dataset, not saved yet, with default settings.
    [[nodiscard]] Result<DatasetRecord> addDataset(const QString& name,
                                                   const ImportedSource& source);
    [[nodiscard]] Result<QList<DatasetRecord>> datasets() const;
    [[nodiscard]] Result<DatasetRecord> dataset(DatasetId id) const;
    /// "NAME@V", or "NAME" for the newest version; the Error lists what exists.
    [[nodiscard]] Result<DatasetRecord> dataset(const QString& reference) const;
    /// Conflict when the version is saved.
    [[nodiscard]] Status updateDataset(DatasetId id, const DatasetSettings& settings);
    /// Locks the version with its statistics. Errors: a subset is empty, already saved.
    [[nodiscard]] Result<DatasetRecord> saveDataset(DatasetId id);
    /// The next editable version of the same dataset.
    [[nodiscard]] Result<DatasetRecord> duplicateDataset(DatasetId id);
    /// Another name for all versions of the dataset, also saved ones. Conflict when it is taken.
    [[nodiscard]] Status renameDataset(DatasetId id, const QString& name);
    /// Conflict, naming the experiments, when it is in use.
    [[nodiscard]] Status deleteDataset(DatasetId id);
    [[nodiscard]] Result<std::shared_ptr<const Dataset>> openDataset(DatasetId id) const;

    // --- Experiments ----------------------------------------------------------------------
    /// Conflict when the name is taken or the dataset version is not saved.
    [[nodiscard]] Result<ExperimentRecord> createExperiment(const QString& name, DatasetId dataset,
                                                            const ModelGraph& graph,
                                                            const RunSettings& settings = {});
    [[nodiscard]] Result<QList<ExperimentRecord>> experiments() const;
    /// The same experiments in the same order, as lists show them.
    [[nodiscard]] Result<QList<ExperimentOverview>> experimentOverviews() const;
    [[nodiscard]] Result<ExperimentRecord> experiment(ExperimentId id) const;
    [[nodiscard]] Result<ExperimentRecord> experiment(const QString& name) const;
    /// Conflict once it has run: duplicate it instead.
    [[nodiscard]] Status updateExperiment(ExperimentId id, const ModelGraph& graph,
                                          const RunSettings& settings);
    /// Conflict once it has run, or when the dataset version is not saved.
    [[nodiscard]] Status setExperimentDataset(ExperimentId id, DatasetId dataset);
    [[nodiscard]] Status setNotes(ExperimentId id, const QString& notes);
    [[nodiscard]] Status renameExperiment(ExperimentId id, const QString& name);
    [[nodiscard]] Result<ExperimentRecord> duplicateExperiment(ExperimentId id, const QString& name,
                                                               bool withWeights);
    /// Conflict while it runs.
    [[nodiscard]] Status deleteExperiment(ExperimentId id);

    // --- Runs -----------------------------------------------------------------------------
    /// `error` is kept with Failed alone. Queued and the active states count for as long as the
    /// lock of the experiment is held (see runExperiment()); without it they read as Stopped, or
    /// as Created where a queue never came to it.
    [[nodiscard]] Status setState(ExperimentId id, RunState state, const QString& error = {});
    /// Only the number of epochs may change once it has run (Extend).
    [[nodiscard]] Status setEpochs(ExperimentId id, int epochs);
    [[nodiscard]] Status setParameters(ExperimentId id, qint64 parameters);
    /// Epoch and checkpoint become visible together; then the policy of the run settings decides
    /// which older checkpoints are deleted (never the best, never the last).
    [[nodiscard]] Status recordEpoch(ExperimentId id, const EpochRecord& epoch,
                                     const CheckpointRecord& checkpoint);
    /// Writes the file (whole or not at all) and describes it; recordEpoch() makes it count.
    [[nodiscard]] Result<CheckpointRecord> writeCheckpointFile(ExperimentId id, int epoch,
                                                               const Checkpoint& checkpoint);
    /// Checksum verified.
    [[nodiscard]] Result<Checkpoint> loadCheckpoint(const CheckpointRecord& record) const;
    /// "best", "last" or the number of an epoch; the Error lists the epochs that are kept.
    [[nodiscard]] static Result<CheckpointRecord> findCheckpoint(const ExperimentRecord& record,
                                                                 const QString& which);

    ProjectStore(const ProjectStore&) = delete;
    ProjectStore& operator=(const ProjectStore&) = delete;

private:
    struct Private;
    explicit ProjectStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace espalier
