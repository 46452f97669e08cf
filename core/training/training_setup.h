#pragma once

#include "core/evaluation/evaluation.h"
#include "core/training/trainer.h"

#include <memory>
#include <vector>

namespace espalier {

/// What follows from a job before there is a network.
struct TrainingPlan {
    QList<ColumnRequest> columns; ///< the target last
    FeatureDescription target;
    std::vector<RowIndex> trainingRows;
    std::vector<RowIndex> validationRows; ///< empty without a validation subset
    ExecutorOptions options;
};

/// Errors: settings without a batch or an epoch, what analyzeGraph() calls an error, a subset that
/// does not exist or is empty.
[[nodiscard]] Result<TrainingPlan> planTraining(const TrainingJob& job);

/// n / (k · count) for each of the k classes that occur, so that every class weighs the same and
/// the mean over the examples is 1 (King and Zeng 2001); 1 for classes that do not occur.
[[nodiscard]] std::vector<float> balancedClassWeights(const QList<qint64>& counts);

/// What a training loop reads.
struct TrainingData {
    FeatureDescription target;
    OutputReading reading;
    std::unique_ptr<BatchSource> training;
    std::unique_ptr<BatchSource> validation; ///< null without a validation subset
};

/// Decodes images where that has not been done yet, which may take a while.
[[nodiscard]] Result<TrainingData> openTrainingData(const TrainingJob& job, TrainingPlan plan,
                                                    const Executor& executor,
                                                    const std::stop_token& stop);

} // namespace espalier
