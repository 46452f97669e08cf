#pragma once

#include "core/graph/graph_analysis.h"
#include "ui/modeling/block_appearance.h"

#include <QGraphicsItem>
#include <QString>

namespace espalier {

/// What a block shows; a value made from graph and analysis.
struct BlockContent {
    QString name;
    QString summary; ///< "32 filters · 3×3 · ReLU"
    QString shape;   ///< "28×28×32"
    BlockAppearance appearance{};
    int inputs = 1;              ///< ports on the upper edge
    bool takesAnyNumber = false; ///< connections at the one port
    bool hasOutput = true;
    bool hasError = false;

    [[nodiscard]] static BlockContent of(const Block& block, const GraphAnalysis& analysis);
};

enum class PortState { Normal, Possible, Target };

/// One block of the canvas, painted by hand: tile with icon, name, parameters,
/// output shape, ports. Shows what it is told; the scene tells it.
class BlockItem final : public QGraphicsItem {
public:
    explicit BlockItem(BlockId id);

    [[nodiscard]] BlockId id() const { return m_id; }
    [[nodiscard]] const BlockContent& content() const { return m_content; }
    void setContent(const BlockContent& content);
    /// While a connection is dragged.
    void setPortStates(PortState input, PortState output);

    [[nodiscard]] QPointF inputPort(int port) const;
    [[nodiscard]] QPointF outputPort() const;
    [[nodiscard]] QRectF frame() const; ///< in the scene, without ports and marks

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintFrame(QPainter& painter, const Theme& theme) const;
    void paintOutline(QPainter& painter, const Theme& theme) const;
    void paintTexts(QPainter& painter, const Theme& theme, bool nameOnly) const;
    void paintPorts(QPainter& painter, const Theme& theme) const;
    void paintError(QPainter& painter, const Theme& theme) const;

    BlockId m_id;
    BlockContent m_content;
    PortState m_input = PortState::Normal;
    PortState m_output = PortState::Normal;
};

} // namespace espalier
