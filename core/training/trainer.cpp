#include "core/training/trainer.h"

#include "core/base/system.h"
#include "core/training/training_loop.h"

#include <new>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Status restore(const TrainingJob& job, Executor& executor)
{
    const bool goesOn = !job.history.isEmpty();
    if (job.checkpoint)
        return executor.setState(job.checkpoint->tensors, goesOn);
    if (goesOn)
        return failure(
            ErrorCode::InvalidInput,
            u"The checkpoint of epoch %1 is missing, so the run cannot go on from "
            "there: duplicate the experiment and run it anew."_s.arg(job.history.last().epoch));
    return {};
}

RunStarted describeRun(const TrainingJob& job, const Executor& executor, const TrainingData& data)
{
    return {executor.threads(),        executor.device(),
            job.settings.precision,    executor.engine(),
            executor.parameterCount(), data.training->batchesPerEpoch(),
            data.training->rows(),     data.validation ? data.validation->rows() : 0};
}

RunSummary stoppedBeforeTheFirstStep(const TrainingJob& job, const FeatureDescription& target)
{
    const QString metric = primaryMetric(targetKindOf(target));
    return {RunState::Stopped, bestEpoch(job.history, metric), 0, peakMemoryBytes()};
}

Result<RunSummary> trainUnguarded(const TrainingJob& job, TrainingObserver& observer,
                                  const std::stop_token& stop, PauseGate& gate)
{
    resetPeakMemory();
    auto plan = planTraining(job);
    if (!plan)
        return failureOf(plan);
    const auto executor = createExecutor(job.graph, job.dataset->features(), plan->options);
    if (!executor)
        return failureOf(executor);
    if (const Status restored = restore(job, **executor); !restored)
        return failureOf(restored);
    auto data = openTrainingData(job, std::move(*plan), **executor, stop);
    if (!data && data.error().code == ErrorCode::Cancelled)
        return stoppedBeforeTheFirstStep(job, plan->target);
    if (!data)
        return failureOf(data);
    observer.started(describeRun(job, **executor, *data));
    return TrainingLoop(job, **executor, *data, observer, stop, gate).run();
}

} // namespace

Result<RunSummary> train(const TrainingJob& job, TrainingObserver& observer, std::stop_token stop,
                         PauseGate& gate)
{
    try {
        return trainUnguarded(job, observer, stop, gate);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory,
                       u"The memory ran out with a batch size of %1: choose a smaller batch size "
                       "or a smaller model."_s.arg(job.settings.batchSize));
    } catch (const std::exception& error) {
        return failure(ErrorCode::Internal,
                       u"The training failed: %1."_s.arg(QString::fromLocal8Bit(error.what())));
    }
}

} // namespace espalier
