#include "core/nn/compiled/blocks/convolution_kind.h"
#include "core/nn/compiled/blocks/weighted_plan.h"

#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using dnnl::memory;

struct InnerProductKind {
    using Forward = dnnl::inner_product_forward;
    using BackwardData = dnnl::inner_product_backward_data;
    using BackwardWeights = dnnl::inner_product_backward_weights;
    using Desc = memory::desc;
    static constexpr bool MayTurn = false;

    [[nodiscard]] static Forward::desc forward(dnnl::prop_kind prop, const Desc& x,
                                               const Desc& weights, const Desc& bias, const Desc& y)
    {
        return {prop, x, weights, bias, y};
    }
    [[nodiscard]] static BackwardData::desc backwardData(const Desc& x, const Desc& weights,
                                                         const Desc& y)
    {
        return {x, weights, y};
    }
    [[nodiscard]] static BackwardWeights::desc backwardWeights(const Desc& x, const Desc& weights,
                                                               const Desc& bias, const Desc& y)
    {
        return {x, weights, bias, y};
    }
};

/// Of examples that have one place.
std::optional<BackwardCompiler> compileInnerProduct(BlockPlan& block, qint64 in, qint64 out)
{
    PlanBuilder& builder = block.builder;
    const memory::dims flat{block.batch, in};
    // Nothing may be added before it is clear that the library is good at this.
    const auto made = std::make_shared<WeightedPlan<InnerProductKind>>(
        block, InnerProductKind{}, flat, plainDesc({out, in}, memory::data_type::f32),
        memory::dims{block.batch, out});
    if (!made->isFast())
        return std::nullopt;
    made->setArgument(builder.reshaped(block.source(), flat));
    block.give(builder.reshaped(made->addForward(), block.outputDims()));
    block.output->activation = made->activation();
    return [made, out, &block, &builder](const PlanGradient& gradient) {
        PlanGradient y = gradient;
        y.tensor = builder.reshaped(gradient.tensor, {block.batch, out});
        PlanGradient x = made->addBackward(y);
        if (!x.isSet())
            return;
        x.tensor = builder.reshaped(x.tensor, block.sourceDims());
        block.giveBack(x);
    };
}

/// At every place of an image or a sequence: a convolution by windows of one place.
std::optional<BackwardCompiler> compileDense(BlockPlan& block)
{
    const qint64 in = block.shapes.first().channels();
    const qint64 out = block.shape.channels();
    if (block.shapes.first().elementCount() == in)
        return compileInnerProduct(block, in, out);
    const auto made = std::make_shared<WeightedPlan<ConvolutionKind>>(
        block, ConvolutionKind{}, block.sourceDims(),
        plainDesc({out, in, 1, 1}, memory::data_type::f32), block.outputDims());
    return finishWeighted(block, made);
}

std::optional<BackwardCompiler> compileActivation(BlockPlan& block)
{
    PlanBuilder& builder = block.builder;
    const Activation activation = block.takeActivation();
    const PlanTensor x = block.source();
    const PlanTensor y = addActivation(builder, activation, x);
    block.give(y);
    const bool fromResult = followsFromResult(activation) || activation == Activation::Softmax;
    return [=, &block, &builder](const PlanGradient& gradient) {
        if (block.wantsGradient())
            block.giveBack(
                addActivationBackward(builder, activation, fromResult ? y : x, gradient));
    };
}

} // namespace

std::span<const CompilerEntry> denseCompilers()
{
    static constexpr std::array<CompilerEntry, 2> entries{{
        {QLatin1String("dense"), compileDense},
        {QLatin1String("activation"), compileActivation, true},
    }};
    return entries;
}

} // namespace espalier
