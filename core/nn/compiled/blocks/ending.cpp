#include "core/nn/compiled/blocks/ending.h"

#include "core/nn/compiled/blocks/activation_plan.h"

#include <cmath>

namespace espalier {

namespace {

using dnnl::algorithm;
using dnnl::memory;

/// The factors of a normalization by running statistics, weight / √(variance + ε).
void writeFactors(const ChannelScale& scale, float* factors)
{
    for (qint64 channel = 0; channel < scale.channels; ++channel)
        factors[channel] =
            scale.weight[channel] / std::sqrt(scale.variance[channel] + scale.epsilon);
}

/// bias − mean · factor.
void writeSummands(const ChannelScale& scale, float* summands)
{
    writeFactors(scale, summands);
    for (qint64 channel = 0; channel < scale.channels; ++channel)
        summands[channel] = scale.bias[channel] - scale.mean[channel] * summands[channel];
}

} // namespace

Ending::Ending(const BlockPlan& block, Activation activation)
    : m_activation(followsFromResult(activation) ? activation : Activation::Linear)
    , m_scale(m_activation == activation && block.scale ? &*block.scale : nullptr)
{
}

dnnl::primitive_attr Ending::attributes(const memory::dims& result)
{
    dnnl::post_ops after;
    appendActivation(after, m_activation);
    if (m_scale) {
        memory::dims sizes(result.size(), 1);
        sizes[1] = result[1];
        m_perChannel = plainDesc(sizes, memory::data_type::f32);
        m_factor = after.len();
        after.append_binary(algorithm::binary_mul, m_perChannel);
        after.append_binary(algorithm::binary_add, m_perChannel);
        appendActivation(after, m_scale->then);
    }
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(after);
    return attributes;
}

void Ending::addTo(BlockPlan& block, PlanBuilder::Arguments& arguments) const
{
    if (!m_scale)
        return;
    block.tookScale = true;
    const auto add = [&](int operation, void (*write)(const ChannelScale&, float*)) {
        arguments.emplace(DNNL_ARG_ATTR_MULTIPLE_POST_OP(operation) | DNNL_ARG_SRC_1,
                          block.builder.derived(m_perChannel, [scale = *m_scale, write](float* to) {
                              write(scale, to);
                          }));
    };
    add(m_factor, writeFactors);
    add(m_factor + 1, writeSummands);
}

} // namespace espalier
