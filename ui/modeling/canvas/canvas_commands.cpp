#include "ui/modeling/canvas/canvas_commands.h"

#include "core/graph/snippets.h"
#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/canvas_edits.h"
#include "ui/modeling/canvas/edits/group_edits.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace espalier {

CanvasCommands::CanvasCommands(ModelCanvas& canvas)
    : QObject(&canvas)
    , m_canvas(canvas)
{
    createEdits();
    createViews();
    updateEnabled();
}

QAction* CanvasCommands::add(const QString& text, const QString& icon,
                             const QList<QKeySequence>& shortcuts, Handler handler)
{
    auto* action = new QAction(themeIcon(icon), text, this);
    action->setShortcuts(shortcuts);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_canvas.addAction(action);
    if (handler)
        connect(action, &QAction::triggered, this, handler);
    return action;
}

void CanvasCommands::createEdits()
{
    cut = add(tr("Cut"), u"cut"_s, {QKeySequence::Cut}, &CanvasCommands::cutSelection);
    copy = add(tr("Copy"), u"copy"_s, {QKeySequence::Copy}, &CanvasCommands::copySelection);
    paste = add(tr("Paste"), u"paste"_s, {QKeySequence::Paste}, &CanvasCommands::pasteClipboard);
    duplicate = add(tr("Duplicate"), u"duplicate"_s, {Qt::CTRL | Qt::Key_D},
                    &CanvasCommands::duplicateSelection);
    remove = add(tr("Delete"), u"trash"_s, {Qt::Key_Delete, Qt::Key_Backspace},
                 &CanvasCommands::removeSelection);
    selectAll = add(tr("Select all"), u"group"_s, {QKeySequence::SelectAll},
                    &CanvasCommands::selectEverything);
    tidy = add(tr("Tidy"), u"align"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_T}, &CanvasCommands::tidyUp);
}

void CanvasCommands::createViews()
{
    zoomIn = add(tr("Zoom in"), u"zoom-in"_s,
                 {Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal, Qt::Key_Plus}, nullptr);
    zoomOut =
        add(tr("Zoom out"), u"zoom-out"_s, {Qt::CTRL | Qt::Key_Minus, Qt::Key_Minus}, nullptr);
    actualSize = add(tr("Zoom to 100 %"), u"search"_s, {Qt::CTRL | Qt::Key_0}, nullptr);
    fit = add(tr("Show all"), u"fit"_s, {Qt::CTRL | Qt::Key_1}, nullptr);
    minimap = add(tr("Minimap"), u"minimap"_s, {Qt::CTRL | Qt::Key_M}, nullptr);
    minimap->setCheckable(true);
    minimap->setChecked(true);
    connect(zoomIn, &QAction::triggered, this, [this] { m_canvas.zoomStep(1); });
    connect(zoomOut, &QAction::triggered, this, [this] { m_canvas.zoomStep(-1); });
    connect(actualSize, &QAction::triggered, this, [this] { m_canvas.actualSize(); });
    connect(fit, &QAction::triggered, this, [this] { m_canvas.fit(); });
    connect(minimap, &QAction::toggled, this,
            [this](bool visible) { m_canvas.setMinimapVisible(visible); });
}

QList<QAction*> CanvasCommands::all() const
{
    return {cut,  copy,   paste,   duplicate,  remove, selectAll,
            tidy, zoomIn, zoomOut, actualSize, fit,    minimap};
}

void CanvasCommands::fill(QMenu& menu) const
{
    menu.addActions({cut, copy, paste, duplicate, remove});
    menu.addSeparator();
    menu.addActions({selectAll, tidy});
    menu.addSeparator();
    menu.addActions({fit, actualSize});
}

void CanvasCommands::updateEnabled()
{
    const ExperimentDocument* document = m_canvas.document();
    const bool filled = document && !document->graph().isEmpty();
    const bool editable = m_canvas.isEditable();
    const bool blocks = !m_canvas.modelScene().selectedBlocks().isEmpty();
    const bool anything = blocks || !m_canvas.modelScene().selectedConnections().isEmpty();
    copy->setEnabled(blocks);
    cut->setEnabled(blocks && editable);
    duplicate->setEnabled(blocks && editable);
    remove->setEnabled(anything && editable);
    paste->setEnabled(editable);
    tidy->setEnabled(filled && editable);
    selectAll->setEnabled(filled);
    zoomIn->setEnabled(m_canvas.zoom() < CanvasView::MaximumZoom);
    zoomOut->setEnabled(m_canvas.zoom() > CanvasView::MinimumZoom);
}

void CanvasCommands::removeSelection()
{
    const QList<BlockId> blocks = m_canvas.selection();
    const QList<Connection> connections = m_canvas.modelScene().selectedConnections();
    const QString text =
        blocks.isEmpty()
            ? (connections.size() == 1 ? tr("Delete 1 connection")
                                       : tr("Delete %1 connections").arg(connections.size()))
            : tr("Delete %1").arg(ModelCanvas::blocksText(blocks.size()));
    m_canvas.document()->edit(text,
                              [&](ModelGraph& graph) { removeParts(graph, blocks, connections); });
}

void CanvasCommands::cutSelection()
{
    copySelection();
    const QList<BlockId> blocks = m_canvas.selection();
    m_canvas.document()->edit(tr("Cut %1").arg(ModelCanvas::blocksText(blocks.size())),
                              [&](ModelGraph& graph) { removeParts(graph, blocks, {}); });
}

void CanvasCommands::copySelection()
{
    const ModelGraph part = partOf(m_canvas.document()->graph(), m_canvas.selection());
    QGuiApplication::clipboard()->setMimeData(toMimeData(part).release());
}

void CanvasCommands::pasteClipboard()
{
    const auto part = fromMimeData(QGuiApplication::clipboard()->mimeData());
    if (!part) {
        Q_EMIT m_canvas.messaged(
            {IssueLevel::Note, tr("Paste"), tr("there are no blocks in the clipboard")});
        return;
    }
    insert(tr("Paste %1").arg(ModelCanvas::blocksText(part->blocks().size())), *part, false);
}

void CanvasCommands::duplicateSelection()
{
    const ModelGraph part = partOf(m_canvas.document()->graph(), m_canvas.selection());
    insert(tr("Duplicate %1").arg(ModelCanvas::blocksText(part.blocks().size())), part, true);
}

void CanvasCommands::insert(const QString& text, const ModelGraph& part, bool beside)
{
    const ModelGraph& graph = m_canvas.document()->graph();
    const QRectF bounds = boundsOf(part);
    QPointF wish;
    if (!beside && !m_canvas.visibleArea().intersects(bounds))
        wish = snappedToGrid(m_canvas.place().centre - bounds.center());
    const QPointF offset = freeOffset(graph, part, wish);
    QList<BlockId> added;
    m_canvas.document()->edit(
        text, [&](ModelGraph& changed) { added = insertGraph(changed, part, offset); });
    m_canvas.select(added);
    m_canvas.showArea(bounds.translated(offset));
}

void CanvasCommands::selectEverything()
{
    QList<BlockId> all;
    for (const Block& block : m_canvas.document()->graph().blocks())
        all.append(block.id);
    m_canvas.select(all);
}

void CanvasCommands::tidyUp()
{
    const QList<BlockId> selected = m_canvas.selection();
    const QList<BlockId> some = selected.size() > 1 ? selected : QList<BlockId>();
    m_canvas.document()->edit(tr("Tidy"), [&](ModelGraph& graph) { espalier::tidy(graph, some); });
    if (some.isEmpty())
        m_canvas.fit();
}

} // namespace espalier

#include "moc_canvas_commands.cpp"
