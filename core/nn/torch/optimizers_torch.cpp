#include "core/nn/torch/optimizer_update.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/abs.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/sqrt.h>
#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

double FlatOptimizer::Update::correctedRate() const
{
    return rate * std::sqrt(1 - std::pow(value(u"beta_2"), t)) /
           (1 - std::pow(value(u"beta_1"), t));
}

double FlatOptimizer::Update::nadamMomentum(double step) const
{
    return value(u"beta_1") * (1 - 0.5 * std::pow(0.96, 0.004 * step));
}

FlatOptimizer::Update::Nadam FlatOptimizer::Update::nadam() const
{
    constexpr double Negligible = 1e-100; // beside 1
    for (; double(productSteps) < t && momentumProduct > Negligible; ++productSteps)
        momentumProduct *= nadamMomentum(double(productSteps + 1));
    const double next = nadamMomentum(t + 1);
    return {next / (1 - momentumProduct * next), (1 - nadamMomentum(t)) / (1 - momentumProduct)};
}

namespace {

using Update = FlatOptimizer::Update;

/// average = decay × average + (1 - decay) × gradient
const at::Tensor& averageGradient(const Update& u, const at::Tensor& average, double decay)
{
    return average.lerp_(u.gradient, 1 - decay);
}

const at::Tensor& averageSquare(const at::Tensor& average, const at::Tensor& x, double decay)
{
    return average.mul_(decay).addcmul_(x, x, 1 - decay);
}

/// √x / divisor + ε
const at::Tensor& rootPlusEpsilon(const Update& u, const at::Tensor& x, double divisor = 1)
{
    at::Tensor scratch = u.scratch;
    at::sqrt_out(scratch, x);
    if (divisor != 1)
        scratch.div_(divisor);
    scratch.add_(u.value(u"epsilon"));
    return u.scratch;
}

// Kingma and Ba 2015, section 2: m, v; w -= αₜ m / (√v + ε)
void adam(const Update& u)
{
    averageGradient(u, u.slot(0), u.value(u"beta_1"));
    averageSquare(u.slot(1), u.gradient, u.value(u"beta_2"));
    u.weights.addcdiv_(u.slot(0), rootPlusEpsilon(u, u.slot(1)), -u.correctedRate());
}

// Reddi et al. 2018: Adam with the largest v so far
void amsgrad(const Update& u)
{
    averageGradient(u, u.slot(0), u.value(u"beta_1"));
    averageSquare(u.slot(1), u.gradient, u.value(u"beta_2"));
    at::maximum_out(u.slot(2), u.slot(2), u.slot(1));
    u.weights.addcdiv_(u.slot(0), rootPlusEpsilon(u, u.slot(2)), -u.correctedRate());
}

// Kingma and Ba 2015, section 7.1: v = max(β2 v, |g|); w -= α / (1 - β1ᵗ) × m / (v + ε)
void adamax(const Update& u)
{
    at::Tensor scratch = u.scratch;
    averageGradient(u, u.slot(0), u.value(u"beta_1"));
    u.slot(1).mul_(u.value(u"beta_2"));
    at::maximum_out(u.slot(1), u.slot(1), at::abs_out(scratch, u.gradient));
    scratch.copy_(u.slot(1)).add_(u.value(u"epsilon"));
    u.weights.addcdiv_(u.slot(0), scratch, -u.rate / (1 - std::pow(u.value(u"beta_1"), u.t)));
}

void nadam(const Update& u)
{
    const Update::Nadam rates = u.nadam();
    const double beta2 = u.value(u"beta_2");
    averageGradient(u, u.slot(0), u.value(u"beta_1"));
    averageSquare(u.slot(1), u.gradient, beta2);
    const at::Tensor& root = rootPlusEpsilon(u, u.slot(1), std::sqrt(1 - std::pow(beta2, u.t)));
    u.weights.addcdiv_(u.slot(0), root, -u.rate * rates.ofAverage);
    u.weights.addcdiv_(u.gradient, root, -u.rate * rates.ofGradient);
}

// Tieleman and Hinton 2012: w -= α g / (√v + ε)
void rmsprop(const Update& u)
{
    averageSquare(u.slot(0), u.gradient, u.value(u"rho"));
    u.weights.addcdiv_(u.gradient, rootPlusEpsilon(u, u.slot(0)), -u.rate);
}

// Zeiler 2012: Δ = √((d + ε) / (v + ε)) g; w -= α Δ, where d averages Δ²
void adadelta(const Update& u)
{
    const double rho = u.value(u"rho");
    const double epsilon = u.value(u"epsilon");
    averageSquare(u.slot(0), u.gradient, rho);
    u.scratch.copy_(u.slot(1)).add_(epsilon).div_(u.slot(0) + epsilon).sqrt_().mul_(u.gradient);
    averageSquare(u.slot(1), u.scratch, rho);
    u.weights.add_(u.scratch, -u.rate);
}

// Duchi et al. 2011: s += g²; w -= α g / (√s + ε)
void adagrad(const Update& u)
{
    u.slot(0).addcmul_(u.gradient, u.gradient);
    u.weights.addcdiv_(u.gradient, rootPlusEpsilon(u, u.slot(0)), -u.rate);
}

// Sutskever et al. 2013: v = μ v - α g; w += v, with Nesterov's look ahead w += μ v - α g
void sgd(const Update& u)
{
    const double momentum = u.value(u"momentum");
    if (momentum == 0) {
        u.weights.add_(u.gradient, -u.rate);
        return;
    }
    u.slot(0).mul_(momentum).add_(u.gradient, -u.rate);
    if (u.value(u"nesterov") > 0)
        u.weights.add_(u.slot(0), momentum).add_(u.gradient, -u.rate);
    else
        u.weights.add_(u.slot(0));
}

struct OptimizerEntry {
    Optimizer optimizer;
    void (*step)(const Update&);
    std::array<const char16_t*, 3> slots{};
    double initialValue = 0; ///< of the slots
};

constexpr std::array<OptimizerEntry, 8> Optimizers{{
    {Optimizer::Adam, adam, {u"exp_avg", u"exp_avg_sq"}},
    {Optimizer::AMSgrad, amsgrad, {u"exp_avg", u"exp_avg_sq", u"max_exp_avg_sq"}},
    {Optimizer::Adamax, adamax, {u"exp_avg", u"exp_inf"}},
    {Optimizer::Nadam, nadam, {u"exp_avg", u"exp_avg_sq"}},
    {Optimizer::RMSprop, rmsprop, {u"square_avg"}},
    {Optimizer::Adadelta, adadelta, {u"square_avg", u"acc_delta"}},
    {Optimizer::Adagrad, adagrad, {u"sum"}, 0.1},
    {Optimizer::SGD, sgd, {u"momentum_buffer"}},
}};

const OptimizerEntry& entryOf(const OptimizerSettings& settings)
{
    return *std::ranges::find(Optimizers, settings.optimizer, &OptimizerEntry::optimizer);
}

bool keepsNothing(const OptimizerSettings& settings)
{
    return settings.optimizer == Optimizer::SGD && settings.value(u"momentum"_s) == 0;
}

} // namespace

FlatOptimizer::FlatOptimizer(OptimizerSettings settings, const at::Tensor& weights)
    : m_settings(std::move(settings))
    , m_weights(weights)
    , m_scratch(at::empty_like(weights))
{
    const OptimizerEntry& entry = entryOf(m_settings);
    if (keepsNothing(m_settings))
        return;
    for (const char16_t* name : entry.slots)
        if (name)
            m_slots.push_back(
                {QString::fromUtf16(name), at::full_like(weights, entry.initialValue)});
}

FlatOptimizer::Update FlatOptimizer::nextUpdate(const at::Tensor& gradient, double learningRate)
{
    ++m_steps;
    return {m_settings,
            m_weights,
            gradient,
            m_scratch,
            m_slots,
            learningRate,
            static_cast<double>(m_steps),
            m_momentumProduct,
            m_productSteps};
}

void FlatOptimizer::step(const at::Tensor& gradient, double learningRate)
{
    entryOf(m_settings).step(nextUpdate(gradient, learningRate));
}

void FlatOptimizer::setSteps(qint64 steps)
{
    constexpr qint64 Most = qint64(1) << 53; // exact in a double
    m_steps = std::clamp<qint64>(steps, 0, Most);
    m_momentumProduct = 1;
    m_productSteps = 0;
}

void FlatOptimizer::reset()
{
    setSteps(0);
    for (const OptimizerSlot& slot : m_slots)
        slot.value.fill_(entryOf(m_settings).initialValue);
}

} // namespace espalier
