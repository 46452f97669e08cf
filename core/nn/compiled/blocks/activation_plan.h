#pragma once

#include "core/nn/compiled/blocks/block_plan.h"

namespace espalier {

/// An activation as primitives of the library.

/// Whether its derivative follows from its result: it can be computed in place, at the end of the
/// primitive before it.
[[nodiscard]] bool followsFromResult(Activation activation);

/// Lets a primitive end with an activation that followsFromResult().
void appendActivation(dnnl::post_ops& operations, Activation activation);

/// Adds an activation of its own; `x` stays as it is.
[[nodiscard]] PlanTensor addActivation(PlanBuilder& builder, Activation activation,
                                       const PlanTensor& x);

/// The gradient before the activation from the one behind it. `data` is its result where
/// followsFromResult() or for Softmax, else its argument.
[[nodiscard]] PlanGradient addActivationBackward(PlanBuilder& builder, Activation activation,
                                                 const PlanTensor& data,
                                                 const PlanGradient& gradient);

} // namespace espalier
