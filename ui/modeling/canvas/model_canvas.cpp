#include "ui/modeling/canvas/model_canvas.h"

#include "core/graph/snippets.h"
#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/block_tooltip.h"
#include "ui/modeling/canvas/canvas_commands.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/canvas_edits.h"
#include "ui/modeling/canvas/edits/group_edits.h"
#include "ui/modeling/canvas/group_commands.h"
#include "ui/modeling/canvas/minimap.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QAccessible>
#include <QAction>
#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace espalier {

namespace {

constexpr auto TooltipDelay = 400ms;
constexpr int EdgeGap = 16;
constexpr int TooltipGap = 14;

} // namespace

// The view is the parent, but is built before a member could be: the scene is
// made first.
ModelCanvas::ModelCanvas(QWidget* parent)
    : CanvasView(*new ModelScene, parent)
    , m_scene(static_cast<ModelScene&>(*scene()))
{
    m_scene.setParent(this);
    setAcceptDrops(true);
    setAccessibleName(tr("Canvas"));
    m_tooltipDelay.setSingleShot(true);
    m_tooltipDelay.setInterval(TooltipDelay);
    createParts();
    connectSignals();
}

ModelCanvas::~ModelCanvas()
{
    disconnect(&m_scene, nullptr, this, nullptr);
    m_gesture.reset();
}

void ModelCanvas::createParts()
{
    m_commands = new CanvasCommands(*this);
    m_groupCommands = new GroupCommands(*this);
    m_minimap = new Minimap(*this, m_scene);
    m_tooltip = new BlockTooltip(this);
    auto* build = new QAction(tr("Build"), this);
    connect(build, &QAction::triggered, this, &ModelCanvas::buildRequested);
    m_emptyState = new EmptyState(u"convolution"_s, tr("Empty canvas"),
                                  tr("Add a snippet, or drag a block here"), build, this);
    placeParts();
}

void ModelCanvas::connectSignals()
{
    connect(&m_tooltipDelay, &QTimer::timeout, this, &ModelCanvas::showTooltip);
    connect(&m_scene, &ModelScene::contentChanged, this, &ModelCanvas::contentMoved);
    connect(&m_scene, &QGraphicsScene::selectionChanged, this, [this] {
        describeSelection();
        updateCommands();
        Q_EMIT selectionChanged(selection());
    });
    connect(this, &CanvasView::placeChanged, this, [this] {
        hideTooltip();
        placeParts();
        updateCommands();
    });
}

void ModelCanvas::setDocument(ExperimentDocument* document)
{
    if (document == this->document())
        return;
    if (this->document()) {
        m_places.insert(this->document()->id(), place());
        disconnect(this->document(), nullptr, this, nullptr);
    }
    endGesture(false);
    m_scene.setDocument(document);
    if (document) {
        connect(document, &ExperimentDocument::recordChanged, this, [this] {
            if (!isEditable())
                endGesture(false);
            updateCommands();
            placeParts();
        });
        connect(document, &ExperimentDocument::graphChanged, this, [this] { endGesture(false); });
        connect(document, &QObject::destroyed, this, [this] { endGesture(false); });
    }
    const auto known = document ? m_places.constFind(document->id()) : m_places.constEnd();
    if (known != m_places.constEnd())
        setPlace(*known);
    else
        showStart();
    describeSelection();
    updateCommands();
    Q_EMIT selectionChanged({});
}

bool ModelCanvas::isEditable() const
{
    return document() && document()->isEditable();
}

QString ModelCanvas::blocksText(qsizetype count)
{
    return count == 1 ? tr("1 block") : tr("%1 blocks").arg(countText(count));
}

void ModelCanvas::updateCommands()
{
    m_commands->updateEnabled();
    m_groupCommands->updateEnabled();
}

void ModelCanvas::contentMoved()
{
    leaveStart();
    placeParts();
    describeSelection();
    updateCommands();
}

void ModelCanvas::placeParts()
{
    const bool filled = document() && !document()->graph().isEmpty();
    m_minimap->setVisible(filled && m_minimapWanted);
    m_minimap->resize(m_minimap->sizeHint());
    m_minimap->move(width() - m_minimap->width() - EdgeGap,
                    height() - m_minimap->height() - EdgeGap);
    m_minimap->update();
    m_emptyState->setVisible(isEditable() && !filled);
    m_emptyState->resize(m_emptyState->sizeHint());
    m_emptyState->move((width() - m_emptyState->width()) / 2,
                       (height() - m_emptyState->height()) / 2);
}

void ModelCanvas::setMinimapVisible(bool visible)
{
    m_minimapWanted = visible;
    placeParts();
}

void ModelCanvas::resizeEvent(QResizeEvent* event)
{
    CanvasView::resizeEvent(event);
    placeParts();
}

void ModelCanvas::select(const QList<BlockId>& blocks)
{
    m_scene.select(blocks);
}

void ModelCanvas::reveal(BlockId block)
{
    if (!m_scene.blockItem(block))
        return;
    if (const GraphGroup* group = foldedGroupOf(m_scene.graph(), block))
        setFolded(group->id, false);
    select({block});
    goTo({std::max(zoom(), canvas::NameOnlyZoom), m_scene.frameOf(block).center()});
}

void ModelCanvas::setFolded(GroupId group, bool folded)
{
    const GraphGroup* known = document() ? m_scene.graph().group(group) : nullptr;
    if (!known || known->folded == folded)
        return;
    hideTooltip();
    if (!isEditable()) {
        m_scene.showFolded(group, folded);
        return;
    }
    const QString text = folded ? tr("Fold %1") : tr("Unfold %1");
    document()->edit(text.arg(known->name),
                     [&](ModelGraph& graph) { foldGroup(graph, group, folded); });
}

QPointF ModelCanvas::placeInSight() const
{
    const QRectF seen = visibleArea();
    const bool empty = document()->graph().isEmpty();
    const double y = empty ? seen.top() + canvas::GridStep : seen.center().y();
    return snappedToGrid({seen.center().x() - canvas::BlockWidth / 2, y});
}

void ModelCanvas::addBlock(const QString& type)
{
    const BlockType* description = blockType(type);
    if (!isEditable() || !description)
        return;
    const QList<BlockId> selected = selection();
    BlockId added;
    document()->edit(tr("Add %1").arg(description->name), [&](ModelGraph& graph) {
        added = addBlockAfter(graph, type, selected.isEmpty() ? BlockId() : selected.last(),
                              placeInSight());
    });
    select({added});
    showArea(m_scene.frameOf(added));
}

void ModelCanvas::addSnippet(const QString& key)
{
    const Snippet* snippet = findSnippet(key);
    if (!isEditable() || !snippet)
        return;
    const bool empty = document()->graph().isEmpty();
    const ModelGraph part = snippet->build();
    const QPointF offset = freeOffset(document()->graph(), part, {});
    document()->edit(tr("Add %1").arg(snippet->name),
                     [&](ModelGraph& graph) { insertGraph(graph, part, offset); });
    select({});
    if (empty)
        showStart();
    else
        showArea(boundsOf(part).translated(offset));
    Q_EMIT snippetAdded();
}

void ModelCanvas::describeSelection()
{
    QStringList sentences;
    const QList<BlockId> selected = selection();
    if (selected.size() == 1 && document()) {
        const BlockContent& content = m_scene.blockItem(selected.first())->content();
        sentences = {content.name, content.summary, tr("output %1").arg(content.shape)};
        for (const Issue& issue : document()->issues())
            if (issue.blockId == selected.first().value())
                sentences.append(enumLabel(issue.level) + u": "_s + issue.text);
    } else if (const GraphGroup* group =
                   document() ? groupOfAll(m_scene.graph(), selected) : nullptr) {
        sentences = {tr("Group %1").arg(group->name), blocksText(selected.size()),
                     group->folded ? tr("folded") : tr("unfolded")};
    } else if (!selected.isEmpty()) {
        sentences.append(tr("%1 selected").arg(blocksText(selected.size())));
    } else if (document()) {
        sentences.append(blocksText(document()->graph().blocks().size()));
    }
    sentences.removeAll(QString());
    const QString description = sentences.join(u", "_s);
    if (description == accessibleDescription())
        return;
    setAccessibleDescription(description);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void ModelCanvas::showTooltip()
{
    if (!m_scene.blockItem(m_hovered) || m_gesture)
        return;
    const QList<BlockId> blocks = withFolded(m_scene.graph(), {m_hovered});
    BlockCost cost;
    for (BlockId id : blocks) {
        const BlockCost& part = document()->analysis().blocks.value(id).cost;
        cost.parameters += part.parameters;
        cost.multiplyAdds += part.multiplyAdds;
        cost.activationBytes += part.activationBytes;
    }
    QStringList problems;
    for (const Issue& issue : document()->issues())
        if (blocks.contains(BlockId(issue.blockId)) && issue.level <= IssueLevel::Warning)
            problems.append(blocks.size() == 1 ? issue.text : issue.subject + u": "_s + issue.text);
    m_tooltip->setContent({{tr("Parameters"), countText(cost.parameters)},
                           {tr("Multiply-adds"), countText(cost.multiplyAdds)},
                           {tr("Memory"), bytesText(double(cost.activationBytes))}},
                          problems);
    const QRect frame = viewportTransform().mapRect(m_scene.frameOf(m_hovered)).toRect();
    int x = frame.right() + TooltipGap;
    if (x + m_tooltip->width() > width())
        x = frame.left() - TooltipGap - m_tooltip->width();
    const int lowest = std::max(0, height() - m_tooltip->height());
    m_tooltip->move(std::max(0, x), std::clamp(frame.top() - 8, 0, lowest));
    m_tooltip->show();
    m_tooltip->raise();
}

void ModelCanvas::hideTooltip()
{
    m_tooltipDelay.stop();
    m_tooltip->hide();
}

} // namespace espalier

#include "moc_model_canvas.cpp"
