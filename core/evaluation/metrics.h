#pragma once

#include "core/base/named_enum.h"
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

/// Values by metric key; always with "loss".
using MetricValues = QMap<QString, double>;

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
[[nodiscard]] std::unique_ptr<MetricAccumulator>
createMetrics(const FeatureDescription& target, bool cheap = false);

} // namespace espalier
