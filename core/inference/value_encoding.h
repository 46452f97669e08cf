#pragma once

#include "core/dataset/batch_source.h"

#include <QVariant>
#include <vector>

namespace espalier {

/// A feature with all that encoding one new value needs.
struct EncodedFeature {
    FeatureDescription description;
    FeatureSettings settings;
    FeatureStatistics statistics; ///< defaults where there is no normalization
};

[[nodiscard]] Result<EncodedFeature> describeEncoding(const Dataset& dataset, const QString& name);

/// The floats that a batch has for such a value; an Error names the feature and what it takes.
[[nodiscard]] Result<std::vector<float>> encodeValue(const EncodedFeature& feature,
                                                     const QVariant& value, ImageLayout layout);

} // namespace espalier
