#pragma once

#include "core/graph/model_graph.h"

namespace espalier {

/// The block before `target` with a parameter that follows it while a person has not set it (see
/// ParameterSpec::follows); invalid when there is none. Blocks between them that give as many
/// values as they get are passed over.
[[nodiscard]] BlockId followingBlock(const ModelGraph& graph, BlockId target);

} // namespace espalier
