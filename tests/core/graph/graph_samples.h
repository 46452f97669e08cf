#pragma once

#include "core/graph/graph_analysis.h"

#include <QStringList>
#include <utility>

/// Small graphs and readable Information lists for the tests of the analysis.
namespace espalier {

/// A type and the values that differ from its defaults.
using Link = std::pair<QString, ParameterValues>;

/// Blocks one behind the other, ids from 1.
inline ModelGraph chainOf(const QList<Link>& links)
{
    ModelGraph graph;
    BlockId last;
    for (const Link& link : links) {
        const BlockId id = graph.addBlock(link.first, {}, link.second);
        graph.connect({last, id});
        last = id;
    }
    return graph;
}

/// "error Target: choose a feature".
inline QStringList linesOf(const GraphAnalysis& analysis)
{
    QStringList lines;
    for (const Issue& issue : analysis.issues)
        lines.append(enumKey(issue.level) + QChar(u' ') + issueSentence(issue));
    return lines;
}

} // namespace espalier
