#include "core/nn/compiled/blocks/ending.h"
#include "core/nn/compiled/blocks/max_pooling_plan.h"
#include "core/nn/torch/blocks/windows.h"

#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using dnnl::algorithm;
using dnnl::memory;

PoolingWindow windowOf(const BlockPlan& block, const Window& vertical, const Window& horizontal)
{
    const Padding padding =
        enumFromName<Padding>(block.parameters.text(u"padding"_s)).value_or(Padding::Valid);
    const memory::dims x = block.sourceDims();
    const Margin v = marginOf(padding, x[2], vertical);
    const Margin h = marginOf(padding, x[3], horizontal);
    return {{vertical.size, horizontal.size},
            {vertical.stride, horizontal.stride},
            {v.before, h.before},
            {v.after, h.after}};
}

/// A pooling in a training and what is kept of it for the way back.
struct PoolingPlan {
    Ending ending;
    dnnl::pooling_forward::primitive_desc forward{};
    dnnl::pooling_backward::primitive_desc backward{};
    PlanTensor result{};    ///< in the sizes of the primitive
    PlanTensor workspace{}; ///< where the maxima were
};

PoolingPlan makePooling(const BlockPlan& block, algorithm kind, const PoolingWindow& window,
                        const memory::dims& result)
{
    const PlanBuilder& builder = block.builder;
    const memory::desc x = block.source().desc();
    const memory::desc y = anyDesc(result, x.data_type());
    const auto prop =
        builder.training() ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
    const dnnl::pooling_forward::desc desc(prop, kind, x, y, window.strides, window.sizes,
                                           window.before, window.after);
    PoolingPlan plan{.ending = Ending(block, Activation::Linear)};
    plan.forward =
        plan.ending.makeFast(result, [&](const dnnl::primitive_attr& attributes, bool mayBe) {
            return dnnl::pooling_forward::primitive_desc(desc, attributes, builder.engine(), mayBe);
        });
    if (builder.training() && block.wantsGradient())
        plan.backward = {dnnl::pooling_backward::desc(kind, x, plan.forward.dst_desc(),
                                                      window.strides, window.sizes, window.before,
                                                      window.after),
                         builder.engine(), plan.forward};
    return plan;
}

void addPoolingBackward(const BlockPlan& block, const PoolingPlan& plan, PlanGradient gradient)
{
    if (!block.wantsGradient())
        return;
    PlanBuilder& builder = block.builder;
    gradient.tensor = builder.reshaped(gradient.tensor, plan.result.desc().dims());
    gradient.pastActivation = false;
    const PlanGradient y =
        plan.workspace.isSet() ? pastActivationBefore(block, plan.result, gradient) : gradient;
    const PlanTensor x = builder.create(plan.backward.diff_src_desc());
    builder.add(dnnl::pooling_backward(plan.backward),
                {{DNNL_ARG_DIFF_DST, builder.as(y.tensor, plan.backward.diff_dst_desc())},
                 {DNNL_ARG_WORKSPACE, plan.workspace},
                 {DNNL_ARG_DIFF_SRC, x}});
    block.giveBack({x, true, y.pastActivation});
}

/// `result`: in the sizes of the primitive, which are those of the output or hold as many values.
std::optional<BackwardCompiler> pool(BlockPlan& block, algorithm kind, const PoolingWindow& window,
                                     const memory::dims& result)
{
    if (kind == algorithm::pooling_max)
        if (auto compiled = compileMaxPooling(block, window, result))
            return compiled;
    PlanBuilder& builder = block.builder;
    const auto plan = std::make_shared<PoolingPlan>(makePooling(block, kind, window, result));
    if (isSlow(plan->forward) || (plan->backward && isSlow(plan->backward)))
        return std::nullopt;
    plan->result = builder.create(plan->forward.dst_desc());
    if (builder.training() && kind == algorithm::pooling_max)
        plan->workspace = builder.create(plan->forward.workspace_desc());
    PlanBuilder::Arguments arguments{{DNNL_ARG_SRC, block.source()},
                                     {DNNL_ARG_DST, plan->result},
                                     {DNNL_ARG_WORKSPACE, plan->workspace}};
    plan->ending.addTo(block, arguments);
    builder.add(dnnl::pooling_forward(plan->forward), arguments);
    block.give(builder.reshaped(plan->result, block.outputDims()));
    return [plan, &block](const PlanGradient& gradient) {
        addPoolingBackward(block, *plan, gradient);
    };
}

template <algorithm Kind>
std::optional<BackwardCompiler> compilePooling2D(BlockPlan& block)
{
    const Parameters& p = block.parameters;
    const Window vertical{p.integer(u"vertical_pooling_factor"_s), p.integer(u"vertical_stride"_s)};
    const Window horizontal{p.integer(u"horizontal_pooling_factor"_s),
                            p.integer(u"horizontal_stride"_s)};
    return pool(block, Kind, windowOf(block, vertical, horizontal), block.outputDims());
}

/// As the pooling of an image of height 1.
template <algorithm Kind>
std::optional<BackwardCompiler> compilePooling1D(BlockPlan& block)
{
    const Parameters& p = block.parameters;
    const Window window{p.integer(u"pooling_factor"_s), p.integer(u"stride"_s)};
    return pool(block, Kind, windowOf(block, {}, window), block.outputDims());
}

template <algorithm Kind>
std::optional<BackwardCompiler> compileGlobalPooling(BlockPlan& block)
{
    const memory::dims x = block.sourceDims();
    const PoolingWindow window{{x[2], x[3]}, {x[2], x[3]}};
    return pool(block, Kind, window, {x[0], x[1], 1, 1});
}

dnnl::resampling_forward::primitive_desc makeResampling(const BlockPlan& block, algorithm kind)
{
    const memory::desc x = block.source().desc();
    return {{block.builder.training() ? dnnl::prop_kind::forward_training
                                      : dnnl::prop_kind::forward_inference,
             kind, x, anyDesc(block.outputDims(), x.data_type())},
            block.builder.engine()};
}

std::optional<BackwardCompiler> compileUpsampling(BlockPlan& block)
{
    PlanBuilder& builder = block.builder;
    const auto interpolation =
        enumFromName<Interpolation>(block.parameters.text(u"interpolation"_s));
    const algorithm kind = interpolation == Interpolation::Bilinear ? algorithm::resampling_linear
                                                                    : algorithm::resampling_nearest;
    const auto forward = makeResampling(block, kind);
    dnnl::resampling_backward::primitive_desc backward;
    if (builder.training() && block.wantsGradient())
        backward = {{kind, block.source().desc(), forward.dst_desc()}, builder.engine(), forward};
    if (isSlow(forward) || (backward && isSlow(backward)))
        return std::nullopt;
    const PlanTensor y = builder.create(forward.dst_desc());
    builder.add(dnnl::resampling_forward(forward),
                {{DNNL_ARG_SRC, block.source()}, {DNNL_ARG_DST, y}});
    block.give(y);
    return [=, &block, &builder](const PlanGradient& gradient) {
        if (!block.wantsGradient())
            return;
        const PlanTensor x = builder.create(backward.diff_src_desc());
        builder.add(
            dnnl::resampling_backward(backward),
            {{DNNL_ARG_DIFF_DST, builder.as(gradient.tensor, y.desc())}, {DNNL_ARG_DIFF_SRC, x}});
        block.giveBack({x, true});
    };
}

} // namespace

std::span<const CompilerEntry> poolingCompilers()
{
    constexpr auto Max = algorithm::pooling_max;
    constexpr auto Average = algorithm::pooling_avg_exclude_padding;
    static constexpr std::array<CompilerEntry, 9> entries{{
        {QLatin1String("max_pooling2d"), compilePooling2D<Max>},
        {QLatin1String("average_pooling2d"), compilePooling2D<Average>},
        {QLatin1String("max_pooling1d"), compilePooling1D<Max>},
        {QLatin1String("average_pooling1d"), compilePooling1D<Average>},
        {QLatin1String("global_average_pooling2d"), compileGlobalPooling<Average>},
        {QLatin1String("global_max_pooling2d"), compileGlobalPooling<Max>},
        {QLatin1String("global_average_pooling1d"), compileGlobalPooling<Average>},
        {QLatin1String("global_max_pooling1d"), compileGlobalPooling<Max>},
        {QLatin1String("upsampling2d"), compileUpsampling},
    }};
    return entries;
}

} // namespace espalier
