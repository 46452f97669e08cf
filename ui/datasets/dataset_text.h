#pragma once

#include "core/base/feature_description.h"
#include "core/dataset/dataset_settings.h"
#include "core/project/jobs/dataset_imports.h"

#include <QString>

namespace espalier {

/// How the Datasets view writes what it shows; pure functions.

/// Name of the icon of an encoding.
[[nodiscard]] QString encodingIcon(Encoding encoding);
/// "Random, seed 7", "Random, the rest of Training", "category = Dress", "All rows".
[[nodiscard]] QString subsetSummary(const SubsetSettings& subset, const DatasetSettings& settings);
/// "12.4 of 20.1 MB · 3.1 MB/s · 3 s left"; what is not known is left out.
[[nodiscard]] QString importProgressText(const ImportStatus& status);
/// The sources for people: "a.zip", "3 sources: a.csv, …".
[[nodiscard]] QString importTitle(const ImportStatus& status);
/// "Mean 72.94, deviation 90.02", "10 classes, 560 to 600 rows each"; what the encoding and the
/// normalization make worth saying.
[[nodiscard]] QString statisticsText(const FeatureSettings& feature,
                                     const FeatureStatistics& statistics);

} // namespace espalier
