#include "core/nn/torch/losses_torch.h"

#include "core/nn/torch/blocks/network_block.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/nll_loss.h>
#include <ATen/ops/one_hot.h>
#include <algorithm>
#include <array>

namespace espalier {

namespace {

constexpr double Epsilon = 1e-7;

at::Tensor clipped(const at::Tensor& probabilities)
{
    return probabilities.clamp(Epsilon, 1 - Epsilon);
}

/// Classes one-hot; of two classes in one value the index itself.
at::Tensor targetValues(const Targets& targets, const at::Tensor& like)
{
    if (!targets.classes.defined())
        return targets.values;
    const int64_t width = like.numel() / like.size(0);
    const at::Tensor values =
        width > 1 ? at::one_hot(targets.classes, width) : targets.classes.unsqueeze(1);
    return values.to(like.dtype()).view_as(like);
}

/// Over all values of each example.
at::Tensor meanOfExample(const at::Tensor& values)
{
    return values.flatten(1).mean(1);
}

at::Tensor negativeLogLikelihood(const at::Tensor& logProbabilities, const Targets& targets)
{
    if (targets.classes.defined())
        return at::nll_loss(logProbabilities.flatten(1), targets.classes, {}, at::Reduction::None);
    const at::Tensor losses = -(targets.values * logProbabilities).sum(1);
    return losses.dim() > 1 ? meanOfExample(losses) : losses;
}

at::Tensor categoricalCrossentropy(const at::Tensor& outputs, const Targets& targets)
{
    const at::Tensor sum = outputs.sum(1, true);
    return negativeLogLikelihood(clipped(outputs / sum.masked_fill(sum == 0, Epsilon)).log(),
                                 targets);
}

at::Tensor softmaxCrossentropy(const at::Tensor& logits, const Targets& targets)
{
    return negativeLogLikelihood(logits.log_softmax(1), targets);
}

at::Tensor binaryCrossentropy(const at::Tensor& outputs, const Targets& targets)
{
    const at::Tensor p = clipped(outputs);
    const at::Tensor y = targetValues(targets, p);
    return meanOfExample(-(y * p.log() + (1 - y) * (1 - p).log()));
}

at::Tensor sigmoidCrossentropy(const at::Tensor& logits, const Targets& targets)
{
    return meanOfExample(at::binary_cross_entropy_with_logits(logits, targetValues(targets, logits),
                                                              {}, {}, at::Reduction::None));
}

/// Of labels -1 and 1; what is not above 0 counts as -1, so that 0 and 1 can be given, too.
at::Tensor squaredHinge(const at::Tensor& outputs, const Targets& targets)
{
    const at::Tensor signs = (targetValues(targets, outputs) > 0).to(outputs.dtype()) * 2 - 1;
    return meanOfExample((1 - signs * outputs).clamp_min(0).square());
}

at::Tensor meanSquaredError(const at::Tensor& outputs, const Targets& targets)
{
    return meanOfExample((outputs - targetValues(targets, outputs)).square());
}

at::Tensor meanAbsoluteError(const at::Tensor& outputs, const Targets& targets)
{
    return meanOfExample((outputs - targetValues(targets, outputs)).abs());
}

at::Tensor meanSquaredLogarithmicError(const at::Tensor& outputs, const Targets& targets)
{
    const auto logarithm = [](const at::Tensor& x) { return x.clamp_min(Epsilon).log1p(); };
    return meanOfExample((logarithm(outputs) - logarithm(targetValues(targets, outputs))).square());
}

at::Tensor poisson(const at::Tensor& outputs, const Targets& targets)
{
    return meanOfExample(outputs - targetValues(targets, outputs) * (outputs + Epsilon).log());
}

struct LossEntry {
    Loss loss;
    at::Tensor (*ofOutputs)(const at::Tensor&, const Targets&);
    /// A last activation with which the loss is computed from what comes before it.
    Activation fusedActivation = Activation::Linear;
    at::Tensor (*fused)(const at::Tensor&, const Targets&) = nullptr;
};

constexpr std::array<LossEntry, 7> Losses{{
    {Loss::CategoricalCrossentropy, categoricalCrossentropy, Activation::Softmax,
     softmaxCrossentropy},
    {Loss::BinaryCrossentropy, binaryCrossentropy, Activation::Sigmoid, sigmoidCrossentropy},
    {Loss::SquaredHinge, squaredHinge},
    {Loss::MeanSquaredError, meanSquaredError},
    {Loss::MeanAbsoluteError, meanAbsoluteError},
    {Loss::MeanSquaredLogarithmicError, meanSquaredLogarithmicError},
    {Loss::Poisson, poisson},
}};

} // namespace

at::Tensor LossHead::outputs(const at::Tensor& beforeActivation) const
{
    return activate(m_activation, beforeActivation);
}

at::Tensor LossHead::losses(const at::Tensor& beforeActivation, const Targets& targets) const
{
    const LossEntry& entry = *std::ranges::find(Losses, m_loss, &LossEntry::loss);
    if (entry.fused && entry.fusedActivation == m_activation)
        return entry.fused(beforeActivation, targets);
    return entry.ofOutputs(outputs(beforeActivation), targets);
}

at::Tensor meanLoss(const at::Tensor& losses, const Targets& targets)
{
    if (!targets.weights.defined())
        return losses.mean();
    return (losses * targets.weights).sum() / std::max<int64_t>(targets.count, 1);
}

} // namespace espalier
