#pragma once

#include "core/graph/model_graph.h"

#include <QHash>
#include <QList>

namespace espalier {

/// The neighbours of every block, found once: what works on a whole graph stays linear in it.
class GraphIndex final {
public:
    explicit GraphIndex(const ModelGraph& graph);

    [[nodiscard]] QList<BlockId> sources(BlockId id) const
    {
        return m_sources.value(id);
    } ///< by port
    [[nodiscard]] QList<BlockId> targets(BlockId id) const { return m_targets.value(id); }

    /// Blocks so that each stands behind its sources; those on a cycle or behind one are left out.
    [[nodiscard]] const QList<BlockId>& order() const { return m_order; }
    /// A block on a cycle; invalid when there is none.
    [[nodiscard]] BlockId blockOnCycle() const;

private:
    void sort(const QList<Block>& blocks);

    QHash<BlockId, QList<BlockId>> m_sources;
    QHash<BlockId, QList<BlockId>> m_targets;
    QHash<BlockId, qsizetype> m_waiting; ///< sources not in the order, of blocks that are not
    QList<BlockId> m_order;
};

} // namespace espalier
