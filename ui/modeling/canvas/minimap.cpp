#include "ui/modeling/canvas/minimap.h"

#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/canvas_view.h"
#include "ui/modeling/canvas/model_scene.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace espalier {

namespace {

constexpr double Scale = 0.15;
constexpr QSize Largest(160, 220);
constexpr int MapPadding = 6;
constexpr double BarHeight = 6;

} // namespace

Minimap::Minimap(CanvasView& view, ModelScene& scene)
    : QWidget(&view)
    , m_view(view)
    , m_scene(scene)
{
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Minimap"));
    setToolTip(tr("Click or drag to move the view"));
}

QRectF Minimap::shownArea() const
{
    return m_scene.contentRect() | m_view.visibleArea();
}

QSize Minimap::sizeHint() const
{
    const QRectF area = shownArea();
    const QSizeF room = Largest - QSize(2 * MapPadding, 2 * MapPadding);
    const double scale =
        std::min({Scale, room.width() / area.width(), room.height() / area.height()});
    return (area.size() * scale).toSize() + QSize(2 * MapPadding, 2 * MapPadding);
}

QTransform Minimap::toMap() const
{
    if (m_dragging)
        return m_grabbed;
    const QRectF area = shownArea();
    const double scale = std::min({Scale, (width() - 2.0 * MapPadding) / area.width(),
                                   (height() - 2.0 * MapPadding) / area.height()});
    QTransform map;
    map.translate(width() / 2.0, height() / 2.0);
    map.scale(scale, scale);
    map.translate(-area.center().x(), -area.center().y());
    return map;
}

void Minimap::paintEvent(QPaintEvent* /*event*/)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Role::BorderBlock));
    painter.setBrush(theme.color(Role::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::Radius,
                            metrics::Radius);
    const ExperimentDocument* document = m_scene.document();
    if (!document)
        return;
    const QTransform map = toMap();
    painter.setClipRect(rect().adjusted(2, 2, -2, -2));
    painter.setPen(theme.color(Role::Accent));
    painter.setBrush(theme.color(Role::Selection));
    painter.drawRoundedRect(map.mapRect(m_view.visibleArea()), 2, 2);
    for (const Block& block : document->graph().blocks()) {
        const BlockItem* item = m_scene.blockItem(block.id);
        QRectF bar = map.mapRect(item->frame());
        const double middle = bar.center().y();
        const double height = std::clamp(bar.height() * 0.9, 1.0, BarHeight);
        bar.setTop(middle - height / 2);
        bar.setHeight(height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(item->content().appearance.ink));
        painter.drawRoundedRect(bar, 1, 1);
        if (!item->content().hasError)
            continue;
        painter.setPen(QPen(theme.color(Role::LevelError), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(bar.adjusted(-2.5, -2.5, 2.5, 2.5), 2, 2);
    }
}

void Minimap::moveView(QPointF position)
{
    m_view.setPlace({m_view.zoom(), m_grabbed.inverted().map(position)});
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grabbed = toMap();
    m_dragging = true;
    moveView(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging)
        moveView(event->position());
}

void Minimap::mouseReleaseEvent(QMouseEvent* /*event*/)
{
    m_dragging = false;
    updateGeometry();
    update();
}

} // namespace espalier

#include "moc_minimap.cpp"
