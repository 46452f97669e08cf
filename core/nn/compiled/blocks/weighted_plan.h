#pragma once

#include "core/nn/compiled/blocks/activation_plan.h"
#include "core/nn/compiled/blocks/ending.h"
#include "core/nn/compiled/blocks/turned_convolution.h"

#include <memory>
#include <utility>

namespace espalier {

/// What convolutions, transposed convolutions and inner products of the library have in common:
/// y = activation(weights ∗ x + bias), and the three primitives of a training step.
///
/// `Kind` names the primitives and makes their descriptors:
/// @code
///   struct Kind {
///       using Forward = dnnl::convolution_forward; // BackwardData, BackwardWeights
///       Forward::desc forward(prop_kind, source, weights, bias, result) const;
///       BackwardData::desc backwardData(source, weights, result) const;
///       BackwardWeights::desc backwardWeights(source, weights, bias, result) const;
///       static constexpr bool MayTurn; // whether TurnedConvolution may stand for BackwardData
///   };
/// @endcode
template <typename Kind>
class WeightedPlan final {
public:
    using Desc = dnnl::memory::desc;
    using Dims = dnnl::memory::dims;

    /// `x` and `result` are sizes as the primitives want them, `weights` are in the order of
    /// LibTorch. Adds nothing. dnnl::error where there is no such primitive.
    WeightedPlan(BlockPlan& block, Kind kind, const Dims& x, const Desc& weights,
                 const Dims& result);

    /// Whether the library is good at all parts of it.
    [[nodiscard]] bool isFast() const { return m_fast; }
    [[nodiscard]] Activation activation() const { return m_activation; }
    /// Needed where the block's first input has other sizes than the primitive wants.
    void setArgument(const PlanTensor& x) { m_x = x; }
    /// In the sizes of the primitive.
    [[nodiscard]] PlanTensor addForward();
    /// The gradient of x, which is not set where nobody wants it.
    [[nodiscard]] PlanGradient addBackward(const PlanGradient& gradient) const;

private:
    void makeBackward(const Desc& x, const Desc& result, const Desc& bias);
    void addWeightsBackward(const PlanTensor& gradient) const;

    BlockPlan& m_block;
    Kind m_kind;
    PlanTensor m_x;
    PlanTensor m_weights;
    PlanTensor m_bias;
    Activation m_activation;
    Ending m_ending;
    bool m_fast = true;
    typename Kind::Forward::primitive_desc m_forward;
    typename Kind::BackwardData::primitive_desc m_backwardData;
    typename Kind::BackwardWeights::primitive_desc m_backwardWeights;
    std::optional<TurnedConvolution> m_turned; ///< instead of m_backwardData
    PlanTensor m_read;                         ///< x as the forward primitive reads it
    PlanTensor m_kept; ///< from which the derivative of the activation follows
};

/// The tiles of AMX hold 32 channels of the input: where there are few, another kernel of the
/// library is quicker.
template <typename PrimitiveDesc>
void leaveTilesToMany(PrimitiveDesc& desc, dnnl::memory::dim channels)
{
    constexpr dnnl::memory::dim Few = 4;
    const auto usesTiles = [](const PrimitiveDesc& candidate) {
        return std::string_view(candidate.impl_info_str()).find("amx") != std::string_view::npos;
    };
    if (channels > Few || !usesTiles(desc))
        return;
    PrimitiveDesc other = desc;
    while (other.next_impl())
        if (!usesTiles(other)) {
            if (!isSlow(other))
                desc = other;
            return;
        }
}

template <typename Kind>
WeightedPlan<Kind>::WeightedPlan(BlockPlan& block, Kind kind, const Dims& x, const Desc& weights,
                                 const Dims& result)
    : m_block(block)
    , m_kind(std::move(kind))
    , m_x(block.source())
    , m_weights(block.builder.outside(weights, block.weight(QStringLiteral("weight"))->data))
    , m_activation(block.takeActivation())
    , m_ending(block, m_activation)
{
    const PlanBuilder& builder = block.builder;
    Desc bias;
    if (const PlanWeight* own = block.weight(QStringLiteral("bias"))) {
        bias = plainDesc(own->sizes, dnnl::memory::data_type::f32);
        m_bias = builder.outside(bias, own->data);
    }
    const Desc source = anyDesc(x, builder.type());
    const Desc produced =
        anyDesc(result, block.isLast ? dnnl::memory::data_type::f32 : builder.type());
    const Desc w = anyDesc(weights.dims(), builder.type());
    const auto prop =
        builder.training() ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
    const auto desc = m_kind.forward(prop, source, w, bias, produced);
    m_forward = m_ending.makeFast(result, [&](const dnnl::primitive_attr& attributes, bool mayBe) {
        return typename Kind::Forward::primitive_desc(desc, attributes, builder.engine(), mayBe);
    });
    m_fast = !isSlow(m_forward);
    if (m_fast && builder.training())
        makeBackward(source, anyDesc(result, builder.type()), bias);
}

template <typename Kind>
void WeightedPlan<Kind>::makeBackward(const Desc& x, const Desc& result, const Desc& bias)
{
    const PlanBuilder& builder = m_block.builder;
    if (m_block.wantsGradient()) {
        m_backwardData = {
            m_kind.backwardData(x, anyDesc(m_weights.desc().dims(), builder.type()), result),
            builder.engine(), m_forward};
        m_fast = !isSlow(m_backwardData);
        if constexpr (Kind::MayTurn)
            m_turned = TurnedConvolution::insteadOf(m_backwardData, builder, m_kind,
                                                    m_weights.desc().dims());
    }
    if (m_block.isTrainable()) {
        const Desc weights = anyDesc(m_weights.desc().dims(), dnnl::memory::data_type::f32);
        m_backwardWeights = {m_kind.backwardWeights(x, weights, bias, result), builder.engine(),
                             m_forward};
        leaveTilesToMany(m_backwardWeights, x.dims()[1]);
        m_fast = m_fast && !isSlow(m_backwardWeights);
    }
}

template <typename Kind>
PlanTensor WeightedPlan<Kind>::addForward()
{
    PlanBuilder& builder = m_block.builder;
    m_read = builder.as(m_x, m_forward.src_desc());
    const PlanTensor y = builder.create(m_forward.dst_desc());
    PlanBuilder::Arguments arguments{
        {DNNL_ARG_SRC, m_read},
        {DNNL_ARG_WEIGHTS, builder.prepared(m_weights, m_forward.weights_desc())},
        {DNNL_ARG_BIAS, m_bias},
        {DNNL_ARG_DST, y}};
    m_ending.addTo(m_block, arguments);
    builder.add(typename Kind::Forward(m_forward), arguments);
    m_kept = y;
    if (followsFromResult(m_activation))
        return y;
    const PlanTensor activated = addActivation(builder, m_activation, y);
    if (m_activation == Activation::Softmax)
        m_kept = activated;
    return activated;
}

template <typename Kind>
PlanGradient WeightedPlan<Kind>::addBackward(const PlanGradient& gradient) const
{
    PlanBuilder& builder = m_block.builder;
    const PlanGradient before =
        gradient.pastActivation ? gradient
                                : addActivationBackward(builder, m_activation, m_kept, gradient);
    if (m_block.isTrainable())
        addWeightsBackward(before.tensor);
    if (!m_block.wantsGradient())
        return {};
    if (m_turned)
        return {m_turned->add(builder, m_weights, before.tensor), true};
    const PlanTensor x = builder.create(m_backwardData.diff_src_desc());
    builder.add(typename Kind::BackwardData(m_backwardData),
                {{DNNL_ARG_DIFF_DST, builder.as(before.tensor, m_backwardData.diff_dst_desc())},
                 {DNNL_ARG_WEIGHTS, builder.prepared(m_weights, m_backwardData.weights_desc())},
                 {DNNL_ARG_DIFF_SRC, x}});
    return {x, true};
}

template <typename Kind>
void WeightedPlan<Kind>::addWeightsBackward(const PlanTensor& gradient) const
{
    PlanBuilder& builder = m_block.builder;
    const Desc plain = m_weights.desc();
    const PlanTensor flat =
        builder.outside(plain, m_block.weight(QStringLiteral("weight"))->gradient);
    const Desc wanted = m_backwardWeights.diff_weights_desc();
    const PlanTensor weights = wanted == plain ? flat : builder.create(wanted);
    PlanTensor bias;
    if (const PlanWeight* own = m_block.weight(QStringLiteral("bias")))
        bias = builder.outside(m_bias.desc(), own->gradient);
    builder.add(typename Kind::BackwardWeights(m_backwardWeights),
                {{DNNL_ARG_SRC, builder.as(m_read, m_backwardWeights.src_desc())},
                 {DNNL_ARG_DIFF_DST, builder.as(gradient, m_backwardWeights.diff_dst_desc())},
                 {DNNL_ARG_DIFF_WEIGHTS, weights},
                 {DNNL_ARG_DIFF_BIAS, bias}});
    if (wanted != plain)
        builder.copy(weights, flat);
}

/// Forward of a block whose output has the sizes of its primitive, and its backward.
template <typename Kind>
std::optional<BackwardCompiler> finishWeighted(BlockPlan& block,
                                               const std::shared_ptr<WeightedPlan<Kind>>& plan)
{
    if (!plan->isFast())
        return std::nullopt;
    block.give(plan->addForward());
    block.output->activation = plan->activation();
    return [plan, &block](const PlanGradient& gradient) {
        if (const PlanGradient x = plan->addBackward(gradient); x.isSet())
            block.giveBack(x);
    };
}

} // namespace espalier
