#pragma once

#include "core/graph/model_graph.h"

#include <QList>

namespace espalier {

/// What separates two graphs: only the blocks, connections and groups that differ, as they were and
/// as they are. ModelGraph::apply() takes one to the other, and back with inverted().
struct GraphDiff {
    QList<Block> before; ///< removed and changed blocks as they were, by id
    QList<Block> after;  ///< added and changed blocks as they are, by id
    QList<Connection> disconnected;
    QList<Connection> connected;
    QList<GraphGroup> groupsBefore; ///< removed and changed groups as they were, by id
    QList<GraphGroup> groupsAfter;

    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] GraphDiff inverted() const;
    /// Both in one: from where this begins to where `next` ends. Empty when `next` takes back all
    /// that this does.
    [[nodiscard]] GraphDiff followedBy(const GraphDiff& next) const;
};

[[nodiscard]] GraphDiff differenceOf(const ModelGraph& before, const ModelGraph& after);

} // namespace espalier
