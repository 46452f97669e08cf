#include "core/training/training_session.h"

#include "core/base/system.h"

#include <new>
#include <thread>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Result<RunSummary> guarded(const SessionWork& work, SessionReporter& reporter,
                           const std::stop_token& stop, PauseGate& gate)
{
    try {
        return work(reporter, stop, gate);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory,
                       u"The memory ran out: choose a smaller batch size or a smaller model."_s);
    } catch (const std::exception& error) {
        return failure(ErrorCode::Internal,
                       u"The run failed: %1."_s.arg(QString::fromLocal8Bit(error.what())));
    }
}

RunState stateAfter(const Result<RunSummary>& result)
{
    if (result)
        return result->state;
    return result.error().code == ErrorCode::Cancelled ? RunState::Stopped : RunState::Failed;
}

/// Hands on what train() says.
class ForwardingObserver final : public TrainingObserver {
public:
    ForwardingObserver(SessionReporter& reporter, const CheckpointSink& sink)
        : m_reporter(reporter)
        , m_sink(sink)
    {
    }

    void started(const RunStarted& run) override { m_reporter.started(run); }
    void batchDone(const BatchSample& sample) override { m_reporter.batchDone(sample); }
    void validating(int epoch) override { m_reporter.validating(epoch); }
    Status saveCheckpoint(const EpochRecord& epoch, const Checkpoint& checkpoint) override
    {
        return m_sink ? m_sink(epoch, checkpoint) : Status();
    }
    Status epochDone(const EpochRecord& epoch) override
    {
        m_reporter.epochDone(epoch);
        return {};
    }

private:
    SessionReporter& m_reporter;
    const CheckpointSink& m_sink;
};

} // namespace

SessionWork trainingWork(TrainingJob job, CheckpointSink sink)
{
    return [job = std::move(job), sink = std::move(sink)](SessionReporter& reporter,
                                                          std::stop_token stop, PauseGate& gate) {
        ForwardingObserver observer(reporter, sink);
        return train(job, observer, std::move(stop), gate);
    };
}

/// One run: its gate and its thread, and the way of its messages to the session. The session owns
/// it and joins the thread before it goes, so that it outlives every message that is sent.
class TrainingSession::Worker final : public SessionReporter {
public:
    Worker(TrainingSession& session, RunId id, SessionWork work)
        : m_session(session)
        , m_id(id)
        , m_samples(session.m_samples)
        , m_gate([this] { send([](TrainingSession& s, RunId runId) { s.noticePause(runId); }); })
        , m_thread([this, run = std::move(work)](const std::stop_token& stop) {
            lowerThreadPriority(); // the window answers while every processor trains
            const auto result = guarded(run, *this, stop, m_gate);
            send([result](TrainingSession& s, RunId runId) { s.finish(runId, result); });
        })
    {
    }

    [[nodiscard]] PauseGate& gate() { return m_gate; }
    void requestStop() { m_thread.request_stop(); }

    void started(const RunStarted& run) override
    {
        send([run](TrainingSession& s, RunId id) { Q_EMIT s.started(id, run); });
    }
    void batchDone(const BatchSample& sample) override { m_samples->push(sample); }
    void validating(int epoch) override
    {
        send([epoch](TrainingSession& s, RunId id) { Q_EMIT s.validating(id, epoch); });
    }
    void epochDone(const EpochRecord& epoch) override
    {
        send([epoch](TrainingSession& s, RunId id) { Q_EMIT s.epochDone(id, epoch); });
    }

private:
    /// Calls on the thread of the session, unless another run has begun there by then.
    template <typename Message>
    void send(Message message)
    {
        QMetaObject::invokeMethod(
            &m_session,
            [session = &m_session, id = m_id, message = std::move(message)] {
                if (session->m_runId == id)
                    message(*session, id);
            },
            Qt::QueuedConnection);
    }

    TrainingSession& m_session;
    const RunId m_id;
    const std::shared_ptr<MetricsBuffer> m_samples;
    PauseGate m_gate;
    std::jthread m_thread; ///< last: joined before anything that it uses goes
};

TrainingSession::TrainingSession(QObject* parent)
    : QObject(parent)
    , m_samples(std::make_shared<MetricsBuffer>())
{
}

TrainingSession::~TrainingSession() = default;

bool TrainingSession::start(RunId id, SessionWork work)
{
    if (isActive(m_state))
        return false;
    m_worker.reset();
    m_runId = id;
    m_samples = std::make_shared<MetricsBuffer>();
    m_worker = std::make_unique<Worker>(*this, id, std::move(work));
    setState(RunState::Running);
    return true;
}

void TrainingSession::pause()
{
    if (!canPause(m_state))
        return;
    m_worker->gate().pause();
    setState(RunState::Pausing);
    noticePause(m_runId);
}

void TrainingSession::resume()
{
    if (m_state != RunState::Pausing && m_state != RunState::Paused)
        return;
    m_worker->gate().resume();
    setState(RunState::Running);
}

void TrainingSession::stop()
{
    if (m_worker)
        m_worker->requestStop();
}

void TrainingSession::setState(RunState state)
{
    m_state = state;
    Q_EMIT stateChanged(m_runId, state);
}

void TrainingSession::noticePause(RunId id)
{
    if (id == m_runId && m_state == RunState::Pausing && m_worker->gate().isHolding())
        setState(RunState::Paused);
}

void TrainingSession::finish(RunId id, const Result<RunSummary>& result)
{
    m_worker.reset();
    setState(stateAfter(result));
    Q_EMIT finished(id, result);
}

} // namespace espalier
