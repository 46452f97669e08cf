#pragma once

#include <QGraphicsView>
#include <QVariantAnimation>
#include <optional>

class QNativeGestureEvent;
class QPinchGesture;

namespace espalier {

class ModelScene;

/// What of a canvas is seen: its zoom, and the point of the scene in the
/// middle.
struct CanvasPlace {
    double zoom = 1;
    QPointF centre;
};

/// The part of the canvas that moves about: zoom at the pointer (Ctrl and
/// wheel, pinch), pan (wheel, middle button, Space and drag), fit. The content
/// can never be lost from sight.
class CanvasView : public QGraphicsView {
    Q_OBJECT

public:
    static constexpr double MinimumZoom = 0.1, MaximumZoom = 3;

    /// The scene must outlive the view.
    explicit CanvasView(ModelScene& scene, QWidget* parent = nullptr);

    [[nodiscard]] double zoom() const { return transform().m11(); }
    [[nodiscard]] CanvasPlace place() const;
    [[nodiscard]] QRectF visibleArea() const; ///< of the scene
    void setPlace(const CanvasPlace& place);  ///< at once
    void goTo(const CanvasPlace& place);      ///< in 120 ms, at once where motion is unwanted
    /// Keeps what is under `anchor` (of the viewport) where it is.
    void setZoom(double zoom, QPointF anchor);
    void zoomStep(int steps); ///< around the middle
    void fit();               ///< all blocks, at 100 % at most
    void actualSize();
    /// The upper end of the content at 100 %; stays there while the view is
    /// resized, until it moves.
    void showStart();
    void leaveStart() { m_atStart = false; }
    void showArea(const QRectF& area); ///< scrolls as little as needed
    void scrollBy(QPointF pixels);

Q_SIGNALS:
    void placeChanged();

protected:
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

    [[nodiscard]] bool isPanning() const { return m_panFrom.has_value(); }
    [[nodiscard]] QPointF toScene(QPointF viewportPoint) const;

private:
    [[nodiscard]] QPointF middle() const;
    [[nodiscard]] CanvasPlace placeAround(double zoom, QPointF anchor) const;
    [[nodiscard]] CanvasPlace bounded(CanvasPlace place) const;
    bool nativeGesture(const QNativeGestureEvent& event);
    bool pinch(const QPinchGesture& gesture);

    ModelScene& m_scene;
    QVariantAnimation m_motion;
    CanvasPlace m_from;
    CanvasPlace m_to;
    std::optional<QPointF> m_panFrom;
    bool m_spaceHeld = false;
    bool m_atStart = false;
};

} // namespace espalier
