#pragma once

#include "core/nn/compiled/blocks/block_plan.h"

namespace espalier {

/// Windows of a pooling, vertical before horizontal.
struct PoolingWindow {
    dnnl::memory::dims sizes;
    dnnl::memory::dims strides;
    dnnl::memory::dims before{0, 0}; ///< padding
    dnnl::memory::dims after{0, 0};
};

/// A maximum pooling of a training by loops of our own (max_pooling.h). Nothing where they do not
/// fit; the library has a primitive for all. `result`: sizes of four axes, as many values as the
/// block gives.
[[nodiscard]] std::optional<BackwardCompiler>
compileMaxPooling(BlockPlan& block, const PoolingWindow& window, const dnnl::memory::dims& result);

/// The activation before a maximum may be derived behind it: it grows with its argument, so that
/// the largest result is that of the largest argument, and there are fewer of them. `result` is
/// what the pooling gave, `gradient` that of it.
[[nodiscard]] PlanGradient pastActivationBefore(const BlockPlan& block, const PlanTensor& result,
                                                const PlanGradient& gradient);

} // namespace espalier
