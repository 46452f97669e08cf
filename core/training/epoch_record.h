#pragma once

#include "core/evaluation/metrics.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace espalier {

/// What one epoch gave. JSON as the command line prints it; a metric that is no finite number is
/// left out there, and what is missing or malformed reads as 0 or empty.
struct EpochRecord {
    int epoch = 0;      ///< from 1
    double seconds = 0; ///< of the training pass alone
    double validationSeconds = 0;
    double checkpointSeconds = 0; ///< mostly while the next epoch trains
    double examplesPerSecond = 0;
    double learningRate = 0;
    MetricValues training;
    MetricValues validation; ///< empty without a validation subset
    bool best = false;       ///< better than every earlier epoch

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static EpochRecord fromJson(const QJsonObject& json);
    bool operator==(const EpochRecord&) const = default;
};

/// Whether `epoch` beats `other` by `metric`, as bestEpoch() compares; equal is not better.
[[nodiscard]] bool isBetter(const EpochRecord& epoch, const EpochRecord& other,
                            const QString& metric);

/// Number of the best epoch by `metric` on validation (on training without one), the
/// earliest of equal ones; 0 without epochs.
[[nodiscard]] int bestEpoch(const QList<EpochRecord>& epochs, const QString& metric);

} // namespace espalier
