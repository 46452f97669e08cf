#include "core/nn/executor.h"

#include <algorithm>

namespace espalier {

namespace {

ColumnForm targetForm(const QString& feature, const QList<FeatureDescription>& features)
{
    const auto found = std::ranges::find(features, feature, &FeatureDescription::name);
    const bool classes = found != features.end() && (found->encoding == Encoding::Categorical ||
                                                     found->encoding == Encoding::Binary);
    return classes ? ColumnForm::ClassIndex : ColumnForm::Values;
}

QString featureOf(const GraphAnalysis& analysis, BlockId block)
{
    return analysis.blocks.value(block).parameters.text(QStringLiteral("feature"));
}

} // namespace

QList<ColumnRequest> executorColumns(const ModelGraph& graph, const GraphAnalysis& analysis,
                                     const QList<FeatureDescription>& features)
{
    Q_UNUSED(graph)
    QList<ColumnRequest> columns;
    for (const BlockId input : analysis.inputs)
        columns.append({featureOf(analysis, input), ColumnForm::Values});
    if (analysis.target) {
        const QString feature = featureOf(analysis, *analysis.target);
        columns.append({feature, targetForm(feature, features), MissingValue::NaN});
    }
    return columns;
}

Result<std::unique_ptr<Executor>> createExecutor(const ModelGraph& graph,
                                                 const QList<FeatureDescription>& features,
                                                 const ExecutorOptions& options)
{
    if (options.engine == Engine::Reference)
        return createReferenceExecutor(graph, features, options);
    auto compiled = createCompiledExecutor(graph, features, options);
    const bool tryOther = options.engine == Engine::Auto && !compiled &&
                          compiled.error().code == ErrorCode::Unsupported;
    return tryOther ? createReferenceExecutor(graph, features, options) : std::move(compiled);
}

} // namespace espalier
