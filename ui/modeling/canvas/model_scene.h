#pragma once

#include "core/graph/model_graph.h"
#include "ui/modeling/canvas/items/block_item.h"

#include <QGraphicsScene>
#include <QHash>
#include <QMap>
#include <QPainterPath>
#include <optional>

namespace espalier {

class ConnectionItem;
class GroupItem;
class ExperimentDocument;
struct GraphChange;

/// What is shown while something is dragged and is in no document yet.
struct CanvasPreview {
    std::optional<QRectF> rubberBand{};
    std::optional<QPainterPath> wire{}; ///< a connection being drawn
    std::optional<QPointF> newBlock{};  ///< a block held over the canvas
    std::optional<Connection> target{}; ///< where a held block would be inserted
};

/// The blocks, connections and groups of one document as items. It observes: what
/// changes them is ExperimentDocument::edit() alone, and items follow. Ids go
/// in and out, never items of others.
class ModelScene final : public QGraphicsScene {
    Q_OBJECT

public:
    explicit ModelScene(QObject* parent = nullptr);
    ~ModelScene() override;

    /// Null shows nothing. The document must live until another one is set or it
    /// is destroyed.
    void setDocument(ExperimentDocument* document);
    [[nodiscard]] ExperimentDocument* document() const { return m_document; }
    /// What is shown: the graph of the document, for a locked one with groups folded
    /// as showFolded() said.
    [[nodiscard]] const ModelGraph& graph() const;
    /// Folds a group of a locked experiment to look at it; the document is left alone.
    void showFolded(GroupId group, bool folded);

    /// By id; a folded group is selected as a whole.
    [[nodiscard]] QList<BlockId> selectedBlocks() const;
    [[nodiscard]] QList<Connection> selectedConnections() const;
    void select(const QList<BlockId>& blocks);
    /// Besides what is selected, or it alone.
    void selectConnection(const Connection& connection, bool add);

    [[nodiscard]] const BlockItem* blockItem(BlockId id) const { return m_blocks.value(id); }
    [[nodiscard]] const GroupItem* groupItem(GroupId id) const { return m_groups.value(id); }
    [[nodiscard]] QRectF contentRect() const; ///< of all that is seen
    /// Of the block, or of the folded group that it is in.
    [[nodiscard]] QRectF frameOf(BlockId block) const;
    /// Of all blocks and folded groups that are seen, but for `others`.
    [[nodiscard]] QList<QRectF> framesBut(const QList<BlockId>& others) const;

    /// Blocks in folded groups are not found.
    [[nodiscard]] BlockId blockAt(QPointF point) const;
    /// The block there, or all blocks of the folded group there.
    [[nodiscard]] QList<BlockId> nodeAt(QPointF point) const;
    /// A folded group, or the title of an unfolded one.
    [[nodiscard]] const GroupItem* groupAt(QPointF point) const;
    [[nodiscard]] std::optional<Connection> connectionAt(QPointF point, double reach) const;
    [[nodiscard]] QList<BlockId> blocksIn(const QRectF& area) const;
    struct Port {
        BlockId block;
        bool output = false;
        int number = 0; ///< of an input
    };
    /// `reach` in scene pixels.
    [[nodiscard]] std::optional<Port> portAt(QPointF point, double reach) const;
    [[nodiscard]] QPointF placeOf(const Port& port) const;

    /// Shows blocks elsewhere than the document has them; nothing takes them
    /// back.
    void previewMove(const QHash<BlockId, QPointF>& positions);
    void setPreview(const CanvasPreview& preview);
    /// Lights the ports that a connection from `port` may end at, and `target`
    /// among them; nothing puts all out.
    void lightPorts(const std::optional<Port>& port, BlockId target = {});
    void setHovered(const std::optional<Connection>& connection);

Q_SIGNALS:
    void contentChanged(); ///< places, names, errors: what an overview shows

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    void rebuild();
    void follow(const GraphChange& change);
    void refreshContents();
    void addBlock(const Block& block);
    void removeBlock(BlockId id);
    void addConnection(const Connection& connection);
    void removeConnection(const Connection& connection);
    void syncGroups();
    void refreshGroups();
    void placeGroups();
    void markGroups();
    [[nodiscard]] const GroupItem* foldedItemOf(BlockId block) const;
    void routeConnections();
    [[nodiscard]] QList<QRectF> obstaclesOf(const Connection& connection, QPointF from,
                                            QPointF to) const;
    [[nodiscard]] const Theme& theme() const;

    ExperimentDocument* m_document = nullptr;
    QHash<BlockId, BlockItem*> m_blocks;
    QMap<Connection, ConnectionItem*> m_connections;
    QMap<GroupId, GroupItem*> m_groups;
    QHash<BlockId, GroupItem*> m_foldedIn;
    std::optional<ModelGraph> m_view; ///< of a locked experiment with other folds
    CanvasPreview m_preview;
    std::optional<Connection> m_hovered;
};

} // namespace espalier
