#pragma once

#include "core/nn/compiled/blocks/block_plan.h"
#include "core/nn/compiled/blocks/convolution_kind.h"

namespace espalier {

/// The gradient of a convolution's input as a convolution of the gradient of its output, with
/// inputs and outputs of the weights exchanged and each window turned by half: the same sums. For
/// bfloat16 the library's forward kernel takes half to two thirds of the one for the way back.
class TurnedConvolution final {
public:
    /// What to compute the gradient of `x` with instead of `usual`. Nothing where it cannot be, or
    /// where the library has no better kernel for it.
    [[nodiscard]] static std::optional<TurnedConvolution>
    insteadOf(const ConvolutionKind::BackwardData::primitive_desc& usual,
              const PlanBuilder& builder, const ConvolutionKind& kind,
              const dnnl::memory::dims& weights);

    /// The gradient of x. `weights` are in the order of LibTorch.
    [[nodiscard]] PlanTensor add(PlanBuilder& builder, const PlanTensor& weights,
                                 const PlanTensor& gradient) const;

private:
    explicit TurnedConvolution(const ConvolutionKind::Forward::primitive_desc& desc)
        : m_desc(desc)
    {
    }

    ConvolutionKind::Forward::primitive_desc m_desc;
};

} // namespace espalier
