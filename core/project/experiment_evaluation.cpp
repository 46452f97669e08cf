#include "core/project/experiment_evaluation.h"

#include "core/graph/graph_analysis.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Without gradients more examples fit, and large batches are faster.
constexpr qint64 EvaluationBatch = 1024;

Result<std::vector<RowIndex>> rowsOf(const Dataset& dataset, const QString& subset)
{
    auto rows = dataset.subsetRows(subset);
    if (rows && rows->empty())
        return failure(ErrorCode::InvalidInput,
                       u"The subset '%1' has no rows: choose another one."_s.arg(subset));
    return rows;
}

} // namespace

ExecutorOptions executorOptions(const RunSettings& settings)
{
    ExecutorOptions options;
    options.device = settings.device;
    options.precision = settings.precision;
    options.engine = settings.engine;
    options.threads = settings.threads;
    options.seed = settings.seed;
    options.optimizer = settings.optimizer;
    return options;
}

QString defaultSubset(const RunSettings& settings)
{
    return settings.validationSubset.isEmpty() ? settings.trainingSubset
                                               : settings.validationSubset;
}

Result<std::unique_ptr<Executor>> loadExecutor(const LoadedModel& model,
                                               const ExecutorOptions& options)
{
    auto executor = createExecutor(model.experiment.graph, model.dataset->features(), options);
    if (!executor)
        return executor;
    if (const Status loaded = (*executor)->setState(model.checkpoint.tensors, false); !loaded)
        return failureOf(loaded);
    return executor;
}

Result<SubsetEvaluation> evaluateSubset(const LoadedModel& model, const QString& subset,
                                        const ExecutorOptions& options,
                                        const ProgressSink& progress, std::stop_token stop)
{
    auto rows = rowsOf(*model.dataset, subset);
    if (!rows)
        return failureOf(rows);
    const auto executor = loadExecutor(model, options);
    if (!executor)
        return failureOf(executor);
    const ModelGraph& graph = model.experiment.graph;
    const QList<FeatureDescription>& features = model.dataset->features();
    const auto columns = executorColumns(graph, analyzeGraph(graph, features), features);
    auto result = evaluateRows(**executor, model.dataset, columns, std::move(*rows),
                               EvaluationBatch, progress, stop);
    if (!result)
        return failureOf(result);
    return SubsetEvaluation{features.at(model.dataset->featureIndex(columns.last().feature)),
                            (*executor)->decisionThreshold(), std::move(*result)};
}

} // namespace espalier
