#include "ui/modeling/canvas/model_scene.h"

#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/canvas_edits.h"
#include "ui/modeling/canvas/edits/group_edits.h"
#include "ui/modeling/canvas/items/connection_item.h"
#include "ui/modeling/canvas/items/group_item.h"
#include "ui/theme/theme.h"

#include <QGraphicsView>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

/// Room for any graph, and for the view around it.
constexpr double SceneSize = ModelGraph::MaximumPosition * 1.1;
constexpr double DimmedOpacity = 0.4;

} // namespace

ModelScene::ModelScene(QObject* parent)
    : QGraphicsScene(parent)
{
    setItemIndexMethod(NoIndex);
    setSceneRect(-SceneSize, -SceneSize, 2 * SceneSize, 2 * SceneSize);
    connect(this, &QGraphicsScene::selectionChanged, this, &ModelScene::markGroups);
}

ModelScene::~ModelScene()
{
    disconnect(this, nullptr, this, nullptr); // items that go still say that the selection changes
}

void ModelScene::setDocument(ExperimentDocument* document)
{
    if (document == m_document)
        return;
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    m_view.reset();
    m_preview = {};
    m_hovered = {};
    if (m_document) {
        connect(m_document, &ExperimentDocument::graphChanged, this, &ModelScene::follow);
        connect(m_document, &ExperimentDocument::analysisChanged, this,
                &ModelScene::refreshContents);
        connect(m_document, &QObject::destroyed, this, [this] {
            m_document = nullptr;
            m_view.reset();
            rebuild();
        });
    }
    rebuild();
}

void ModelScene::rebuild()
{
    // Forgotten first: items that go say that the selection changes.
    m_blocks.clear();
    m_connections.clear();
    m_groups.clear();
    m_foldedIn.clear();
    clear();
    if (m_document) {
        for (const Block& block : graph().blocks())
            addBlock(block);
        for (const Connection& connection : graph().connections())
            addConnection(connection);
    }
    syncGroups();
    refreshContents();
}

void ModelScene::follow(const GraphChange& change)
{
    if (m_view) {
        m_view.reset();
        return rebuild();
    }
    for (const Connection& connection : change.disconnected)
        removeConnection(connection);
    for (BlockId id : change.removed)
        removeBlock(id);
    for (BlockId id : change.added)
        addBlock(*m_document->graph().block(id));
    for (BlockId id : change.changed)
        m_blocks.value(id)->setPos(m_document->graph().block(id)->position);
    for (const Connection& connection : change.connected)
        addConnection(connection);
    if (change.groups)
        syncGroups();
}

void ModelScene::refreshContents()
{
    if (m_document) {
        QSet<BlockId> wrong;
        for (const Issue& issue : m_document->issues())
            if (issue.level == IssueLevel::Error)
                wrong.insert(BlockId(issue.blockId));
        for (const Block& block : graph().blocks()) {
            BlockContent content = BlockContent::of(block, m_document->analysis());
            content.hasError = wrong.contains(block.id);
            m_blocks.value(block.id)->setContent(content);
        }
        refreshGroups();
    }
    placeGroups();
    routeConnections();
    Q_EMIT contentChanged();
}

void ModelScene::addBlock(const Block& block)
{
    auto* item = new BlockItem(block.id);
    item->setPos(block.position);
    addItem(item);
    m_blocks.insert(block.id, item);
}

void ModelScene::removeBlock(BlockId id)
{
    delete m_blocks.take(id);
}

void ModelScene::addConnection(const Connection& connection)
{
    auto* item = new ConnectionItem(connection);
    addItem(item);
    m_connections.insert(connection, item);
}

void ModelScene::removeConnection(const Connection& connection)
{
    if (m_hovered == connection)
        m_hovered = {};
    delete m_connections.take(connection);
}

QList<QRectF> ModelScene::obstaclesOf(const Connection& connection, QPointF from, QPointF to) const
{
    QList<QRectF> obstacles;
    if (to.y() - from.y() < canvas::RowHeight)
        return obstacles;
    const QRectF area =
        QRectF(from, to).normalized().adjusted(-canvas::ColumnWidth, 0, canvas::ColumnWidth, 0);
    for (const QRectF& frame : framesBut(withFolded(graph(), {connection.from, connection.to})))
        if (frame.intersects(area))
            obstacles.append(frame);
    return obstacles;
}

void ModelScene::routeConnections()
{
    for (ConnectionItem* item : std::as_const(m_connections)) {
        const Connection& connection = item->connection();
        if (!item->isVisible())
            continue;
        const QPointF from = placeOf({connection.from, true, 0});
        const QPointF to = placeOf({connection.to, false, connection.port});
        item->setPath(connectionPath(from, to, obstaclesOf(connection, from, to)));
    }
}

QList<BlockId> ModelScene::selectedBlocks() const
{
    QList<BlockId> ids;
    for (const BlockItem* item : m_blocks)
        if (item->isSelected())
            ids.append(item->id());
    std::ranges::sort(ids);
    return ids;
}

QList<Connection> ModelScene::selectedConnections() const
{
    QList<Connection> selected;
    for (const ConnectionItem* item : m_connections)
        if (item->isSelected())
            selected.append(item->connection());
    return selected;
}

void ModelScene::select(const QList<BlockId>& blocks)
{
    const QList<BlockId> whole = m_document ? withFolded(graph(), blocks) : blocks;
    if (whole == selectedBlocks() && selectedConnections().isEmpty())
        return;
    {
        const QSignalBlocker blocker(this);
        clearSelection();
        for (BlockId id : whole)
            if (BlockItem* item = m_blocks.value(id))
                item->setSelected(true);
    }
    Q_EMIT selectionChanged();
}

void ModelScene::selectConnection(const Connection& connection, bool add)
{
    {
        const QSignalBlocker blocker(this);
        if (!add)
            clearSelection();
        if (ConnectionItem* item = m_connections.value(connection))
            item->setSelected(true);
    }
    Q_EMIT selectionChanged();
}

QRectF ModelScene::contentRect() const
{
    QRectF content;
    for (const BlockItem* item : m_blocks)
        if (!item->isFolded())
            content |= item->frame();
    for (const GroupItem* item : m_groups)
        content |= item->frame();
    return content;
}

BlockId ModelScene::blockAt(QPointF point) const
{
    BlockId found;
    for (const BlockItem* item : m_blocks)
        if (!item->isFolded() && item->frame().contains(point) &&
            (!found.isValid() || item->id() > found))
            found = item->id();
    return found;
}

std::optional<Connection> ModelScene::connectionAt(QPointF point, double reach) const
{
    for (const ConnectionItem* item : m_connections)
        if (item->isVisible() && item->isNear(point, reach))
            return item->connection();
    return std::nullopt;
}

QList<BlockId> ModelScene::blocksIn(const QRectF& area) const
{
    QList<BlockId> ids;
    for (const BlockItem* item : m_blocks)
        if (!item->isFolded() && item->frame().intersects(area))
            ids.append(item->id());
    for (const GroupItem* item : m_groups)
        if (item->isFolded() && item->frame().intersects(area))
            ids += item->group().blocks;
    std::ranges::sort(ids);
    return ids;
}

std::optional<ModelScene::Port> ModelScene::portAt(QPointF point, double reach) const
{
    std::optional<Port> nearest;
    double least = reach;
    const auto consider = [&](const Port& port) {
        const double distance = QLineF(point, placeOf(port)).length();
        if (distance > least)
            return;
        least = distance;
        nearest = port;
    };
    for (const BlockItem* item : m_blocks) {
        if (item->isFolded() ||
            !item->frame().adjusted(-reach, -reach, reach, reach).contains(point))
            continue;
        for (int port = 0; port < item->content().inputs; ++port)
            consider({item->id(), false, port});
        if (item->content().hasOutput)
            consider({item->id(), true, 0});
    }
    return nearest;
}

QPointF ModelScene::placeOf(const Port& port) const
{
    if (const GroupItem* group = foldedItemOf(port.block))
        return port.output ? group->outputPort() : group->inputPort();
    const BlockItem* item = m_blocks.value(port.block);
    if (!item)
        return {};
    return port.output ? item->outputPort()
                       : item->inputPort(std::min(port.number, item->content().inputs - 1));
}

void ModelScene::previewMove(const QHash<BlockId, QPointF>& positions)
{
    for (auto place = positions.begin(); place != positions.end(); ++place)
        if (BlockItem* item = m_blocks.value(place.key()))
            item->setPos(place.value());
    placeGroups();
    routeConnections();
    Q_EMIT contentChanged();
}

void ModelScene::setPreview(const CanvasPreview& preview)
{
    if (m_preview.target != preview.target) {
        for (const auto& target : {m_preview.target, preview.target})
            if (target)
                if (ConnectionItem* item = m_connections.value(*target))
                    item->setDropTarget(target == preview.target);
    }
    m_preview = preview;
    for (QGraphicsView* view : views())
        view->viewport()->update();
}

void ModelScene::lightPorts(const std::optional<Port>& port, BlockId target)
{
    const QSet<BlockId> partners =
        port ? partnersOf(m_document->graph(), port->block, port->output) : QSet<BlockId>();
    for (BlockItem* item : std::as_const(m_blocks)) {
        const bool possible = partners.contains(item->id());
        const PortState lit = !possible              ? PortState::Normal
                              : item->id() == target ? PortState::Target
                                                     : PortState::Possible;
        const bool input = port && port->output;
        item->setPortStates(input ? lit : PortState::Normal, input ? PortState::Normal : lit);
        const bool takesPart = !port || possible || item->id() == port->block;
        item->setOpacity(takesPart ? 1 : DimmedOpacity);
    }
    for (GroupItem* item : std::as_const(m_groups))
        item->setOpacity(port && item->isFolded() ? DimmedOpacity : 1);
}

void ModelScene::setHovered(const std::optional<Connection>& connection)
{
    if (connection == m_hovered)
        return;
    for (const auto& changed : {m_hovered, connection})
        if (changed)
            if (ConnectionItem* item = m_connections.value(*changed))
                item->setHovered(changed == connection);
    m_hovered = connection;
}

const Theme& ModelScene::theme() const
{
    return Theme::of(views().isEmpty() ? palette() : views().constFirst()->palette());
}

void ModelScene::drawBackground(QPainter* painter, const QRectF& rect)
{
    painter->fillRect(rect, theme().color(Role::Sunken));
    const double zoom = painter->worldTransform().m11();
    if (zoom < canvas::NameOnlyZoom)
        return;
    const auto after = [](double edge) { return int(std::ceil(edge / canvas::GridStep)); };
    const auto before = [](double edge) { return int(std::floor(edge / canvas::GridStep)); };
    QList<QPointF> dots;
    for (int row = after(rect.top()); row <= before(rect.bottom()); ++row)
        for (int column = after(rect.left()); column <= before(rect.right()); ++column)
            dots.append(QPointF(column, row) * canvas::GridStep);
    painter->setRenderHint(QPainter::Antialiasing, false);
    QPen pen(theme().color(Role::Grid), 1);
    pen.setCosmetic(true);
    painter->setPen(pen);
    painter->drawPoints(dots.constData(), int(dots.size()));
}

void ModelScene::drawForeground(QPainter* painter, const QRectF& /*rect*/)
{
    painter->setRenderHint(QPainter::Antialiasing);
    QPen pen(theme().color(Role::Accent), 1.5);
    pen.setCosmetic(true);
    if (m_preview.wire) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(pen);
        painter->drawPath(*m_preview.wire);
    }
    if (m_preview.newBlock) {
        pen.setDashPattern({4, 3});
        painter->setPen(pen);
        painter->setBrush(theme().color(Role::DropTarget));
        painter->drawRoundedRect(blockRect(*m_preview.newBlock), metrics::Radius, metrics::Radius);
    }
    if (m_preview.rubberBand) {
        QColor fill = theme().color(Role::Selection);
        fill.setAlphaF(0.5F);
        pen.setStyle(Qt::SolidLine);
        pen.setWidthF(1);
        painter->setPen(pen);
        painter->setBrush(fill);
        painter->drawRect(*m_preview.rubberBand);
    }
}

} // namespace espalier

#include "moc_model_scene.cpp"
