#pragma once

#include "core/graph/model_graph.h"

#include <QList>
#include <QRectF>

namespace espalier {

/// Groups on the canvas, as functions of the graph alone. A folded group stands there as one block
/// over the place of its blocks, which keep their places; what is below closes up.

/// The group that hides the block; null when it is to be seen.
[[nodiscard]] const GraphGroup* foldedGroupOf(const ModelGraph& graph, BlockId block);
/// Around the blocks of a group, folded or not.
[[nodiscard]] QRectF boundsOf(const ModelGraph& graph, const GraphGroup& group);
/// Of the one block that a group is while it is folded.
[[nodiscard]] QPointF foldedPlaceOf(const ModelGraph& graph, const GraphGroup& group);
/// Where a person sees the block, or the folded group that it is in.
[[nodiscard]] QRectF shownRect(const ModelGraph& graph, BlockId block);
/// Besides `blocks` all blocks of the folded groups that they are in, by id.
[[nodiscard]] QList<BlockId> withFolded(const ModelGraph& graph, const QList<BlockId>& blocks);
/// The block of a group whose output leads out of it; its last one where none does.
[[nodiscard]] BlockId exitOf(const ModelGraph& graph, const GraphGroup& group);
/// The group that consists of just these blocks (by id); null when there is none.
[[nodiscard]] const GraphGroup* groupOfAll(const ModelGraph& graph, const QList<BlockId>& blocks);

/// Folds a group or unfolds it. What follows it comes nearer and makes room again.
void foldGroup(ModelGraph& graph, GroupId id, bool folded);
/// Puts the blocks into a new group; folded groups that they are in unfold first.
GroupId groupBlocks(ModelGraph& graph, const QList<BlockId>& blocks);
/// Takes all groups apart that one of the blocks is in.
void ungroupBlocks(ModelGraph& graph, const QList<BlockId>& blocks);

/// The graph as it is seen: a folded group is its first block, at the place of the whole.
[[nodiscard]] ModelGraph foldedGraph(const ModelGraph& graph);
/// tidyPositions() of what is seen; the blocks of a folded group move together.
void tidy(ModelGraph& graph, const QList<BlockId>& blocks = {});

} // namespace espalier
