#include "core/graph/block_catalogue.h"
#include "core/graph/model_graph.h"

#include <QJsonArray>
#include <QSet>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Above it a JSON number is no longer exact.
constexpr qint64 MaximumId = qint64(1) << 53;

tl::unexpected<Error> invalid(const QString& sentence)
{
    return failure(ErrorCode::InvalidInput, u"The graph cannot be read: "_s + sentence);
}

QString quoted(const QString& text)
{
    constexpr qsizetype longest = 80;
    return u"'"_s + (text.size() > longest ? text.left(longest) + u"…"_s : text) + u"'"_s;
}

Result<BlockId> readId(const QJsonValue& value, const QString& owner)
{
    const qint64 id = value.toInteger();
    if (id <= 0 || id >= MaximumId)
        return invalid(owner + u" has no id that is a positive whole number."_s);
    return BlockId(id);
}

Result<QPointF> readPosition(const QJsonValue& value, const QString& owner)
{
    if (value.isUndefined())
        return QPointF();
    const QJsonArray pair = value.toArray();
    const auto usable = [](const QJsonValue& number) {
        return number.isDouble() && std::abs(number.toDouble()) <= ModelGraph::MaximumPosition;
    };
    if (pair.size() != 2 || !usable(pair.at(0)) || !usable(pair.at(1)))
        return invalid(u"the position of %1 is not a pair of numbers within ±%2."_s.arg(
            owner, QString::number(qint64(ModelGraph::MaximumPosition))));
    return QPointF(pair.at(0).toDouble(), pair.at(1).toDouble());
}

Result<ParameterValues> readParameters(const QJsonValue& value, const BlockType& type,
                                       const QString& owner)
{
    if (!value.isObject() && !value.isUndefined())
        return invalid(u"the parameters of %1 are not an object."_s.arg(owner));
    const QJsonObject json = value.toObject();
    ParameterValues parameters;
    for (auto entry = json.begin(); entry != json.end(); ++entry) {
        const ParameterSpec* spec = type.parameter(entry.key());
        if (!spec)
            return invalid(u"%1 has no parameter %2."_s.arg(owner, quoted(entry.key())));
        const Result<QVariant> normalized = spec->normalized(entry.value().toVariant());
        if (!normalized)
            return invalid(owner + u": "_s + normalized.error().message);
        if (spec->follows || *normalized != spec->defaultValue)
            parameters.insert(entry.key(), *normalized);
    }
    return parameters;
}

Result<Block> readBlock(const QJsonValue& value, qsizetype number)
{
    const QJsonObject json = value.toObject();
    Block block;
    block.name = json.value("name"_L1).toString().simplified();
    if (block.name.isEmpty())
        return invalid(u"block number %1 has no name."_s.arg(number));
    const QString owner = quoted(block.name);
    const Result<BlockId> id = readId(json.value("id"_L1), owner);
    if (!id)
        return failureOf(id);
    block.id = *id;
    block.type = json.value("type"_L1).toString();
    const BlockType* type = blockType(block.type);
    if (!type)
        return invalid(u"%1 has the unknown type %2."_s.arg(owner, quoted(block.type)));
    const Result<QPointF> position = readPosition(json.value("position"_L1), owner);
    if (!position)
        return failureOf(position);
    block.position = *position;
    const Result<ParameterValues> parameters =
        readParameters(json.value("parameters"_L1), *type, owner);
    if (!parameters)
        return failureOf(parameters);
    block.parameters = *parameters;
    return block;
}

Result<Connection> readConnection(const QJsonValue& value, const QHash<BlockId, QString>& types,
                                  qsizetype number)
{
    const QJsonObject json = value.toObject();
    const QString owner = u"connection number %1"_s.arg(number);
    const Connection connection{BlockId(json.value("from"_L1).toInteger()),
                                BlockId(json.value("to"_L1).toInteger()),
                                json.value("port"_L1).toInt(-1)};
    const BlockType* from = blockType(types.value(connection.from));
    const BlockType* to = blockType(types.value(connection.to));
    if (!from || !to)
        return invalid(owner + u" joins a block that does not exist."_s);
    if (connection.from == connection.to)
        return invalid(owner + u" joins a block to itself."_s);
    if (!from->hasOutput)
        return invalid(u"%1 starts at %2, which has no output."_s.arg(owner, from->name));
    if (connection.port < 0 || (to->maximumInputs >= 0 && connection.port >= to->maximumInputs))
        return invalid(u"%1 ends at a port that %2 does not have."_s.arg(owner, to->name));
    return connection;
}

/// One connection a port, and no gap where the ports are numbered by what is connected.
Status checkPorts(const QList<Connection>& connections, const QHash<BlockId, QString>& types)
{
    QMap<BlockId, QList<int>> ports;
    for (const Connection& connection : connections)
        ports[connection.to].append(connection.port);
    for (auto entry = ports.begin(); entry != ports.end(); ++entry) {
        QList<int>& used = entry.value();
        std::ranges::sort(used);
        const BlockType* type = blockType(types.value(entry.key()));
        const QString owner =
            type->name + u" (id "_s + QString::number(entry.key().value()) + u")"_s;
        if (std::ranges::adjacent_find(used) != used.end())
            return invalid(owner + u" has two connections at one port."_s);
        if (type->maximumInputs < 0 && used.last() != used.size() - 1)
            return invalid(owner + u" has a gap between its ports."_s);
    }
    return {};
}

Result<QList<Connection>> readConnections(const QJsonArray& json,
                                          const QHash<BlockId, QString>& types)
{
    QList<Connection> connections;
    for (const auto& value : json) {
        const auto connection = readConnection(value, types, connections.size() + 1);
        if (!connection)
            return failureOf(connection);
        connections.append(*connection);
    }
    std::ranges::sort(connections);
    if (const Status status = checkPorts(connections, types); !status)
        return failureOf(status);
    return connections;
}

Result<QList<Block>> readBlocks(const QJsonArray& json)
{
    QList<Block> blocks;
    QSet<BlockId> ids;
    QSet<QString> names;
    for (const auto& value : json) {
        Result<Block> block = readBlock(value, blocks.size() + 1);
        if (!block)
            return failureOf(block);
        if (ids.contains(block->id))
            return invalid(u"two blocks have the id %1."_s.arg(block->id.value()));
        if (names.contains(block->name.toCaseFolded()))
            return invalid(u"two blocks have the name %1."_s.arg(quoted(block->name)));
        ids.insert(block->id);
        names.insert(block->name.toCaseFolded());
        blocks.append(*std::move(block));
    }
    std::ranges::sort(blocks, {}, &Block::id);
    return blocks;
}

Result<GraphGroup> readGroup(const QJsonValue& value, const QHash<BlockId, QString>& types,
                             qsizetype number)
{
    const QJsonObject json = value.toObject();
    GraphGroup group;
    group.name = json.value("name"_L1).toString().simplified();
    if (group.name.isEmpty())
        return invalid(u"group number %1 has no name."_s.arg(number));
    const QString owner = u"the group "_s + quoted(group.name);
    const qint64 id = json.value("id"_L1).toInteger();
    if (id <= 0 || id >= MaximumId)
        return invalid(owner + u" has no id that is a positive whole number."_s);
    group.id = GroupId(id);
    group.folded = json.value("folded"_L1).toBool();
    for (const auto& member : json.value("blocks"_L1).toArray()) {
        const BlockId block(member.toInteger());
        if (!types.contains(block))
            return invalid(owner + u" has a block that does not exist."_s);
        group.blocks.append(block);
    }
    std::ranges::sort(group.blocks);
    if (group.blocks.isEmpty())
        return invalid(owner + u" has no blocks."_s);
    return group;
}

/// Nothing where there are none: the format had no groups before version 2.
Result<QList<GraphGroup>> readGroups(const QJsonValue& json, const QHash<BlockId, QString>& types)
{
    if (!json.isArray() && !json.isUndefined())
        return invalid(u"'groups' is not a list."_s);
    QList<GraphGroup> groups;
    QSet<GroupId> ids;
    QSet<QString> names;
    QSet<BlockId> members;
    for (const auto& value : json.toArray()) {
        const Result<GraphGroup> group = readGroup(value, types, groups.size() + 1);
        if (!group)
            return failureOf(group);
        if (ids.contains(group->id))
            return invalid(u"two groups have the id %1."_s.arg(group->id.value()));
        if (names.contains(group->name.toCaseFolded()))
            return invalid(u"two groups have the name %1."_s.arg(quoted(group->name)));
        for (BlockId block : group->blocks) {
            if (members.contains(block))
                return invalid(u"the block with the id %1 is in two groups."_s.arg(block.value()));
            members.insert(block);
        }
        ids.insert(group->id);
        names.insert(group->name.toCaseFolded());
        groups.append(*group);
    }
    std::ranges::sort(groups, {}, &GraphGroup::id);
    return groups;
}

Status checkVersion(const QJsonObject& json)
{
    const qint64 version = json.value("version"_L1).toInteger();
    if (version > ModelGraph::FormatVersion)
        return invalid(u"its format version %1 is newer than this program, which reads up to %2; "
                       "use a newer version of Espalier."_s.arg(version)
                           .arg(ModelGraph::FormatVersion));
    if (version < 1)
        return invalid(u"it has no format version, so it is no graph of Espalier."_s);
    for (const QString& member : {u"blocks"_s, u"connections"_s})
        if (!json.value(member).isArray())
            return invalid(u"'%1' is not a list."_s.arg(member));
    return {};
}

QJsonObject toJson(const GraphGroup& group)
{
    QJsonArray blocks;
    for (BlockId block : group.blocks)
        blocks.append(block.value());
    return {{u"id"_s, group.id.value()},
            {u"name"_s, group.name},
            {u"blocks"_s, blocks},
            {u"folded"_s, group.folded}};
}

QJsonObject toJson(const Block& block)
{
    QJsonObject json{{u"id"_s, block.id.value()},
                     {u"type"_s, block.type},
                     {u"name"_s, block.name},
                     {u"position"_s, QJsonArray{block.position.x(), block.position.y()}}};
    if (!block.parameters.isEmpty())
        json.insert("parameters"_L1, QJsonObject::fromVariantMap(block.parameters));
    return json;
}

} // namespace

QJsonObject ModelGraph::toJson() const
{
    QJsonArray blocks;
    for (const Block& block : m_blocks)
        blocks.append(espalier::toJson(block));
    QJsonArray connections;
    for (const Connection& connection : m_connections)
        connections.append(QJsonObject{{u"from"_s, connection.from.value()},
                                       {u"to"_s, connection.to.value()},
                                       {u"port"_s, connection.port}});
    QJsonArray groups;
    for (const GraphGroup& group : m_groups)
        groups.append(espalier::toJson(group));
    return {{u"version"_s, FormatVersion},
            {u"blocks"_s, blocks},
            {u"connections"_s, connections},
            {u"groups"_s, groups}};
}

Result<ModelGraph> ModelGraph::fromJson(const QJsonObject& json)
{
    if (const Status status = checkVersion(json); !status)
        return failureOf(status);
    Result<QList<Block>> blocks = readBlocks(json.value("blocks"_L1).toArray());
    if (!blocks)
        return failureOf(blocks);
    QHash<BlockId, QString> types;
    for (const Block& block : std::as_const(*blocks))
        types.insert(block.id, block.type);
    auto connections = readConnections(json.value("connections"_L1).toArray(), types);
    if (!connections)
        return failureOf(connections);
    auto groups = readGroups(json.value("groups"_L1), types);
    if (!groups)
        return failureOf(groups);
    ModelGraph graph;
    if (!blocks->isEmpty())
        graph.m_nextId = blocks->last().id.value() + 1;
    graph.m_blocks = *std::move(blocks);
    graph.m_connections = *std::move(connections);
    if (!groups->isEmpty())
        graph.m_nextGroup = groups->last().id.value() + 1;
    graph.m_groups = *std::move(groups);
    return graph;
}

} // namespace espalier
