#include "core/graph/graph_diff.h"

#include <QMap>
#include <algorithm>
#include <iterator>
#include <optional>

namespace espalier {

namespace {

struct BlockChange {
    std::optional<Block> before;
    std::optional<Block> after;
};

QMap<BlockId, BlockChange> changesOf(const GraphDiff& diff)
{
    QMap<BlockId, BlockChange> changes;
    for (const Block& block : diff.before)
        changes[block.id].before = block;
    for (const Block& block : diff.after)
        changes[block.id].after = block;
    return changes;
}

QList<Connection> without(const QList<Connection>& all, const QList<Connection>& others)
{
    QList<Connection> rest;
    std::ranges::set_difference(all, others, std::back_inserter(rest));
    return rest;
}

QList<Connection> united(const QList<Connection>& left, const QList<Connection>& right)
{
    QList<Connection> all;
    std::ranges::set_union(left, right, std::back_inserter(all));
    return all;
}

} // namespace

bool GraphDiff::isEmpty() const
{
    return before.isEmpty() && after.isEmpty() && disconnected.isEmpty() && connected.isEmpty();
}

GraphDiff GraphDiff::inverted() const
{
    return {after, before, connected, disconnected};
}

GraphDiff GraphDiff::followedBy(const GraphDiff& next) const
{
    QMap<BlockId, BlockChange> changes = changesOf(*this);
    const QMap<BlockId, BlockChange> later = changesOf(next);
    for (auto change = later.begin(); change != later.end(); ++change) {
        const auto known = changes.find(change.key());
        if (known == changes.end())
            changes.insert(change.key(), change.value());
        else
            known->after = change->after;
    }
    GraphDiff both;
    for (const BlockChange& change : std::as_const(changes)) {
        if (change.before == change.after)
            continue;
        if (change.before)
            both.before.append(*change.before);
        if (change.after)
            both.after.append(*change.after);
    }
    both.connected =
        united(without(connected, next.disconnected), without(next.connected, disconnected));
    both.disconnected =
        united(without(disconnected, next.connected), without(next.disconnected, connected));
    return both;
}

GraphDiff differenceOf(const ModelGraph& before, const ModelGraph& after)
{
    GraphDiff diff;
    for (const Block& block : before.blocks())
        if (const Block* now = after.block(block.id); !now || *now != block)
            diff.before.append(block);
    for (const Block& block : after.blocks())
        if (const Block* then = before.block(block.id); !then || *then != block)
            diff.after.append(block);
    diff.disconnected = without(before.connections(), after.connections());
    diff.connected = without(after.connections(), before.connections());
    return diff;
}

} // namespace espalier
