#pragma once

#include "core/graph/graph_analysis.h"
#include "ui/modeling/canvas/items/block_painter.h"

#include <QCoreApplication>
#include <QGraphicsItem>

namespace espalier {

/// What a folded group shows: how many blocks and parameters, the shape that leaves it.
class GroupSummary final {
    Q_DECLARE_TR_FUNCTIONS(espalier::GroupSummary)

public:
    [[nodiscard]] static BlockContent of(const ModelGraph& graph, const GraphGroup& group,
                                         const GraphAnalysis& analysis);
};

/// A group of blocks: folded one block in their place, else a soft frame behind them with its name
/// on the upper edge. Either has a button that folds and unfolds. Shows what it is told.
class GroupItem final : public QGraphicsItem {
public:
    explicit GroupItem(const GraphGroup& group);

    [[nodiscard]] const GraphGroup& group() const { return m_group; }
    [[nodiscard]] bool isFolded() const { return m_group.folded; }
    [[nodiscard]] const BlockContent& content() const { return m_content; }
    void setContent(const BlockContent& content);
    /// Around the blocks, in the scene.
    void setBounds(const QRectF& bounds);
    void setSelectedWhole(bool selected);

    [[nodiscard]] QPointF inputPort() const;
    [[nodiscard]] QPointF outputPort() const;
    [[nodiscard]] QRectF frame() const;  ///< all of it, in the scene
    [[nodiscard]] QRectF handle() const; ///< what selects and moves it
    [[nodiscard]] QRectF button() const;

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintFrame(QPainter& painter, const Theme& theme) const;
    [[nodiscard]] double titleWidth() const;

    GraphGroup m_group;
    BlockContent m_content;
    QSizeF m_size;
    bool m_selected = false;
};

} // namespace espalier
