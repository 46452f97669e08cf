#include "ui/modeling/canvas/canvas_view.h"

#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/model_scene.h"

#include <QGestureEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QStyle>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

constexpr int MotionDuration = 120;
constexpr double ZoomStep = 1.25;
constexpr double WheelNotch = 120;
constexpr double FitMargin = 24;
/// Of the content that stays in sight, in pixels.
constexpr double KeptInSight = 80;

} // namespace

CanvasView::CanvasView(ModelScene& scene, QWidget* parent)
    : QGraphicsView(&scene, parent)
    , m_scene(scene)
{
    setInteractive(false); // items are values to look at; the views of the scene
                           // handle all events
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setViewportUpdateMode(SmartViewportUpdate);
    setOptimizationFlag(DontSavePainterState);
    setOptimizationFlag(DontAdjustForAntialiasing);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    viewport()->grabGesture(Qt::PinchGesture);
    m_motion.setStartValue(0.0);
    m_motion.setEndValue(1.0);
    m_motion.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_motion, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const double part = value.toDouble();
        const double zoom = m_from.zoom * std::pow(m_to.zoom / m_from.zoom, part);
        setPlace({zoom, m_from.centre + (m_to.centre - m_from.centre) * part});
    });
}

QPointF CanvasView::middle() const
{
    return QRectF(viewport()->rect()).center();
}

QPointF CanvasView::toScene(QPointF viewportPoint) const
{
    return viewportTransform().inverted().map(viewportPoint);
}

CanvasPlace CanvasView::place() const
{
    return {zoom(), toScene(middle())};
}

QRectF CanvasView::visibleArea() const
{
    return viewportTransform().inverted().mapRect(QRectF(viewport()->rect()));
}

CanvasPlace CanvasView::bounded(CanvasPlace place) const
{
    place.zoom = std::clamp(place.zoom, MinimumZoom, MaximumZoom);
    const QRectF content = m_scene.contentRect();
    const double x = std::max(0.0, (viewport()->width() / 2.0 - KeptInSight) / place.zoom);
    const double y = std::max(0.0, (viewport()->height() / 2.0 - KeptInSight) / place.zoom);
    const QRectF allowed = content.adjusted(-x, -y, x, y);
    place.centre = {std::clamp(place.centre.x(), allowed.left(), allowed.right()),
                    std::clamp(place.centre.y(), allowed.top(), allowed.bottom())};
    return place;
}

void CanvasView::setPlace(const CanvasPlace& place)
{
    m_atStart = false;
    const CanvasPlace next = bounded(place);
    if (next.zoom != zoom())
        setTransform(QTransform::fromScale(next.zoom, next.zoom));
    centerOn(next.centre);
    Q_EMIT placeChanged();
}

void CanvasView::goTo(const CanvasPlace& place)
{
    m_motion.stop();
    const bool still = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
    if (still || !isVisible())
        return setPlace(place);
    m_from = this->place();
    m_to = bounded(place);
    m_motion.setDuration(MotionDuration);
    m_motion.start();
}

CanvasPlace CanvasView::placeAround(double wanted, QPointF anchor) const
{
    const double next = std::clamp(wanted, MinimumZoom, MaximumZoom);
    return {next, toScene(anchor) + (middle() - anchor) / next};
}

void CanvasView::setZoom(double wanted, QPointF anchor)
{
    m_motion.stop();
    setPlace(placeAround(wanted, anchor));
}

void CanvasView::zoomStep(int steps)
{
    const double from = m_motion.state() == QVariantAnimation::Running ? m_to.zoom : zoom();
    goTo(placeAround(from * std::pow(ZoomStep, steps), middle()));
}

void CanvasView::fit()
{
    const QRectF content = m_scene.contentRect();
    if (content.isEmpty())
        return goTo({1, content.center()});
    const double zoom = std::min({1.0, (viewport()->width() - 2 * FitMargin) / content.width(),
                                  (viewport()->height() - 2 * FitMargin) / content.height()});
    goTo({zoom, content.center()});
}

void CanvasView::actualSize()
{
    goTo(placeAround(1, middle()));
}

void CanvasView::showStart()
{
    m_motion.stop();
    const QRectF content = m_scene.contentRect();
    const double room = viewport()->height() - 2 * canvas::GridStep;
    const double y = content.height() <= room
                         ? content.center().y()
                         : content.top() - canvas::GridStep + viewport()->height() / 2.0;
    setPlace({1, {content.center().x(), y}});
    m_atStart = true;
}

void CanvasView::showArea(const QRectF& area)
{
    const double margin = FitMargin / zoom();
    const QRectF wanted = area.adjusted(-margin, -margin, margin, margin);
    const QRectF seen = visibleArea();
    QPointF shift;
    const auto missing = [](double low, double high, double seenLow, double seenHigh) {
        if (low < seenLow || high - low > seenHigh - seenLow)
            return low - seenLow;
        return std::max(0.0, high - seenHigh);
    };
    shift.setX(missing(wanted.left(), wanted.right(), seen.left(), seen.right()));
    shift.setY(missing(wanted.top(), wanted.bottom(), seen.top(), seen.bottom()));
    if (!shift.isNull())
        goTo({zoom(), place().centre + shift});
}

void CanvasView::scrollBy(QPointF pixels)
{
    m_motion.stop();
    setPlace({zoom(), place().centre - pixels / zoom()});
}

bool CanvasView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture &&
        nativeGesture(*static_cast<QNativeGestureEvent*>(event))) {
        event->accept(); // else the widgets around are offered it too
        return true;
    }
    if (event->type() == QEvent::Gesture)
        if (QGesture* gesture = static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture))
            return pinch(*static_cast<QPinchGesture*>(gesture));
    return QGraphicsView::viewportEvent(event);
}

bool CanvasView::nativeGesture(const QNativeGestureEvent& event)
{
    if (event.gestureType() != Qt::ZoomNativeGesture)
        return false;
    setZoom(zoom() * (1 + event.value()), event.position());
    return true;
}

bool CanvasView::pinch(const QPinchGesture& gesture)
{
    if (gesture.changeFlags() & QPinchGesture::ScaleFactorChanged)
        setZoom(zoom() * gesture.scaleFactor(), viewport()->mapFromGlobal(gesture.centerPoint()));
    return true;
}

void CanvasView::wheelEvent(QWheelEvent* event)
{
    event->accept();
    if (event->modifiers() & Qt::ControlModifier)
        return setZoom(zoom() * std::pow(ZoomStep, event->angleDelta().y() / WheelNotch),
                       event->position());
    QPointF pixels = event->pixelDelta();
    if (pixels.isNull())
        pixels = QPointF(event->angleDelta()) / WheelNotch * canvas::RowHeight;
    if (event->modifiers() & Qt::ShiftModifier)
        pixels = pixels.transposed();
    scrollBy(pixels);
}

void CanvasView::mousePressEvent(QMouseEvent* event)
{
    const bool pans =
        event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_spaceHeld);
    if (pans)
        m_panFrom = event->position();
    event->accept();
}

void CanvasView::mouseMoveEvent(QMouseEvent* event)
{
    event->accept();
    if (!m_panFrom)
        return;
    scrollBy(event->position() - *m_panFrom);
    m_panFrom = event->position();
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event)
{
    m_panFrom.reset();
    event->accept();
}

void CanvasView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space)
        m_spaceHeld = true;
    else
        event->ignore();
}

void CanvasView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        m_spaceHeld = false;
    else
        event->ignore();
}

void CanvasView::focusOutEvent(QFocusEvent* event)
{
    m_spaceHeld = false;
    QGraphicsView::focusOutEvent(event);
}

void CanvasView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (m_atStart)
        showStart();
    else
        Q_EMIT placeChanged();
}

} // namespace espalier

#include "moc_canvas_view.cpp"
