#include "core/nn/compiled/blocks/max_pooling_plan.h"

#include "core/nn/compiled/blocks/activation_plan.h"
#include "core/nn/compiled/max_pooling.h"

namespace espalier {

namespace {

using dnnl::memory;

struct MaxPoolingPlan {
    MaxPooling loops;
    PlanTensor result;
    PlanTensor places; ///< where the maxima were
};

PoolingAxis axisOf(const PoolingWindow& window, const memory::dims& source,
                   const memory::dims& result, size_t axis)
{
    const auto size = [](memory::dim value) { return static_cast<size_t>(value); };
    return {size(source[axis + 2]), size(result[axis + 2]), size(window.sizes[axis]),
            size(window.strides[axis]), size(window.before[axis])};
}

memory::desc blockedDesc(const memory::dims& dims, memory::data_type type, size_t block)
{
    if (block > 16)
        return channelsLastDesc(dims, type);
    return {dims, type, block == 16 ? memory::format_tag::nChw16c : memory::format_tag::nChw8c};
}

std::optional<MaxPoolingPlan> makeMaxPooling(const BlockPlan& block, const PoolingWindow& window,
                                             const memory::dims& result)
{
    const memory::desc x = block.source().desc();
    const auto layout = channelLayout(x);
    if (!block.builder.training() || !block.wantsGradient() || !layout || x.dims().size() != 4)
        return std::nullopt;
    const MaxPooling loops{static_cast<size_t>(x.dims()[0]) * layout->blocks(), layout->block,
                           axisOf(window, x.dims(), result, 0),
                           axisOf(window, x.dims(), result, 1)};
    if (!loops.isPossible())
        return std::nullopt;
    return MaxPoolingPlan{
        loops, block.builder.create(blockedDesc(result, x.data_type(), layout->block)),
        block.builder.create(blockedDesc(result, memory::data_type::u8, layout->block))};
}

template <typename Value>
void addForward(const BlockPlan& block, const MaxPoolingPlan& plan)
{
    const PlanTensor x = block.source();
    block.builder.add({x, plan.result, plan.places}, [x, plan](const PlanRun&) {
        poolMaxima(plan.loops, x.data<Value>(), plan.result.data<Value>(),
                   plan.places.data<uint8_t>());
    });
}

template <typename Value>
void addSpread(PlanBuilder& builder, const MaxPoolingPlan& plan, const PlanTensor& y,
               const PlanTensor& x)
{
    builder.add({y, plan.places, x}, [x, y, plan](const PlanRun&) {
        spreadToMaxima(plan.loops, y.data<Value>(), plan.places.data<uint8_t>(), x.data<Value>());
    });
}

void addBackward(const BlockPlan& block, const MaxPoolingPlan& plan, PlanGradient gradient)
{
    PlanBuilder& builder = block.builder;
    gradient.tensor = builder.reshaped(gradient.tensor, plan.result.desc().dims());
    const PlanGradient past = pastActivationBefore(block, plan.result, gradient);
    const PlanTensor y = builder.as(past.tensor, plan.result.desc());
    const PlanTensor x = builder.create(block.source().desc());
    if (x.desc().data_type() == memory::data_type::bf16)
        addSpread<quint16>(builder, plan, y, x);
    else
        addSpread<float>(builder, plan, y, x);
    block.giveBack({x, true, past.pastActivation});
}

} // namespace

std::optional<BackwardCompiler> compileMaxPooling(BlockPlan& block, const PoolingWindow& window,
                                                  const memory::dims& result)
{
    const auto plan = makeMaxPooling(block, window, result);
    if (!plan)
        return std::nullopt;
    if (block.source().desc().data_type() == memory::data_type::bf16)
        addForward<quint16>(block, *plan);
    else
        addForward<float>(block, *plan);
    block.give(block.builder.reshaped(plan->result, block.outputDims()));
    return [plan = *plan, &block](const PlanGradient& gradient) {
        addBackward(block, plan, gradient);
    };
}

PlanGradient pastActivationBefore(const BlockPlan& block, const PlanTensor& result,
                                  const PlanGradient& gradient)
{
    const PlanValue& source = *block.inputs.front();
    PlanGradient past = gradient;
    past.pastActivation = false;
    if (source.readers != 1 || source.activation == Activation::Linear ||
        !followsFromResult(source.activation))
        return past;
    past = addActivationBackward(block.builder, source.activation, result, gradient);
    past.pastActivation = true;
    return past;
}

} // namespace espalier
