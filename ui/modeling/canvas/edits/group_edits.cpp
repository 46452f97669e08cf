#include "ui/modeling/canvas/edits/group_edits.h"

#include "core/graph/graph_diff.h"
#include "core/graph/graph_index.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/graph_layout.h"

#include <QSet>
#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

constexpr double RowGap = canvas::RowHeight - canvas::BlockHeight;

bool isIn(const GraphGroup& group, BlockId block)
{
    return std::ranges::binary_search(group.blocks, block);
}

/// Blocks that data from the group reaches and that are seen below `line`, folded groups whole.
QSet<BlockId> followersOf(const ModelGraph& graph, const GraphGroup& group, double line)
{
    const GraphIndex index(graph);
    QSet<BlockId> seen;
    QList<BlockId> open = group.blocks;
    while (!open.isEmpty())
        for (BlockId target : index.targets(open.takeLast()))
            if (!seen.contains(target)) {
                seen.insert(target);
                open.append(target);
            }
    const QList<BlockId> whole = withFolded(graph, seen.values());
    QSet<BlockId> below;
    for (BlockId id : whole)
        if (!isIn(group, id) && shownRect(graph, id).top() >= line)
            below.insert(id);
    return below;
}

void shift(ModelGraph& graph, const QSet<BlockId>& blocks, double by)
{
    for (BlockId id : blocks)
        graph.setPosition(id, graph.block(id)->position + QPointF(0, by));
}

bool isBeside(const QRectF& left, const QRectF& right)
{
    return left.right() <= right.left() || right.right() <= left.left();
}

/// Whether the followers can come nearer by `spare` and still stand below what they stand below.
bool hasRoom(const ModelGraph& graph, const GraphGroup& group, const QSet<BlockId>& followers,
             double spare)
{
    for (const Block& other : graph.blocks()) {
        if (followers.contains(other.id) || isIn(group, other.id))
            continue;
        const QRectF still = shownRect(graph, other.id);
        const QList<BlockId> targets = graph.outputsOf(other.id);
        for (BlockId id : followers) {
            const QRectF moved = shownRect(graph, id);
            const bool isAbove = still.top() < moved.top();
            if (isAbove && (targets.contains(id) || !isBeside(still, moved)) &&
                moved.top() - spare < still.bottom() + RowGap)
                return false;
        }
    }
    return true;
}

double nearestOf(const ModelGraph& graph, const QSet<BlockId>& blocks, double none)
{
    double nearest = none;
    for (BlockId id : blocks)
        nearest = std::min(nearest, shownRect(graph, id).top());
    return nearest;
}

/// Connections of the folded graph: their ends are the first blocks of folded groups.
QList<Connection> shownConnections(const ModelGraph& graph)
{
    const auto shownEnd = [&](BlockId id) {
        const GraphGroup* group = foldedGroupOf(graph, id);
        return group ? group->blocks.first() : id;
    };
    QHash<BlockId, int> ports;
    QSet<std::pair<BlockId, BlockId>> pairs;
    QList<Connection> shown;
    for (const Connection& connection : graph.connections()) {
        const BlockId from = shownEnd(connection.from);
        const BlockId to = shownEnd(connection.to);
        if (from == to || pairs.contains({from, to}))
            continue;
        pairs.insert({from, to});
        shown.append({from, to, ports[to]++});
    }
    std::ranges::sort(shown);
    return shown;
}

} // namespace

const GraphGroup* foldedGroupOf(const ModelGraph& graph, BlockId block)
{
    const GraphGroup* group = graph.groupOf(block);
    return group && group->folded ? group : nullptr;
}

QRectF boundsOf(const ModelGraph& graph, const GraphGroup& group)
{
    QRectF bounds;
    for (BlockId id : group.blocks)
        bounds |= blockRect(graph.block(id)->position);
    return bounds;
}

QPointF foldedPlaceOf(const ModelGraph& graph, const GraphGroup& group)
{
    const QRectF bounds = boundsOf(graph, group);
    return {std::round(bounds.center().x() - canvas::BlockWidth / 2), bounds.top()};
}

QRectF shownRect(const ModelGraph& graph, BlockId block)
{
    const GraphGroup* group = foldedGroupOf(graph, block);
    return blockRect(group ? foldedPlaceOf(graph, *group) : graph.block(block)->position);
}

QList<BlockId> withFolded(const ModelGraph& graph, const QList<BlockId>& blocks)
{
    QList<BlockId> all = blocks;
    for (BlockId id : blocks)
        if (const GraphGroup* group = foldedGroupOf(graph, id))
            all += group->blocks;
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

BlockId exitOf(const ModelGraph& graph, const GraphGroup& group)
{
    BlockId last = group.blocks.last();
    for (BlockId id : group.blocks) {
        const QList<BlockId> targets = graph.outputsOf(id);
        if (std::ranges::any_of(targets, [&](BlockId target) { return !isIn(group, target); }))
            return id;
        if (targets.isEmpty())
            last = id;
    }
    return last;
}

const GraphGroup* groupOfAll(const ModelGraph& graph, const QList<BlockId>& blocks)
{
    const GraphGroup* group = blocks.isEmpty() ? nullptr : graph.groupOf(blocks.first());
    return group && group->blocks == blocks ? group : nullptr;
}

void foldGroup(ModelGraph& graph, GroupId id, bool folded)
{
    const GraphGroup* group = graph.group(id);
    if (!group || group->folded == folded)
        return;
    const QRectF bounds = boundsOf(graph, *group);
    const double spare = bounds.height() - canvas::BlockHeight;
    const double line = folded ? bounds.bottom() : bounds.top() + canvas::BlockHeight;
    const QSet<BlockId> followers = followersOf(graph, *group, line);
    const double nearest = nearestOf(graph, followers, line + spare + RowGap);
    // Both ways are each other's inverse: room is made only where it was closed.
    const bool wasNear = nearest - line < spare + RowGap;
    if (wasNear && (!folded || hasRoom(graph, *group, followers, spare)))
        shift(graph, followers, folded ? -spare : spare);
    graph.setFolded(id, folded);
}

GroupId groupBlocks(ModelGraph& graph, const QList<BlockId>& blocks)
{
    for (BlockId id : blocks)
        if (const GraphGroup* group = foldedGroupOf(graph, id))
            foldGroup(graph, group->id, false);
    return graph.addGroup(blocks);
}

void ungroupBlocks(ModelGraph& graph, const QList<BlockId>& blocks)
{
    for (BlockId id : blocks)
        if (const GraphGroup* group = graph.groupOf(id)) {
            const GroupId known = group->id;
            foldGroup(graph, known, false);
            graph.removeGroup(known);
        }
}

ModelGraph foldedGraph(const ModelGraph& graph)
{
    GraphDiff diff;
    for (const GraphGroup& group : graph.groups()) {
        if (!group.folded)
            continue;
        for (BlockId id : group.blocks)
            diff.before.append(*graph.block(id));
        Block whole = *graph.block(group.blocks.first());
        whole.position = foldedPlaceOf(graph, group);
        diff.after.append(whole);
    }
    if (diff.before.isEmpty())
        return graph;
    diff.disconnected = graph.connections();
    diff.connected = shownConnections(graph);
    ModelGraph folded = graph;
    folded.apply(diff);
    return folded;
}

void tidy(ModelGraph& graph, const QList<BlockId>& blocks)
{
    const ModelGraph seen = foldedGraph(graph);
    QList<BlockId> some;
    std::ranges::copy_if(blocks, std::back_inserter(some),
                         [&](BlockId id) { return seen.block(id) != nullptr; });
    const QHash<BlockId, QPointF> places = tidyPositions(seen, some);
    for (auto place = places.begin(); place != places.end(); ++place) {
        const QPointF moved = place.value() - seen.block(place.key())->position;
        for (BlockId id : withFolded(graph, {place.key()}))
            graph.setPosition(id, graph.block(id)->position + moved);
    }
}

} // namespace espalier
