#include "core/nn/torch/blocks/block_builders.h"
#include "core/nn/torch/blocks/network_block.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <array>
#include <functional>
#include <numeric>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// To N values, or to another shape of as many values, in the order of the graph.
NetworkBlock buildReshape(const BlockSpec& spec)
{
    const Shape to = spec.output;
    std::vector<int64_t> sizes{-1};
    sizes.insert(sizes.end(), to.sizes().begin(), to.sizes().end());
    return {{}, [sizes](const auto& inputs, const auto&) {
                return channelsFirst(channelsLast(inputs[0]).reshape(sizes)).contiguous();
            }};
}

template <typename Operation>
NetworkBlock buildFold(const BlockSpec&)
{
    return {{}, [](const auto& inputs, const auto&) {
                return std::accumulate(inputs.begin() + 1, inputs.end(), inputs.front(),
                                       Operation());
            }};
}

/// The graph counts axes from 1 without the batch; a tensor has the last one, the channels, second.
int64_t tensorAxis(int64_t axis, int64_t rank)
{
    return axis == rank ? 1 : axis + 1;
}

NetworkBlock buildConcatenate(const BlockSpec& spec)
{
    const int64_t rank = spec.output.rank();
    const int64_t chosen = spec.parameters.text(u"axis"_s).toLongLong(); // 0: the last
    const int64_t axis = tensorAxis(chosen > 0 ? chosen : rank, rank);
    return {{}, [axis](const auto& inputs, const auto&) { return at::cat(inputs, axis); }};
}

} // namespace

std::span<const BuilderEntry> mergeBuilders()
{
    static constexpr std::array<BuilderEntry, 5> entries{{
        {QLatin1String("flatten"), buildReshape},
        {QLatin1String("reshape"), buildReshape},
        {QLatin1String("add"), buildFold<std::plus<>>},
        {QLatin1String("multiply"), buildFold<std::multiplies<>>},
        {QLatin1String("concatenate"), buildConcatenate},
    }};
    return entries;
}

} // namespace espalier
