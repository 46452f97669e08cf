#pragma once

#include "core/nn/compiled/blocks/block_plan.h"

namespace espalier {

struct NetworkBlock;

/// Lets LibTorch compute a block in its place in the plan, in float32, with its own derivatives.
/// Where the block is an Input that changes what it reads, its output is the input so far.
[[nodiscard]] BackwardCompiler addFallback(BlockPlan& block, const NetworkBlock& network);

} // namespace espalier
