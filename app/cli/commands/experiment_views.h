#pragma once

#include "core/graph/graph_analysis.h"
#include "core/project/project_store.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <memory>

namespace espalier::cli {

/// What experiments need to know of their datasets, each looked up once; the store must outlive it.
class DatasetLookup final {
public:
    explicit DatasetLookup(const ProjectStore& store)
        : m_store(store)
    {
    }

    [[nodiscard]] Result<QString> referenceOf(DatasetId id);
    /// Trainable weights: what the run counted, before it what the graph says.
    [[nodiscard]] Result<qint64> parametersOf(const ExperimentRecord& record);
    [[nodiscard]] Result<qint64> parametersOf(const ExperimentOverview& overview);

private:
    const ProjectStore& m_store;
    QHash<qint64, QString> m_references;
    QHash<qint64, std::shared_ptr<const Dataset>> m_opened;
    QHash<ExperimentId, ExperimentRecord> m_records;
};

/// {"name","state","dataset","settings",…}: `experiment show` as cli.md describes it.
[[nodiscard]] Result<QJsonObject> experimentJson(DatasetLookup& datasets,
                                                 const ExperimentRecord& record);
[[nodiscard]] Result<QJsonObject> experimentJson(const ProjectStore& store,
                                                 const ExperimentRecord& record);
/// The same without what takes room: `experiment list`.
[[nodiscard]] Result<QJsonObject> overviewJson(DatasetLookup& datasets,
                                               const ExperimentOverview& overview);
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
