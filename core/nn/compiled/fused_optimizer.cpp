#include "core/nn/compiled/parallel_ranges.h"
#include "core/nn/torch/optimizer_update.h"

#include <array>
#include <cmath>

namespace espalier {

namespace {

using Update = FlatOptimizer::Update;

/// Some of the weights, and what belongs to them.
struct Part {
    float* w;
    const float* g;
    std::array<float*, 3> kept{};
    size_t size = 0;
};

/// Numbers of one step.
struct Rates {
    float rate = 0; ///< corrected where the formula corrects it
    float decay1 = 0;
    float decay2 = 0;
    float epsilon = 0;
    float ofGradient = 0; ///< Nadam: of the gradient itself
    float divisor = 1;    ///< Nadam: of the root
};

ESPALIER_CLONES void adamPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    float* __restrict m = p.kept[0];
    float* __restrict v = p.kept[1];
    for (size_t i = 0; i < p.size; ++i) {
        m[i] += (g[i] - m[i]) * (1 - r.decay1);
        v[i] = v[i] * r.decay2 + g[i] * g[i] * (1 - r.decay2);
        w[i] -= r.rate * m[i] / (std::sqrt(v[i]) + r.epsilon);
    }
}

ESPALIER_CLONES void amsgradPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    float* __restrict m = p.kept[0];
    float* __restrict v = p.kept[1];
    float* __restrict largest = p.kept[2];
    for (size_t i = 0; i < p.size; ++i) {
        m[i] += (g[i] - m[i]) * (1 - r.decay1);
        v[i] = v[i] * r.decay2 + g[i] * g[i] * (1 - r.decay2);
        largest[i] = largest[i] < v[i] ? v[i] : largest[i];
        w[i] -= r.rate * m[i] / (std::sqrt(largest[i]) + r.epsilon);
    }
}

ESPALIER_CLONES void adamaxPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    float* __restrict m = p.kept[0];
    float* __restrict largest = p.kept[1];
    for (size_t i = 0; i < p.size; ++i) {
        const float decayed = largest[i] * r.decay2;
        const float size = std::abs(g[i]);
        m[i] += (g[i] - m[i]) * (1 - r.decay1);
        largest[i] = decayed < size ? size : decayed;
        w[i] -= r.rate * m[i] / (largest[i] + r.epsilon);
    }
}

ESPALIER_CLONES void nadamPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    float* __restrict m = p.kept[0];
    float* __restrict v = p.kept[1];
    for (size_t i = 0; i < p.size; ++i) {
        m[i] += (g[i] - m[i]) * (1 - r.decay1);
        v[i] = v[i] * r.decay2 + g[i] * g[i] * (1 - r.decay2);
        const float root = std::sqrt(v[i]) / r.divisor + r.epsilon;
        w[i] -= (r.rate * m[i] + r.ofGradient * g[i]) / root;
    }
}

ESPALIER_CLONES void rmspropPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    float* __restrict v = p.kept[0];
    for (size_t i = 0; i < p.size; ++i) {
        v[i] = v[i] * r.decay1 + g[i] * g[i] * (1 - r.decay1);
        w[i] -= r.rate * g[i] / (std::sqrt(v[i]) + r.epsilon);
    }
}

ESPALIER_CLONES void adadeltaPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    float* __restrict v = p.kept[0];
    float* __restrict changes = p.kept[1];
    for (size_t i = 0; i < p.size; ++i) {
        v[i] = v[i] * r.decay1 + g[i] * g[i] * (1 - r.decay1);
        const float change = std::sqrt((changes[i] + r.epsilon) / (v[i] + r.epsilon)) * g[i];
        changes[i] = changes[i] * r.decay1 + change * change * (1 - r.decay1);
        w[i] -= r.rate * change;
    }
}

ESPALIER_CLONES void adagradPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    float* __restrict sum = p.kept[0];
    for (size_t i = 0; i < p.size; ++i) {
        sum[i] += g[i] * g[i];
        w[i] -= r.rate * g[i] / (std::sqrt(sum[i]) + r.epsilon);
    }
}

/// decay1: momentum; ofGradient: the rate of Nesterov's look ahead, or 0.
ESPALIER_CLONES void momentumPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    float* __restrict v = p.kept[0];
    const float ahead = r.ofGradient > 0 ? r.decay1 : 1;
    for (size_t i = 0; i < p.size; ++i) {
        v[i] = v[i] * r.decay1 - r.rate * g[i];
        w[i] += ahead * v[i] - r.ofGradient * g[i];
    }
}

ESPALIER_CLONES void descentPart(const Part& p, const Rates& r)
{
    float* __restrict w = p.w;
    const float* __restrict g = p.g;
    for (size_t i = 0; i < p.size; ++i)
        w[i] -= r.rate * g[i];
}

using PartStep = void (*)(const Part&, const Rates&);

void inParts(const Update& u, PartStep step, const Rates& rates)
{
    Part all{u.weights.data_ptr<float>(), u.gradient.data_ptr<float>()};
    for (size_t i = 0; i < u.slots.size(); ++i)
        all.kept[i] = u.slots[i].value.data_ptr<float>();
    inRanges(static_cast<size_t>(u.weights.numel()), [&](size_t begin, size_t end) {
        Part part{all.w + begin, all.g + begin, {}, end - begin};
        for (size_t i = 0; i < u.slots.size(); ++i)
            part.kept[i] = all.kept[i] + begin;
        step(part, rates);
    });
}

Rates ratesOf(const Update& u, double rate, const char16_t* decay1, const char16_t* decay2)
{
    return {float(rate), float(u.value(decay1)), float(u.value(decay2)),
            float(u.value(u"epsilon"))};
}

void fusedAdam(const Update& u)
{
    inParts(u, adamPart, ratesOf(u, u.correctedRate(), u"beta_1", u"beta_2"));
}

void fusedAmsgrad(const Update& u)
{
    inParts(u, amsgradPart, ratesOf(u, u.correctedRate(), u"beta_1", u"beta_2"));
}

void fusedAdamax(const Update& u)
{
    const double rate = u.rate / (1 - std::pow(u.value(u"beta_1"), u.t));
    inParts(u, adamaxPart, ratesOf(u, rate, u"beta_1", u"beta_2"));
}

void fusedNadam(const Update& u)
{
    const Update::Nadam nadam = u.nadam();
    Rates rates = ratesOf(u, u.rate * nadam.ofAverage, u"beta_1", u"beta_2");
    rates.ofGradient = float(u.rate * nadam.ofGradient);
    rates.divisor = float(std::sqrt(1 - std::pow(u.value(u"beta_2"), u.t)));
    inParts(u, nadamPart, rates);
}

void fusedRmsprop(const Update& u)
{
    inParts(u, rmspropPart, ratesOf(u, u.rate, u"rho", u"rho"));
}

void fusedAdadelta(const Update& u)
{
    inParts(u, adadeltaPart, ratesOf(u, u.rate, u"rho", u"rho"));
}

void fusedAdagrad(const Update& u)
{
    inParts(u, adagradPart, {float(u.rate), 0, 0, float(u.value(u"epsilon"))});
}

void fusedDescent(const Update& u)
{
    const double momentum = u.value(u"momentum");
    const float rate = float(u.rate);
    if (momentum == 0)
        return inParts(u, descentPart, {rate});
    inParts(u, momentumPart, {rate, float(momentum), 0, 0, u.value(u"nesterov") > 0 ? rate : 0.0F});
}

struct FusedEntry {
    Optimizer optimizer;
    void (*step)(const Update&);
};

constexpr std::array<FusedEntry, 8> Fused{{
    {Optimizer::Adam, fusedAdam},
    {Optimizer::AMSgrad, fusedAmsgrad},
    {Optimizer::Adamax, fusedAdamax},
    {Optimizer::Nadam, fusedNadam},
    {Optimizer::RMSprop, fusedRmsprop},
    {Optimizer::Adadelta, fusedAdadelta},
    {Optimizer::Adagrad, fusedAdagrad},
    {Optimizer::SGD, fusedDescent},
}};

} // namespace

void FlatOptimizer::fusedStep(const at::Tensor& gradient, double learningRate)
{
    const Update update = nextUpdate(gradient, learningRate);
    std::ranges::find(Fused, update.settings.optimizer, &FusedEntry::optimizer)->step(update);
}

} // namespace espalier
