#include "core/nn/running_statistics.h"
#include "core/nn/torch/blocks/block_builders.h"
#include "core/nn/torch/blocks/generators.h"
#include "core/nn/torch/blocks/network_block.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Scale and shift of the channels.
std::vector<BlockParameter> affineParameters(const BlockSpec& spec)
{
    const int64_t channels = spec.inputs.first().channels();
    const bool trainable = spec.parameters.flag(u"trainable"_s);
    return {{u"weight"_s, at::ones({channels}), trainable},
            {u"bias"_s, at::zeros({channels}), trainable}};
}

/// Ioffe and Szegedy 2015. The running variance is the unbiased one, as of Keras for images. A
/// frozen block uses the running statistics in training, too.
NetworkBlock buildBatchNormalization(const BlockSpec& spec)
{
    const int64_t channels = spec.inputs.first().channels();
    const int64_t places = spec.inputs.first().elementCount() / channels;
    const at::Tensor mean = at::zeros({channels});
    const at::Tensor variance = at::ones({channels});
    const at::Tensor steps = at::zeros({1}, at::kLong);
    std::vector<BlockParameter> parameters = affineParameters(spec);
    const auto forward = [=, weight = parameters[0].value, bias = parameters[1].value,
                          momentum = spec.parameters.real(u"momentum"_s),
                          epsilon = spec.parameters.real(u"epsilon"_s),
                          trainable = spec.parameters.flag(u"trainable"_s)](
                             const auto& inputs, const ForwardContext& context) {
        const at::Tensor& x = inputs[0];
        const bool training = context.training && trainable;
        // One value has no unbiased variance: it would make the running one no number.
        const bool lone = training && x.size(0) * places == 1;
        double change = 0;
        if (training && !lone) {
            change = 1 - keptShare(momentum, steps.item<int64_t>());
            steps.add_(1);
        }
        return at::batch_norm(x, weight, bias, lone ? at::Tensor() : mean,
                              lone ? at::Tensor() : variance, training, change, epsilon, true);
    };
    parameters.push_back({u"running_mean"_s, mean, false});
    parameters.push_back({u"running_var"_s, variance, false});
    parameters.push_back({u"steps"_s, steps, false});
    return {std::move(parameters), forward};
}

/// Ba et al. 2016, over the channels of each place.
NetworkBlock buildLayerNormalization(const BlockSpec& spec)
{
    std::vector<BlockParameter> parameters = affineParameters(spec);
    const auto forward = [weight = parameters[0].value, bias = parameters[1].value,
                          channels = spec.inputs.first().channels(),
                          epsilon = spec.parameters.real(u"epsilon"_s)](const auto& inputs,
                                                                        const auto&) {
        const at::Tensor x = channelsLast(inputs[0]).to(at::kFloat);
        return channelsFirst(at::layer_norm(x, {channels}, weight, bias, epsilon)).contiguous();
    };
    return {std::move(parameters), forward};
}

/// Srivastava et al. 2014; what stays is scaled up, so that evaluation needs no change.
NetworkBlock buildDropout(const BlockSpec& spec)
{
    const double rate = spec.parameters.real(u"rate"_s);
    const auto forward = [rate](const auto& inputs, const ForwardContext& context) {
        const at::Tensor& x = inputs[0];
        if (!context.training || rate <= 0)
            return x;
        if (rate >= 1)
            return at::zeros_like(x);
        const at::Tensor mask =
            at::empty_like(x).bernoulli_(1 - rate, generatorFor(x.device(), context.seed));
        return x * mask.div_(1 - rate);
    };
    return {{}, forward};
}

} // namespace

std::span<const BuilderEntry> normalizationBuilders()
{
    static constexpr std::array<BuilderEntry, 3> entries{{
        {QLatin1String("batch_normalization"), buildBatchNormalization},
        {QLatin1String("layer_normalization"), buildLayerNormalization},
        {QLatin1String("dropout"), buildDropout},
    }};
    return entries;
}

} // namespace espalier
