#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/dataset/feature_column.h"

#include <span>

namespace espalier {

/// Over the elements of these rows of a feature, on all processors; the same result whatever their
/// number. Numbers that are missing or infinite are counted as missing. Where there is no number:
/// mean 0, deviation 1, minimum 0, maximum 1.
[[nodiscard]] Result<FeatureStatistics> computeStatistics(const FeatureColumn& feature,
                                                          std::span<const RowIndex> rows);

/// `bins` equal-width bins for numbers and pixels, one bin per class for classes, empty for Text.
/// Of images that must be decoded, 2,000 evenly spread rows are looked at.
[[nodiscard]] Result<Histogram> computeHistogram(const FeatureColumn& feature,
                                                 std::span<const RowIndex> rows, int bins);

/// Missing cells among all rows, without looking at what cannot be missing.
[[nodiscard]] qint64 countMissing(const FeatureColumn& feature);

} // namespace espalier
