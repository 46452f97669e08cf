#pragma once

#include "core/base/id.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QPointF>
#include <QString>
#include <QVariant>
#include <optional>

namespace espalier {

struct GraphDiff;

using BlockId = Id<struct BlockTag>;
using GroupId = Id<struct GroupTag>;

/// Values of parameters by their key. Holds only what differs from the default of the block type,
/// and what a person chose where the value would follow from the graph.
using ParameterValues = QMap<QString, QVariant>;

/// One block of a model, as placed by a person.
struct Block {
    BlockId id;
    QString type; ///< key of a BlockType of the catalogue
    QString name; ///< unique in the graph: "2D Convolution 2"
    ParameterValues parameters;
    QPointF position; ///< on the canvas, device-independent pixels

    bool operator==(const Block&) const = default;
};

/// Data flows from the only output of one block to input number `port` of another. Blocks that
/// take any number of inputs (Add, Concatenate) number them from 0 without gaps.
struct Connection {
    BlockId from;
    BlockId to;
    int port = 0;

    auto operator<=>(const Connection&) const = default;
};

/// Blocks that a person put together under a name, to look at them as one. Says nothing about what
/// the network computes.
struct GraphGroup {
    GroupId id;
    QString name;          ///< unique among the groups of the graph
    QList<BlockId> blocks; ///< by id, at least one; a block is in one group at most
    bool folded = false;   ///< shown as one block

    bool operator==(const GraphGroup&) const = default;
};

/// A network as a value: blocks, connections and groups, nothing derived. Any state is allowed
/// while a person edits (cycles, blocks that are not connected, features that no dataset has);
/// analyzeGraph() says what is wrong with it. Copying is cheap (implicitly shared). Graphs are
/// equal when their blocks, connections and groups are, however they came about.
class ModelGraph final {
public:
    /// 1: no groups.
    static constexpr int FormatVersion = 2;

    /// Positions are kept within ± this, on both axes.
    static constexpr double MaximumPosition = 1e6;

    [[nodiscard]] const QList<Block>& blocks() const { return m_blocks; }                ///< by id
    [[nodiscard]] const QList<Connection>& connections() const { return m_connections; } ///< sorted
    [[nodiscard]] const QList<GraphGroup>& groups() const { return m_groups; }           ///< by id
    [[nodiscard]] bool isEmpty() const { return m_blocks.isEmpty(); }
    /// Whether both compute the same under the same names: groups and places may differ.
    [[nodiscard]] bool isSameNetwork(const ModelGraph& other) const;

    [[nodiscard]] const Block* block(BlockId id) const;
    [[nodiscard]] const Block* blockByName(const QString& name) const; ///< any case of letters
    /// Sources of a block ordered by port.
    [[nodiscard]] QList<BlockId> inputsOf(BlockId id) const;
    [[nodiscard]] QList<BlockId> outputsOf(BlockId id) const;

    /// Adds a block of a type of the catalogue under a fresh id and name ("Dense 2"). Parameters
    /// that the type does not take are left out; an unknown type adds nothing (invalid id).
    BlockId addBlock(const QString& type, QPointF position = {},
                     const ParameterValues& parameters = {});
    /// Puts a block back exactly as it was (undo, paste with ids of one's own). Does nothing when
    /// the id is not free.
    void insertBlock(const Block& block);
    /// Removes the block and its connections. A block in a straight chain is closed over: its
    /// source is joined to its targets when `rewire`.
    void removeBlock(BlockId id, bool rewire = false);
    /// Refused (false) when it exists, joins a block to itself, a block is unknown, the source has
    /// no output or the port does not exist. A port that takes one connection is freed first. A
    /// block that takes any number of inputs gets one more at that port (at most the first free
    /// one); those behind it move up.
    bool connect(const Connection& connection);
    /// Closes the gap in a block that takes any number of inputs: the inverse of connect().
    bool disconnect(const Connection& connection);

    /// An invalid QVariant takes the parameter back to its default. False, and nothing changes,
    /// when the type of the block does not take the value.
    bool setParameter(BlockId id, const QString& key, const QVariant& value);
    /// White space is simplified. False when another block has the name or it is blank.
    bool setName(BlockId id, const QString& name);
    void setPosition(BlockId id, QPointF position); ///< ignored when it is no finite point

    [[nodiscard]] const GraphGroup* group(GroupId id) const;
    [[nodiscard]] const GraphGroup* groupOf(BlockId block) const; ///< null: in none
    /// Puts blocks of the graph together under a fresh id and a free name: `name`, else "Group",
    /// "Group 2". They leave the groups they were in, and a group without blocks is gone. Without
    /// a block nothing is added (invalid id).
    GroupId addGroup(const QList<BlockId>& blocks, const QString& name = {}, bool folded = false);
    /// The blocks stay.
    void removeGroup(GroupId id);
    void addToGroup(GroupId id, BlockId block);
    void setFolded(GroupId id, bool folded);
    /// White space is simplified. False when another group has the name or it is blank.
    bool setGroupName(GroupId id, const QString& name);

    /// Makes of the graph that `diff` begins with the one that it ends with; ids, names and ports
    /// exactly as told, no rule of connect() is asked.
    void apply(const GraphDiff& diff);

    /// A name that no block has: `base`, else `base` 2, 3, ...
    [[nodiscard]] QString freeName(const QString& base) const;

    /// Blocks so that each stands behind its sources; nothing when the graph has a cycle.
    [[nodiscard]] std::optional<QList<BlockId>> topologicalOrder() const;

    [[nodiscard]] QJsonObject toJson() const;
    /// Errors name the block and the member that is wrong; a newer format version is refused with
    /// a sentence.
    [[nodiscard]] static Result<ModelGraph> fromJson(const QJsonObject& json);

    bool operator==(const ModelGraph& other) const;

private:
    [[nodiscard]] QList<Block>::iterator position(BlockId id);
    [[nodiscard]] Block* mutableBlock(BlockId id);
    void addConnection(const Connection& connection);
    void shiftPorts(BlockId to, int firstPort, int by);
    [[nodiscard]] GraphGroup* mutableGroup(GroupId id);
    void insertGroup(const GraphGroup& group);
    void leaveGroup(BlockId block);

    QList<Block> m_blocks;
    QList<Connection> m_connections;
    QList<GraphGroup> m_groups;
    qint64 m_nextId = 1; ///< ids of removed blocks are not used again
    qint64 m_nextGroup = 1;
};

} // namespace espalier
