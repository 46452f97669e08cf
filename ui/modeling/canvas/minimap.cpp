#include "ui/modeling/canvas/minimap.h"

#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/canvas_view.h"
#include "ui/modeling/canvas/items/group_item.h"
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
    if (!m_scene.document())
        return;
    const QTransform map = toMap();
    painter.setClipRect(rect().adjusted(2, 2, -2, -2));
    painter.setPen(theme.color(Role::Accent));
    painter.setBrush(theme.color(Role::Selection));
    painter.drawRoundedRect(map.mapRect(m_view.visibleArea()), 2, 2);
    for (const GraphGroup& group : m_scene.graph().groups()) {
        const GroupItem* item = m_scene.groupItem(group.id);
        if (item->isFolded()) {
            paintBar(painter, theme, map.mapRect(item->frame()), item->content());
            continue;
        }
        painter.setPen(theme.color(Role::Border));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(map.mapRect(item->frame()), 2, 2);
    }
    for (const Block& block : m_scene.graph().blocks())
        if (const BlockItem* item = m_scene.blockItem(block.id); !item->isFolded())
            paintBar(painter, theme, map.mapRect(item->frame()), item->content());
}

void Minimap::paintBar(QPainter& painter, const Theme& theme, QRectF bar,
                       const BlockContent& content)
{
    const double middle = bar.center().y();
    const double height = std::clamp(bar.height() * 0.9, 1.0, BarHeight);
    bar.setTop(middle - height / 2);
    bar.setHeight(height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(content.appearance.ink));
    painter.drawRoundedRect(bar, 1, 1);
    if (!content.hasError)
        return;
    painter.setPen(QPen(theme.color(Role::LevelError), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(bar.adjusted(-2.5, -2.5, 2.5, 2.5), 2, 2);
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
