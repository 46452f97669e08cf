#pragma once

#include "core/graph/model_graph.h"

#include <QGraphicsItem>
#include <QPainterPath>

namespace espalier {

/// One connection of the canvas. The scene gives it its path.
class ConnectionItem final : public QGraphicsItem {
public:
    explicit ConnectionItem(const Connection& connection);

    [[nodiscard]] const Connection& connection() const { return m_connection; }
    void setPath(const QPainterPath& path);
    [[nodiscard]] const QPainterPath& path() const { return m_path; }
    /// A block is held over it and would be inserted.
    void setDropTarget(bool target);
    /// The pointer is over it.
    void setHovered(bool hovered);
    /// Whether a point of the scene is within `reach` of the line.
    [[nodiscard]] bool isNear(QPointF point, double reach) const;

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    Connection m_connection;
    QPainterPath m_path;
    QRectF m_bounds;
    bool m_dropTarget = false;
    bool m_hovered = false;
};

} // namespace espalier
