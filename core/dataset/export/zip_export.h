#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/dataset/dataset.h"

#include <QString>
#include <optional>
#include <stop_token>
#include <vector>

namespace espalier {

/// Writes a dataset version as a zip archive with index.csv, under the names of its features, that
/// imports again to the same rows: numbers with as many digits as they need, images of one size as
/// PNG, other images as the files that they came in, arrays as .npy. Values are those of the
/// source, before normalization and transformation. `rows`: these alone, in this order. The archive
/// stands at `outPath` whole or not at all. Blocks the calling thread.
[[nodiscard]] Status exportZip(const Dataset& dataset, const QString& outPath,
                               const std::optional<std::vector<RowIndex>>& rows = {},
                               const ProgressSink& progress = {}, std::stop_token stop = {});

} // namespace espalier
