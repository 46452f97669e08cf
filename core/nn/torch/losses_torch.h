#pragma once

#include "core/graph/activations.h"
#include "core/graph/losses.h"

#include <ATen/core/Tensor.h>

namespace espalier {

/// What the examples of a batch should give.
struct Targets {
    at::Tensor classes; ///< N, int64, in [0, classes); undefined unless the target has classes
    at::Tensor values;  ///< like the outputs; undefined when the target has classes
    /// N: the weight of each example in the mean, 0 where the target is missing (its class or
    /// values are any that can be computed with); undefined: all 1.
    at::Tensor weights;
    int64_t count = 0; ///< of targets that are not missing
};

/// The last activation of a network together with its loss, so that crossentropy can be computed
/// from what comes before the activation without a loss of digits.
///
/// All losses are means over the values of an example. Formulas as in Keras
/// (keras/src/losses/losses.py); crossentropies clip probabilities to [1e-7, 1 - 1e-7].
class LossHead {
public:
    LossHead(Loss loss, Activation activation)
        : m_loss(loss)
        , m_activation(activation)
    {
    }

    /// Softmax with Categorical crossentropy, which belong together.
    [[nodiscard]] bool isSoftmaxCrossentropy() const
    {
        return m_loss == Loss::CategoricalCrossentropy && m_activation == Activation::Softmax;
    }
    /// An output of a Binary target from here on means positive.
    [[nodiscard]] float decisionThreshold() const
    {
        return m_loss == Loss::SquaredHinge ? 0.0F : 0.5F;
    }
    /// The outputs of the network from what comes before its last activation.
    [[nodiscard]] at::Tensor outputs(const at::Tensor& beforeActivation) const;
    /// Of each example; `beforeActivation` in float32.
    [[nodiscard]] at::Tensor losses(const at::Tensor& beforeActivation,
                                    const Targets& targets) const;

private:
    Loss m_loss;
    Activation m_activation;
};

/// Sum of weight × loss divided by the number of targets that are not missing (Keras: weights do
/// not count in the divisor).
[[nodiscard]] at::Tensor meanLoss(const at::Tensor& losses, const Targets& targets);

} // namespace espalier
