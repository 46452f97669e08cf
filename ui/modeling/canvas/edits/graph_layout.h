#pragma once

#include "core/graph/model_graph.h"

#include <QHash>
#include <QList>

namespace espalier {

/// Places for `ids` (all blocks when empty) so that data flows downwards in
/// rows and every chain stands straight in a column of its own, side branches
/// beside it. The first chain keeps the place of its head. Works in a time
/// linear in the graph, up to the search for free columns.
[[nodiscard]] QHash<BlockId, QPointF> tidyPositions(const ModelGraph& graph,
                                                    const QList<BlockId>& ids = {});

} // namespace espalier
