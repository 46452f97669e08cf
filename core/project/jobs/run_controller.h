#pragma once

#include "core/base/result.h"
#include "core/project/experiment_run.h"
#include "core/training/run_queue.h"

#include <QList>
#include <QObject>
#include <memory>
#include <optional>
#include <vector>

namespace espalier {

class ProjectDocument;

/// How far the run at work is; a value.
struct RunProgress {
    ExperimentId experiment;
    RunState state = RunState::Running;
    int epoch = 0;  ///< at work, from 1; 0 before the first step
    int epochs = 0; ///< that the run will have
    qint64 batch = 0;
    qint64 batches = 0; ///< of an epoch; 0: not known yet
    bool validating = false;
    double examplesPerSecond = 0;
    double elapsedSeconds = 0; ///< of this run, pauses not counted
    std::optional<double> secondsLeft;
    qint64 memoryBytes = 0; ///< of the process, now
    RunStarted started;     ///< threads, device, precision, engine; parameters 0 until it has begun

    [[nodiscard]] double fraction() const; ///< of all epochs, 0..1
};

/// The runs of one project: a queue that works off one at a time on a worker thread, and what the
/// views show of it. Lives in the thread of the document, which needs an event loop. Destroying it
/// stops the run at work (its last checkpoint stays) and forgets those that wait.
class RunController final : public QObject {
    Q_OBJECT

public:
    explicit RunController(ProjectDocument& project, QObject* parent = nullptr);
    ~RunController() override;

    /// Run, Resume of one that is not at work, Extend: by `options`. Conflict when it waits or
    /// runs.
    [[nodiscard]] Status enqueue(ExperimentId id, const ExperimentRunOptions& options = {});
    void pause(); ///< the run at work
    void resume();
    /// The run at work stops at the next batch; one that waits leaves the queue.
    void stop(ExperimentId id);
    /// Moves one that waits to a position, 0 first.
    bool move(ExperimentId id, qsizetype position);

    [[nodiscard]] QList<ExperimentId> waiting() const; ///< the next first
    [[nodiscard]] std::optional<ExperimentId> current() const;
    /// Nothing when nothing runs.
    [[nodiscard]] const std::optional<RunProgress>& progress() const;
    /// Of the queue and the run at work; else that of the record.
    [[nodiscard]] RunState state(ExperimentId id) const;
    /// Steps of the runs of this program, oldest first; at most 200,000 of an experiment (merged in
    /// pairs beyond). Valid until the next signal.
    [[nodiscard]] const std::vector<BatchSample>& samples(ExperimentId id) const;

Q_SIGNALS:
    void changed();                               ///< queue, current(), a state
    void progressChanged();                       ///< at most every 40 ms
    void samplesAdded(espalier::ExperimentId id); ///< at most every 40 ms
    void epochDone(espalier::ExperimentId id, const espalier::EpochRecord& epoch);
    void finished(espalier::ExperimentId id, const espalier::Result<espalier::RunSummary>& result);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace espalier
