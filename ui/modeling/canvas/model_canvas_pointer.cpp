// What ModelCanvas does with mouse, drag and drop.
#include "core/graph/snippets.h"
#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/block_tooltip.h"
#include "ui/modeling/canvas/canvas_commands.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/canvas_edits.h"
#include "ui/modeling/canvas/group_commands.h"
#include "ui/modeling/canvas/items/group_item.h"
#include "ui/modeling/canvas/model_canvas.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <algorithm>

namespace espalier {

namespace {

constexpr double PortReach = 9;
constexpr double LineReach = 6;
constexpr int EdgeZone = 28;
constexpr double EdgeStep = 14;
constexpr int EdgeInterval = 16;

QString keyOf(const QMimeData& data, const char* type)
{
    return QString::fromUtf8(data.data(QLatin1String(type)));
}

const BlockType* heldType(const QMimeData& data)
{
    return blockType(keyOf(data, canvas::BlockMimeType));
}

const Snippet* heldSnippet(const QMimeData& data)
{
    return findSnippet(keyOf(data, canvas::SnippetMimeType));
}

bool isHeld(const QMimeData& data)
{
    return heldType(data) || heldSnippet(data);
}

QPointF placeUnder(QPointF point)
{
    return snappedToGrid(point - QPointF(canvas::BlockWidth, canvas::BlockHeight) / 2);
}

} // namespace

void ModelCanvas::mousePressEvent(QMouseEvent* event)
{
    hideTooltip();
    CanvasView::mousePressEvent(event);
    if (isPanning() || m_gesture || !document())
        return;
    m_pointer = event->position();
    m_pressedAt = event->position();
    const QPointF point = toScene(event->position());
    if (event->button() == Qt::LeftButton) {
        press(point, event->modifiers());
    } else if (event->button() == Qt::RightButton) {
        const GroupItem* group = m_scene.groupAt(point);
        const QList<BlockId> node = m_scene.nodeAt(point);
        const QList<BlockId> pressed = node.isEmpty() && group ? group->group().blocks : node;
        if (pressed.isEmpty() || !selection().contains(pressed.first()))
            select(pressed);
    }
}

void ModelCanvas::press(QPointF point, Qt::KeyboardModifiers modifiers)
{
    const bool adds = modifiers & (Qt::ControlModifier | Qt::ShiftModifier);
    const auto port = m_scene.portAt(point, reach(PortReach));
    if (port && isEditable() && !adds && zoom() >= canvas::InkOnlyZoom) {
        m_gesture = std::make_unique<ConnectGesture>(m_scene, *port, reach(2 * PortReach));
        return;
    }
    if (const BlockId block = m_scene.blockAt(point); block.isValid())
        return pressBlocks({block}, m_scene.frameOf(block).topLeft(), modifiers);
    if (const GroupItem* group = m_scene.groupAt(point))
        return pressGroup(*group, point, modifiers);
    if (const auto connection = m_scene.connectionAt(point, reach(LineReach)))
        return pressConnection(*connection, modifiers);
    m_gesture = std::make_unique<RubberBandGesture>(m_scene, point, adds);
}

void ModelCanvas::pressGroup(const GroupItem& item, QPointF point, Qt::KeyboardModifiers modifiers)
{
    m_pressedButton = buttonAt(point);
    if (m_pressedButton.isValid())
        return;
    const QPointF home = item.isFolded() ? item.frame().topLeft() : item.pos();
    pressBlocks(item.group().blocks, home, modifiers);
}

GroupId ModelCanvas::buttonAt(QPointF point) const
{
    if (m_scene.blockAt(point).isValid())
        return {};
    const GroupItem* group = m_scene.groupAt(point);
    return group && group->button().contains(point) ? group->group().id : GroupId();
}

void ModelCanvas::pressBlocks(const QList<BlockId>& blocks, QPointF home,
                              Qt::KeyboardModifiers modifiers)
{
    QList<BlockId> selected = selection();
    const bool all = std::ranges::includes(selected, blocks);
    m_selectOnRelease = false;
    if (all && modifiers & Qt::ControlModifier) {
        selected.removeIf([&](BlockId id) { return blocks.contains(id); });
    } else if (modifiers & (Qt::ControlModifier | Qt::ShiftModifier)) {
        selected.removeIf([&](BlockId id) { return blocks.contains(id); });
        selected += blocks;
    } else if (all) {
        m_selectOnRelease = true; // it may be the beginning of a move of all
    } else {
        selected = blocks;
    }
    std::ranges::sort(selected);
    select(selected);
    m_pressedBlocks = selected.contains(blocks.first()) ? blocks : QList<BlockId>();
    m_pressedHome = home;
}

void ModelCanvas::pressConnection(const Connection& connection, Qt::KeyboardModifiers modifiers)
{
    m_scene.selectConnection(connection, modifiers & (Qt::ControlModifier | Qt::ShiftModifier));
}

void ModelCanvas::mouseMoveEvent(QMouseEvent* event)
{
    CanvasView::mouseMoveEvent(event);
    if (isPanning())
        return;
    m_pointer = event->position();
    const bool far =
        (m_pointer - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    if (!m_pressedBlocks.isEmpty() && isEditable() && far) {
        m_gesture = std::make_unique<MoveGesture>(m_scene, m_pressedHome, toScene(m_pressedAt));
        m_pressedBlocks.clear();
    }
    if (m_gesture) {
        m_gesture->move(toScene(m_pointer));
        watchEdges();
    } else if (event->buttons() == Qt::NoButton) {
        hover(m_pointer);
    }
}

void ModelCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    CanvasView::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton)
        return;
    if (!m_pressedBlocks.isEmpty() && m_selectOnRelease) {
        select(m_pressedBlocks);
        Q_EMIT blockClicked();
    }
    const GroupId button = std::exchange(m_pressedButton, {});
    endGesture(true);
    if (button.isValid() && button == buttonAt(toScene(event->position())))
        setFolded(button, !m_scene.graph().group(button)->folded);
}

void ModelCanvas::endGesture(bool finish)
{
    m_edgeScroll.stop();
    m_pressedBlocks.clear();
    m_pressedButton = {};
    // Taken first: what it edits comes back here.
    const std::unique_ptr<CanvasGesture> gesture = std::move(m_gesture);
    if (gesture && finish)
        gesture->finish();
}

void ModelCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QPointF point = toScene(event->position());
    const bool used = document() && event->button() == Qt::LeftButton;
    if (used && m_scene.blockAt(point).isValid()) {
        Q_EMIT inspectorRequested();
    } else if (const GroupItem* item = used ? m_scene.groupAt(point) : nullptr;
               item && !buttonAt(point).isValid()) {
        setFolded(item->group().id, !item->isFolded());
    } else {
        mousePressEvent(event);
    }
}

void ModelCanvas::leaveEvent(QEvent* event)
{
    CanvasView::leaveEvent(event);
    m_hovered = {};
    m_scene.setHovered({});
    hideTooltip();
}

void ModelCanvas::hover(QPointF position)
{
    const QPointF point = toScene(position);
    const BlockId block = m_scene.nodeAt(point).value(0);
    const auto connection = block.isValid() || m_scene.groupAt(point)
                                ? std::nullopt
                                : m_scene.connectionAt(point, reach(LineReach));
    m_scene.setHovered(connection);
    viewport()->setCursor(connection ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (block == m_hovered)
        return;
    m_hovered = block;
    hideTooltip();
    if (block.isValid())
        m_tooltipDelay.start();
}

void ModelCanvas::watchEdges()
{
    const QRectF inner =
        QRectF(viewport()->rect()).adjusted(EdgeZone, EdgeZone, -EdgeZone, -EdgeZone);
    if (inner.contains(m_pointer))
        m_edgeScroll.stop();
    else if (!m_edgeScroll.isActive())
        m_edgeScroll.start(EdgeInterval, this);
}

void ModelCanvas::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_edgeScroll.timerId())
        return CanvasView::timerEvent(event);
    const auto step = [](double at, double size) {
        return at < EdgeZone ? EdgeStep : at > size - EdgeZone ? -EdgeStep : 0;
    };
    scrollBy({step(m_pointer.x(), viewport()->width()), step(m_pointer.y(), viewport()->height())});
    if (m_gesture)
        m_gesture->move(toScene(m_pointer));
    else
        m_edgeScroll.stop();
}

void ModelCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    if (!document() || m_gesture)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_commands->fill(*menu);
    menu->addSeparator();
    m_groupCommands->fill(*menu);
    menu->popup(event->globalPos());
}

void ModelCanvas::dragEnterEvent(QDragEnterEvent* event)
{
    if (isEditable() && isHeld(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore();
}

void ModelCanvas::dragMoveEvent(QDragMoveEvent* event)
{
    if (!isEditable() || !isHeld(*event->mimeData()))
        return event->ignore();
    event->acceptProposedAction();
    hold(*event->mimeData(), toScene(event->position()));
}

void ModelCanvas::hold(const QMimeData& held, QPointF point)
{
    CanvasPreview preview{.newBlock = placeUnder(point)};
    const BlockType* type = heldType(held);
    if (type && type->maximumInputs != 0 && type->hasOutput)
        preview.target = m_scene.connectionAt(point, canvas::BlockHeight / 2);
    m_scene.setPreview(preview);
}

void ModelCanvas::dragLeaveEvent(QDragLeaveEvent* /*event*/)
{
    m_scene.setPreview({});
}

void ModelCanvas::dropEvent(QDropEvent* event)
{
    m_scene.setPreview({});
    const BlockType* type = heldType(*event->mimeData());
    const Snippet* snippet = heldSnippet(*event->mimeData());
    if (!isEditable() || (!type && !snippet))
        return event->ignore();
    event->acceptProposedAction();
    setFocus(Qt::MouseFocusReason);
    const QPointF point = toScene(event->position());
    QList<BlockId> added;
    if (type) {
        const auto target = m_scene.connectionAt(point, canvas::BlockHeight / 2);
        document()->edit(tr("Add %1").arg(type->name), [&](ModelGraph& graph) {
            added = {graph.addBlock(type->key, placeUnder(point))};
            if (target)
                insertIntoConnection(graph, added.first(), *target);
        });
        return select(added);
    }
    const ModelGraph part = snippet->build();
    const QPointF wish = placeUnder(point) - boundsOf(part).topLeft();
    const QPointF offset = freeOffset(document()->graph(), part, wish);
    document()->edit(tr("Add %1").arg(snippet->name),
                     [&](ModelGraph& graph) { added = insertGraph(graph, part, offset); });
    select({});
    Q_EMIT snippetAdded();
}

} // namespace espalier
