#include "core/nn/torch/network_executor.h"

#include "core/base/system.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

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

NetworkExecutor::NetworkExecutor(const ModelGraph& graph, const GraphAnalysis& analysis,
                                 const QList<FeatureDescription>& features, ExecutorOptions options)
    : m_options(std::move(options))
    , m_tensors(analysis, features, torchDevice(m_options.device))
    , m_network(graph, analysis, m_options.seed, torchDevice(m_options.device))
    , m_optimizer(m_options.optimizer, m_network.weights())
    , m_gradient(at::zeros_like(m_network.weights()))
    , m_optimizerSteps(at::zeros({}, at::kLong))
{
}

void NetworkExecutor::useThreads() const
{
    if (at::get_num_threads() != m_options.threads) // a number of the thread that computes
        at::set_num_threads(m_options.threads);
}

Result<StepResult> NetworkExecutor::evaluate(const Batch& batch)
{
    return guarded(u"evaluate the model"_s, [&] { return losses(batch); });
}

Result<Outputs> NetworkExecutor::predict(const Batch& batch)
{
    return guarded(u"compute predictions"_s, [&]() -> Result<Outputs> {
        const at::NoGradGuard noGradient;
        const Result<at::Tensor> last = evaluated(batch);
        if (!last)
            return failureOf(last);
        return outputsOf(m_network.head().outputs(*last));
    });
}

Result<StepResult> NetworkExecutor::losses(const Batch& batch)
{
    const at::NoGradGuard noGradient;
    const Result<Targets> targets = m_tensors.targets(batch, {});
    if (!targets)
        return failureOf(targets);
    const Result<at::Tensor> last = evaluated(batch);
    if (!last)
        return failureOf(last);
    at::Tensor each = m_network.head().losses(*last, *targets);
    if (targets->weights.defined())
        each = each * targets->weights;
    return StepResult{meanLoss(each, *targets).item<double>(),
                      outputsOf(m_network.head().outputs(*last)), floatsOf(each)};
}

Result<QList<NamedTensor>> NetworkExecutor::state() const
{
    return guarded(u"read the weights"_s,
                   [&]() -> Result<QList<NamedTensor>> { return copyTensors(slotsOf(true)); });
}

Status NetworkExecutor::setState(const QList<NamedTensor>& tensors, bool withOptimizer)
{
    return guarded(u"set the weights"_s, [&] { return assignState(tensors, withOptimizer); });
}

std::vector<TensorSlot> NetworkExecutor::slotsOf(bool withOptimizer) const
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

Status NetworkExecutor::assignState(const QList<NamedTensor>& tensors, bool withOptimizer)
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
    weightsChanged();
    return {};
}

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

tl::unexpected<Error> lossIsNoNumber()
{
    return failure(ErrorCode::Numeric,
                   u"The loss is no longer a number. Choose a smaller learning rate, and check the "
                   "normalization of the features."_s);
}

Result<ExecutorPlan> planExecutor(const ModelGraph& graph,
                                  const QList<FeatureDescription>& features,
                                  const ExecutorOptions& options)
{
    GraphAnalysis analysis = analyzeGraph(graph, features);
    if (const Status runs = checkGraph(analysis); !runs)
        return failureOf(runs);
    Result<ExecutorOptions> all = decided(options);
    if (!all)
        return failureOf(all);
    return ExecutorPlan{std::move(analysis), std::move(*all)};
}

Status checkClassWeights(const ExecutorOptions& options, qint64 classes)
{
    const auto weights = static_cast<qint64>(options.classWeights.size());
    if (weights == 0 || weights == classes)
        return {};
    return failure(ErrorCode::InvalidInput,
                   u"There are %1 class weights for %2 classes."_s.arg(weights).arg(classes));
}

} // namespace espalier
