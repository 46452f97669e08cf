#pragma once

#include <QTransform>
#include <QWidget>

namespace espalier {

class CanvasView;
class ModelScene;
class Theme;
struct BlockContent;

/// The whole model small: blocks and folded groups as bars in their ink, unfolded
/// groups as outlines, errors ringed, what is in sight as a frame. Click and drag move the view
/// there.
class Minimap final : public QWidget {
    Q_OBJECT

public:
    /// Lies over `view` and belongs to it.
    Minimap(CanvasView& view, ModelScene& scene);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    static void paintBar(QPainter& painter, const Theme& theme, QRectF bar,
                         const BlockContent& content);
    [[nodiscard]] QRectF shownArea() const;
    [[nodiscard]] QTransform toMap() const; ///< from the scene
    void moveView(QPointF position);

    CanvasView& m_view;
    ModelScene& m_scene;
    QTransform m_grabbed; ///< as it was at the press: the map must not run away
                          ///< from the pointer
    bool m_dragging = false;
};

} // namespace espalier
