#include "core/nn/torch/blocks/block_builders.h"
#include "core/nn/torch/blocks/network_block.h"

#include <ATen/ops/linear.h>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Over the channels, at every place of an image or a sequence.
NetworkBlock buildDense(const BlockSpec& spec)
{
    const int64_t in = spec.inputs.first().channels();
    const int64_t out = spec.parameters.integer(u"nodes"_s);
    WeightAndBias made =
        weightAndBias(spec, {out, in}, {static_cast<double>(in), static_cast<double>(out)}, out);
    const bool onePlace = spec.inputs.first().elementCount() == in;
    const auto sizes = tensorSizes(spec.output, -1);
    const auto forward = [=, weight = made.weight, bias = made.bias,
                          activation = activationOf(spec)](const auto& inputs, const auto&) {
        const at::Tensor x = onePlace ? inputs[0].flatten(1) : channelsLast(inputs[0]);
        const at::Tensor y = at::linear(x, weight, bias);
        return activateFresh(activation, onePlace ? y.view(sizes) : channelsFirst(y));
    };
    return {std::move(made.parameters), forward};
}

NetworkBlock buildActivation(const BlockSpec& spec)
{
    return {{}, [activation = activationOf(spec)](const auto& inputs, const auto&) {
                return activate(activation, inputs[0]);
            }};
}

} // namespace

std::span<const BuilderEntry> denseBuilders()
{
    static constexpr std::array<BuilderEntry, 2> entries{{
        {QLatin1String("dense"), buildDense},
        {QLatin1String("activation"), buildActivation},
    }};
    return entries;
}

} // namespace espalier
