#pragma once

#include "core/base/id.h"
#include "core/training/metrics_buffer.h"
#include "core/training/pause_gate.h"
#include "core/training/trainer.h"

#include <QObject>
#include <functional>
#include <memory>
#include <stop_token>

namespace espalier {

/// Names one run of a session or queue while the program lives.
using RunId = Id<struct RunTag>;

/// What the work of a session tells it, on the thread of the work. The functions are those of the
/// observers of training, so that an observer hands each call on in one line.
class SessionReporter {
public:
    virtual ~SessionReporter() = default;
    virtual void started(const RunStarted& run) = 0;
    virtual void batchDone(const BatchSample& sample) = 0;
    virtual void validating(int epoch) = 0;
    virtual void epochDone(const EpochRecord& epoch) = 0;
};

/// What a session runs on its thread: train() or something around it that ends soon after `stop`
/// and waits at the gate between batches.
using SessionWork =
    std::function<Result<RunSummary>(SessionReporter&, std::stop_token stop, PauseGate& gate)>;

/// Keeps a checkpoint, as TrainingObserver::saveCheckpoint().
using CheckpointSink = std::function<Status(const EpochRecord&, const Checkpoint&)>;
/// train() as the work of a session.
[[nodiscard]] SessionWork trainingWork(TrainingJob job, CheckpointSink sink);

/// Runs one training at a time on a thread of its own, and says on its own thread how it goes.
///
/// Everything is called and emitted on the thread that the session lives in, which needs an event
/// loop. Steps come through samples(), not as signals. What a run still says after the next one
/// has begun is dropped. Destroying a session stops its run and waits for the thread.
class TrainingSession final : public QObject {
    Q_OBJECT

public:
    explicit TrainingSession(QObject* parent = nullptr);
    ~TrainingSession() override;

    /// Created before the first start(); then Running, Pausing, Paused, Completed, Stopped, Failed.
    [[nodiscard]] RunState state() const { return m_state; }
    [[nodiscard]] RunId runId() const { return m_runId; }
    /// Steps of the current or last run that nobody has taken yet.
    [[nodiscard]] MetricsBuffer& samples() { return *m_samples; }

    /// False while a run is active.
    bool start(RunId id, SessionWork work);
    /// Pausing, then Paused as soon as the work waits. Ignored unless Running.
    void pause();
    /// Ignored unless Pausing or Paused.
    void resume();
    /// Returns at once; finished() follows when the thread has left the work.
    void stop();

Q_SIGNALS:
    void stateChanged(espalier::RunId id, espalier::RunState state);
    void started(espalier::RunId id, const espalier::RunStarted& run);
    void validating(espalier::RunId id, int epoch);
    void epochDone(espalier::RunId id, const espalier::EpochRecord& epoch);
    /// After stateChanged(); the session can be started again from a slot.
    void finished(espalier::RunId id, const espalier::Result<espalier::RunSummary>& result);

private:
    class Worker;

    void setState(RunState state);
    void noticePause(RunId id);
    void finish(RunId id, const Result<RunSummary>& result);

    RunId m_runId;
    RunState m_state = RunState::Created;
    std::shared_ptr<MetricsBuffer> m_samples;
    std::unique_ptr<Worker> m_worker;
};

} // namespace espalier
