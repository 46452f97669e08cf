#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/evaluation/confusion_matrix.h"
#include "core/evaluation/metrics.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace espalier {

/// One row of the predictions table.
struct Prediction {
    RowIndex row = 0;
    qint64 actual = -1;    ///< class index; -1 for numeric targets
    qint64 predicted = -1;
    float probability = 0; ///< of the predicted class
    float loss = 0;
    float actualValue = 0; ///< of numeric targets, in the units of the feature
    float predictedValue = 0;
};

/// What a checkpoint says of a subset.
struct EvaluationResult {
    qint64 rows = 0;
    MetricValues metrics;
    std::optional<ConfusionMatrix> confusion; ///< of Classes and Binary
    std::vector<Prediction> predictions;      ///< in the order of the rows
    Outputs outputs;                          ///< size × width: ROC and scatter need them
};

/// Runs `rows` through an executor in evaluation mode. Stops with Cancelled at the next batch.
[[nodiscard]] Result<EvaluationResult>
evaluateRows(Executor& executor, std::shared_ptr<const Dataset> dataset,
             const QList<ColumnRequest>& columns, std::vector<RowIndex> rows,
             qint64 batchSize = 1024, const ProgressSink& progress = {},
             std::stop_token stop = {});

/// The metrics alone, without keeping predictions: what a training run does after each epoch.
[[nodiscard]] Result<MetricValues> measure(Executor& executor, BatchSource& source,
                                           MetricAccumulator& metrics, std::stop_token stop);

} // namespace espalier
