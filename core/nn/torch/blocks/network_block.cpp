#include "core/nn/torch/blocks/network_block.h"

#include "core/base/random.h"

#include <ATen/ops/elu.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double LeakySlope = 0.2;

struct ActivationEntry {
    Activation activation;
    at::Tensor (*apply)(const at::Tensor&);
    at::Tensor (*applyFresh)(const at::Tensor&);
};

using T = const at::Tensor&;
constexpr std::array<ActivationEntry, 9> Activations{{
    {Activation::Linear, [](T x) { return x; }, [](T x) { return x; }},
    {Activation::ReLU, [](T x) { return x.relu(); }, [](T x) { return x.relu_(); }},
    {Activation::Swish, [](T x) { return at::silu(x); }, [](T x) { return at::silu(x); }},
    {Activation::Sigmoid, [](T x) { return x.sigmoid(); }, [](T x) { return x.sigmoid_(); }},
    {Activation::Softmax, [](T x) { return x.softmax(1); }, [](T x) { return x.softmax(1); }},
    {Activation::TanH, [](T x) { return x.tanh(); }, [](T x) { return x.tanh_(); }},
    {Activation::GELU, [](T x) { return at::gelu(x); }, [](T x) { return at::gelu(x); }},
    {Activation::ELU, [](T x) { return at::elu(x); }, [](T x) { return at::elu(x); }},
    {Activation::LeakyReLU, [](T x) { return at::leaky_relu(x, LeakySlope); },
     [](T x) { return at::leaky_relu(x, LeakySlope); }},
}};

const ActivationEntry& entryOf(Activation activation)
{
    return *std::ranges::find(Activations, activation, &ActivationEntry::activation);
}

double limitOf(double scale, double fan)
{
    return std::sqrt(3 * scale / std::max(1.0, fan));
}

double deviationOf(double scale, double fan)
{
    // The deviation of a normal distribution cut off at two deviations is this much smaller.
    constexpr double Truncation = 0.87962566103423978;
    return std::sqrt(scale / std::max(1.0, fan)) / Truncation;
}

double truncatedNormal(Random& random, double deviation)
{
    double value = random.normal();
    while (std::abs(value) > 2)
        value = random.normal();
    return deviation * value;
}

/// Variance scaling (Glorot and Bengio 2010, He et al. 2015, LeCun et al. 1998).
std::function<double(Random&)> distributionOf(Initializer initializer, Fans fans)
{
    const auto uniform = [](double limit) {
        return [limit](Random& random) { return random.uniform(-limit, limit); };
    };
    const auto normal = [](double deviation) {
        return [deviation](Random& random) { return truncatedNormal(random, deviation); };
    };
    const double average = (fans.in + fans.out) / 2;
    switch (initializer) {
    case Initializer::GlorotUniform:
        return uniform(limitOf(1, average));
    case Initializer::GlorotNormal:
        return normal(deviationOf(1, average));
    case Initializer::HeUniform:
        return uniform(limitOf(2, fans.in));
    case Initializer::HeNormal:
        return normal(deviationOf(2, fans.in));
    case Initializer::LecunUniform:
        return uniform(limitOf(1, fans.in));
    case Initializer::LecunNormal:
        return normal(deviationOf(1, fans.in));
    case Initializer::Ones:
        return [](Random&) { return 1.0; };
    case Initializer::Zeros:
        break;
    }
    return [](Random&) { return 0.0; };
}

Initializer initializerOf(const Parameters& parameters)
{
    return enumFromName<Initializer>(parameters.values().value(u"initializer"_s).toString())
        .value_or(Initializer::GlorotUniform);
}

} // namespace

at::Tensor channelsLast(const at::Tensor& x)
{
    return x.dim() > 2 ? x.movedim(1, -1) : x;
}

at::Tensor channelsFirst(const at::Tensor& x)
{
    return x.dim() > 2 ? x.movedim(-1, 1) : x;
}

std::vector<int64_t> tensorSizes(const Shape& shape, int64_t batch)
{
    std::vector<int64_t> sizes{batch, shape.channels()};
    sizes.insert(sizes.end(), shape.sizes().begin(), shape.sizes().end() - 1);
    return sizes;
}

Activation activationOf(const BlockSpec& spec)
{
    if (spec.withoutActivation)
        return Activation::Linear;
    return enumFromName<Activation>(spec.parameters.text(u"activation"_s))
        .value_or(Activation::Linear);
}

at::Tensor activate(Activation activation, const at::Tensor& x)
{
    return entryOf(activation).apply(x);
}

at::Tensor activateFresh(Activation activation, const at::Tensor& x)
{
    return entryOf(activation).applyFresh(x);
}

at::Tensor initialWeights(Initializer initializer, const std::vector<int64_t>& sizes, Fans fans,
                          quint64 seed)
{
    Random random(seed);
    const auto draw = distributionOf(initializer, fans);
    at::Tensor weights = at::empty(sizes);
    std::generate_n(weights.data_ptr<float>(), weights.numel(),
                    [&] { return static_cast<float>(draw(random)); });
    return weights;
}

WeightAndBias weightAndBias(const BlockSpec& spec, const std::vector<int64_t>& sizes, Fans fans,
                            int64_t outputs)
{
    const bool trainable = spec.parameters.flag(u"trainable"_s);
    WeightAndBias made;
    made.weight = initialWeights(initializerOf(spec.parameters), sizes, fans, spec.seed);
    made.parameters.push_back({u"weight"_s, made.weight, trainable});
    if (spec.parameters.flag(u"use_bias"_s)) {
        made.bias = at::zeros({outputs});
        made.parameters.push_back({u"bias"_s, made.bias, trainable});
    }
    return made;
}

} // namespace espalier
