#pragma once

#include <oneapi/dnnl/dnnl.hpp>
#include <optional>

namespace espalier {

/// A convolution for WeightedPlan.
struct ConvolutionKind {
    using Forward = dnnl::convolution_forward;
    using BackwardData = dnnl::convolution_backward_data;
    using BackwardWeights = dnnl::convolution_backward_weights;
    using Desc = dnnl::memory::desc;
    static constexpr bool MayTurn = true;
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

    /// That of TurnedConvolution. `window`: its sizes. Nothing where windows move by more than one,
    /// or x has more margin than a window.
    [[nodiscard]] std::optional<ConvolutionKind> turned(const dnnl::memory::dims& window) const
    {
        ConvolutionKind other{strides, gaps, {}, {}};
        for (size_t axis = 0; axis < strides.size(); ++axis) {
            const dnnl::memory::dim reach = (window[axis] - 1) * (gaps[axis] + 1);
            if (strides[axis] != 1 || before[axis] > reach || after[axis] > reach)
                return std::nullopt;
            other.before.push_back(reach - before[axis]);
            other.after.push_back(reach - after[axis]);
        }
        return other;
    }
};

} // namespace espalier
