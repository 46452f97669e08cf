#pragma once

#include "core/nn/optimizers.h"

#include <ATen/core/Tensor.h>
#include <vector>

namespace espalier {

/// Something that an optimizer keeps for every weight.
struct OptimizerSlot {
    QString name; ///< as in PyTorch: "exp_avg"
    at::Tensor value;
};

/// Changes all trainable weights of a network at once: weights and gradients stand end to end in
/// one tensor each, so that a step is a handful of operations whatever the number of blocks.
class FlatOptimizer {
public:
    FlatOptimizer(OptimizerSettings settings, const at::Tensor& weights);

    /// Changes the weights in place. Call without autograd.
    void step(const at::Tensor& gradient, double learningRate);
    /// The same on the processor, in one pass over all that is read and written.
    void fusedStep(const at::Tensor& gradient, double learningRate);

    [[nodiscard]] std::vector<OptimizerSlot>& kept() { return m_slots; }
    [[nodiscard]] const std::vector<OptimizerSlot>& kept() const { return m_slots; }
    [[nodiscard]] qint64 steps() const { return m_steps; }
    void setSteps(qint64 steps); ///< a number that no training reaches is cut off
    /// As before the first step.
    void reset();

    struct Update;

private:
    [[nodiscard]] Update nextUpdate(const at::Tensor& gradient, double learningRate);

    OptimizerSettings m_settings;
    at::Tensor m_weights;
    at::Tensor m_scratch; ///< like the weights
    std::vector<OptimizerSlot> m_slots;
    qint64 m_steps = 0;
    double m_momentumProduct = 1; ///< of Nadam's momenta up to m_productSteps
    qint64 m_productSteps = 0;
};

} // namespace espalier
