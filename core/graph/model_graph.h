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

using BlockId = Id<struct BlockTag>;

/// Values of parameters by their key. Holds only what differs from the default of the block type.
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

/// A network as a value: blocks and connections, nothing derived. Any state is allowed while a
/// person edits (cycles, blocks that are not connected, unknown values); analyzeGraph() says what
/// is wrong with it. Copying is cheap (implicitly shared).
class ModelGraph final {
public:
    static constexpr int FormatVersion = 1;

    [[nodiscard]] const QList<Block>& blocks() const { return m_blocks; }
    [[nodiscard]] const QList<Connection>& connections() const { return m_connections; }
    [[nodiscard]] bool isEmpty() const { return m_blocks.isEmpty(); }

    [[nodiscard]] const Block* block(BlockId id) const;
    [[nodiscard]] const Block* blockByName(const QString& name) const; ///< any case of letters
    /// Sources of a block ordered by port.
    [[nodiscard]] QList<BlockId> inputsOf(BlockId id) const;
    [[nodiscard]] QList<BlockId> outputsOf(BlockId id) const;

    /// Adds a block of a type of the catalogue under a fresh id and name ("Dense 2").
    BlockId addBlock(const QString& type, QPointF position = {},
                     const ParameterValues& parameters = {});
    /// Puts a block back exactly as it was (undo, paste with ids of one's own). The id must be free.
    void insertBlock(const Block& block);
    /// Removes the block and its connections. A block in a straight chain is closed over: its
    /// source is joined to its targets when `rewire`.
    void removeBlock(BlockId id, bool rewire = false);
    /// Refused (false) when it exists, joins a block to itself or a block is unknown. A port that
    /// takes one connection is freed first.
    bool connect(const Connection& connection);
    bool disconnect(const Connection& connection);

    /// An invalid QVariant takes the parameter back to its default.
    void setParameter(BlockId id, const QString& key, const QVariant& value);
    /// False when another block has the name or it is blank.
    bool setName(BlockId id, const QString& name);
    void setPosition(BlockId id, QPointF position);

    /// A name that no block has: `base`, else `base` 2, 3, ...
    [[nodiscard]] QString freeName(const QString& base) const;

    /// Blocks so that each stands behind its sources; nothing when the graph has a cycle.
    [[nodiscard]] std::optional<QList<BlockId>> topologicalOrder() const;

    [[nodiscard]] QJsonObject toJson() const;
    /// Errors name the block and the member that is wrong; a newer format version is refused with
    /// a sentence.
    [[nodiscard]] static Result<ModelGraph> fromJson(const QJsonObject& json);

    bool operator==(const ModelGraph&) const = default;

private:
    QList<Block> m_blocks;
    QList<Connection> m_connections; ///< sorted
    qint64 m_nextId = 1;
};

} // namespace espalier
