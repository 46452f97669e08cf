#pragma once

#include "ui/modeling/canvas/model_scene.h"

#include <QHash>
#include <QSet>
#include <Qt>

namespace espalier {

/// What the pointer does between press and release; the view holds one at a
/// time. Nothing is in the document before finish(), which makes at most one
/// undo step; destroying it without leaves all as it was.
class CanvasGesture {
public:
    virtual ~CanvasGesture() = default;
    /// `point` in the scene.
    virtual void move(QPointF point) = 0;
    virtual void finish() = 0;

    CanvasGesture(const CanvasGesture&) = delete;
    CanvasGesture& operator=(const CanvasGesture&) = delete;

protected:
    explicit CanvasGesture(ModelScene& scene)
        : m_scene(scene)
    {
    }
    ModelScene& m_scene;
};

/// Moves the selected blocks together; what was pressed, a block or a group whose
/// top left corner is at `home`, snaps to the grid and to its neighbours. A single block without
/// connections can be put into a connection.
class MoveGesture final : public CanvasGesture {
public:
    MoveGesture(ModelScene& scene, QPointF home, QPointF start);
    ~MoveGesture() override;
    void move(QPointF point) override;
    void finish() override;

private:
    [[nodiscard]] QPointF snapped(QPointF position) const;

    QPointF m_home;
    QPointF m_start;
    QHash<BlockId, QPointF> m_places; ///< at the start
    QHash<BlockId, QPointF> m_moved;
    QList<QRectF> m_others;
    BlockId m_insertable; ///< invalid: none is
    std::optional<Connection> m_target;
};

/// Draws a connection from a port to another; released over a block it takes
/// the free port of it.
class ConnectGesture final : public CanvasGesture {
public:
    ConnectGesture(ModelScene& scene, const ModelScene::Port& port, double reach);
    ~ConnectGesture() override;
    void move(QPointF point) override;
    void finish() override;

private:
    [[nodiscard]] std::optional<ModelScene::Port> targetAt(QPointF point) const;

    ModelScene::Port m_port;
    double m_reach;
    QSet<BlockId> m_partners;
    std::optional<ModelScene::Port> m_target;
};

/// Selects the blocks that a rectangle touches, besides those that were
/// selected when `add`.
class RubberBandGesture final : public CanvasGesture {
public:
    RubberBandGesture(ModelScene& scene, QPointF start, bool add);
    ~RubberBandGesture() override;
    void move(QPointF point) override;
    void finish() override {}

private:
    QPointF m_start;
    QList<BlockId> m_before;
};

} // namespace espalier
