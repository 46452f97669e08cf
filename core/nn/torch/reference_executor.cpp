#include "core/nn/torch/network_executor.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Lets the library compute in bfloat16 what loses nothing by it, until destroyed.
class Autocast {
public:
    Autocast(Device device, Precision precision)
        : m_enable(device == Device::Cuda ? at::autocast::set_enabled
                                          : at::autocast::set_cpu_enabled)
        , m_active(precision == Precision::BFloat16)
    {
        if (!m_active)
            return;
        if (device == Device::Cuda)
            at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
        else
            at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
        m_enable(true);
    }
    ~Autocast()
    {
        if (!m_active)
            return;
        m_enable(false);
        at::autocast::clear_cache();
    }
    Autocast(const Autocast&) = delete;
    Autocast& operator=(const Autocast&) = delete;

private:
    void (*m_enable)(bool);
    bool m_active;
};

class ReferenceExecutor final : public NetworkExecutor {
public:
    using NetworkExecutor::NetworkExecutor;

    QString engine() const override { return u"reference"_s; }

    Result<StepResult> trainStep(const Batch& batch, double learningRate, quint64 stepSeed) override
    {
        return guarded(u"train the model"_s,
                       [&] { return guardedTrainStep(batch, learningRate, stepSeed); });
    }

private:
    Result<StepResult> guardedTrainStep(const Batch& batch, double learningRate, quint64 stepSeed);
    Result<at::Tensor> evaluated(const Batch& batch) override { return forward(batch, {}); }
    [[nodiscard]] Result<at::Tensor> forward(const Batch& batch, const ForwardContext& context);
};

/// What comes before the last activation, in float32.
Result<at::Tensor> ReferenceExecutor::forward(const Batch& batch, const ForwardContext& context)
{
    useThreads();
    const Result<std::vector<at::Tensor>> inputs = tensors().inputs(batch);
    if (!inputs)
        return failureOf(inputs);
    const Autocast autocast(options().device, options().precision);
    return network().forward(*inputs, context).to(at::kFloat);
}

Result<StepResult> ReferenceExecutor::guardedTrainStep(const Batch& batch, double learningRate,
                                                       quint64 stepSeed)
{
    const Result<Targets> targets = tensors().targets(batch, options().classWeights);
    if (!targets)
        return failureOf(targets);
    const at::AutoGradMode recorded(true);
    const Result<at::Tensor> last = forward(batch, {true, stepSeed});
    if (!last)
        return failureOf(last);
    const at::Tensor loss = meanLoss(network().head().losses(*last, *targets), *targets);
    StepResult result;
    result.loss = loss.item<double>();
    if (!std::isfinite(result.loss))
        return lossIsNoNumber();
    const at::NoGradGuard noGradient;
    result.outputs = outputsOf(network().head().outputs(last->detach()));
    if (loss.requires_grad()) {
        loss.backward();
        network().takeGradient(gradient());
        optimizer().step(gradient(), learningRate);
    }
    return result;
}

} // namespace

Result<std::unique_ptr<Executor>> createReferenceExecutor(const ModelGraph& graph,
                                                          const QList<FeatureDescription>& features,
                                                          const ExecutorOptions& options)
{
    const Result<ExecutorPlan> plan = planExecutor(graph, features, options);
    if (!plan)
        return failureOf(plan);
    return buildExecutor<ReferenceExecutor>(graph, features, *plan);
}

} // namespace espalier
