#pragma once

#include <oneapi/dnnl/dnnl.hpp>

namespace espalier {

/// A convolution for WeightedPlan.
struct ConvolutionKind {
    using Forward = dnnl::convolution_forward;
    using BackwardData = dnnl::convolution_backward_data;
    using BackwardWeights = dnnl::convolution_backward_weights;
    using Desc = dnnl::memory::desc;
    static constexpr auto Direct = dnnl::algorithm::convolution_direct;

    dnnl::memory::dims strides{1, 1};
    dnnl::memory::dims gaps{0, 0}; ///< dilation - 1
    dnnl::memory::dims before{0, 0};
    dnnl::memory::dims after{0, 0};

    [[nodiscard]] Forward::desc forward(dnnl::prop_kind prop, const Desc& x, const Desc& weights,
                                        const Desc& bias, const Desc& y) const
    {
        return {prop, Direct, x, weights, bias, y, strides, gaps, before, after};
    }
    [[nodiscard]] BackwardData::desc backwardData(const Desc& x, const Desc& weights,
                                                  const Desc& y) const
    {
        return {Direct, x, weights, y, strides, gaps, before, after};
    }
    [[nodiscard]] BackwardWeights::desc backwardWeights(const Desc& x, const Desc& weights,
                                                        const Desc& bias, const Desc& y) const
    {
        return {Direct, x, weights, bias, y, strides, gaps, before, after};
    }
};

} // namespace espalier
