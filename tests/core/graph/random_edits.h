#pragma once

#include "core/base/random.h"
#include "core/graph/block_catalogue.h"
#include "core/graph/model_graph.h"

/// Edits such as a person makes, drawn by chance.
namespace espalier {

inline BlockId anyBlock(const ModelGraph& graph, Random& random)
{
    return graph.isEmpty() ? BlockId()
                           : graph.blocks().at(qsizetype(random.below(graph.blocks().size()))).id;
}

inline void editAtRandom(ModelGraph& graph, Random& random)
{
    const BlockId block = anyBlock(graph, random);
    const BlockId other = anyBlock(graph, random);
    const QList<BlockType>& types = blockTypes();
    switch (random.below(graph.blocks().size() < 40 ? 11 : 10)) {
    case 0:
        graph.removeBlock(block, random.below(2) == 0);
        return;
    case 1:
    case 2:
        graph.connect({block, other, int(random.below(3))});
        return;
    case 3:
        if (!graph.connections().isEmpty())
            graph.disconnect(Connection(
                graph.connections().at(qsizetype(random.below(graph.connections().size())))));
        return;
    case 4:
        graph.setPosition(block, {random.uniform(-500, 500), random.uniform(-500, 500)});
        return;
    case 5:
        graph.setParameter(block, QStringLiteral("nodes"), qlonglong(1 + random.below(64)));
        return;
    case 6:
        graph.setName(block, QStringLiteral("Block %1").arg(random.below(100)));
        return;
    case 7:
        graph.addGroup({block, other, anyBlock(graph, random)}, {}, random.below(2) == 0);
        return;
    case 8:
        graph.setFolded(GroupId(qint64(1 + random.below(20))), random.below(2) == 0);
        return;
    case 9:
        if (random.below(2) == 0)
            graph.removeGroup(GroupId(qint64(1 + random.below(20))));
        else if (const GraphGroup* group = graph.groupOf(other))
            graph.addToGroup(group->id, block);
        return;
    default:
        graph.addBlock(types.at(qsizetype(random.below(types.size()))).key);
    }
}

} // namespace espalier
