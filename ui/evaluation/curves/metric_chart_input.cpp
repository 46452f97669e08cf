#include "ui/evaluation/curves/metric_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

constexpr double ZoomStep = 1.25;
constexpr double KeyPan = 0.1;  // of the view
constexpr double LeastDrag = 5; // px

} // namespace

QPointF MetricChart::fractionAt(const QPointF& position) const
{
    return {(position.x() - m_plot.left()) / m_plot.width(),
            (m_plot.bottom() - position.y()) / m_plot.height()};
}

void MetricChart::wheelEvent(QWheelEvent* event)
{
    const double turns = event->angleDelta().y() / 120.0;
    const double sideways = event->angleDelta().x() / 120.0;
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (turns == 0 && sideways != 0) {
        m_view.pan(-sideways * KeyPan, 0);
    } else {
        const double factor = std::pow(ZoomStep, turns);
        const QPointF at = fractionAt(event->position());
        m_view.zoomAt(std::clamp(at.x(), 0.0, 1.0), std::clamp(at.y(), 0.0, 1.0),
                      control ? 1 : factor, shift ? 1 : factor);
    }
    afterZoom();
    event->accept();
}

void MetricChart::mousePressEvent(QMouseEvent* event)
{
    m_focused = false;
    const bool pans =
        event->button() != Qt::LeftButton || event->modifiers().testFlag(Qt::ShiftModifier);
    m_dragStart = m_dragAt = event->position();
    if (pans)
        m_drag = Drag::Pan;
    else if (m_plot.contains(event->position()))
        m_drag = Drag::Select;
    event->accept();
}

void MetricChart::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF before = std::exchange(m_dragAt, event->position());
    if (m_drag == Drag::Pan) {
        const QPointF moved = fractionAt(m_dragAt) - fractionAt(before);
        m_view.pan(-moved.x(), -moved.y());
        afterZoom();
    } else if (m_drag == Drag::Select) {
        viewport()->update();
    } else if (m_plot.adjusted(-6, 0, 6, 0).contains(m_dragAt)) {
        setCursor(m_view.x().at(fractionAt(m_dragAt).x()));
    } else {
        setCursor(std::nullopt);
    }
    event->accept();
}

void MetricChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_drag == Drag::Select)
        finishSelection();
    m_drag = Drag::None;
    viewport()->update();
    event->accept();
}

void MetricChart::finishSelection()
{
    const QRectF band = QRectF(m_dragStart, m_dragAt).normalized().intersected(m_plot);
    if (band.width() < LeastDrag && band.height() < LeastDrag) {
        Q_EMIT clicked(m_view.x().at(fractionAt(m_dragStart).x()));
        return;
    }
    // A flat band means an interval of one axis alone.
    const QPointF low = fractionAt(band.bottomLeft());
    const QPointF high = fractionAt(band.topRight());
    const AxisRange x = m_view.x();
    const AxisRange y = m_view.y();
    m_view.select(band.width() < LeastDrag ? x : AxisRange{x.at(low.x()), x.at(high.x())},
                  band.height() < LeastDrag ? y : AxisRange{y.at(low.y()), y.at(high.y())});
    afterZoom();
}

void MetricChart::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_drag = Drag::None;
    resetZoom();
    event->accept();
}

void MetricChart::keyPressEvent(QKeyEvent* event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        if (shift) {
            m_view.pan(direction * KeyPan, 0);
            afterZoom();
        } else {
            moveCursor(direction);
        }
        break;
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(ZoomStep);
        break;
    case Qt::Key_Minus:
        zoom(1 / ZoomStep);
        break;
    case Qt::Key_Home:
    case Qt::Key_0:
        resetZoom();
        break;
    case Qt::Key_Escape:
        if (m_cursor) {
            setCursor(std::nullopt);
            break;
        }
        [[fallthrough]];
    default:
        event->ignore(); // the page may have a use for it
        return;
    }
    event->accept();
}

void MetricChart::focusInEvent(QFocusEvent* event)
{
    const Qt::FocusReason reason = event->reason();
    m_focused = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                reason == Qt::ShortcutFocusReason;
    QChartView::focusInEvent(event);
    viewport()->update();
}

void MetricChart::focusOutEvent(QFocusEvent* event)
{
    m_focused = false;
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void MetricChart::leaveEvent(QEvent* event)
{
    setCursor(std::nullopt);
    QChartView::leaveEvent(event);
}

} // namespace espalier
