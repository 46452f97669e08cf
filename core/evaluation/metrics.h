#pragma once

#include "core/base/named_enum.h"
#include "core/dataset/value_scale.h"
#include "core/graph/losses.h"
#include "core/nn/executor.h"

#include <QMap>
#include <QString>
#include <memory>
#include <span>

namespace espalier {

/// Which metrics make sense for a target.
enum class TargetKind { Classes, Binary, Numbers };
[[nodiscard]] TargetKind targetKindOf(const FeatureDescription& target);

/// One metric of the table.
struct MetricDescription {
    QString key;   ///< "accuracy", "top_5", "f1_macro", "auc", "mae", "r2", "loss"
    QString label; ///< "Accuracy"
    QString help;  ///< formula in words, with its source
    bool higherIsBetter = true;
};
[[nodiscard]] const QList<MetricDescription>& metricDescriptions();
[[nodiscard]] const MetricDescription* findMetric(const QString& key);
/// What decides which epoch is best: accuracy for classes and binary targets, else the loss.
[[nodiscard]] QString primaryMetric(TargetKind kind);

/// Values by metric key; always with "loss". Never NaN because nothing was there to measure: with
/// no row counted all are 0, and AUC is 0.5 wherever only one class occurs.
using MetricValues = QMap<QString, double>;

/// The class that a network decides for: the first of those with the highest output; NaN counts
/// as the lowest. -1 without outputs.
[[nodiscard]] qint64 predictedClass(std::span<const float> outputs);

/// How the outputs of a network are read.
struct OutputReading {
    /// Of numeric targets. MAE, MSE, RMSE are in the units of the feature, the loss in those of the
    /// network (normalized): that is what was minimized.
    ValueScale scale;
    float threshold = 0.5F; ///< of Binary targets: positive from here; Executor::decisionThreshold
};

/// Collects predictions batch by batch and gives the metrics over all of them. Rows whose target
/// is missing do not count.
class MetricAccumulator {
public:
    virtual ~MetricAccumulator() = default;
    /// `target` is the last column of the batch; `loss` the mean over the batch.
    virtual void add(const Outputs& outputs, const BatchColumn& target, double loss) = 0;
    [[nodiscard]] virtual MetricValues values() const = 0;
    virtual void reset() = 0;
};

/// `cheap`: only those that cost nothing beside a training step (loss, accuracy; loss, MAE, MSE).
/// The others keep what AUC needs, up to 64 million outputs; beyond, AUC is left out.
[[nodiscard]] std::unique_ptr<MetricAccumulator> createMetrics(const FeatureDescription& target,
                                                               bool cheap = false,
                                                               const OutputReading& reading = {});

} // namespace espalier
