#pragma once

#include "core/graph/model_graph.h"

#include <QList>
#include <QMimeData>
#include <QPointF>
#include <QSet>
#include <memory>
#include <optional>

namespace espalier {

/// What a person does to a graph on the canvas, as functions of the graph
/// alone: one call inside ExperimentDocument::edit() is one undo step.

/// Whether data may flow from one to the other: there is an output and an
/// input, and no cycle.
[[nodiscard]] bool canConnect(const ModelGraph& graph, BlockId from, BlockId to);
/// Blocks that a connection may lead to from the output of `block`, or come
/// from to its input.
[[nodiscard]] QSet<BlockId> partnersOf(const ModelGraph& graph, BlockId block, bool ofOutput);
/// The first input port of `to` that is free; the last one where all are taken.
[[nodiscard]] int portFor(const ModelGraph& graph, BlockId to);
/// The place nearest below or beside `wish` where a block covers no other.
[[nodiscard]] QPointF freePlace(const ModelGraph& graph, QPointF wish);

/// Adds a block behind `after` and joins it: into the only connection that
/// leaves it, else as a further branch; in front of a block without output.
/// What is below makes room. Without `after` it stands alone at a free place
/// near `wish`.
BlockId addBlockAfter(ModelGraph& graph, const QString& type, BlockId after, QPointF wish);
/// Puts a block of the graph into a connection; what is below makes room. Between
/// two blocks of a group it joins the group. False when it has no input or output,
/// or a cycle would arise.
bool insertIntoConnection(ModelGraph& graph, BlockId block, const Connection& connection);
/// Takes blocks and connections out; straight chains are closed.
void removeParts(ModelGraph& graph, const QList<BlockId>& blocks,
                 const QList<Connection>& connections);

/// The blocks with the connections among them and the groups that are whole, same
/// ids and places.
[[nodiscard]] ModelGraph partOf(const ModelGraph& graph, const QList<BlockId>& blocks);
[[nodiscard]] QRectF boundsOf(const ModelGraph& graph);
/// How far `part` must move, at least by `wish`, to cover no block of the
/// graph.
[[nodiscard]] QPointF freeOffset(const ModelGraph& graph, const ModelGraph& part, QPointF wish);

/// As JSON, readable by people and by other experiments, also in plain text.
[[nodiscard]] std::unique_ptr<QMimeData> toMimeData(const ModelGraph& part);
/// Nothing when there are no blocks in it.
[[nodiscard]] std::optional<ModelGraph> fromMimeData(const QMimeData* data);

} // namespace espalier
