#pragma once

#include "core/graph/graph_analysis.h"
#include "core/nn/torch/blocks/network_block.h"
#include "core/nn/torch/losses_torch.h"
#include "core/nn/torch/named_tensors.h"

#include <vector>

namespace espalier {

/// One block of a network.
struct NetworkStep {
    BlockId id;
    QString type;
    Parameters parameters;                      ///< with followed values
    QList<Shape> shapes;                        ///< of the inputs
    Shape shape;                                ///< of the output
    Activation activation = Activation::Linear; ///< Linear, too, where it belongs to the loss
    NetworkBlock block;
    std::vector<size_t> sources{};  ///< steps that it reads
    std::vector<size_t> finished{}; ///< steps that nothing reads after it
    size_t input = 0;               ///< number of the Input where there are no sources
};

/// A graph that can compute: the blocks that lead to the Target, in topological order. All
/// trainable weights are parts of one tensor, so that an optimizer changes them at once.
class Network {
public:
    /// The analysis must be able to run. Initial weights depend on the seed and the ids of the
    /// blocks alone.
    Network(const ModelGraph& graph, const GraphAnalysis& analysis, quint64 seed,
            const at::Device& device);

    /// What comes before the last activation (see LossHead), from one tensor for each Input in the
    /// order of the analysis.
    [[nodiscard]] at::Tensor forward(const std::vector<at::Tensor>& inputs,
                                     const ForwardContext& context) const;
    [[nodiscard]] const LossHead& head() const { return m_head; }
    /// The blocks in topological order; the last feeds the Target.
    [[nodiscard]] const std::vector<NetworkStep>& steps() const { return m_steps; }

    /// All trainable weights end to end, each block's tensors at a multiple of 64 bytes.
    [[nodiscard]] const at::Tensor& weights() const { return m_weights; }
    [[nodiscard]] qint64 weightCount() const;
    /// Moves the gradients of the last backward pass into `gradient`, placed like weights().
    void takeGradient(const at::Tensor& gradient);

    /// Weights and running statistics by name ("3.weight").
    [[nodiscard]] std::vector<TensorSlot> state() const;
    /// The parts of a tensor placed like weights(), under the names of the weights and `suffix`.
    [[nodiscard]] std::vector<TensorSlot> partsOf(const at::Tensor& flat, const QString& prefix,
                                                  const QString& suffix) const;

private:
    struct Weight {
        QString name;
        at::Tensor tensor; ///< shares its storage with m_weights
        qint64 offset = 0;
    };

    void addStep(const ModelGraph& graph, const GraphAnalysis& analysis, BlockId id, quint64 seed);
    void markFinished();
    void moveTo(const at::Device& device);

    std::vector<NetworkStep> m_steps;
    std::vector<Weight> m_trainable;
    at::Tensor m_weights;
    LossHead m_head{Loss::MeanSquaredError, Activation::Linear};
    BlockId m_last; ///< feeds the Target
};

} // namespace espalier
