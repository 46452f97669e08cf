#include "core/graph/model_graph.h"

#include "core/graph/block_catalogue.h"
#include "core/graph/graph_diff.h"
#include "core/graph/graph_index.h"

#include <QSet>
#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

bool takesAnyNumber(const BlockType* type)
{
    return type && type->maximumInputs < 0;
}

} // namespace

QList<Block>::iterator ModelGraph::position(BlockId id)
{
    return std::ranges::lower_bound(m_blocks, id, {}, &Block::id);
}

Block* ModelGraph::mutableBlock(BlockId id)
{
    const auto found = position(id);
    return found != m_blocks.end() && found->id == id ? &*found : nullptr;
}

const Block* ModelGraph::block(BlockId id) const
{
    const auto found = std::ranges::lower_bound(m_blocks, id, {}, &Block::id);
    return found != m_blocks.end() && found->id == id ? &*found : nullptr;
}

const Block* ModelGraph::blockByName(const QString& name) const
{
    const auto found = std::ranges::find_if(m_blocks, [&](const Block& block) {
        return block.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found != m_blocks.end() ? &*found : nullptr;
}

QList<BlockId> ModelGraph::inputsOf(BlockId id) const
{
    QList<Connection> found;
    std::ranges::copy_if(m_connections, std::back_inserter(found),
                         [id](const Connection& connection) { return connection.to == id; });
    std::ranges::sort(found, {}, &Connection::port);
    QList<BlockId> sources;
    std::ranges::transform(found, std::back_inserter(sources), &Connection::from);
    return sources;
}

QList<BlockId> ModelGraph::outputsOf(BlockId id) const
{
    QList<BlockId> targets;
    for (const Connection& connection : m_connections)
        if (connection.from == id && !targets.contains(connection.to))
            targets.append(connection.to);
    return targets;
}

BlockId ModelGraph::addBlock(const QString& type, QPointF position,
                             const ParameterValues& parameters)
{
    const BlockType* description = blockType(type);
    if (!description)
        return {};
    const BlockId id(m_nextId);
    insertBlock({id, type, freeName(description->name), {}, {}});
    setPosition(id, position);
    for (auto value = parameters.begin(); value != parameters.end(); ++value)
        setParameter(id, value.key(), value.value());
    return id;
}

void ModelGraph::insertBlock(const Block& block)
{
    if (!block.id.isValid() || this->block(block.id))
        return;
    m_blocks.insert(position(block.id), block);
    m_nextId = std::max(m_nextId, block.id.value() + 1);
}

void ModelGraph::removeBlock(BlockId id, bool rewire)
{
    const auto found = position(id);
    if (found == m_blocks.end() || found->id != id)
        return;
    const QList<BlockId> sources = inputsOf(id);
    if (rewire && sources.size() == 1) {
        for (Connection& connection : m_connections)
            if (connection.from == id && connection.to != sources.first())
                connection.from = sources.first();
        std::ranges::sort(m_connections);
    }
    m_connections.removeIf([id](const Connection& connection) { return connection.to == id; });
    // Ports of a target close up as its connections go, so each is looked up anew.
    const auto leaves = [id](const Connection& connection) { return connection.from == id; };
    for (auto next = std::ranges::find_if(m_connections, leaves); next != m_connections.end();
         next = std::ranges::find_if(m_connections, leaves))
        disconnect(Connection(*next));
    m_blocks.erase(position(id));
    leaveGroup(id);
}

bool ModelGraph::connect(const Connection& connection)
{
    const Block* from = block(connection.from);
    const Block* to = block(connection.to);
    if (!from || !to || from == to || connection.port < 0 || m_connections.contains(connection))
        return false;
    const BlockType* source = blockType(from->type);
    const BlockType* target = blockType(to->type);
    if (!source || !source->hasOutput || !target)
        return false;
    if (takesAnyNumber(target)) {
        const int port = std::min(connection.port, int(inputsOf(connection.to).size()));
        shiftPorts(connection.to, port, 1);
        addConnection({connection.from, connection.to, port});
        return true;
    }
    if (connection.port >= target->maximumInputs)
        return false;
    m_connections.removeIf([&](const Connection& other) {
        return other.to == connection.to && other.port == connection.port;
    });
    addConnection(connection);
    return true;
}

bool ModelGraph::disconnect(const Connection& connection)
{
    if (!m_connections.removeOne(connection))
        return false;
    const Block* to = block(connection.to);
    if (to && takesAnyNumber(blockType(to->type)))
        shiftPorts(connection.to, connection.port + 1, -1);
    return true;
}

void ModelGraph::addConnection(const Connection& connection)
{
    m_connections.insert(std::ranges::lower_bound(m_connections, connection), connection);
}

void ModelGraph::shiftPorts(BlockId to, int firstPort, int by)
{
    for (Connection& connection : m_connections)
        if (connection.to == to && connection.port >= firstPort)
            connection.port += by;
    std::ranges::sort(m_connections);
}

bool ModelGraph::setParameter(BlockId id, const QString& key, const QVariant& value)
{
    Block* block = mutableBlock(id);
    const BlockType* type = block ? blockType(block->type) : nullptr;
    const ParameterSpec* spec = type ? type->parameter(key) : nullptr;
    if (!spec)
        return false;
    if (!value.isValid()) {
        block->parameters.remove(key);
        return true;
    }
    const Result<QVariant> normalized = spec->normalized(value);
    if (!normalized)
        return false;
    if (*normalized == spec->defaultValue && !spec->follows)
        block->parameters.remove(key);
    else
        block->parameters.insert(key, *normalized);
    return true;
}

bool ModelGraph::setName(BlockId id, const QString& name)
{
    Block* block = mutableBlock(id);
    const QString simplified = name.simplified();
    const Block* holder = blockByName(simplified);
    if (!block || simplified.isEmpty() || (holder && holder != block))
        return false;
    block->name = simplified;
    return true;
}

void ModelGraph::setPosition(BlockId id, QPointF position)
{
    Block* block = mutableBlock(id);
    if (!block || !std::isfinite(position.x()) || !std::isfinite(position.y()))
        return;
    block->position = {qBound(-MaximumPosition, position.x(), MaximumPosition),
                       qBound(-MaximumPosition, position.y(), MaximumPosition)};
}

void ModelGraph::apply(const GraphDiff& diff)
{
    for (const Connection& connection : diff.disconnected)
        m_connections.removeOne(connection);
    for (const Block& block : diff.before)
        if (const auto found = position(block.id); found != m_blocks.end() && found->id == block.id)
            m_blocks.erase(found);
    for (const Block& block : diff.after)
        insertBlock(block);
    for (const Connection& connection : diff.connected)
        addConnection(connection);
    for (const GraphGroup& group : diff.groupsBefore)
        removeGroup(group.id);
    for (const GraphGroup& group : diff.groupsAfter)
        insertGroup(group);
}

QString ModelGraph::freeName(const QString& base) const
{
    QSet<QString> taken;
    for (const Block& block : m_blocks)
        taken.insert(block.name.toCaseFolded());
    QString name = base;
    for (int number = 2; taken.contains(name.toCaseFolded()); ++number)
        name = base + QChar(u' ') + QString::number(number);
    return name;
}

std::optional<QList<BlockId>> ModelGraph::topologicalOrder() const
{
    const GraphIndex index(*this);
    if (index.order().size() != m_blocks.size())
        return std::nullopt;
    return index.order();
}

bool ModelGraph::isSameNetwork(const ModelGraph& other) const
{
    const auto same = [](const Block& left, const Block& right) {
        return left.id == right.id && left.type == right.type && left.name == right.name &&
               left.parameters == right.parameters;
    };
    return m_connections == other.m_connections &&
           std::ranges::equal(m_blocks, other.m_blocks, same);
}

bool ModelGraph::operator==(const ModelGraph& other) const
{
    return m_blocks == other.m_blocks && m_connections == other.m_connections &&
           m_groups == other.m_groups;
}

} // namespace espalier
