#include "core/project/jobs/run_controller.h"

#include "core/base/logging.h"
#include "core/base/system.h"
#include "core/project/documents/project_document.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/project_folder.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int TickMs = 40;
constexpr qint64 MemoryEveryMs = 500;
constexpr size_t MostSamples = 200'000; // of an experiment

/// Hands what a run of the project says on to the session.
class Forwarder final : public ExperimentObserver {
public:
    explicit Forwarder(SessionReporter& reporter)
        : m_reporter(reporter)
    {
    }

    void started(const RunStarted& run) override { m_reporter.started(run); }
    void batchDone(const BatchSample& sample) override { m_reporter.batchDone(sample); }
    void validating(int epoch) override { m_reporter.validating(epoch); }
    void epochDone(const EpochRecord& epoch) override { m_reporter.epochDone(epoch); }

private:
    SessionReporter& m_reporter;
};

/// One that waits: what it needs to begin, or to leave the queue as it came. The lock makes other
/// programs see it as Queued, and is free for the run when its turn comes.
struct WaitingRun {
    RunId run;
    ExperimentRecord before; ///< the record when it was queued
    ExperimentRunOptions options;
    ExperimentLock lock;
};

Status requireRunnable(const ExperimentRecord& record, const ExperimentRunOptions& options)
{
    const RunState state = record.state;
    if (!canRun(state) && !canResume(state) && !canExtend(state))
        return failure(ErrorCode::Conflict, u"'%1' is %2: wait for it or stop it first."_s.arg(
                                                record.name, enumLabel(state).toLower()));
    const int done = int(record.epochs.size());
    const int wanted = options.epochs.value_or(record.settings.epochs);
    if (done > 0 && !options.resume)
        return failure(ErrorCode::Conflict,
                       u"'%1' has run %2 epochs already: resume it, or duplicate it to start "
                       "anew."_s.arg(record.name, QString::number(done)));
    if (done > 0 && (wanted <= done || (canExtend(state) && !options.epochs)))
        return failure(ErrorCode::Conflict,
                       u"'%1' has completed its %2 epochs: give a larger number of epochs to "
                       "extend it."_s.arg(record.name, QString::number(done)));
    return {};
}

} // namespace

struct RunController::Private {
    Private(RunController& controller, ProjectDocument& project)
        : q(controller)
        , document(project)
    {
        clock.start();
    }

    [[nodiscard]] double now() const { return double(clock.nsecsElapsed()) * 1e-9; }
    [[nodiscard]] Result<ProjectStore*> openStore();
    [[nodiscard]] Result<WaitingRun> claim(ExperimentId id, const ExperimentRunOptions& options);
    /// Back to what the record was before it was queued, and the lock free again.
    void release(WaitingRun queued);
    [[nodiscard]] WaitingRun* waitingRun(ExperimentId id);
    [[nodiscard]] std::optional<WaitingRun> take(ExperimentId id);
    [[nodiscard]] Result<SessionWork> begin(ExperimentId id);

    void drain();
    void tick();
    void followState(RunState state);
    void started(const RunStarted& run);
    void validating(int epoch);
    void epochDone(const EpochRecord& epoch);
    void finished(RunId run, const Result<RunSummary>& result);
    void connectSession();

    RunController& q;
    ProjectDocument& document;
    std::unique_ptr<ProjectStore> store; ///< opened when first needed
    QElapsedTimer clock;
    QElapsedTimer sinceMemory;
    QTimer ticker;
    std::vector<WaitingRun> waiting; ///< in no order: that of the queue counts
    RunId currentRun;
    ExperimentId currentExperiment;
    std::optional<RunProgressMeter> meter;
    std::optional<RunProgress> progress;
    QHash<ExperimentId, std::vector<BatchSample>> samples;
    const std::vector<BatchSample> noSamples;
    std::unique_ptr<RunQueue> queue; ///< last: its thread is joined before anything goes
};

Result<ProjectStore*> RunController::Private::openStore()
{
    if (!store) {
        Result<std::unique_ptr<ProjectStore>> opened = ProjectStore::open(document.folder());
        if (!opened)
            return failureOf(opened);
        store = *std::move(opened);
    }
    return store.get();
}

Result<WaitingRun> RunController::Private::claim(ExperimentId id,
                                                 const ExperimentRunOptions& options)
{
    const Result<ProjectStore*> opened = openStore();
    if (!opened)
        return failureOf(opened);
    const Result<ExperimentRecord> record = (*opened)->experiment(id);
    if (!record)
        return failureOf(record);
    if (const Status runnable = requireRunnable(*record, options); !runnable)
        return failureOf(runnable);
    Result<ExperimentLock> lock =
        ExperimentLock::acquire(ProjectFolder(document.folder()).runLock(id), record->name);
    if (!lock)
        return failureOf(lock);
    return (*opened)->setState(id, RunState::Queued).map([&] {
        return WaitingRun{{}, *record, options, *std::move(lock)};
    });
}

void RunController::Private::release(WaitingRun queued)
{
    const ExperimentRecord& before = queued.before;
    if (const Status kept = store->setState(before.id, before.state, before.error); !kept)
        logWarning(kept.error().message);
}

WaitingRun* RunController::Private::waitingRun(ExperimentId id)
{
    const auto found = std::ranges::find_if(
        waiting, [id](const WaitingRun& candidate) { return candidate.before.id == id; });
    return found == waiting.end() ? nullptr : &*found;
}

std::optional<WaitingRun> RunController::Private::take(ExperimentId id)
{
    WaitingRun* found = waitingRun(id);
    if (!found)
        return std::nullopt;
    WaitingRun taken = std::move(*found);
    waiting.erase(waiting.begin() + std::distance(waiting.data(), found));
    return taken;
}

/// The turn of one has come. Until its work has claimed it, it is again what it was: a run that
/// cannot begin leaves no trace.
Result<SessionWork> RunController::Private::begin(ExperimentId id)
{
    std::optional<WaitingRun> next = take(id);
    if (!next)
        return cancelled();
    const ExperimentRunOptions options = next->options;
    const int done = int(next->before.epochs.size());
    const int epochs = options.epochs.value_or(next->before.settings.epochs);
    currentRun = next->run;
    release(*std::move(next));
    currentExperiment = id;
    std::erase_if(samples[id], [done](const BatchSample& sample) { return sample.epoch > done; });
    meter.emplace(id, done, epochs, now());
    progress = meter->progress();
    return SessionWork([folder = document.folder(), id,
                        options](SessionReporter& reporter, std::stop_token stop, PauseGate& gate) {
        Forwarder forwarder(reporter);
        return runExperiment(folder, id, options, forwarder, std::move(stop), gate);
    });
}

void RunController::Private::drain()
{
    const std::vector<BatchSample> fresh = queue->session().samples().drain();
    if (fresh.empty())
        return;
    std::vector<BatchSample>& kept = samples[currentExperiment];
    kept.insert(kept.end(), fresh.begin(), fresh.end());
    while (kept.size() > MostSamples)
        mergeInPairs(kept);
    meter->addSteps(fresh, now());
    Q_EMIT q.samplesAdded(currentExperiment);
}

void RunController::Private::tick()
{
    if (!meter)
        return;
    drain();
    if (!sinceMemory.isValid() || sinceMemory.elapsed() >= MemoryEveryMs) {
        meter->setMemory(currentMemoryBytes());
        sinceMemory.start();
    }
    meter->tick(now());
    progress = meter->progress();
    Q_EMIT q.progressChanged();
}

void RunController::Private::followState(RunState state)
{
    if (!meter)
        return;
    meter->setState(state, now());
    if (state == RunState::Paused)
        ticker.stop();
    else if (isActive(state))
        ticker.start();
    tick();
    Q_EMIT q.changed();
}

void RunController::Private::started(const RunStarted& run)
{
    meter->started(run);
    document.refreshExperiment(currentExperiment);
    tick();
}

void RunController::Private::validating(int epoch)
{
    drain();
    meter->validating(epoch, now());
    tick();
}

void RunController::Private::epochDone(const EpochRecord& epoch)
{
    drain();
    meter->epochDone(epoch, now());
    document.refreshExperiment(currentExperiment);
    tick();
    Q_EMIT q.epochDone(currentExperiment, epoch);
}

void RunController::Private::finished(RunId run, const Result<RunSummary>& result)
{
    if (run != currentRun)
        return; // left the queue before it began
    drain();
    ticker.stop();
    const ExperimentId id = std::exchange(currentExperiment, {});
    currentRun = {};
    meter.reset();
    progress.reset();
    if (!result && result.error().code != ErrorCode::Cancelled)
        logWarning(result.error().message);
    document.refreshExperiment(id);
    Q_EMIT q.changed();
    Q_EMIT q.progressChanged();
    Q_EMIT q.finished(id, result);
}

void RunController::Private::connectSession()
{
    TrainingSession& session = queue->session();
    const auto ifCurrent = [this](auto handler) {
        return [this, handler](RunId run, const auto& value) {
            if (run == currentRun && meter)
                (this->*handler)(value);
        };
    };
    q.connect(&session, &TrainingSession::stateChanged, &q, [this](RunId run, RunState state) {
        if (run == currentRun)
            followState(state);
    });
    q.connect(&session, &TrainingSession::started, &q, ifCurrent(&Private::started));
    q.connect(&session, &TrainingSession::validating, &q, ifCurrent(&Private::validating));
    q.connect(&session, &TrainingSession::epochDone, &q, ifCurrent(&Private::epochDone));
    q.connect(queue.get(), &RunQueue::finished, &q,
              [this](RunId run, const Result<RunSummary>& result) { finished(run, result); });
    q.connect(queue.get(), &RunQueue::changed, &q, &RunController::changed);
    q.connect(&ticker, &QTimer::timeout, &q, [this] { tick(); });
}

RunController::RunController(ProjectDocument& project, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, project))
{
    d->queue = std::make_unique<RunQueue>();
    d->ticker.setInterval(TickMs);
    d->connectSession();
}

RunController::~RunController()
{
    d->queue->disconnect(this);
    d->queue->session().disconnect(this);
    d->ticker.stop();
    for (const QueueEntry& entry : d->queue->waiting())
        d->queue->remove(entry.id);
    std::vector<ExperimentId> touched{d->currentExperiment};
    while (!d->waiting.empty()) {
        touched.push_back(d->waiting.back().before.id);
        d->release(*d->take(touched.back()));
    }
    d->queue.reset();
    for (const ExperimentId id : touched)
        if (id.isValid())
            d->document.refreshExperiment(id);
}

Status RunController::enqueue(ExperimentId id, const ExperimentRunOptions& options)
{
    if (d->currentExperiment == id || d->waitingRun(id))
        return failure(ErrorCode::Conflict,
                       u"The experiment is %1 already."_s.arg(enumLabel(state(id)).toLower()));
    Result<WaitingRun> claimed = d->claim(id, options);
    if (!claimed)
        return failureOf(claimed);
    const QString name = claimed->before.name;
    d->waiting.push_back(*std::move(claimed));
    const RunId run = d->queue->enqueue(name, [this, id] { return d->begin(id); });
    d->waitingRun(id)->run = run;
    d->document.refreshExperiment(id);
    Q_EMIT changed();
    return {};
}

void RunController::pause()
{
    d->queue->session().pause();
}

void RunController::resume()
{
    d->queue->session().resume();
}

void RunController::stop(ExperimentId id)
{
    if (id == d->currentExperiment && d->meter) {
        d->meter->setStopping();
        d->queue->session().stop();
        d->tick();
        return;
    }
    const WaitingRun* waiting = d->waitingRun(id);
    if (!waiting)
        return;
    const RunId run = waiting->run;
    d->release(*d->take(id));
    d->document.refreshExperiment(id);
    d->queue->remove(run);
}

bool RunController::move(ExperimentId id, qsizetype position)
{
    const WaitingRun* waiting = d->waitingRun(id);
    return waiting && d->queue->move(waiting->run, position);
}

QList<ExperimentId> RunController::waiting() const
{
    QList<ExperimentId> ids;
    for (const QueueEntry& entry : d->queue->waiting()) {
        const auto found = std::ranges::find(d->waiting, entry.id, &WaitingRun::run);
        if (found != d->waiting.end())
            ids.append(found->before.id);
    }
    return ids;
}

std::optional<ExperimentId> RunController::current() const
{
    return d->currentExperiment.isValid() ? std::optional(d->currentExperiment) : std::nullopt;
}

const std::optional<RunProgress>& RunController::progress() const
{
    return d->progress;
}

RunState RunController::state(ExperimentId id) const
{
    if (id == d->currentExperiment && d->progress)
        return d->progress->state;
    if (d->waitingRun(id))
        return RunState::Queued;
    const ExperimentRecord* record = d->document.experiment(id);
    return record ? record->state : RunState::Created;
}

const std::vector<BatchSample>& RunController::samples(ExperimentId id) const
{
    const auto found = d->samples.constFind(id);
    return found == d->samples.cend() ? d->noSamples : *found;
}

} // namespace espalier

#include "moc_run_controller.cpp"
