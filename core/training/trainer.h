#pragma once

#include "core/base/result.h"
#include "core/graph/model_graph.h"
#include "core/nn/checkpoint.h"
#include "core/training/epoch_record.h"
#include "core/training/run_settings.h"
#include "core/training/run_state.h"

#include <QList>
#include <QString>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace espalier {

class PauseGate;

/// A snapshot of everything that a run needs; nothing in it changes while the run works.
struct TrainingJob {
    ModelGraph graph;
    std::shared_ptr<const Dataset> dataset;
    RunSettings settings;
    /// Where to go on: the epochs so far, and the checkpoint of the last of them. With no epochs,
    /// the weights alone are taken as the start (duplicate with weights).
    QList<EpochRecord> history;
    std::optional<Checkpoint> checkpoint;
    /// Early stopping counts from the best epoch, but from this one at the earliest. Extend gives
    /// the epoch at which a run stopped early, so that it can go on.
    int patienceFrom = 0;
};

struct RunStarted {
    int threads = 0;
    Device device = Device::Cpu;
    Precision precision = Precision::Float32;
    QString engine;
    qint64 parameters = 0;
    qint64 batchesPerEpoch = 0;
    qint64 trainingRows = 0;
    qint64 validationRows = 0;
};

/// One training step, or several in a row, for the live curve.
struct BatchSample {
    int epoch = 0;    ///< from 1
    qint64 batch = 0; ///< from 1 within the epoch; the last of several
    double loss = 0;
    double metric = 0; ///< primary metric of this batch; NaN where it is the loss
    qint64 steps = 1;  ///< how many steps loss and metric are the mean of

    bool operator==(const BatchSample&) const = default;
};

struct RunSummary {
    RunState state = RunState::Completed; ///< Completed or Stopped
    int bestEpoch = 0;
    double seconds = 0;         ///< of this call, without pauses
    qint64 peakMemoryBytes = 0; ///< of the process, while it ran

    bool operator==(const RunSummary&) const = default;
};

/// Hears of a run, on its thread where nothing else is said. Implementations hand values on and
/// return quickly.
class TrainingObserver {
public:
    virtual ~TrainingObserver() = default;
    virtual void started(const RunStarted&) {}
    virtual void batchDone(const BatchSample&) {}
    /// The training pass of an epoch is over, validation runs.
    virtual void validating(int /*epoch*/) {}
    /// Keeps the checkpoint of an epoch, on another thread, while the next epoch trains and the
    /// other functions are called; never twice at the same time. A failure ends the run with that
    /// Error.
    [[nodiscard]] virtual Status saveCheckpoint(const EpochRecord& epoch,
                                                const Checkpoint& checkpoint) = 0;
    /// After the checkpoint is kept, before the next epoch validates; the record is complete.
    [[nodiscard]] virtual Status epochDone(const EpochRecord& epoch) = 0;
};

/// Trains until the epochs are done, early stopping ends it, or a stop is requested (checked per
/// batch; the epochs that are complete are kept). Blocks the calling thread. The weights after
/// epoch n do not depend on pauses or on how often the run was resumed. Early stopping is looked
/// at after each epoch; pauses count in none of the times.
///
/// Errors: what analyzeGraph() calls an error, an empty subset, Numeric with epoch, batch and
/// advice when the loss is no number, OutOfMemory with the batch size, what the observer returns.
[[nodiscard]] Result<RunSummary> train(const TrainingJob& job, TrainingObserver& observer,
                                       std::stop_token stop, PauseGate& gate);

} // namespace espalier
