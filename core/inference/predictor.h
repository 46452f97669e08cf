#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/graph/model_graph.h"
#include "core/nn/checkpoint.h"
#include "core/nn/executor.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <memory>

namespace espalier {

struct ClassProbability {
    QString name;
    double probability = 0;

    bool operator==(const ClassProbability&) const = default;
};

/// What a network says of one new example.
struct PredictedExample {
    QList<ClassProbability> classes; ///< highest first; of Categorical and Binary targets
    QList<float> values;             ///< of Numeric targets, in the units of the feature

    bool operator==(const PredictedExample&) const = default;
};

/// A trained network for examples from outside the dataset. Use from one thread at a time.
class Predictor final {
public:
    /// `dataset` gives the features, their encodings and their normalization. Errors: a graph that
    /// cannot run, a checkpoint of another graph, a device or precision that is not here.
    [[nodiscard]] static Result<std::unique_ptr<Predictor>>
    create(const ModelGraph& graph, std::shared_ptr<const Dataset> dataset,
           const Checkpoint& checkpoint, const ExecutorOptions& options = {});
    ~Predictor();

    /// Names of the Input features, in the order of the graph.
    [[nodiscard]] QStringList inputs() const;
    [[nodiscard]] QList<FeatureDescription> inputFeatures() const; ///< in the same order

    /// Values by name of the Input features, as they are before encoding and normalization:
    /// - Image: a QImage
    /// - Numeric: a number, also as text in the notation of C; where the feature has several, a
    ///   list of them, or a text with spaces, commas or semicolons between
    /// - Categorical, Binary: the name of a class
    /// Values of other names are ignored. Errors name the feature and what it takes.
    [[nodiscard]] Result<PredictedExample> predict(const QHash<QString, QVariant>& values);
    /// For networks with one Input, an image: the file is read as an import would, encoded and
    /// predicted. Others take the rows of an ExampleTable.
    [[nodiscard]] Result<PredictedExample> predictFile(const QString& path);

    Predictor(const Predictor&) = delete;
    Predictor& operator=(const Predictor&) = delete;

private:
    struct Private;
    explicit Predictor(std::unique_ptr<Private> privateData);
    std::unique_ptr<Private> d;
};

} // namespace espalier
