#pragma once

#include "core/nn/torch/optimizers_torch.h"

namespace espalier {

/// One step in the making. Formulas as in Keras (keras/optimizers), with its epsilon outside of
/// the root; `t` counts from 1.
struct FlatOptimizer::Update {
    const OptimizerSettings& settings;
    const at::Tensor& weights;
    const at::Tensor& gradient;
    const at::Tensor& scratch;
    std::vector<OptimizerSlot>& slots;
    double rate;
    double t;
    double& momentumProduct;
    qint64& productSteps;

    [[nodiscard]] double value(const char16_t* key) const
    {
        return settings.value(QString::fromUtf16(key));
    }
    /// Rate with the bias of both averages of Adam taken out: α √(1 - β2ᵗ) / (1 - β1ᵗ)
    [[nodiscard]] double correctedRate() const;
    /// Dozat 2016, with the momentum μₜ: w -= α (μₜ₊₁ m / (1 - Πμ up to t + 1)
    ///                                           + (1 - μₜ) g / (1 - Πμ up to t))
    ///                                         / (√(v / (1 - β2ᵗ)) + ε)
    struct Nadam {
        double ofAverage;  ///< what m is multiplied by
        double ofGradient; ///< what g is
    };
    [[nodiscard]] Nadam nadam() const;
    [[nodiscard]] double nadamMomentum(double step) const;
    [[nodiscard]] at::Tensor& slot(size_t index) const { return slots[index].value; }
};

} // namespace espalier
