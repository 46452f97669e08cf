#pragma once

#include "core/graph/model_graph.h"
#include "ui/modeling/canvas/items/block_painter.h"

#include <QGraphicsItem>

namespace espalier {

/// One block of the canvas. Shows what it is told; the scene tells it. In a folded
/// group it shows nothing and still can be selected.
class BlockItem final : public QGraphicsItem {
public:
    explicit BlockItem(BlockId id);

    [[nodiscard]] BlockId id() const { return m_id; }
    [[nodiscard]] const BlockContent& content() const { return m_content; }
    void setContent(const BlockContent& content);
    void setFolded(bool folded);
    [[nodiscard]] bool isFolded() const { return m_folded; }
    /// While a connection is dragged.
    void setPortStates(PortState input, PortState output);

    [[nodiscard]] QPointF inputPort(int port) const;
    [[nodiscard]] QPointF outputPort() const;
    [[nodiscard]] QRectF frame() const; ///< in the scene, without ports and marks

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    BlockId m_id;
    BlockContent m_content;
    bool m_folded = false;
    PortState m_input = PortState::Normal;
    PortState m_output = PortState::Normal;
};

} // namespace espalier
