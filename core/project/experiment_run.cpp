#include "core/project/experiment_run.h"

#include "core/base/logging.h"
#include "core/project/experiment_check.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/project_folder.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Records what a run gives, then lets others hear of it.
class RunRecorder final : public TrainingObserver {
public:
    RunRecorder(ProjectStore& store, ExperimentId id, ExperimentObserver& observer)
        : m_store(store)
        , m_id(id)
        , m_observer(observer)
    {
    }

    void started(const RunStarted& run) override
    {
        m_parameters = run.parameters;
        if (const Status kept = keepParameters(); !kept)
            logWarning(kept.error().message); // the first epoch tries again
        m_observer.started(run);
    }

    void batchDone(const BatchSample& sample) override { m_observer.batchDone(sample); }
    void validating(int epoch) override { m_observer.validating(epoch); }

    Status saveCheckpoint(const EpochRecord& epoch, const Checkpoint& checkpoint) override
    {
        return m_store.writeCheckpointFile(m_id, epoch.epoch, checkpoint)
            .map([&](const CheckpointRecord& written) { m_written = written; });
    }

    Status epochDone(const EpochRecord& epoch) override
    {
        return keepParameters()
            .and_then([&] { return m_store.recordEpoch(m_id, epoch, m_written); })
            .map([&] { m_observer.epochDone(epoch); });
    }

private:
    /// Until it has succeeded once.
    Status keepParameters()
    {
        if (!m_parameters)
            return {};
        return m_store.setParameters(m_id, *m_parameters).map([&] { m_parameters.reset(); });
    }

    ProjectStore& m_store;
    ExperimentId m_id;
    ExperimentObserver& m_observer;
    CheckpointRecord m_written;
    std::optional<qint64> m_parameters; ///< not kept yet
};

Status requireRunnable(const ExperimentRecord& record, const ExperimentRunOptions& options)
{
    const int done = int(record.epochs.size());
    if (done > 0 && !options.resume)
        return failure(ErrorCode::Conflict,
                       u"'%1' has run %2 epochs already: resume it, or duplicate it to start "
                       "anew."_s.arg(record.name, QString::number(done)));
    const bool finished = record.state == RunState::Completed && !options.epochs;
    if (done > 0 && (finished || options.epochs.value_or(record.settings.epochs) <= done))
        return failure(ErrorCode::Conflict,
                       u"'%1' has completed its %2 epochs: give a larger number of epochs to "
                       "extend it."_s.arg(record.name, QString::number(done)));
    return {};
}

/// As it stands while the caller holds its lock: a state that is active was left by a kill.
Result<ExperimentRecord> settledRecord(ProjectStore& store, ExperimentId id,
                                       const ExperimentRunOptions& options)
{
    return store.experiment(id).and_then([&](const ExperimentRecord& record) {
        const bool left = isActive(record.state);
        return requireRunnable(record, options)
            .and_then([&] { return left ? store.setState(id, RunState::Stopped) : Status(); })
            .and_then([&] { return store.experiment(id); })
            .map([&](ExperimentRecord settled) {
                settled.settings.epochs = options.epochs.value_or(settled.settings.epochs);
                return settled;
            });
    });
}

Status requireNoErrors(const ExperimentRecord& record, const Dataset& dataset)
{
    const QList<Issue> issues = checkExperiment(record.graph, record.settings, dataset);
    const auto error = std::ranges::find(issues, IssueLevel::Error, &Issue::level);
    if (error == issues.end())
        return {};
    return failure(ErrorCode::InvalidInput,
                   u"'%1' cannot run yet: %2."_s.arg(record.name, issueSentence(*error)));
}

Result<std::optional<Checkpoint>> startingPoint(const ProjectStore& store,
                                                const ExperimentRecord& record)
{
    CheckpointRecord from{0, record.startWeights, record.startWeightsChecksum, 0, false};
    if (!record.epochs.isEmpty()) {
        const QString last = QString::number(record.epochs.last().epoch);
        const Result<CheckpointRecord> found = ProjectStore::findCheckpoint(record, last);
        if (!found)
            return failureOf(found);
        from = *found;
    }
    if (from.file.isEmpty())
        return std::nullopt;
    return store.loadCheckpoint(from).map(
        [](const Checkpoint& loaded) { return std::optional<Checkpoint>(loaded); });
}

/// The last epoch at which patience was over and which was extended nevertheless; a stop in the
/// middle of an extension does not change it.
int patienceStart(const ExperimentRecord& record)
{
    const int patience = record.settings.patience;
    int from = 0;
    for (const EpochRecord& epoch : record.epochs)
        if (epoch.best || (patience > 0 && epoch.epoch - from >= patience))
            from = epoch.epoch;
    return from;
}

/// A snapshot of an experiment with what training it needs.
struct PreparedRun {
    ExperimentRecord record;
    TrainingJob job;
};

Result<PreparedRun> prepareRun(ProjectStore& store, ExperimentId id,
                               const ExperimentRunOptions& options)
{
    const Result<ExperimentRecord> record = settledRecord(store, id, options);
    if (!record)
        return failureOf(record);
    const auto dataset = store.openDataset(record->dataset);
    if (!dataset)
        return failureOf(dataset);
    if (const Status ready = requireNoErrors(*record, **dataset); !ready)
        return failureOf(ready);
    return startingPoint(store, *record).map([&](const std::optional<Checkpoint>& checkpoint) {
        return PreparedRun{*record,
                           TrainingJob{record->graph, *dataset, record->settings, record->epochs,
                                       checkpoint, patienceStart(*record)}};
    });
}

/// From here on nobody can edit the experiment; what was edited since the snapshot would be
/// shown with the results of something else.
Status claim(ProjectStore& store, const ExperimentRecord& snapshot, std::optional<int> epochs)
{
    return (epochs ? store.setEpochs(snapshot.id, *epochs) : Status())
        .and_then([&] { return store.setState(snapshot.id, RunState::Running); })
        .and_then([&] { return store.experiment(snapshot.id); })
        .and_then([&](const ExperimentRecord& now) -> Status {
            if (now.graph.isSameNetwork(snapshot.graph) && now.settings == snapshot.settings &&
                now.dataset == snapshot.dataset)
                return {};
            return store.setState(snapshot.id, snapshot.state).and_then([&]() -> Status {
                return failure(ErrorCode::Conflict,
                               u"'%1' was changed while it was starting: look at it and run it "
                               "again."_s.arg(now.name));
            });
        });
}

Status recordEnd(ProjectStore& store, ExperimentId id, const Result<RunSummary>& result)
{
    if (result)
        return store.setState(id, result->state);
    const Error& error = result.error();
    return error.code == ErrorCode::Cancelled ? store.setState(id, RunState::Stopped)
                                              : store.setState(id, RunState::Failed, error.message);
}

} // namespace

Result<RunSummary> runExperiment(const QString& projectFolder, ExperimentId id,
                                 const ExperimentRunOptions& options, ExperimentObserver& observer,
                                 std::stop_token stop, PauseGate& gate)
{
    const Result<std::unique_ptr<ProjectStore>> store = ProjectStore::open(projectFolder);
    if (!store)
        return failureOf(store);
    const Result<ExperimentRecord> record = (*store)->experiment(id);
    if (!record)
        return failureOf(record);
    const Result<ExperimentLock> lock =
        ExperimentLock::acquire(ProjectFolder(projectFolder).runLock(id), record->name);
    if (!lock)
        return failureOf(lock);
    const Result<PreparedRun> prepared = prepareRun(**store, id, options);
    if (!prepared)
        return failureOf(prepared);
    if (const Status claimed = claim(**store, prepared->record, options.epochs); !claimed)
        return failureOf(claimed);
    RunRecorder recorder(**store, id, observer);
    Result<RunSummary> result = train(prepared->job, recorder, stop, gate);
    if (const Status kept = recordEnd(**store, id, result); !kept) {
        logError(kept.error().message);
        if (result)
            return failureOf(kept);
    }
    return result;
}

Result<LoadedModel> loadModel(const ProjectStore& store, const ExperimentRecord& experiment,
                              const QString& checkpoint)
{
    const Result<CheckpointRecord> found = ProjectStore::findCheckpoint(experiment, checkpoint);
    if (!found)
        return failureOf(found);
    const auto dataset = store.openDataset(experiment.dataset);
    if (!dataset)
        return failureOf(dataset);
    return store.loadCheckpoint(*found).map([&](const Checkpoint& loaded) {
        return LoadedModel{experiment, *dataset, *found, loaded};
    });
}

} // namespace espalier
