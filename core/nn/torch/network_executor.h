#pragma once

#include "core/nn/executor.h"
#include "core/nn/torch/batch_tensors.h"
#include "core/nn/torch/network.h"
#include "core/nn/torch/optimizers_torch.h"
#include "core/nn/torch/torch_errors.h"

namespace espalier {

/// What executors of a network have in common: weights, optimizer, state. How they compute is
/// theirs; both read and write the same tensors, so that a checkpoint of one is one of the other.
class NetworkExecutor : public Executor {
public:
    /// The analysis must be able to run; the options are decided().
    NetworkExecutor(const ModelGraph& graph, const GraphAnalysis& analysis,
                    const QList<FeatureDescription>& features, ExecutorOptions options);

    [[nodiscard]] Device device() const override { return m_options.device; }
    [[nodiscard]] int threads() const override { return m_options.threads; }
    [[nodiscard]] qint64 parameterCount() const override { return m_network.weightCount(); }
    [[nodiscard]] ImageLayout inputLayout() const override { return ImageLayout::ChannelsFirst; }
    [[nodiscard]] float decisionThreshold() const override
    {
        return m_network.head().decisionThreshold();
    }
    [[nodiscard]] qint64 classCount() const { return m_tensors.classCount(); }

    [[nodiscard]] Result<StepResult> evaluate(const Batch& batch) override;
    [[nodiscard]] Result<Outputs> predict(const Batch& batch) override;
    [[nodiscard]] Result<QList<NamedTensor>> state() const override;
    [[nodiscard]] Status setState(const QList<NamedTensor>& tensors, bool withOptimizer) override;

protected:
    [[nodiscard]] const ExecutorOptions& options() const { return m_options; }
    [[nodiscard]] const BatchTensors& tensors() const { return m_tensors; }
    [[nodiscard]] Network& network() { return m_network; }
    [[nodiscard]] const Network& network() const { return m_network; }
    [[nodiscard]] FlatOptimizer& optimizer() { return m_optimizer; }
    [[nodiscard]] const at::Tensor& gradient() const { return m_gradient; } ///< like the weights
    /// Lets this thread compute with as many threads as the options say.
    void useThreads() const;
    virtual void weightsChanged() {}

private:
    /// In evaluation mode: what comes before the last activation. Called without autograd.
    [[nodiscard]] virtual Result<at::Tensor> evaluated(const Batch& batch) = 0;
    [[nodiscard]] Result<StepResult> losses(const Batch& batch);
    [[nodiscard]] Status assignState(const QList<NamedTensor>& tensors, bool withOptimizer);
    [[nodiscard]] std::vector<TensorSlot> slotsOf(bool withOptimizer) const;

    ExecutorOptions m_options;
    BatchTensors m_tensors;
    Network m_network;
    FlatOptimizer m_optimizer;
    at::Tensor m_gradient;
    at::Tensor m_optimizerSteps; ///< a copy for the state
};

[[nodiscard]] at::Device torchDevice(Device device);
[[nodiscard]] std::vector<float> floatsOf(const at::Tensor& tensor);
/// In the order of the graph.
[[nodiscard]] Outputs outputsOf(const at::Tensor& values);

/// The Error for a loss that is no number.
[[nodiscard]] tl::unexpected<Error> lossIsNoNumber();

/// What an executor is made from once everything is checked and decided.
struct ExecutorPlan {
    GraphAnalysis analysis;
    ExecutorOptions options;
};
/// Errors: a graph that cannot run, a device or precision that is not here.
[[nodiscard]] Result<ExecutorPlan> planExecutor(const ModelGraph& graph,
                                                const QList<FeatureDescription>& features,
                                                const ExecutorOptions& options);
/// The Error where there are not as many class weights as classes.
[[nodiscard]] Status checkClassWeights(const ExecutorOptions& options, qint64 classes);

/// The executor of a plan. Errors: as of checkClassWeights(), and what the library throws.
template <typename Kind>
[[nodiscard]] Result<std::unique_ptr<Executor>>
buildExecutor(const ModelGraph& graph, const QList<FeatureDescription>& features,
              const ExecutorPlan& plan)
{
    return guarded(QStringLiteral("build the model"), [&]() -> Result<std::unique_ptr<Executor>> {
        auto executor = std::make_unique<Kind>(graph, plan.analysis, features, plan.options);
        if (const Status fits = checkClassWeights(plan.options, executor->classCount()); !fits)
            return failureOf(fits);
        return executor;
    });
}

} // namespace espalier
