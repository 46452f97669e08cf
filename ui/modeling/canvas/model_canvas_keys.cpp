// What ModelCanvas does with the keyboard.
#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/group_edits.h"
#include "ui/modeling/canvas/model_canvas.h"

#include <QKeyEvent>
#include <QtMath>
#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QPointF directionOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    case Qt::Key_Down:
        return {0, 1};
    default:
        return {};
    }
}

} // namespace

bool ModelCanvas::event(QEvent* event)
{
    // Alt and arrows would be taken for a shortcut of a menu or button elsewhere.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!directionOf(key->key()).isNull() || key->key() == Qt::Key_Escape)
            event->accept();
    }
    return CanvasView::event(event);
}

void ModelCanvas::keyPressEvent(QKeyEvent* event)
{
    const QPointF direction = directionOf(event->key());
    if (!direction.isNull() && event->modifiers() & Qt::AltModifier)
        return nudge(direction * canvas::SnapStep);
    if (!direction.isNull())
        return follow(Qt::Key(event->key()));
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_gesture)
            endGesture(false);
        else
            select({});
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const GraphGroup* group =
                document() ? groupOfAll(m_scene.graph(), selection()) : nullptr)
            setFolded(group->id, !group->folded);
        else if (!selection().isEmpty())
            Q_EMIT inspectorRequested();
        return;
    default:
        CanvasView::keyPressEvent(event);
    }
}

void ModelCanvas::nudge(QPointF by)
{
    const QList<BlockId> blocks = selection();
    if (blocks.isEmpty())
        return;
    QString key = u"nudge"_s;
    for (BlockId id : blocks)
        key += u' ' + QString::number(id.value());
    document()->edit(
        tr("Move %1").arg(ModelCanvas::blocksText(blocks.size())),
        [&](ModelGraph& graph) {
            for (BlockId id : blocks)
                graph.setPosition(id, graph.block(id)->position + by);
        },
        key);
}

// A folded group takes part as the last of its blocks in sight of selection().last().
QList<BlockId> ModelCanvas::tabOrder() const
{
    const ModelGraph& graph = m_scene.graph();
    QList<BlockId> order = document()->analysis().order;
    if (order.isEmpty())
        for (const Block& block : graph.blocks())
            order.append(block.id);
    order.removeIf([&](BlockId id) {
        const GraphGroup* group = foldedGroupOf(graph, id);
        return group && id != group->blocks.last();
    });
    return order;
}

BlockId ModelCanvas::neighbour(BlockId block, Qt::Key key) const
{
    const ModelGraph& graph = m_scene.graph();
    const QList<BlockId> node = withFolded(graph, {block});
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        for (BlockId id : node)
            for (BlockId next : key == Qt::Key_Up ? graph.inputsOf(id) : graph.outputsOf(id))
                if (!node.contains(next))
                    return next;
        return {};
    }
    const QPointF own = m_scene.frameOf(block).topLeft();
    const double side = directionOf(key).x();
    BlockId best;
    double least = std::numeric_limits<double>::max();
    for (const Block& other : graph.blocks()) {
        const QPointF away = m_scene.frameOf(other.id).topLeft() - own;
        if (away.x() * side < canvas::BlockWidth / 2)
            continue;
        const double distance = away.x() * side + 4 * std::abs(away.y());
        if (distance < least) {
            least = distance;
            best = other.id;
        }
    }
    return best;
}

void ModelCanvas::follow(Qt::Key key)
{
    if (!document() || document()->graph().isEmpty())
        return;
    const QList<BlockId> selected = selection();
    const BlockId next = selected.isEmpty() ? tabOrder().first() : neighbour(selected.last(), key);
    if (!next.isValid())
        return;
    select({next});
    showArea(m_scene.frameOf(next));
}

bool ModelCanvas::focusNextPrevChild(bool next)
{
    if (document() && !document()->graph().isEmpty()) {
        const QList<BlockId> order = tabOrder();
        const QList<BlockId> selected = selection();
        const qsizetype at = selected.isEmpty() ? -1 : order.indexOf(selected.last());
        const qsizetype to = at < 0 ? (next ? 0 : order.size() - 1) : at + (next ? 1 : -1);
        if (to >= 0 && to < order.size()) {
            select({order.at(to)});
            showArea(m_scene.frameOf(order.at(to)));
            return true;
        }
    }
    return QGraphicsView::focusNextPrevChild(next);
}

void ModelCanvas::focusInEvent(QFocusEvent* event)
{
    CanvasView::focusInEvent(event);
    const bool byTab =
        event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byTab && document() && !document()->graph().isEmpty() && selection().isEmpty())
        focusNextPrevChild(event->reason() == Qt::TabFocusReason);
}

} // namespace espalier
