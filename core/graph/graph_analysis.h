#pragma once

#include "core/base/feature_description.h"
#include "core/base/issue.h"
#include "core/graph/block_catalogue.h"
#include "core/graph/losses.h"
#include "core/graph/model_graph.h"

#include <QHash>
#include <QList>
#include <optional>

namespace espalier {

/// What follows from one block and its place in the graph.
struct BlockAnalysis {
    /// Parameters with defaults and followed values (Nodes of the last Dense block) filled in.
    Parameters parameters{{}};
    QList<Shape> inputs; ///< by port
    Shape output;        ///< empty: not known
    BlockCost cost;
};

/// What follows from a graph and the features that it can read; computed anew after every edit
/// (a graph of 500 blocks takes well under a millisecond a block).
struct GraphAnalysis {
    QHash<BlockId, BlockAnalysis> blocks;
    QList<BlockId> order; ///< topological; empty when there is a cycle
    QList<Issue> issues;  ///< errors first
    BlockCost total;
    QList<BlockId> inputs;         ///< Input blocks in topological order
    std::optional<BlockId> target; ///< the only Target

    [[nodiscard]] bool canRun() const; ///< no error is left
    [[nodiscard]] int count(IssueLevel level) const;
};

/// `features` are those of the dataset version of the experiment; empty while none is chosen.
/// Checks everything that can be known before a run: ends and their features, connections, cycles,
/// shapes, classes against nodes, the last activation against the loss.
[[nodiscard]] GraphAnalysis analyzeGraph(const ModelGraph& graph,
                                         const QList<FeatureDescription>& features);

} // namespace espalier
