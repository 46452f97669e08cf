#include "core/nn/compiled/blocks/activation_plan.h"

#include <algorithm>
#include <array>

namespace espalier {

namespace {

using dnnl::algorithm;

constexpr float LeakySlope = 0.2F;

struct EltwiseEntry {
    Activation activation;
    algorithm forward;
    algorithm backward; ///< from the result, where that can be
    bool fromResult = true;
    float alpha = 0;
};

constexpr std::array<EltwiseEntry, 7> Eltwise{{
    {Activation::ReLU, algorithm::eltwise_relu, algorithm::eltwise_relu_use_dst_for_bwd},
    {Activation::LeakyReLU, algorithm::eltwise_relu, algorithm::eltwise_relu_use_dst_for_bwd, true,
     LeakySlope},
    {Activation::Sigmoid, algorithm::eltwise_logistic, algorithm::eltwise_logistic_use_dst_for_bwd},
    {Activation::TanH, algorithm::eltwise_tanh, algorithm::eltwise_tanh_use_dst_for_bwd},
    {Activation::ELU, algorithm::eltwise_elu, algorithm::eltwise_elu_use_dst_for_bwd, true, 1},
    {Activation::Swish, algorithm::eltwise_swish, algorithm::eltwise_swish, false, 1},
    {Activation::GELU, algorithm::eltwise_gelu_erf, algorithm::eltwise_gelu_erf, false},
}};

/// Null: Linear, Softmax.
const EltwiseEntry* eltwise(Activation activation)
{
    const auto found = std::ranges::find(Eltwise, activation, &EltwiseEntry::activation);
    return found == Eltwise.end() ? nullptr : &*found;
}

dnnl::softmax_forward::primitive_desc softmax(const PlanBuilder& builder,
                                              const dnnl::memory::desc& desc)
{
    return {{dnnl::prop_kind::forward_training, desc, 1}, builder.engine()};
}

dnnl::eltwise_forward::primitive_desc eltwiseForward(const PlanBuilder& builder,
                                                     const EltwiseEntry& entry,
                                                     const dnnl::memory::desc& desc)
{
    return {{builder.training() ? dnnl::prop_kind::forward_training
                                : dnnl::prop_kind::forward_inference,
             builder.training() ? entry.backward : entry.forward, desc, entry.alpha},
            builder.engine()};
}

PlanTensor softmaxBackward(PlanBuilder& builder, const PlanTensor& result,
                           const PlanTensor& gradient)
{
    const dnnl::softmax_backward::primitive_desc backward(
        dnnl::softmax_backward::desc(result.desc(), result.desc(), 1), builder.engine(),
        softmax(builder, result.desc()));
    const PlanTensor before = builder.create(result.desc());
    builder.add(
        dnnl::softmax_backward(backward),
        {{DNNL_ARG_DST, result}, {DNNL_ARG_DIFF_DST, gradient}, {DNNL_ARG_DIFF_SRC, before}});
    return before;
}

} // namespace

bool followsFromResult(Activation activation)
{
    const EltwiseEntry* entry = eltwise(activation);
    return activation == Activation::Linear || (entry && entry->fromResult);
}

void appendActivation(dnnl::post_ops& operations, Activation activation)
{
    if (const EltwiseEntry* entry = eltwise(activation))
        operations.append_eltwise(1, entry->forward, entry->alpha, 0);
}

PlanTensor addActivation(PlanBuilder& builder, Activation activation, const PlanTensor& x)
{
    if (activation == Activation::Linear)
        return x;
    const PlanTensor result = builder.create(x.desc());
    const PlanBuilder::Arguments arguments{{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, result}};
    if (const EltwiseEntry* entry = eltwise(activation))
        builder.add(dnnl::eltwise_forward(eltwiseForward(builder, *entry, x.desc())), arguments);
    else
        builder.add(dnnl::softmax_forward(softmax(builder, x.desc())), arguments);
    return result;
}

PlanGradient addActivationBackward(PlanBuilder& builder, Activation activation,
                                   const PlanTensor& data, const PlanGradient& gradient)
{
    if (activation == Activation::Linear)
        return gradient;
    const PlanTensor after = builder.as(gradient.tensor, data.desc());
    const EltwiseEntry* entry = eltwise(activation);
    if (!entry)
        return {softmaxBackward(builder, data, after), true};
    const dnnl::eltwise_backward::primitive_desc backward(
        dnnl::eltwise_backward::desc(entry->backward, data.desc(), data.desc(), entry->alpha),
        builder.engine(), eltwiseForward(builder, *entry, data.desc()));
    const bool inPlace = gradient.exclusive || after.memory != gradient.tensor.memory;
    const PlanTensor before = inPlace ? after : builder.create(data.desc());
    builder.add(dnnl::eltwise_backward(backward),
                {{entry->fromResult ? DNNL_ARG_DST : DNNL_ARG_SRC, data},
                 {DNNL_ARG_DIFF_DST, after},
                 {DNNL_ARG_DIFF_SRC, before}});
    return {before, true};
}

} // namespace espalier
