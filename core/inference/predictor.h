#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/graph/model_graph.h"
#include "core/nn/checkpoint.h"
#include "core/nn/executor.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QVariant>
#include <memory>

namespace espalier {

struct ClassProbability {
    QString name;
    double probability = 0;
};

/// What a network says of one new example.
struct PredictedExample {
    QList<ClassProbability> classes; ///< highest first; of Categorical and Binary targets
    QList<float> values;             ///< of Numeric targets, in the units of the feature
};

/// A trained network for examples from outside the dataset. Use from one thread at a time.
class Predictor final {
public:
    /// `dataset` gives the features, their encodings and their normalization.
    [[nodiscard]] static Result<std::unique_ptr<Predictor>>
    create(const ModelGraph& graph, std::shared_ptr<const Dataset> dataset,
           const Checkpoint& checkpoint, const ExecutorOptions& options = {});
    ~Predictor();

    /// Values by name of the Input features: QImage for images, numbers or text for the rest.
    [[nodiscard]] Result<PredictedExample> predict(const QHash<QString, QVariant>& values);
    /// For networks with one image Input: the file is read, encoded and predicted.
    [[nodiscard]] Result<PredictedExample> predictFile(const QString& path);

    Predictor(const Predictor&) = delete;
    Predictor& operator=(const Predictor&) = delete;

private:
    struct Private;
    explicit Predictor(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace espalier
