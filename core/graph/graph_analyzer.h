#pragma once

#include "core/graph/activations.h"
#include "core/graph/graph_analysis.h"
#include "core/graph/graph_index.h"

namespace espalier {

/// One run of analyzeGraph(); what concerns the Target alone is in target_analysis.cpp. The
/// arguments must outlive it.
class GraphAnalyzer final {
public:
    GraphAnalyzer(const ModelGraph& graph, const QList<FeatureDescription>& features);
    [[nodiscard]] GraphAnalysis run();

private:
    struct LastActivation {
        BlockId block;
        Activation activation = Activation::Linear;
    };

    void report(IssueLevel level, const QString& text, BlockId about = {});
    [[nodiscard]] const BlockType* typeOf(BlockId id) const { return m_types.value(id); }
    [[nodiscard]] QString nameOf(BlockId id) const;
    [[nodiscard]] const FeatureDescription* featureOf(BlockId end) const;

    void readParameters(const Block& block);
    void checkDataset();
    void checkEnds();
    void checkFeature(BlockId end);
    [[nodiscard]] QString featureProblem(const QString& name) const;
    void reportInput(BlockId input);
    void checkConnections(BlockId id);
    void checkCycle();
    void computeBlock(BlockId id);
    void checkTraining();
    void sortIssues();

    [[nodiscard]] BlockId followingBlock() const;
    void followTarget();
    void checkTarget();
    void checkClasses(const FeatureDescription& feature);
    [[nodiscard]] bool checkEncoding(const FeatureDescription& feature, Loss loss);
    void checkOutput(const FeatureDescription& feature);
    void checkActivation(Loss loss);
    void checkRange(const LossDescription& loss, const LastActivation& last);
    void checkLeaks(const FeatureDescription& feature);
    [[nodiscard]] LastActivation lastActivation() const;

    const ModelGraph& m_graph;
    const QList<FeatureDescription>& m_features;
    GraphIndex m_index;
    QHash<BlockId, const BlockType*> m_types;                ///< of known types alone
    QHash<BlockId, const FeatureDescription*> m_endFeatures; ///< those that can be used
    GraphAnalysis m_result;
};

} // namespace espalier
