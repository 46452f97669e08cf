#include "core/graph/graph_analysis.h"

#include "core/graph/graph_analyzer.h"

#include <algorithm>

namespace espalier {

bool GraphAnalysis::canRun() const
{
    return count(IssueLevel::Error) == 0;
}

int GraphAnalysis::count(IssueLevel level) const
{
    return int(std::ranges::count(issues, level, &Issue::level));
}

GraphAnalysis analyzeGraph(const ModelGraph& graph, const QList<FeatureDescription>& features)
{
    return GraphAnalyzer(graph, features).run();
}

} // namespace espalier
