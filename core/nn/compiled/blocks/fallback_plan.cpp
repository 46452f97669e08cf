#include "core/nn/compiled/blocks/fallback_plan.h"

#include "core/base/random.h"
#include "core/nn/torch/blocks/network_block.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/from_blob.h>
#include <cstring>
#include <memory>

namespace espalier {

namespace {

/// One block in a plan, and between its forward and its backward pass.
struct FallbackPlan {
    quint64 id = 0;
    qint64 batch = 0;
    bool training = false;
    bool differentiates = false;
    QList<Shape> shapes; ///< of the inputs
    Shape shape;
    const NetworkBlock& network;
    std::vector<PlanWeight> weights;
    std::vector<PlanTensor> inputs{};
    std::vector<bool> wanted{}; ///< whose gradients, by input
    PlanTensor output{};
    std::vector<at::Tensor> arguments{}; ///< over the bytes of the plan
    at::Tensor result{};

    [[nodiscard]] at::Tensor over(const PlanTensor& tensor, const Shape& of) const
    {
        return at::from_blob(tensor.data<float>(), tensorSizes(of, batch));
    }
    void forward(quint64 seed);
    void backward(const PlanTensor& gradient, const std::vector<PlanTensor>& given);
    void takeWeightGradients() const;
    void forget();
};

void write(const at::Tensor& from, const PlanTensor& to)
{
    const at::Tensor plain = from.to(at::kFloat).contiguous();
    std::memcpy(to.data<float>(), plain.data_ptr<float>(), plain.nbytes());
}

void FallbackPlan::forget()
{
    arguments.clear();
    result.reset();
}

void FallbackPlan::forward(quint64 seed)
{
    const at::AutoGradMode recorded(differentiates);
    forget();
    for (size_t i = 0; i < inputs.size(); ++i) {
        arguments.push_back(over(inputs[i], shapes[qsizetype(i)]));
        if (differentiates && wanted[i])
            arguments.back().requires_grad_(true);
    }
    result = network.forward(arguments, {training, deriveSeed(seed, id)});
    write(result.detach(), output);
    if (!differentiates)
        forget();
}

void FallbackPlan::backward(const PlanTensor& gradient, const std::vector<PlanTensor>& given)
{
    if (result.requires_grad())
        result.backward(over(gradient, shape).to(result.scalar_type()));
    for (size_t i = 0; i < given.size(); ++i) {
        if (!given[i].isSet())
            continue;
        if (const at::Tensor own = arguments[i].grad(); own.defined())
            write(own, given[i]);
        else
            std::memset(given[i].data<float>(), 0, given[i].desc().get_size());
    }
    takeWeightGradients();
    forget();
}

void FallbackPlan::takeWeightGradients() const
{
    for (size_t i = 0; i < weights.size(); ++i) {
        if (!weights[i].gradient)
            continue;
        at::Tensor weight = network.parameters[i].value;
        at::Tensor& own = weight.mutable_grad();
        const auto bytes = static_cast<size_t>(weight.nbytes());
        if (own.defined())
            std::memcpy(weights[i].gradient, own.contiguous().data_ptr<float>(), bytes);
        else
            std::memset(weights[i].gradient, 0, bytes);
        own.reset();
    }
}

void addBackward(BlockPlan& block, const std::shared_ptr<FallbackPlan>& plan,
                 const PlanGradient& gradient)
{
    PlanBuilder& builder = block.builder;
    const PlanTensor y = builder.as(gradient.tensor, plan->output.desc());
    std::vector<PlanTensor> given(plan->inputs.size());
    for (size_t i = 0; i < plan->inputs.size(); ++i)
        if (plan->wanted[i]) {
            given[i] = builder.create(plan->inputs[i].desc());
            block.giveBack({given[i], true}, i);
        }
    std::vector<PlanTensor> touched = plan->inputs;
    touched.insert(touched.end(), given.begin(), given.end());
    touched.push_back(y);
    builder.add(touched, [plan, y, given](const PlanRun&) { plan->backward(y, given); });
}

} // namespace

BackwardCompiler addFallback(BlockPlan& block, const NetworkBlock& network)
{
    PlanBuilder& builder = block.builder;
    constexpr auto Float = dnnl::memory::data_type::f32;
    const bool training = builder.training();
    const auto plan = std::make_shared<FallbackPlan>(
        FallbackPlan{block.id, block.batch, training, training && block.output->wantsGradient,
                     block.shapes, block.shape, network, block.weights});
    for (const PlanValue* input : block.inputs) {
        plan->inputs.push_back(
            builder.as(input->data, plainDesc(input->data.desc().dims(), Float)));
        plan->wanted.push_back(input->wantsGradient);
    }
    if (block.inputs.empty()) { // an Input
        plan->inputs.push_back(block.output->data);
        plan->wanted.push_back(false);
        plan->shapes = {block.shape};
    }
    plan->output = builder.create(plainDesc(block.outputDims(), Float));
    std::vector<PlanTensor> touched = plan->inputs;
    touched.push_back(plan->output);
    builder.add(touched, [plan](const PlanRun& run) { plan->forward(run.seed); });
    builder.addFallback(qint64(block.id));
    block.give(plan->output);
    return [plan, &block](const PlanGradient& gradient) { addBackward(block, plan, gradient); };
}

} // namespace espalier
