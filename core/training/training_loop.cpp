#include "core/training/training_loop.h"

#include "core/base/random.h"
#include "core/base/system.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString placeOf(const BatchSample& sample)
{
    return u"in epoch %1, batch %2"_s.arg(sample.epoch).arg(sample.batch);
}

QString nameOf(double notFinite)
{
    return std::isnan(notFinite) ? u"NaN"_s : u"infinite"_s;
}

tl::unexpected<Error> diverged(const QString& what, const QString& when, double rate)
{
    return failure(ErrorCode::Numeric,
                   u"%1 %2: lower the learning rate (now %3), or check the normalization and the "
                   "values of the features."_s.arg(what, when)
                       .arg(rate));
}

} // namespace

TrainingLoop::TrainingLoop(const TrainingJob& job, Executor& executor, TrainingData& data,
                           TrainingObserver& observer, std::stop_token stop, PauseGate& gate)
    : m_job(job)
    , m_executor(executor)
    , m_data(data)
    , m_observer(observer)
    , m_keeper(observer)
    , m_stop(std::move(stop))
    , m_gate(gate)
    , m_metric(primaryMetric(targetKindOf(data.target)))
    , m_history(job.history)
    , m_trainingMetrics(createMetrics(data.target, true, data.reading))
    , m_batchMetrics(createMetrics(data.target, true, data.reading))
    , m_validationMetrics(createMetrics(data.target, false, data.reading))
{
}

Result<RunSummary> TrainingLoop::run()
{
    const Status epochs = runEpochs();
    const Status kept = m_keeper.finish();
    const bool stopped = !epochs && epochs.error().code == ErrorCode::Cancelled;
    if (!epochs && !stopped)
        return failureOf(epochs);
    if (!kept)
        return failureOf(kept);
    RunSummary summary;
    summary.state = stopped ? RunState::Stopped : RunState::Completed;
    summary.bestEpoch = bestEpoch(m_history, m_metric);
    summary.seconds = m_clock.seconds();
    summary.peakMemoryBytes = peakMemoryBytes();
    return summary;
}

Status TrainingLoop::runEpochs()
{
    while (!isDone()) {
        if (const Status epoch = runEpoch(int(m_history.size()) + 1); !epoch)
            return epoch;
        if (patienceIsOver())
            break;
    }
    return {};
}

bool TrainingLoop::isDone() const
{
    return m_history.size() >= m_job.settings.epochs;
}

bool TrainingLoop::patienceIsOver() const
{
    const int patience = m_job.settings.patience;
    const int from = std::max(bestEpoch(m_history, m_metric), m_job.patienceFrom);
    return patience > 0 && m_history.size() - from >= patience;
}

Status TrainingLoop::runEpoch(int epoch)
{
    const RunSettings& settings = m_job.settings;
    EpochRecord record;
    record.epoch = epoch;
    record.learningRate = settings.schedule.rate(settings.optimizer.value(u"learning_rate"_s),
                                                 epoch - 1, settings.epochs);
    return trainingPass(record).and_then([&] { return validationPass(record); }).and_then([&] {
        return keepEpoch(record);
    });
}

Status TrainingLoop::trainingPass(EpochRecord& record)
{
    const double begin = m_clock.seconds();
    qint64 examples = 0;
    BatchSample sample;
    sample.epoch = record.epoch;
    m_trainingMetrics->reset();
    m_data.training->startEpoch(record.epoch - 1);
    while (const Batch* batch = m_data.training->next()) {
        if (const Status kept = waitAtGate(); !kept)
            return kept;
        if (m_stop.stop_requested())
            return cancelled();
        ++sample.batch;
        if (const Status step = trainingStep(*batch, sample, record.learningRate); !step)
            return step;
        examples += batch->size;
    }
    record.seconds = m_clock.seconds() - begin;
    record.examplesPerSecond = record.seconds > 0 ? double(examples) / record.seconds : 0;
    record.training = m_trainingMetrics->values();
    return {};
}

Status TrainingLoop::trainingStep(const Batch& batch, BatchSample sample, double rate)
{
    const quint64 epochSeed = deriveSeed(m_job.settings.seed, quint64(sample.epoch - 1));
    const auto step =
        m_executor.trainStep(batch, rate, deriveSeed(epochSeed, quint64(sample.batch - 1)));
    if (!step)
        return explained(step.error(), placeOf(sample), rate);
    if (!std::isfinite(step->loss))
        return diverged(u"The loss became "_s + nameOf(step->loss), placeOf(sample), rate);
    m_trainingMetrics->add(step->outputs, batch.columns.back(), step->loss);
    report(sample, batch, *step);
    return {};
}

void TrainingLoop::report(BatchSample sample, const Batch& batch, const StepResult& step)
{
    sample.loss = step.loss;
    sample.metric = std::numeric_limits<double>::quiet_NaN();
    if (m_metric != u"loss"_s) {
        m_batchMetrics->reset();
        m_batchMetrics->add(step.outputs, batch.columns.back(), step.loss);
        sample.metric = m_batchMetrics->values().value(m_metric);
    }
    m_observer.batchDone(sample);
}

Status TrainingLoop::validationPass(EpochRecord& record)
{
    if (const Status kept = m_keeper.finish(); !kept)
        return kept;
    if (!m_data.validation)
        return {};
    m_observer.validating(record.epoch);
    const double begin = m_clock.seconds();
    const auto values = measure(m_executor, *m_data.validation, *m_validationMetrics, m_stop,
                                [this] { m_clock.waitAt(m_gate, m_stop); });
    const QString when = u"in epoch %1"_s.arg(record.epoch);
    if (!values)
        return explained(values.error(), when, record.learningRate);
    const double loss = values->value(u"loss"_s);
    if (!std::isfinite(loss))
        return diverged(u"The validation loss became "_s + nameOf(loss), when, record.learningRate);
    record.validation = *values;
    record.validationSeconds = m_clock.seconds() - begin;
    return {};
}

Status TrainingLoop::keepEpoch(EpochRecord& record)
{
    const double begin = m_clock.seconds();
    record.best = isBest(record);
    const auto state = m_executor.state();
    if (!state)
        return failureOf(state);
    record.checkpointSeconds = m_clock.seconds() - begin;
    m_keeper.begin(record, {*state, {{u"epoch"_s, QString::number(record.epoch)}}});
    m_history.append(record);
    return {};
}

/// A run that pauses has kept its epochs before.
Status TrainingLoop::waitAtGate()
{
    const Status kept = m_gate.isPaused() ? m_keeper.finish() : m_keeper.tellIfSaved();
    m_clock.waitAt(m_gate, m_stop);
    return kept;
}

bool TrainingLoop::isBest(const EpochRecord& record) const
{
    return bestEpoch(m_history + QList{record}, m_metric) == record.epoch;
}

/// An Error of the executor, with where it happened and what to do.
tl::unexpected<Error> TrainingLoop::explained(const Error& error, const QString& when,
                                              double rate) const
{
    if (error.code == ErrorCode::Numeric)
        return diverged(u"The loss became NaN"_s, when, rate);
    if (error.code == ErrorCode::OutOfMemory)
        return failure(error.code, u"The memory ran out %1 with a batch size of %2: choose a "
                                   "smaller batch size or a smaller model."_s.arg(when)
                                       .arg(m_job.settings.batchSize));
    return tl::unexpected(error);
}

} // namespace espalier
