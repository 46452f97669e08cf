#include "core/graph/graph_index.h"

#include <QSet>
#include <algorithm>

namespace espalier {

GraphIndex::GraphIndex(const ModelGraph& graph)
{
    QList<Connection> byPort = graph.connections();
    std::ranges::stable_sort(byPort, {}, &Connection::port);
    for (const Connection& connection : std::as_const(byPort)) {
        m_sources[connection.to].append(connection.from);
        m_targets[connection.from].append(connection.to);
    }
    sort(graph.blocks());
}

// Kahn 1962.
void GraphIndex::sort(const QList<Block>& blocks)
{
    for (const Block& block : blocks) {
        const qsizetype count = m_sources.value(block.id).size();
        if (count == 0)
            m_order.append(block.id);
        else
            m_waiting.insert(block.id, count);
    }
    for (qsizetype next = 0; next < m_order.size(); ++next) {
        for (BlockId target : m_targets.value(m_order.at(next))) {
            const auto waiting = m_waiting.find(target);
            if (waiting == m_waiting.end() || --waiting.value() > 0)
                continue;
            m_waiting.erase(waiting);
            m_order.append(target);
        }
    }
}

BlockId GraphIndex::blockOnCycle() const
{
    if (m_waiting.isEmpty())
        return {};
    // A block that waits has a source that waits: going up from any ends on a cycle.
    QSet<BlockId> seen;
    BlockId block = std::ranges::min(m_waiting.keys());
    while (!seen.contains(block)) {
        seen.insert(block);
        const QList<BlockId> above = sources(block);
        block = *std::ranges::find_if(above, [&](BlockId id) { return m_waiting.contains(id); });
    }
    return block;
}

} // namespace espalier
