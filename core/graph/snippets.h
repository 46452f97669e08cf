#pragma once

#include "core/graph/model_graph.h"

#include <QList>
#include <QString>
#include <functional>

namespace espalier {

/// A whole network to start from, with Input and Target.
struct Snippet {
    QString key;  ///< "cnn"
    QString name; ///< "CNN"
    QString help;
    std::function<ModelGraph()> build;
};

/// All snippets in the order in which they are shown.
[[nodiscard]] const QList<Snippet>& snippets();
/// By key or name, any case of letters; null when there is none.
[[nodiscard]] const Snippet* findSnippet(const QString& name);

/// Adds all blocks and groups of `addition` under fresh ids and names, moved by `offset`; gives the
/// new ids of the blocks.
QList<BlockId> insertGraph(ModelGraph& graph, const ModelGraph& addition, QPointF offset = {});

} // namespace espalier
