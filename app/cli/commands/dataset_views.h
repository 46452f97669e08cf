#pragma once

#include "core/project/records.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace espalier {
class Dataset;
struct ImportProblem;
} // namespace espalier

namespace espalier::cli {

/// [{"name","type","encoding","shape",…}]: the features of a dataset version.
[[nodiscard]] QJsonArray featuresJson(const Dataset& dataset);
/// [{"name","rows",…}]: the subsets with their row counts.
[[nodiscard]] QJsonArray subsetsJson(const Dataset& dataset);
[[nodiscard]] QJsonArray problemsJson(const QList<ImportProblem>& problems);
/// Name, version, saved, rows, used_by: what a list shows of a dataset version.
[[nodiscard]] QJsonObject datasetJson(const DatasetRecord& record);

/// Everything of a dataset version, statistics included.
[[nodiscard]] QJsonObject datasetDetailsJson(const DatasetRecord& record, const Dataset& dataset);
[[nodiscard]] QString datasetDetailsText(const DatasetRecord& record, const Dataset& dataset);

} // namespace espalier::cli
