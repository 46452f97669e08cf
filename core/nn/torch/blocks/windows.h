#pragma once

#include "core/graph/activations.h"

#include <algorithm>
#include <cstdint>

namespace espalier {

/// A window that moves along one axis.
struct Window {
    int64_t size = 1;
    int64_t stride = 1;
    int64_t dilation = 1;
};

/// What is put before and after the values of one axis.
struct Margin {
    int64_t before = 0;
    int64_t after = 0;

    [[nodiscard]] bool isSymmetric() const { return before == after; }
};

inline Margin halves(int64_t total)
{
    return {total / 2, total - total / 2};
}

/// "Same" as in TensorFlow: ceil(input / stride) values come out, and of an odd margin the larger
/// half comes after.
inline Margin marginOf(Padding padding, int64_t input, const Window& window)
{
    if (padding == Padding::Valid)
        return {};
    const int64_t outputs = (input + window.stride - 1) / window.stride;
    const int64_t reach = (window.size - 1) * window.dilation + 1;
    return halves(std::max<int64_t>((outputs - 1) * window.stride + reach - input, 0));
}

} // namespace espalier
