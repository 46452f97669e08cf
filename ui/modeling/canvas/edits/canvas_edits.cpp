#include "ui/modeling/canvas/edits/canvas_edits.h"

#include "core/graph/block_catalogue.h"
#include "core/graph/graph_index.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/group_edits.h"

#include <QJsonDocument>
#include <QSet>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr auto GraphMimeType = "application/x-espalier-graph"_L1;

const BlockType* typeOf(const ModelGraph& graph, BlockId id)
{
    const Block* block = graph.block(id);
    return block ? blockType(block->type) : nullptr;
}

bool hasInput(const BlockType* type)
{
    return type && type->maximumInputs != 0;
}

bool hasOutput(const BlockType* type)
{
    return type && type->hasOutput;
}

/// Along the connections, or against them.
QSet<BlockId> reachableFrom(const ModelGraph& graph, BlockId start, bool downwards = true)
{
    const GraphIndex index(graph);
    QSet<BlockId> seen;
    QList<BlockId> open{start};
    while (!open.isEmpty()) {
        const BlockId next = open.takeLast();
        for (BlockId neighbour : downwards ? index.targets(next) : index.sources(next))
            if (!seen.contains(neighbour)) {
                seen.insert(neighbour);
                open.append(neighbour);
            }
    }
    return seen;
}

bool isCovered(const ModelGraph& graph, const QRectF& place)
{
    return std::ranges::any_of(graph.blocks(), [&](const Block& block) {
        return shownRect(graph, block.id).intersects(place);
    });
}

/// At least a row below `source`, and in its column where it nearly is.
void standBelow(ModelGraph& graph, BlockId block, BlockId source)
{
    const QPointF above = shownRect(graph, source).topLeft();
    QPointF place = graph.block(block)->position;
    if (std::abs(place.x() - above.x()) < canvas::BlockWidth / 2)
        place.setX(above.x());
    place.setY(std::max(place.y(), above.y() + canvas::RowHeight));
    graph.setPosition(block, place);
}

/// Everything behind `block` goes down by as much as its nearest target needs.
void makeRoomBelow(ModelGraph& graph, BlockId block)
{
    const double needed = graph.block(block)->position.y() + canvas::RowHeight;
    double shift = 0;
    for (BlockId target : graph.outputsOf(block))
        shift = std::max(shift, needed - shownRect(graph, target).top());
    if (shift <= 0)
        return;
    for (BlockId below : withFolded(graph, reachableFrom(graph, block).values()))
        if (below != block)
            graph.setPosition(below, graph.block(below)->position + QPointF(0, shift));
}

/// Those that are seen: not within a folded group.
QList<Connection> connectionsFrom(const ModelGraph& graph, BlockId id)
{
    const GraphGroup* group = foldedGroupOf(graph, id);
    QList<Connection> found;
    std::ranges::copy_if(
        graph.connections(), std::back_inserter(found), [&](const Connection& connection) {
            return connection.from == id && (!group || graph.groupOf(connection.to) != group);
        });
    return found;
}

std::optional<Connection> firstConnectionTo(const ModelGraph& graph, BlockId id)
{
    const auto found = std::ranges::find(graph.connections(), id, &Connection::to);
    return found != graph.connections().end() ? std::optional(*found) : std::nullopt;
}

} // namespace

bool canConnect(const ModelGraph& graph, BlockId from, BlockId to)
{
    return from != to && hasOutput(typeOf(graph, from)) && hasInput(typeOf(graph, to)) &&
           !reachableFrom(graph, to).contains(from);
}

QSet<BlockId> partnersOf(const ModelGraph& graph, BlockId block, bool ofOutput)
{
    QSet<BlockId> partners;
    const BlockType* own = typeOf(graph, block);
    if (ofOutput ? !hasOutput(own) : !hasInput(own))
        return partners;
    const QSet<BlockId> beyond = reachableFrom(graph, block, !ofOutput);
    for (const Block& other : graph.blocks()) {
        const BlockType* type = blockType(other.type);
        const bool fits = ofOutput ? hasInput(type) : hasOutput(type);
        if (fits && other.id != block && !beyond.contains(other.id))
            partners.insert(other.id);
    }
    return partners;
}

int portFor(const ModelGraph& graph, BlockId to)
{
    QSet<int> taken;
    for (const Connection& connection : graph.connections())
        if (connection.to == to)
            taken.insert(connection.port);
    int port = 0;
    while (taken.contains(port))
        ++port;
    const BlockType* type = typeOf(graph, to);
    return type && type->maximumInputs > 0 ? std::min(port, type->maximumInputs - 1) : port;
}

QPointF freePlace(const ModelGraph& graph, QPointF wish)
{
    const auto covered = [&](QPointF place) {
        return isCovered(graph, blockRect(place).adjusted(-2, -2, 2, 2));
    };
    for (int distance = 0;; ++distance)
        for (int columns = 0; columns <= distance; ++columns) {
            const QPointF place = wish + QPointF(columns * canvas::ColumnWidth,
                                                 (distance - columns) * canvas::RowHeight);
            if (!covered(place))
                return place;
        }
}

BlockId addBlockAfter(ModelGraph& graph, const QString& type, BlockId after, QPointF wish)
{
    if (const GraphGroup* group = foldedGroupOf(graph, after))
        after = exitOf(graph, *group);
    const BlockType* added = blockType(type);
    const BlockType* before = typeOf(graph, after);
    if (!added)
        return {};
    if (!before || !hasInput(added))
        return graph.addBlock(type, freePlace(graph, wish));

    const QPointF place = shownRect(graph, after).topLeft();
    const QPointF below = place + QPointF(0, canvas::RowHeight);
    if (!before->hasOutput) {
        const std::optional<Connection> above = firstConnectionTo(graph, after);
        if (!above || !added->hasOutput)
            return graph.addBlock(type, freePlace(graph, below));
        const BlockId id = graph.addBlock(type, place);
        insertIntoConnection(graph, id, *above);
        return id;
    }
    const QList<Connection> leaving = connectionsFrom(graph, after);
    if (leaving.size() == 1 && added->hasOutput) {
        const BlockId id = graph.addBlock(type, below);
        insertIntoConnection(graph, id, leaving.first());
        return id;
    }
    const BlockId id = graph.addBlock(type, freePlace(graph, below));
    graph.connect({after, id, 0});
    return id;
}

bool insertIntoConnection(ModelGraph& graph, BlockId block, const Connection& connection)
{
    const BlockType* type = typeOf(graph, block);
    if (!hasInput(type) || !hasOutput(type) || block == connection.from || block == connection.to ||
        !graph.connections().contains(connection))
        return false;
    const int port = portFor(graph, block);
    ModelGraph changed = graph;
    changed.disconnect(connection);
    if (!canConnect(changed, connection.from, block) || !canConnect(changed, block, connection.to))
        return false;
    changed.connect({connection.from, block, port});
    changed.connect({block, connection.to, connection.port});
    if (const GraphGroup* group = changed.groupOf(connection.from);
        group && group == changed.groupOf(connection.to))
        changed.addToGroup(group->id, block);
    standBelow(changed, block, connection.from);
    makeRoomBelow(changed, block);
    graph = changed;
    return true;
}

void removeParts(ModelGraph& graph, const QList<BlockId>& blocks,
                 const QList<Connection>& connections)
{
    // The last port first: the ports behind a removed one move up.
    QList<Connection> byPort = connections;
    std::ranges::sort(byPort, std::ranges::greater(), &Connection::port);
    for (const Connection& connection : std::as_const(byPort))
        graph.disconnect(connection);
    for (BlockId id : blocks)
        graph.removeBlock(id, true);
}

ModelGraph partOf(const ModelGraph& graph, const QList<BlockId>& blocks)
{
    ModelGraph part;
    for (BlockId id : blocks)
        if (const Block* block = graph.block(id))
            part.insertBlock(*block);
    QList<Connection> byPort = graph.connections();
    std::ranges::stable_sort(byPort, {}, &Connection::port);
    for (const Connection& connection : std::as_const(byPort))
        part.connect(connection);
    for (const GraphGroup& group : graph.groups())
        if (std::ranges::all_of(group.blocks, [&](BlockId id) { return part.block(id); }))
            part.addGroup(group.blocks, group.name, group.folded);
    return part;
}

QRectF boundsOf(const ModelGraph& graph)
{
    QRectF bounds;
    for (const Block& block : graph.blocks())
        bounds |= shownRect(graph, block.id);
    return bounds;
}

QPointF freeOffset(const ModelGraph& graph, const ModelGraph& part, QPointF wish)
{
    const auto covers = [&](QPointF offset) {
        return std::ranges::any_of(part.blocks(), [&](const Block& block) {
            return isCovered(graph,
                             shownRect(part, block.id).translated(offset).adjusted(-2, -2, 2, 2));
        });
    };
    while (covers(wish))
        wish += QPointF(canvas::ColumnWidth, 0);
    return wish;
}

std::unique_ptr<QMimeData> toMimeData(const ModelGraph& part)
{
    const QByteArray json = QJsonDocument(part.toJson()).toJson();
    auto data = std::make_unique<QMimeData>();
    data->setData(GraphMimeType, json);
    data->setText(QString::fromUtf8(json));
    return data;
}

std::optional<ModelGraph> fromMimeData(const QMimeData* data)
{
    if (!data)
        return std::nullopt;
    const QByteArray json =
        data->hasFormat(GraphMimeType) ? data->data(GraphMimeType) : data->text().toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return std::nullopt;
    const Result<ModelGraph> graph = ModelGraph::fromJson(document.object());
    return graph && !graph->isEmpty() ? std::optional(*graph) : std::nullopt;
}

} // namespace espalier
