#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/evaluation/evaluation.h"
#include "core/project/experiment_run.h"

#include <QString>
#include <memory>
#include <stop_token>

namespace espalier {

/// What the network of a run is asked with afterwards: device, precision and threads as in its
/// settings.
[[nodiscard]] ExecutorOptions executorOptions(const RunSettings& settings);

/// What an evaluation is of unless somebody chooses: the validation subset of the run, or its
/// training subset where it has none.
[[nodiscard]] QString defaultSubset(const RunSettings& settings);

/// The network of a run with the weights of the checkpoint. Errors: a checkpoint of another graph,
/// a device or precision that is not here.
[[nodiscard]] Result<std::unique_ptr<Executor>> loadExecutor(const LoadedModel& model,
                                                             const ExecutorOptions& options);

/// What a checkpoint says of a subset, and how to read it.
struct SubsetEvaluation {
    FeatureDescription target;
    float threshold = 0.5F; ///< Executor::decisionThreshold()
    EvaluationResult result;
};

/// Evaluates a subset ("Validation") at the checkpoint of a model. Blocks; progress counts rows.
/// Stops with Cancelled at the next batch. Errors: an unknown or empty subset, those of
/// loadExecutor() and evaluateRows().
[[nodiscard]] Result<SubsetEvaluation>
evaluateSubset(const LoadedModel& model, const QString& subset, const ExecutorOptions& options,
               const ProgressSink& progress = {}, std::stop_token stop = {});

} // namespace espalier
