#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/dataset/dataset_settings.h"

#include <span>
#include <vector>

namespace espalier {

class FeatureColumn;

/// The rows of a subset, ascending: those of `rows` rows that pass the condition, of these the
/// random part. `features` in the order of the settings.
[[nodiscard]] Result<std::vector<RowIndex>> selectRows(const SubsetSettings& subset, qint64 rows,
                                                       const std::vector<FeatureColumn>& features);

/// Says whether the condition can be asked of its feature at all.
[[nodiscard]] Status checkCondition(const ConditionFilter& condition,
                                    const std::vector<FeatureColumn>& features);

/// The part that a random filter takes of `rows`: exact to one row, and ascending if `rows` are.
[[nodiscard]] std::vector<RowIndex> randomPart(std::vector<RowIndex> rows,
                                               const RandomFilter& filter);

} // namespace espalier
