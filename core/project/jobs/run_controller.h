#pragma once

#include "core/base/result.h"
#include "core/project/experiment_run.h"
#include "core/project/jobs/run_progress.h"
#include "core/training/run_queue.h"

#include <QList>
#include <QObject>
#include <memory>
#include <optional>
#include <vector>

namespace espalier {

class ProjectDocument;

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
