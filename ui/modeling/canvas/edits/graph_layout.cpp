#include "ui/modeling/canvas/edits/graph_layout.h"

#include "core/graph/graph_index.h"
#include "ui/modeling/canvas/canvas_geometry.h"

#include <QSet>
#include <algorithm>
#include <limits>

namespace espalier {

namespace {

/// A chain of blocks, one behind the other, that stands in one column.
struct Chain {
    QList<BlockId> blocks;
    int firstRow = 0;
    int lastRow = 0;
};

class TidyLayout final {
public:
    TidyLayout(const ModelGraph& graph, const QList<BlockId>& ids);
    [[nodiscard]] QHash<BlockId, QPointF> positions() const;

private:
    void findNeighbours(const ModelGraph& graph);
    void computeRows();
    void computeChains();
    void placeChains();
    [[nodiscard]] BlockId mainSource(BlockId id) const;
    [[nodiscard]] BlockId mainTarget(BlockId id) const;
    [[nodiscard]] QSet<BlockId> componentOf(BlockId id) const;
    [[nodiscard]] int wishedColumn(const Chain& chain) const;
    [[nodiscard]] bool isFree(int column, const Chain& chain) const;
    void place(const Chain& chain, int column);

    const ModelGraph& m_graph;
    QList<BlockId> m_order; ///< each behind its sources, a cycle in the order of its ids
    QHash<BlockId, QList<BlockId>> m_sources;
    QHash<BlockId, QList<BlockId>> m_targets;
    QHash<BlockId, int> m_row;
    QHash<BlockId, int> m_rowsBelow;
    QList<Chain> m_chains; ///< the longest first
    QHash<BlockId, int> m_column;
    QHash<int, QSet<int>> m_taken; ///< rows by column
    int m_firstColumn = 0;
};

TidyLayout::TidyLayout(const ModelGraph& graph, const QList<BlockId>& ids)
    : m_graph(graph)
{
    const GraphIndex index(graph);
    const QSet<BlockId> wanted(ids.begin(), ids.end());
    QList<BlockId> all = index.order();
    const QSet<BlockId> ordered(all.begin(), all.end());
    for (const Block& block : graph.blocks())
        if (!ordered.contains(block.id))
            all.append(block.id);
    std::ranges::copy_if(all, std::back_inserter(m_order),
                         [&](BlockId id) { return wanted.isEmpty() || wanted.contains(id); });
    findNeighbours(graph);
    computeRows();
    computeChains();
    placeChains();
}

void TidyLayout::findNeighbours(const ModelGraph& graph)
{
    QHash<BlockId, qsizetype> place;
    for (qsizetype i = 0; i < m_order.size(); ++i)
        place.insert(m_order.at(i), i);
    for (const Connection& connection : graph.connections()) {
        const auto from = place.constFind(connection.from);
        const auto to = place.constFind(connection.to);
        const bool forwards = from != place.constEnd() && to != place.constEnd() && *from < *to;
        if (!forwards || m_targets[connection.from].contains(connection.to))
            continue;
        m_sources[connection.to].append(connection.from);
        m_targets[connection.from].append(connection.to);
    }
}

void TidyLayout::computeRows()
{
    for (BlockId id : std::as_const(m_order)) {
        int row = 0;
        for (BlockId source : m_sources.value(id))
            row = std::max(row, m_row.value(source) + 1);
        m_row.insert(id, row);
    }
    for (auto id = m_order.crbegin(); id != m_order.crend(); ++id) {
        int below = 0;
        int nearest = std::numeric_limits<int>::max();
        for (BlockId target : m_targets.value(*id)) {
            below = std::max(below, m_rowsBelow.value(target) + 1);
            nearest = std::min(nearest, m_row.value(target));
        }
        m_rowsBelow.insert(*id, below);
        // A second Input stands right above what reads it.
        if (m_sources.value(*id).isEmpty() && !m_targets.value(*id).isEmpty())
            m_row.insert(*id, nearest - 1);
    }
}

BlockId TidyLayout::mainSource(BlockId id) const
{
    const QList<BlockId> sources = m_sources.value(id);
    const auto found =
        std::ranges::max_element(sources, {}, [&](BlockId source) { return m_row.value(source); });
    return found == sources.end() ? BlockId() : *found;
}

BlockId TidyLayout::mainTarget(BlockId id) const
{
    const QList<BlockId> targets = m_targets.value(id);
    const auto found = std::ranges::max_element(
        targets, {}, [&](BlockId target) { return m_rowsBelow.value(target); });
    return found == targets.end() ? BlockId() : *found;
}

void TidyLayout::computeChains()
{
    QSet<BlockId> done;
    for (BlockId head : std::as_const(m_order)) {
        if (done.contains(head))
            continue;
        Chain chain;
        for (BlockId id = head; id.isValid() && !done.contains(id);) {
            done.insert(id);
            chain.blocks.append(id);
            const BlockId next = mainTarget(id);
            id = next.isValid() && mainSource(next) == id ? next : BlockId();
        }
        chain.firstRow = m_row.value(chain.blocks.first());
        chain.lastRow = m_row.value(chain.blocks.last());
        m_chains.append(chain);
    }
    std::ranges::stable_sort(m_chains, std::ranges::greater(),
                             [](const Chain& chain) { return chain.blocks.size(); });
}

QSet<BlockId> TidyLayout::componentOf(BlockId id) const
{
    QSet<BlockId> seen{id};
    QList<BlockId> open{id};
    while (!open.isEmpty()) {
        const BlockId next = open.takeLast();
        for (BlockId neighbour : m_sources.value(next) + m_targets.value(next))
            if (!seen.contains(neighbour)) {
                seen.insert(neighbour);
                open.append(neighbour);
            }
    }
    return seen;
}

void TidyLayout::placeChains()
{
    QList<Chain> waiting = m_chains;
    while (!waiting.isEmpty()) {
        const QSet<BlockId> component = componentOf(waiting.first().blocks.first());
        int lastColumn = m_firstColumn;
        QList<Chain> others;
        for (const Chain& chain : std::as_const(waiting)) {
            if (!component.contains(chain.blocks.first())) {
                others.append(chain);
                continue;
            }
            const int wish = std::max(m_firstColumn, wishedColumn(chain));
            int column = wish;
            for (int step = 1; !isFree(column, chain); ++step)
                column = wish + step;
            place(chain, column);
            lastColumn = std::max(lastColumn, column);
        }
        waiting = others;
        m_firstColumn = lastColumn + 1;
    }
}

int TidyLayout::wishedColumn(const Chain& chain) const
{
    const QList<BlockId> neighbours =
        m_sources.value(chain.blocks.first()) + m_targets.value(chain.blocks.last());
    int column = -1;
    for (BlockId neighbour : neighbours)
        if (const auto known = m_column.constFind(neighbour); known != m_column.constEnd())
            column = std::max(column, *known);
    return column;
}

bool TidyLayout::isFree(int column, const Chain& chain) const
{
    const QSet<int> taken = m_taken.value(column);
    for (int row = chain.firstRow; row <= chain.lastRow; ++row)
        if (taken.contains(row))
            return false;
    return true;
}

void TidyLayout::place(const Chain& chain, int column)
{
    for (int row = chain.firstRow; row <= chain.lastRow; ++row)
        m_taken[column].insert(row);
    for (BlockId id : chain.blocks)
        m_column.insert(id, column);
}

QHash<BlockId, QPointF> TidyLayout::positions() const
{
    QHash<BlockId, QPointF> places;
    if (m_chains.isEmpty())
        return places;
    const BlockId head = m_chains.first().blocks.first();
    const QPointF anchor = snappedToGrid(m_graph.block(head)->position);
    for (BlockId id : m_order)
        places.insert(
            id, anchor + QPointF((m_column.value(id) - m_column.value(head)) * canvas::ColumnWidth,
                                 (m_row.value(id) - m_row.value(head)) * canvas::RowHeight));
    return places;
}

} // namespace

QHash<BlockId, QPointF> tidyPositions(const ModelGraph& graph, const QList<BlockId>& ids)
{
    return TidyLayout(graph, ids).positions();
}

} // namespace espalier
