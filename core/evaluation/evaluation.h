#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/evaluation/confusion_matrix.h"
#include "core/evaluation/metrics.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace espalier {

/// One row of the predictions table.
struct Prediction {
    RowIndex row = 0;
    qint64 actual = -1; ///< class index; -1 for numeric and for missing targets
    qint64 predicted = -1;
    float probability = 0; ///< of the predicted class
    float loss = 0;
    /// Of numeric targets, in the units of the feature; the first of several. NaN: missing.
    float actualValue = 0;
    float predictedValue = 0;
};

/// A matrix of more classes is no longer readable and takes more than 128 MB.
constexpr qint64 MaximumConfusionClasses = 4096;

/// What a checkpoint says of a subset.
struct EvaluationResult {
    qint64 rows = 0;
    MetricValues metrics;
    /// Of Classes and Binary; none above MaximumConfusionClasses.
    std::optional<ConfusionMatrix> confusion;
    std::vector<Prediction> predictions; ///< in the order of the rows
    Outputs outputs;                     ///< size × width as the network gave them: ROC needs them
};

/// How the outputs for the target feature are read: its normalization in the dataset, and the
/// threshold of the executor.
[[nodiscard]] Result<OutputReading> outputReading(const Executor& executor, const Dataset& dataset,
                                                  const QString& target);

/// Runs `rows` through an executor in evaluation mode; the last of `columns` is the target. Stops
/// with Cancelled at the next batch. Errors: an unknown target, no row, what the executor returns.
[[nodiscard]] Result<EvaluationResult>
evaluateRows(Executor& executor, std::shared_ptr<const Dataset> dataset,
             const QList<ColumnRequest>& columns, std::vector<RowIndex> rows,
             qint64 batchSize = 1024, const ProgressSink& progress = {}, std::stop_token stop = {});

/// The metrics alone, without keeping predictions: what a training run does after each epoch.
/// `beforeBatch` is called before each batch; it may wait.
[[nodiscard]] Result<MetricValues> measure(Executor& executor, BatchSource& source,
                                           MetricAccumulator& metrics, std::stop_token stop,
                                           const std::function<void()>& beforeBatch = {});

} // namespace espalier
