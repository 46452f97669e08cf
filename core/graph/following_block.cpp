#include "core/graph/following_block.h"

#include "core/graph/block_catalogue.h"

#include <algorithm>

namespace espalier {

BlockId followingBlock(const ModelGraph& graph, BlockId target)
{
    BlockId id = target;
    for (qsizetype step = 0; step < graph.blocks().size(); ++step) {
        const QList<BlockId> sources = graph.inputsOf(id);
        if (sources.size() != 1)
            return {};
        id = sources.first();
        const Block* block = graph.block(id);
        const BlockType* type = block ? blockType(block->type) : nullptr;
        if (type && std::ranges::any_of(type->parameters, &ParameterSpec::follows))
            return id;
        if (!type || !type->keepsCount)
            return {};
    }
    return {};
}

} // namespace espalier
