#include "core/nn/compiled/blocks/block_plan.h"

#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using dnnl::memory;

/// The batch as it is: the planner has set it. What changes images belongs to LibTorch.
std::optional<BackwardCompiler> compileInput(BlockPlan& block)
{
    const bool changes = block.parameters.flag(u"augmentation"_s) && block.shape.rank() == 3;
    if (block.builder.training() && changes)
        return std::nullopt;
    return [](const PlanGradient&) {};
}

/// The same values in the order of the graph, channels last, with other sizes.
PlanTensor inGraphOrder(PlanBuilder& builder, const PlanTensor& x, const memory::dims& dims)
{
    const auto type = x.desc().data_type();
    return builder.alias(builder.as(x, channelsLastDesc(x.desc().dims(), type)),
                         channelsLastDesc(dims, type));
}

std::optional<BackwardCompiler> compileReshape(BlockPlan& block)
{
    PlanBuilder& builder = block.builder;
    block.give(inGraphOrder(builder, block.source(), block.outputDims()));
    return [&block, &builder](const PlanGradient& gradient) {
        if (block.wantsGradient())
            block.giveBack(
                {inGraphOrder(builder, gradient.tensor, block.sourceDims()), gradient.exclusive});
    };
}

PlanTensor addBinary(PlanBuilder& builder, dnnl::algorithm operation, const PlanTensor& a,
                     const PlanTensor& b)
{
    const PlanTensor right = builder.as(b, a.desc());
    const PlanTensor result = builder.create(a.desc());
    const dnnl::binary::primitive_desc binary(
        dnnl::binary::desc(operation, a.desc(), a.desc(), a.desc()), builder.engine());
    builder.add(dnnl::binary(binary),
                {{DNNL_ARG_SRC_0, a}, {DNNL_ARG_SRC_1, right}, {DNNL_ARG_DST, result}});
    return result;
}

std::optional<BackwardCompiler> compileAdd(BlockPlan& block)
{
    PlanTensor sum = block.source();
    for (size_t port = 1; port < block.inputs.size(); ++port)
        sum = addBinary(block.builder, dnnl::algorithm::binary_add, sum, block.inputs[port]->data);
    block.give(sum);
    return [&block](const PlanGradient& gradient) {
        for (size_t port = 0; port < block.inputs.size(); ++port)
            if (block.wantsGradient(port))
                block.giveBack({gradient.tensor, false}, port);
    };
}

/// The product of all inputs but one, with `gradient`.
PlanTensor addPartial(BlockPlan& block, const PlanTensor& gradient, size_t without)
{
    PlanTensor product = gradient;
    for (size_t port = 0; port < block.inputs.size(); ++port)
        if (port != without)
            product = addBinary(block.builder, dnnl::algorithm::binary_mul, product,
                                block.inputs[port]->data);
    return product;
}

std::optional<BackwardCompiler> compileMultiply(BlockPlan& block)
{
    PlanTensor product = block.source();
    for (size_t port = 1; port < block.inputs.size(); ++port)
        product = addBinary(block.builder, dnnl::algorithm::binary_mul, product,
                            block.inputs[port]->data);
    block.give(product);
    return [&block](const PlanGradient& gradient) {
        for (size_t port = 0; port < block.inputs.size(); ++port)
            if (block.wantsGradient(port))
                block.giveBack({addPartial(block, gradient.tensor, port), true}, port);
    };
}

/// The graph counts axes from 1 without the batch; channels are second here, and a sequence has
/// height 1.
int axisOf(const BlockPlan& block)
{
    const auto rank = static_cast<int>(block.shape.rank());
    const int chosen = static_cast<int>(block.parameters.text(u"axis"_s).toLongLong());
    const int axis = chosen > 0 ? chosen : rank;
    if (axis == rank)
        return 1;
    return rank == 2 ? 3 : axis + 1;
}

/// Row-major pieces of a row-major whole, which every gradient can be cut out of.
std::optional<BackwardCompiler> compileConcatenate(BlockPlan& block)
{
    PlanBuilder& builder = block.builder;
    const int axis = axisOf(block);
    const auto type = block.source().desc().data_type();
    const memory::desc whole = channelsLastDesc(block.outputDims(), type);
    const PlanTensor y = builder.create(whole);
    const auto pieceOf = [=](size_t port, memory::dim at, const BlockPlan& of) {
        memory::dims offsets(whole.dims().size(), 0);
        offsets[static_cast<size_t>(axis)] = at;
        return whole.submemory_desc(dimsOf(of.shapes[qsizetype(port)], of.batch), offsets);
    };
    memory::dim at = 0;
    for (size_t port = 0; port < block.inputs.size(); ++port) {
        builder.copy(block.inputs[port]->data, builder.alias(y, pieceOf(port, at, block)));
        at += block.inputs[port]->data.desc().dims()[static_cast<size_t>(axis)];
    }
    block.give(y);
    return [=, &block, &builder](const PlanGradient& gradient) {
        const PlanTensor plain = builder.as(gradient.tensor, whole);
        memory::dim from = 0;
        for (size_t port = 0; port < block.inputs.size(); ++port) {
            if (block.wantsGradient(port))
                block.giveBack({builder.as(builder.alias(plain, pieceOf(port, from, block)),
                                           block.inputs[port]->data.desc()),
                                false},
                               port);
            from += block.inputs[port]->data.desc().dims()[static_cast<size_t>(axis)];
        }
    };
}

} // namespace

std::span<const CompilerEntry> mergeCompilers()
{
    static constexpr std::array<CompilerEntry, 6> entries{{
        {QLatin1String("input"), compileInput},
        {QLatin1String("flatten"), compileReshape},
        {QLatin1String("reshape"), compileReshape},
        {QLatin1String("add"), compileAdd},
        {QLatin1String("multiply"), compileMultiply},
        {QLatin1String("concatenate"), compileConcatenate},
    }};
    return entries;
}

} // namespace espalier
