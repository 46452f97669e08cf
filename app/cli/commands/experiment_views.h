#pragma once

#include "core/graph/graph_analysis.h"
#include "core/project/project_store.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace espalier::cli {

/// {"name","state","dataset","settings",…}: `experiment show` as cli.md describes it.
[[nodiscard]] Result<QJsonObject> experimentJson(const ProjectStore& store,
                                                 const ExperimentRecord& record);
[[nodiscard]] Result<QString> experimentText(const ProjectStore& store,
                                             const ExperimentRecord& record);

/// The graph as it is imported again, with shapes and costs beside.
[[nodiscard]] QJsonObject graphJson(const ModelGraph& graph, const GraphAnalysis& analysis);
[[nodiscard]] QString graphText(const ModelGraph& graph, const GraphAnalysis& analysis);

/// {"loss","accuracy",…}
[[nodiscard]] QJsonObject metricsJson(const MetricValues& metrics);
/// Header and line of one epoch, for a table that grows line by line.
[[nodiscard]] QString epochHeader(const EpochRecord& epoch);
[[nodiscard]] QString epochLine(const EpochRecord& epoch);

} // namespace espalier::cli
