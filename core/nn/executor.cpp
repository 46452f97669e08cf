#include "core/nn/executor.h"

#include <algorithm>
#include <array>

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

std::span<const EnumName<Device>> enumNames(Device)
{
    static constexpr std::array<EnumName<Device>, 3> names{{
        {Device::Auto, u"auto", u"Automatic"},
        {Device::Cpu, u"cpu", u"Processor"},
        {Device::Cuda, u"cuda", u"Graphics card (CUDA)"},
    }};
    return names;
}

std::span<const EnumName<Precision>> enumNames(Precision)
{
    static constexpr std::array<EnumName<Precision>, 2> names{{
        {Precision::Float32, u"float32", u"32-bit float"},
        {Precision::BFloat16, u"bfloat16", u"16-bit bfloat"},
    }};
    return names;
}

std::span<const EnumName<Engine>> enumNames(Engine)
{
    static constexpr std::array<EnumName<Engine>, 3> names{{
        {Engine::Auto, u"auto", u"Automatic"},
        {Engine::Reference, u"reference", u"Reference"},
        {Engine::Compiled, u"compiled", u"Compiled"},
    }};
    return names;
}

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
