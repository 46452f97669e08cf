#include "core/base/system.h"
#include "core/nn/executor.h"
#include "core/nn/torch/batch_tensors.h"
#include "core/nn/torch/network.h"
#include "core/nn/torch/optimizers_torch.h"
#include "core/nn/torch/torch_errors.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
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

at::Device torchDevice(Device device)
{
    return device == Device::Cuda ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
}

std::vector<float> floatsOf(const at::Tensor& tensor)
{
    const at::Tensor local = tensor.cpu().contiguous();
    const float* begin = local.data_ptr<float>();
    return {begin, begin + local.numel()};
}

Outputs outputsOf(const at::Tensor& values)
{
    return {values.size(0), values.numel() / values.size(0), floatsOf(channelsLast(values))};
}

class ReferenceExecutor final : public Executor {
public:
    ReferenceExecutor(const ModelGraph& graph, const GraphAnalysis& analysis,
                      const QList<FeatureDescription>& features, ExecutorOptions options)
        : m_options(std::move(options))
        , m_tensors(analysis, features, torchDevice(m_options.device))
        , m_network(graph, analysis, m_options.seed, torchDevice(m_options.device))
        , m_optimizer(m_options.optimizer, m_network.weights())
        , m_gradient(at::zeros_like(m_network.weights()))
        , m_optimizerSteps(at::zeros({}, at::kLong))
    {
    }

    QString engine() const override { return u"reference"_s; }
    Device device() const override { return m_options.device; }
    int threads() const override { return m_options.threads; }
    qint64 parameterCount() const override { return m_network.weightCount(); }
    ImageLayout inputLayout() const override { return ImageLayout::ChannelsFirst; }
    float decisionThreshold() const override { return m_network.head().decisionThreshold(); }
    qint64 classCount() const { return m_tensors.classCount(); }

    Result<StepResult> trainStep(const Batch& batch, double learningRate, quint64 stepSeed) override
    {
        return guarded(u"train the model"_s,
                       [&] { return guardedTrainStep(batch, learningRate, stepSeed); });
    }

    Result<StepResult> evaluate(const Batch& batch) override
    {
        return guarded(u"evaluate the model"_s, [&] { return guardedEvaluate(batch); });
    }

    Result<Outputs> predict(const Batch& batch) override
    {
        return guarded(u"compute predictions"_s, [&]() -> Result<Outputs> {
            const at::NoGradGuard noGradient;
            const Result<at::Tensor> last = forward(batch, {});
            if (!last)
                return failureOf(last);
            return outputsOf(m_network.head().outputs(*last));
        });
    }

    Result<QList<NamedTensor>> state() const override
    {
        return guarded(u"read the weights"_s,
                       [&]() -> Result<QList<NamedTensor>> { return copyTensors(slotsOf(true)); });
    }

    Status setState(const QList<NamedTensor>& tensors, bool withOptimizer) override
    {
        return guarded(u"set the weights"_s,
                       [&] { return guardedSetState(tensors, withOptimizer); });
    }

private:
    Result<StepResult> guardedTrainStep(const Batch& batch, double learningRate, quint64 stepSeed);
    Result<StepResult> guardedEvaluate(const Batch& batch);
    Status guardedSetState(const QList<NamedTensor>& tensors, bool withOptimizer);
    [[nodiscard]] Result<at::Tensor> forward(const Batch& batch, const ForwardContext& context);
    [[nodiscard]] std::vector<TensorSlot> slotsOf(bool withOptimizer) const;

    ExecutorOptions m_options;
    BatchTensors m_tensors;
    Network m_network;
    FlatOptimizer m_optimizer;
    at::Tensor m_gradient;       ///< placed like the weights
    at::Tensor m_optimizerSteps; ///< a copy for the state
};

/// What comes before the last activation, in float32.
Result<at::Tensor> ReferenceExecutor::forward(const Batch& batch, const ForwardContext& context)
{
    if (at::get_num_threads() != m_options.threads) // a number of the thread that computes
        at::set_num_threads(m_options.threads);
    const Result<std::vector<at::Tensor>> inputs = m_tensors.inputs(batch);
    if (!inputs)
        return failureOf(inputs);
    const Autocast autocast(m_options.device, m_options.precision);
    return m_network.forward(*inputs, context).to(at::kFloat);
}

Result<StepResult> ReferenceExecutor::guardedTrainStep(const Batch& batch, double learningRate,
                                                       quint64 stepSeed)
{
    const Result<Targets> targets = m_tensors.targets(batch, m_options.classWeights);
    if (!targets)
        return failureOf(targets);
    const at::AutoGradMode gradient(true);
    const Result<at::Tensor> last = forward(batch, {true, stepSeed});
    if (!last)
        return failureOf(last);
    const at::Tensor loss = meanLoss(m_network.head().losses(*last, *targets), *targets);
    StepResult result;
    result.loss = loss.item<double>();
    if (!std::isfinite(result.loss))
        return failure(ErrorCode::Numeric,
                       u"The loss is no longer a number. Choose a smaller learning rate, and check "
                       "the normalization of the features."_s);
    const at::NoGradGuard noGradient;
    result.outputs = outputsOf(m_network.head().outputs(last->detach()));
    if (loss.requires_grad()) {
        loss.backward();
        m_network.takeGradient(m_gradient);
        m_optimizer.step(m_gradient, learningRate);
    }
    return result;
}

Result<StepResult> ReferenceExecutor::guardedEvaluate(const Batch& batch)
{
    const at::NoGradGuard noGradient;
    const Result<Targets> targets = m_tensors.targets(batch, {});
    if (!targets)
        return failureOf(targets);
    const Result<at::Tensor> last = forward(batch, {});
    if (!last)
        return failureOf(last);
    at::Tensor losses = m_network.head().losses(*last, *targets);
    if (targets->weights.defined())
        losses = losses * targets->weights;
    return StepResult{meanLoss(losses, *targets).item<double>(),
                      outputsOf(m_network.head().outputs(*last)), floatsOf(losses)};
}

std::vector<TensorSlot> ReferenceExecutor::slotsOf(bool withOptimizer) const
{
    std::vector<TensorSlot> all = m_network.state();
    if (!withOptimizer)
        return all;
    for (const OptimizerSlot& kept : m_optimizer.kept())
        for (TensorSlot& part : m_network.partsOf(kept.value, u"optimizer."_s, u'.' + kept.name))
            all.push_back(std::move(part));
    m_optimizerSteps.fill_(static_cast<int64_t>(m_optimizer.steps()));
    all.push_back({u"optimizer.step"_s, m_optimizerSteps});
    return all;
}

Status ReferenceExecutor::guardedSetState(const QList<NamedTensor>& tensors, bool withOptimizer)
{
    const at::NoGradGuard noGradient;
    QList<NamedTensor> wanted = tensors;
    if (!withOptimizer)
        wanted.removeIf([](const NamedTensor& t) { return t.name.startsWith("optimizer."_L1); });
    if (const Status assigned = assignTensors(slotsOf(withOptimizer), wanted); !assigned)
        return assigned;
    if (withOptimizer)
        m_optimizer.setSteps(m_optimizerSteps.item<int64_t>());
    else
        m_optimizer.reset();
    return {};
}

tl::unexpected<Error> unsupported(const QString& sentence)
{
    return failure(ErrorCode::Unsupported, sentence);
}

/// With what is automatic decided, or why it cannot be had here.
Result<ExecutorOptions> decided(ExecutorOptions options)
{
    const QList<Device> devices = availableDevices();
    if (options.device == Device::Auto)
        options.device = devices.last();
    if (!devices.contains(options.device))
        return unsupported(u"This machine or build has no graphics card with CUDA. Choose the "
                           "processor."_s);
    if (!supportsPrecision(options.device, options.precision))
        return unsupported(u"This processor has no instructions for bfloat16. Choose 32-bit "
                           "float."_s);
    if (options.threads <= 0)
        options.threads = usableProcessors();
    return options;
}

Status checkGraph(const GraphAnalysis& analysis)
{
    if (analysis.canRun() && analysis.target)
        return {};
    const QString reason =
        analysis.issues.isEmpty() ? u"it has no Target"_s : issueSentence(analysis.issues.first());
    return failure(ErrorCode::InvalidInput, u"The model cannot run yet: %1."_s.arg(reason));
}

} // namespace

Result<std::unique_ptr<Executor>> createReferenceExecutor(const ModelGraph& graph,
                                                          const QList<FeatureDescription>& features,
                                                          const ExecutorOptions& options)
{
    const GraphAnalysis analysis = analyzeGraph(graph, features);
    if (const Status runs = checkGraph(analysis); !runs)
        return failureOf(runs);
    const Result<ExecutorOptions> all = decided(options);
    if (!all)
        return failureOf(all);
    return guarded(u"build the model"_s, [&]() -> Result<std::unique_ptr<Executor>> {
        auto executor = std::make_unique<ReferenceExecutor>(graph, analysis, features, *all);
        const auto weights = static_cast<qint64>(all->classWeights.size());
        if (weights > 0 && weights != executor->classCount())
            return failure(ErrorCode::InvalidInput,
                           u"There are %1 class weights for %2 classes."_s.arg(weights).arg(
                               executor->classCount()));
        return executor;
    });
}

} // namespace espalier
