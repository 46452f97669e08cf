#pragma once

#include "core/project/jobs/prediction_service.h"
#include "ui/evaluation/predictions/matrix/matrix_selection.h"

#include <QList>
#include <Qt>
#include <optional>
#include <vector>

namespace espalier {

using PredictionsPtr = std::shared_ptr<const PredictionSet>;

/// Places in EvaluationResult::predictions.
using ExampleList = std::vector<quint32>;

/// What a table of examples can be ordered by.
enum class ExampleKey { Row, Actual, Predicted, Probability, Error, Loss };

[[nodiscard]] ExampleList allExamples(const EvaluationResult& result);
/// Those in the selected cells; without a target (class -1) in none.
[[nodiscard]] ExampleList examplesIn(const EvaluationResult& result,
                                     const MatrixSelection& selection);
/// Equal keys stay in the order of the rows; what is not a number comes last in both orders.
void sortExamples(ExampleList& examples, const PredictionSet& set, ExampleKey key,
                  Qt::SortOrder order);

[[nodiscard]] bool isRight(const Prediction& prediction);
/// Of numeric targets: predicted minus actual.
[[nodiscard]] double errorOf(const Prediction& prediction);

/// The probability of every class for one example, the highest first, at most `count`.
struct ClassShare {
    qint64 index = 0;
    double probability = 0;
};
[[nodiscard]] QList<ClassShare> topClasses(const PredictionSet& set, quint32 example, int count);

/// The value of a target as a person reads it: a class, or a number; an en dash where missing.
[[nodiscard]] QString actualText(const PredictionSet& set, const Prediction& prediction);
[[nodiscard]] QString predictedText(const PredictionSet& set, const Prediction& prediction);

/// The feature that shows what an example looks like; nothing in datasets without images.
[[nodiscard]] std::optional<int> imageFeature(const Dataset& dataset);

/// The set as a network would give it that says "positive" from this probability on: of Binary
/// targets; predicted classes, probabilities and the matrix follow.
[[nodiscard]] PredictionsPtr atThreshold(const PredictionsPtr& set, double probability);

} // namespace espalier
