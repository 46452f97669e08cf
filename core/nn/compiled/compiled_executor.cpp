#include "core/nn/compiled/kernels.h"
#include "core/nn/compiled/plan_cache.h"
#include "core/nn/compiled/planner.h"
#include "core/nn/torch/network_executor.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <cmath>
#include <cstring>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Examples that an evaluation computes at once: what is between the blocks stays in the caches.
constexpr qint64 LargestPiece = 32;

class CompiledExecutor final : public NetworkExecutor {
public:
    CompiledExecutor(const ModelGraph& graph, const GraphAnalysis& analysis,
                     const QList<FeatureDescription>& features, const ExecutorOptions& chosen)
        : NetworkExecutor(graph, analysis, features, chosen)
        , m_plans([this](const PlanRequest& request) {
            return makePlan(m_engine, network(), gradient().data_ptr<float>(), request);
        })
    {
    }

    QString engine() const override { return u"compiled"_s; }
    Result<StepResult> trainStep(const Batch& batch, double learningRate,
                                 quint64 stepSeed) override;

private:
    using Inputs = std::vector<at::Tensor>;

    [[nodiscard]] Plan& planFor(qint64 batch, PlanMode mode);
    [[nodiscard]] at::Tensor over(const PlanTensor& output, qint64 batch) const;
    [[nodiscard]] Result<Inputs> inputsOf(const Batch& batch);
    [[nodiscard]] Result<StepResult> guardedTrainStep(const Batch& batch, double learningRate,
                                                      quint64 stepSeed);
    [[nodiscard]] Result<at::Tensor> evaluated(const Batch& batch) override;
    /// Loss and outputs of a step; the gradient goes to the plan.
    void addLoss(const Plan& plan, const Targets& targets, qint64 batch, StepResult& result) const;
    void addSoftmaxLoss(const Plan& plan, const Targets& targets, std::pair<qint64, qint64> sizes,
                        StepResult& result) const;
    void addAnyLoss(const Plan& plan, const Targets& targets, qint64 batch,
                    StepResult& result) const;
    void weightsChanged() override { m_plans.weightsChanged(); }

    dnnl::engine m_engine{dnnl::engine::kind::cpu, 0};
    dnnl::stream m_stream{m_engine};
    PlanCache m_plans;
};

bool processorHas(dnnl::cpu_isa wanted)
{
    const auto isa = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
    return (isa & static_cast<unsigned>(wanted)) == static_cast<unsigned>(wanted);
}

/// Kernels of the library for bfloat16 want AVX-512.
bool libraryHas(Precision precision)
{
    return precision == Precision::Float32 || processorHas(dnnl::cpu_isa::avx512_core);
}

/// Before AVX2 (2013) a plan may take half as long again as LibTorch: see tests/benchmarks/README.md.
bool isFasterThanReference()
{
    return processorHas(dnnl::cpu_isa::avx2);
}

Status checkCompiled(const ExecutorPlan& plan)
{
    constexpr qsizetype MostAxes = 3;
    if (plan.options.device != Device::Cpu)
        return failure(ErrorCode::Unsupported,
                       u"The compiled engine works on the processor alone. Choose the processor, "
                       "or the automatic engine."_s);
    if (!libraryHas(plan.options.precision))
        return failure(ErrorCode::Unsupported,
                       u"The compiled engine has no bfloat16 for this processor. Choose 32-bit "
                       "float, or the automatic engine."_s);
    if (plan.options.engine == Engine::Auto && !isFasterThanReference())
        return failure(ErrorCode::Unsupported,
                       u"On a processor without AVX2 the reference engine is faster."_s);
    for (const BlockAnalysis& block : plan.analysis.blocks)
        if (block.output.rank() > MostAxes)
            return failure(ErrorCode::Unsupported,
                           u"The compiled engine takes shapes of up to three axes, and the model "
                           "has %1. Choose the automatic engine."_s.arg(block.output.toString()));
    return {};
}

Plan& CompiledExecutor::planFor(qint64 batch, PlanMode mode)
{
    return m_plans.plan({batch, mode, options().precision == Precision::BFloat16}, m_stream);
}

/// The bytes of a plan's output or its gradient as a tensor.
at::Tensor CompiledExecutor::over(const PlanTensor& output, qint64 batch) const
{
    return at::from_blob(output.data<float>(), tensorSizes(network().steps().back().shape, batch));
}

/// Row-major with the channels second, as plans read them.
Result<CompiledExecutor::Inputs> CompiledExecutor::inputsOf(const Batch& batch)
{
    useThreads();
    Result<Inputs> inputs = tensors().inputs(batch);
    if (inputs)
        for (at::Tensor& input : *inputs)
            input = input.contiguous();
    return inputs;
}

Result<StepResult> CompiledExecutor::trainStep(const Batch& batch, double learningRate,
                                               quint64 stepSeed)
{
    return guarded(u"train the model"_s,
                   [&] { return guardedTrainStep(batch, learningRate, stepSeed); });
}

Result<StepResult> CompiledExecutor::guardedTrainStep(const Batch& batch, double learningRate,
                                                      quint64 stepSeed)
{
    const at::NoGradGuard noGradient;
    const Result<Targets> targets = tensors().targets(batch, options().classWeights);
    if (!targets)
        return failureOf(targets);
    const Result<Inputs> inputs = inputsOf(batch);
    if (!inputs)
        return failureOf(inputs);
    Plan& plan = planFor(batch.size, PlanMode::Training);
    for (size_t i = 0; i < inputs->size(); ++i)
        plan.setInput(i, (*inputs)[i].data_ptr<float>());
    const PlanRun run{m_stream, stepSeed};
    plan.run(Program::Forward, run);
    m_plans.weightsChanged(); // running statistics at least

    StepResult result;
    addLoss(plan, *targets, batch.size, result);
    if (!std::isfinite(result.loss))
        return lossIsNoNumber();
    if (!plan.outputGradient().isSet())
        return result;
    plan.run(Program::Backward, run);
    // An activation of the library may take what is no number for 0.
    if (!allFinite(gradient().data_ptr<float>(), size_t(gradient().numel())))
        return lossIsNoNumber();
    optimizer().fusedStep(gradient(), learningRate);
    return result;
}

void CompiledExecutor::addLoss(const Plan& plan, const Targets& targets, qint64 batch,
                               StepResult& result) const
{
    const LossHead& head = network().head();
    const qint64 width = network().steps().back().shape.elementCount();
    const bool oneEach = width == network().steps().back().shape.channels() && width > 1;
    if (head.isSoftmaxCrossentropy() && targets.classes.defined() && oneEach)
        addSoftmaxLoss(plan, targets, {batch, width}, result);
    else
        addAnyLoss(plan, targets, batch, result);
}

/// What most networks end with, without LibTorch.
void CompiledExecutor::addSoftmaxLoss(const Plan& plan, const Targets& targets,
                                      std::pair<qint64, qint64> sizes, StepResult& result) const
{
    const auto [batch, width] = sizes;
    result.outputs = {batch, width, std::vector<float>(size_t(batch * width))};
    std::vector<float> unused;
    if (!plan.outputGradient().isSet())
        unused.resize(size_t(batch * width));
    const bool weighted = targets.weights.defined();
    result.loss = softmaxCrossentropy(
        {plan.output().data<float>(), targets.classes.data_ptr<int64_t>(),
         weighted ? targets.weights.data_ptr<float>() : nullptr, size_t(batch), size_t(width),
         double(weighted ? std::max<int64_t>(targets.count, 1) : batch)},
        result.outputs.values.data(),
        unused.empty() ? plan.outputGradient().data<float>() : unused.data());
}

void CompiledExecutor::addAnyLoss(const Plan& plan, const Targets& targets, qint64 batch,
                                  StepResult& result) const
{
    at::Tensor last = over(plan.output(), batch);
    result.outputs = outputsOf(network().head().outputs(last));
    const at::AutoGradMode recorded(true);
    last.requires_grad_(true);
    const at::Tensor loss = meanLoss(network().head().losses(last, targets), targets);
    result.loss = loss.item<double>();
    if (!std::isfinite(result.loss) || !plan.outputGradient().isSet())
        return;
    loss.backward();
    const at::Tensor own = last.grad().contiguous();
    std::memcpy(plan.outputGradient().data<float>(), own.data_ptr<float>(), own.nbytes());
}

/// What comes before the last activation, piece after piece.
Result<at::Tensor> CompiledExecutor::evaluated(const Batch& batch)
{
    const Result<Inputs> inputs = inputsOf(batch);
    if (!inputs)
        return failureOf(inputs);
    const Shape& shape = network().steps().back().shape;
    at::Tensor all = at::empty(tensorSizes(shape, batch.size));
    const qint64 width = shape.elementCount();
    for (qint64 first = 0; first < batch.size; first += LargestPiece) {
        const qint64 size = std::min(LargestPiece, batch.size - first);
        Plan& plan = planFor(size, PlanMode::Inference);
        for (size_t i = 0; i < inputs->size(); ++i)
            plan.setInput(i, (*inputs)[i].data_ptr<float>() +
                                 first * ((*inputs)[i].numel() / batch.size));
        plan.run(Program::Forward, {m_stream});
        std::memcpy(all.data_ptr<float>() + first * width, plan.output().data<float>(),
                    static_cast<size_t>(size * width) * sizeof(float));
    }
    return all;
}

} // namespace

Result<std::unique_ptr<Executor>> createCompiledExecutor(const ModelGraph& graph,
                                                         const QList<FeatureDescription>& features,
                                                         const ExecutorOptions& options)
{
    const Result<ExecutorPlan> plan = planExecutor(graph, features, options);
    if (!plan)
        return failureOf(plan);
    if (const Status can = checkCompiled(*plan); !can)
        return failureOf(can);
    return buildExecutor<CompiledExecutor>(graph, features, *plan);
}

} // namespace espalier
