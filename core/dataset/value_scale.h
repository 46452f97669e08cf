#pragma once

#include "core/dataset/dataset_settings.h"

namespace espalier {

/// The way between the units of a Numeric feature and what a network reads and gives:
/// `value = offset + factor · normalized`.
struct ValueScale {
    double offset = 0;
    double factor = 1; ///< never 0

    [[nodiscard]] double toUnits(double normalized) const { return offset + factor * normalized; }
    [[nodiscard]] double toNetwork(double value) const { return (value - offset) / factor; }

    bool operator==(const ValueScale&) const = default;
};

/// The scale of a normalization; identity for None. A feature that never changes has factor 1.
[[nodiscard]] inline ValueScale valueScale(Normalization normalization,
                                           const FeatureStatistics& statistics)
{
    const auto orOne = [](double factor) { return factor > 0 ? factor : 1.0; };
    switch (normalization) {
    case Normalization::None:
        break;
    case Normalization::Standardization:
        return {statistics.mean, orOne(statistics.deviation)};
    case Normalization::MinMax:
        return {statistics.minimum, orOne(statistics.maximum - statistics.minimum)};
    }
    return {};
}

} // namespace espalier
