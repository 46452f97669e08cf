#include "ui/modeling/canvas/canvas_gestures.h"

#include "core/project/documents/experiment_document.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/canvas_edits.h"
#include "ui/modeling/canvas/model_canvas.h"

#include <algorithm>
#include <cmath>

namespace espalier {

MoveGesture::MoveGesture(ModelScene& scene, QPointF home, QPointF start)
    : CanvasGesture(scene)
    , m_home(home)
    , m_start(start)
    , m_others(scene.framesBut(scene.selectedBlocks()))
{
    const ModelGraph& graph = scene.document()->graph();
    const QList<BlockId> moved = scene.selectedBlocks();
    for (BlockId id : moved)
        m_places.insert(id, graph.block(id)->position);
    if (moved.size() == 1 && graph.inputsOf(moved.first()).isEmpty() &&
        graph.outputsOf(moved.first()).isEmpty())
        m_insertable = moved.first();
}

MoveGesture::~MoveGesture()
{
    m_scene.setPreview({});
    QHash<BlockId, QPointF> places;
    for (BlockId id : m_moved.keys())
        if (const Block* block =
                m_scene.document() ? m_scene.document()->graph().block(id) : nullptr)
            places.insert(id, block->position);
    if (!places.isEmpty())
        m_scene.previewMove(places);
}

QPointF MoveGesture::snapped(QPointF position) const
{
    constexpr double magnet = 6;
    QPointF best = snappedToGrid(position);
    double nearestX = magnet;
    double nearestY = magnet;
    const auto pull = [](double from, double to, double& nearest, double& value) {
        if (std::abs(from - to) >= nearest)
            return;
        nearest = std::abs(from - to);
        value = to;
    };
    for (const QRectF& other : m_others) {
        const QPointF away = other.topLeft() - position;
        if (std::abs(away.x()) > 2 * canvas::ColumnWidth ||
            std::abs(away.y()) > 3 * canvas::RowHeight)
            continue;
        pull(position.x(), other.left(), nearestX, best.rx());
        for (double row : {-canvas::RowHeight, 0.0, canvas::RowHeight})
            pull(position.y(), other.top() + row, nearestY, best.ry());
    }
    return best;
}

void MoveGesture::move(QPointF point)
{
    const QPointF moved = snapped(m_home + point - m_start) - m_home;
    for (auto place = m_places.begin(); place != m_places.end(); ++place)
        m_moved.insert(place.key(), place.value() + moved);
    m_scene.previewMove(m_moved);
    if (!m_insertable.isValid())
        return;
    m_target = m_scene.connectionAt(blockRect(m_home + moved).center(), canvas::BlockHeight / 2);
    m_scene.setPreview({.target = m_target});
}

void MoveGesture::finish()
{
    ExperimentDocument* document = m_scene.document();
    if (!document || m_moved.isEmpty())
        return;
    document->edit(ModelCanvas::tr("Move %1").arg(ModelCanvas::blocksText(m_moved.size())),
                   [this](ModelGraph& graph) {
                       for (auto place = m_moved.begin(); place != m_moved.end(); ++place)
                           graph.setPosition(place.key(), place.value());
                       if (m_target)
                           insertIntoConnection(graph, m_insertable, *m_target);
                   });
}

ConnectGesture::ConnectGesture(ModelScene& scene, const ModelScene::Port& port, double reach)
    : CanvasGesture(scene)
    , m_port(port)
    , m_reach(reach)
    , m_partners(partnersOf(scene.document()->graph(), port.block, port.output))
{
    scene.lightPorts(port);
}

ConnectGesture::~ConnectGesture()
{
    m_scene.setPreview({});
    m_scene.lightPorts({});
}

std::optional<ModelScene::Port> ConnectGesture::targetAt(QPointF point) const
{
    const auto port = m_scene.portAt(point, m_reach);
    if (port && port->output != m_port.output && m_partners.contains(port->block))
        return port;
    const BlockId block = m_scene.blockAt(point);
    if (!m_partners.contains(block))
        return std::nullopt;
    const int number = m_port.output ? portFor(m_scene.document()->graph(), block) : 0;
    return ModelScene::Port{block, !m_port.output, number};
}

void ConnectGesture::move(QPointF point)
{
    m_target = targetAt(point);
    m_scene.lightPorts(m_port, m_target ? m_target->block : BlockId());
    const QPointF own = m_scene.placeOf(m_port);
    const QPointF end = m_target ? m_scene.placeOf(*m_target) : point;
    m_scene.setPreview(
        {.wire = m_port.output ? connectionPath(own, end) : connectionPath(end, own)});
}

void ConnectGesture::finish()
{
    ExperimentDocument* document = m_scene.document();
    if (!document || !m_target)
        return;
    const ModelScene::Port& from = m_port.output ? m_port : *m_target;
    const ModelScene::Port& to = m_port.output ? *m_target : m_port;
    document->edit(ModelCanvas::tr("Connect"), [&](ModelGraph& graph) {
        const bool growing = m_scene.blockItem(to.block)->content().takesAnyNumber;
        const int port = growing ? portFor(graph, to.block) : to.number;
        graph.connect({from.block, to.block, port});
    });
}

RubberBandGesture::RubberBandGesture(ModelScene& scene, QPointF start, bool add)
    : CanvasGesture(scene)
    , m_start(start)
    , m_before(add ? scene.selectedBlocks() : QList<BlockId>())
{
    if (!add)
        scene.select({});
}

RubberBandGesture::~RubberBandGesture()
{
    m_scene.setPreview({});
}

void RubberBandGesture::move(QPointF point)
{
    const QRectF band = QRectF(m_start, point).normalized();
    QList<BlockId> selected = m_before + m_scene.blocksIn(band);
    std::ranges::sort(selected);
    selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
    m_scene.select(selected);
    m_scene.setPreview({.rubberBand = band});
}

} // namespace espalier
