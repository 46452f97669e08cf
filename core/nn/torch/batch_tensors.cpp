#include "core/nn/torch/batch_tensors.h"

#include "core/nn/torch/blocks/network_block.h"

#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

at::Tensor view(const std::vector<float>& values, const std::vector<int64_t>& sizes)
{
    return at::from_blob(const_cast<float*>(values.data()), sizes, at::kFloat);
}

} // namespace

BatchTensors::BatchTensors(const GraphAnalysis& analysis, const QList<FeatureDescription>& features,
                           const at::Device& device)
    : m_device(device)
{
    const auto addColumn = [&](BlockId end, const Shape& shape) {
        const QString name = analysis.blocks.value(end).parameters.text(u"feature"_s);
        const auto feature = std::ranges::find(features, name, &FeatureDescription::name);
        m_columns.push_back({name, shape, feature->encoding == Encoding::Image});
        return feature;
    };
    for (const BlockId input : analysis.inputs)
        addColumn(input, analysis.blocks.value(input).output);
    const BlockId end = *analysis.target;
    const auto target = addColumn(end, analysis.blocks.value(end).inputs.first());
    if (target->encoding == Encoding::Categorical)
        m_classCount = target->shape.elementCount();
    else if (target->encoding == Encoding::Binary)
        m_classCount = 2;
}

Status BatchTensors::checkColumn(const Batch& batch, size_t index) const
{
    const Column& column = m_columns[index];
    if (batch.size < 1)
        return failure(ErrorCode::InvalidInput, u"The batch holds no example."_s);
    if (index >= batch.columns.size())
        return failure(ErrorCode::InvalidInput,
                       u"The batch has no column for the feature '%1'."_s.arg(column.feature));
    const BatchColumn& data = batch.columns[index];
    const bool classes = index == m_columns.size() - 1 && m_classCount > 0;
    const auto has = static_cast<qint64>(classes ? data.classes.size() : data.values.size());
    const qint64 each = classes ? 1 : column.shape.elementCount();
    if (has != batch.size * each)
        return failure(ErrorCode::InvalidInput,
                       u"The batch has %1 values of the feature '%2' for %3 examples, but the "
                       "model needs %4 for each."_s.arg(QString::number(has), column.feature,
                                                        QString::number(batch.size),
                                                        QString::number(each)));
    return {};
}

at::Tensor BatchTensors::valuesOf(const Batch& batch, size_t index) const
{
    const Column& column = m_columns[index];
    const std::vector<float>& values = batch.columns[index].values;
    if (column.isImage)
        return view(values, tensorSizes(column.shape, batch.size)).to(m_device);
    std::vector<int64_t> sizes{batch.size};
    sizes.insert(sizes.end(), column.shape.sizes().begin(), column.shape.sizes().end());
    return channelsFirst(view(values, sizes)).to(m_device);
}

Result<std::vector<at::Tensor>> BatchTensors::inputs(const Batch& batch) const
{
    std::vector<at::Tensor> tensors;
    for (size_t i = 0; i + 1 < m_columns.size(); ++i) {
        if (const Status fit = checkColumn(batch, i); !fit)
            return failureOf(fit);
        tensors.push_back(valuesOf(batch, i));
    }
    return tensors;
}

Result<Targets> BatchTensors::targets(const Batch& batch,
                                      const std::vector<float>& classWeights) const
{
    if (const Status fit = checkColumn(batch, m_columns.size() - 1); !fit)
        return failureOf(fit);
    if (m_classCount > 0)
        return classTargets(batch.columns[m_columns.size() - 1], classWeights);
    return valueTargets(batch);
}

Result<Targets> BatchTensors::classTargets(const BatchColumn& column,
                                           const std::vector<float>& classWeights) const
{
    const auto [low, high] = std::ranges::minmax(column.classes);
    if (low < -1 || high >= m_classCount)
        return failure(ErrorCode::InvalidInput,
                       u"The batch has class number %1 for the feature '%2', but there are %3 "
                       "classes."_s.arg(QString::number(low < -1 ? low : high),
                                        m_columns.back().feature, QString::number(m_classCount)));
    std::vector<int64_t> classes(column.classes.begin(), column.classes.end());
    std::vector<float> weights(classes.size(), 1.0F);
    Targets targets;
    for (size_t i = 0; i < classes.size(); ++i) {
        if (classes[i] < 0) {
            classes[i] = 0;
            weights[i] = 0;
            continue;
        }
        ++targets.count;
        if (!classWeights.empty())
            weights[i] = classWeights[static_cast<size_t>(classes[i])];
    }
    targets.classes = at::tensor(classes).to(m_device);
    if (low < 0 || !classWeights.empty())
        targets.weights = at::tensor(weights).to(m_device);
    return targets;
}

Targets BatchTensors::valueTargets(const Batch& batch) const
{
    Targets targets;
    targets.values = valuesOf(batch, m_columns.size() - 1);
    const at::Tensor missing = targets.values.isnan().flatten(1).any(1);
    const auto missingCount = missing.sum().item<int64_t>();
    targets.count = batch.size - missingCount;
    if (missingCount > 0) {
        targets.values = targets.values.nan_to_num(0.0);
        targets.weights = missing.logical_not().to(at::kFloat);
    }
    return targets;
}

} // namespace espalier
