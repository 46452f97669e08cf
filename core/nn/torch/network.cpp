#include "core/nn/torch/network.h"

#include "core/base/random.h"
#include "core/nn/torch/blocks/block_builders.h"

#include <ATen/ops/zeros.h>
#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// The blocks from which the Target can be reached.
QSet<BlockId> leadingTo(const ModelGraph& graph, BlockId target)
{
    QSet<BlockId> found;
    QList<BlockId> open = graph.inputsOf(target);
    while (!open.isEmpty()) {
        const BlockId id = open.takeLast();
        if (found.contains(id))
            continue;
        found.insert(id);
        open += graph.inputsOf(id);
    }
    return found;
}

/// An activation that the loss can take over: of a block that feeds the Target alone.
LossHead headOf(const ModelGraph& graph, const GraphAnalysis& analysis, BlockId last)
{
    const auto loss =
        enumFromName<Loss>(analysis.blocks.value(*analysis.target).parameters.text(u"loss"_s));
    const bool alone = graph.outputsOf(last).size() == 1;
    const auto activation =
        enumFromName<Activation>(analysis.blocks.value(last).parameters.text(u"activation"_s));
    return {loss.value_or(Loss::MeanSquaredError),
            alone ? activation.value_or(Activation::Linear) : Activation::Linear};
}

QString stateName(BlockId id, const QString& parameter)
{
    return QString::number(id.value()) + u'.' + parameter;
}

/// Libraries read vectors from addresses at multiples of 64 bytes fastest.
qint64 aligned(qint64 elements)
{
    constexpr qint64 Unit = 64 / sizeof(float);
    return (elements + Unit - 1) / Unit * Unit;
}

} // namespace

Network::Network(const ModelGraph& graph, const GraphAnalysis& analysis, quint64 seed,
                 const at::Device& device)
{
    m_last = graph.inputsOf(*analysis.target).first();
    m_head = headOf(graph, analysis, m_last);
    const QSet<BlockId> needed = leadingTo(graph, *analysis.target);
    for (const BlockId id : analysis.order)
        if (needed.contains(id))
            addStep(graph, analysis, id, seed);
    markFinished();
    moveTo(device);
}

void Network::addStep(const ModelGraph& graph, const GraphAnalysis& analysis, BlockId id,
                      quint64 seed)
{
    const BlockAnalysis known = analysis.blocks.value(id);
    const BlockSpec spec{known.parameters, known.inputs, known.output,
                         deriveSeed(seed, static_cast<quint64>(id.value())),
                         id == m_last && graph.outputsOf(id).size() == 1};
    const QString type = graph.block(id)->type;
    NetworkStep step{id,
                     type,
                     known.parameters,
                     known.inputs,
                     known.output,
                     activationOf(spec),
                     blockBuilder(type)(spec)};
    for (const BlockId source : graph.inputsOf(id)) {
        const auto found = std::ranges::find(m_steps, source, &NetworkStep::id);
        step.sources.push_back(static_cast<size_t>(found - m_steps.begin()));
    }
    if (step.sources.empty())
        step.input = static_cast<size_t>(analysis.inputs.indexOf(id));
    m_steps.push_back(std::move(step));
}

void Network::markFinished()
{
    std::vector<bool> read(m_steps.size(), false);
    for (size_t i = m_steps.size(); i-- > 0;)
        for (const size_t source : m_steps[i].sources)
            if (!read[source]) {
                read[source] = true;
                m_steps[i].finished.push_back(source);
            }
}

void Network::moveTo(const at::Device& device)
{
    qint64 size = 0;
    for (NetworkStep& step : m_steps)
        for (BlockParameter& parameter : step.block.parameters)
            if (parameter.trainable) {
                m_trainable.push_back({stateName(step.id, parameter.name), parameter.value, size});
                size += aligned(parameter.value.numel());
            } else {
                parameter.value.set_data(parameter.value.to(device));
            }
    m_weights = at::zeros({size}, device);
    for (const TensorSlot& part : partsOf(m_weights, {}, {})) {
        at::Tensor weight = std::ranges::find(m_trainable, part.name, &Weight::name)->tensor;
        part.tensor.copy_(weight);
        weight.set_data(part.tensor);
        weight.requires_grad_(true);
    }
}

at::Tensor Network::forward(const std::vector<at::Tensor>& inputs,
                            const ForwardContext& context) const
{
    std::vector<at::Tensor> values(m_steps.size());
    std::vector<at::Tensor> arguments;
    for (size_t i = 0; i < m_steps.size(); ++i) {
        const NetworkStep& step = m_steps[i];
        arguments.clear();
        for (const size_t source : step.sources)
            arguments.push_back(values[source]);
        if (step.sources.empty())
            arguments.push_back(inputs.at(step.input));
        for (const size_t finished : step.finished)
            values[finished].reset();
        values[i] = step.block.forward(
            arguments,
            {context.training, deriveSeed(context.seed, static_cast<quint64>(step.id.value()))});
    }
    return values.back();
}

qint64 Network::weightCount() const
{
    qint64 count = 0;
    for (const Weight& weight : m_trainable)
        count += weight.tensor.numel();
    return count;
}

void Network::takeGradient(const at::Tensor& gradient)
{
    for (Weight& weight : m_trainable) {
        at::Tensor part = gradient.narrow(0, weight.offset, weight.tensor.numel());
        at::Tensor& own = weight.tensor.mutable_grad();
        if (own.defined())
            part.view(weight.tensor.sizes()).copy_(own);
        else
            part.zero_();
        own.reset();
    }
}

std::vector<TensorSlot> Network::state() const
{
    std::vector<TensorSlot> slots;
    for (const NetworkStep& step : m_steps)
        for (const BlockParameter& parameter : step.block.parameters)
            slots.push_back({stateName(step.id, parameter.name), parameter.value});
    return slots;
}

std::vector<TensorSlot> Network::partsOf(const at::Tensor& flat, const QString& prefix,
                                         const QString& suffix) const
{
    std::vector<TensorSlot> parts;
    for (const Weight& weight : m_trainable)
        parts.push_back(
            {prefix + weight.name + suffix,
             flat.narrow(0, weight.offset, weight.tensor.numel()).view(weight.tensor.sizes())});
    return parts;
}

} // namespace espalier
