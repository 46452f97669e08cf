#pragma once

#include "core/base/result.h"
#include "core/project/project_store.h"
#include "core/training/trainer.h"

#include <QString>
#include <optional>
#include <stop_token>

namespace espalier {

class PauseGate;

/// Hears of a run of an experiment, on the thread that runs it, after the project has recorded
/// what it hears of.
class ExperimentObserver {
public:
    virtual ~ExperimentObserver() = default;
    virtual void started(const RunStarted&) {}
    virtual void batchDone(const BatchSample&) {}
    virtual void validating(int /*epoch*/) {}
    virtual void epochDone(const EpochRecord&) {}
};

struct ExperimentRunOptions {
    /// Total; Extend when larger than what was run. Where early stopping had ended the run, its
    /// patience counts anew from there.
    std::optional<int> epochs;
    /// Go on after the last complete epoch; false on an experiment that has run is a Conflict.
    bool resume = false;
};

/// Runs an experiment of a project from where it stands and records state, epochs and
/// checkpoints as they come. Holds the lock of the experiment: a second run of the same one,
/// also from another process, is a Conflict. A run that a kill ended counts as Stopped the next
/// time it is looked at. Blocks; see train() for the errors.
///
/// What can be known before the first step (an error of checkExperiment(), a missing file) leaves
/// the experiment as it was, still editable; a failure of the run itself is recorded as Failed
/// with its sentence before it is returned.
[[nodiscard]] Result<RunSummary> runExperiment(const QString& projectFolder, ExperimentId id,
                                               const ExperimentRunOptions& options,
                                               ExperimentObserver& observer, std::stop_token stop,
                                               PauseGate& gate);

/// What evaluate, predict and the views need of a run: graph, dataset, executor with the weights
/// of a checkpoint loaded.
struct LoadedModel {
    ExperimentRecord experiment;
    std::shared_ptr<const Dataset> dataset;
    CheckpointRecord checkpointRecord;
    Checkpoint checkpoint;
};
[[nodiscard]] Result<LoadedModel> loadModel(const ProjectStore& store,
                                            const ExperimentRecord& experiment,
                                            const QString& checkpoint);

} // namespace espalier
