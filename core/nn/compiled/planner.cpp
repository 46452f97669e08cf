#include "core/nn/compiled/planner.h"

#include "core/nn/compiled/blocks/activation_plan.h"
#include "core/nn/compiled/blocks/fallback_plan.h"
#include "core/nn/torch/network.h"

#include <algorithm>
#include <deque>

namespace espalier {

namespace {

using dnnl::memory;

class Planner final {
public:
    Planner(const dnnl::engine& engine, const Network& network, float* gradient,
            const PlanRequest& request)
        : m_network(network)
        , m_gradient(gradient)
        , m_request(request)
        , m_builder(engine, request.mode,
                    request.bfloat16 ? memory::data_type::bf16 : memory::data_type::f32)
        , m_values(network.steps().size())
        , m_backward(network.steps().size())
        , m_absorbed(network.steps().size(), false)
    {
    }

    std::unique_ptr<Plan> make();

private:
    void countReaders();
    void addStep(size_t index);
    void addInput(size_t index);
    void addBackward();
    [[nodiscard]] BlockPlan blockPlan(size_t index);
    [[nodiscard]] std::vector<PlanWeight> weightsOf(const NetworkStep& step) const;
    [[nodiscard]] std::optional<size_t> soleReader(size_t index) const;
    [[nodiscard]] std::optional<size_t> followingActivation(size_t index) const;
    [[nodiscard]] std::optional<ChannelScale> followingScale(size_t index);
    void absorb(std::optional<size_t> follower);
    void absorbFollowers(size_t index, const BlockPlan& block);
    [[nodiscard]] std::optional<BackwardCompiler> compiled(BlockPlan& block, const QString& type);
    [[nodiscard]] PlanGradient gradientOf(PlanValue& value);

    const Network& m_network;
    float* m_gradient;
    const PlanRequest& m_request;
    PlanBuilder m_builder;
    std::vector<PlanValue> m_values;
    std::deque<BlockPlan> m_blocks; ///< backward compilers refer to them
    std::vector<BackwardCompiler> m_backward;
    std::vector<bool> m_absorbed; ///< computed by the step before
};

std::unique_ptr<Plan> Planner::make()
{
    countReaders();
    for (size_t index = 0; index < m_values.size(); ++index)
        addStep(index);
    PlanValue& last = m_values.back();
    const memory::desc plain = plainDesc(last.data.desc().dims(), memory::data_type::f32);
    const PlanTensor output = m_builder.as(last.data, plain);
    PlanTensor gradient;
    if (m_builder.training() && last.wantsGradient)
        gradient = m_builder.create(plain);
    m_builder.setOutput(output, gradient);
    if (gradient.isSet()) {
        last.gradients.push_back({gradient, true});
        addBackward();
    }
    return m_builder.finish();
}

void Planner::countReaders()
{
    for (const NetworkStep& step : m_network.steps())
        for (const size_t source : step.sources)
            ++m_values[source].readers;
}

std::vector<PlanWeight> Planner::weightsOf(const NetworkStep& step) const
{
    const auto* base =
        m_network.weights().numel() > 0 ? m_network.weights().data_ptr<float>() : nullptr;
    std::vector<PlanWeight> weights;
    for (const BlockParameter& parameter : step.block.parameters) {
        const auto sizes = parameter.value.sizes();
        PlanWeight weight{parameter.name, {sizes.begin(), sizes.end()}, parameter.value.data_ptr()};
        if (parameter.trainable && m_builder.training())
            weight.gradient = m_gradient + (parameter.value.data_ptr<float>() - base);
        weights.push_back(std::move(weight));
    }
    return weights;
}

/// The step that this one gives to alone, and that reads nothing else.
std::optional<size_t> Planner::soleReader(size_t index) const
{
    if (m_values[index].readers != 1)
        return std::nullopt;
    for (size_t next = index + 1; next < m_values.size(); ++next)
        if (m_network.steps()[next].sources == std::vector<size_t>{index})
            return next;
    return std::nullopt;
}

/// The step that does nothing but activate what this one gives to it alone.
std::optional<size_t> Planner::followingActivation(size_t index) const
{
    const auto next = soleReader(index);
    if (!next)
        return std::nullopt;
    const CompilerEntry* entry = blockCompiler(m_network.steps()[*next].type);
    return entry && entry->onlyActivates ? next : std::nullopt;
}

/// What normalizes in an inference what this step gives to it alone.
std::optional<ChannelScale> Planner::followingScale(size_t index)
{
    const auto next = soleReader(index);
    if (m_builder.training() || !next)
        return std::nullopt;
    const CompilerEntry* entry = blockCompiler(m_network.steps()[*next].type);
    if (!entry || !entry->normalizes)
        return std::nullopt;
    const BlockPlan normalization = blockPlan(*next);
    ChannelScale scale = channelScale(normalization);
    if (normalization.following && followsFromResult(*normalization.following))
        scale.then = *normalization.following;
    return scale;
}

/// Notes that a step's compiler has taken over one behind it.
void Planner::absorb(std::optional<size_t> follower)
{
    if (follower)
        m_absorbed[*follower] = true;
}

/// Notes which of the steps behind this one its compiler has taken over.
void Planner::absorbFollowers(size_t index, const BlockPlan& block)
{
    if (block.tookFollowing)
        absorb(followingActivation(index));
    if (!block.tookScale || !block.scale)
        return;
    const auto normalization = soleReader(index);
    absorb(normalization);
    if (normalization && block.scale->then != Activation::Linear)
        absorb(followingActivation(*normalization));
}

BlockPlan Planner::blockPlan(size_t index)
{
    const NetworkStep& step = m_network.steps()[index];
    BlockPlan block{m_builder, step.parameters, static_cast<quint64>(step.id.value())};
    block.batch = m_request.batch;
    block.shapes = step.shapes;
    block.shape = step.shape;
    block.activation = step.activation;
    block.isLast = index + 1 == m_values.size();
    if (const auto next = followingActivation(index))
        block.following = m_network.steps()[*next].activation;
    for (const size_t source : step.sources)
        block.inputs.push_back(&m_values[source]);
    block.output = &m_values[index];
    block.weights = weightsOf(step);
    return block;
}

void Planner::addInput(size_t index)
{
    const NetworkStep& step = m_network.steps()[index];
    const PlanTensor input =
        m_builder.addInput(plainDesc(dimsOf(step.shape, m_request.batch), memory::data_type::f32));
    m_values[index].data = input;
}

std::optional<BackwardCompiler> Planner::compiled(BlockPlan& block, const QString& type)
{
    const CompilerEntry* entry = blockCompiler(type);
    if (!entry)
        return std::nullopt;
    const int before = m_builder.instructions();
    try {
        if (auto backward = entry->compile(block))
            return backward;
    } catch (const dnnl::error& error) {
        if (error.status != dnnl_unimplemented || m_builder.instructions() != before)
            throw;
    }
    block.tookFollowing = false;
    block.tookScale = false;
    return std::nullopt;
}

void Planner::addStep(size_t index)
{
    const NetworkStep& step = m_network.steps()[index];
    PlanValue& value = m_values[index];
    BlockPlan& block = m_blocks.emplace_back(blockPlan(index));
    block.scale = followingScale(index);
    value.wantsGradient =
        m_builder.training() &&
        (block.isTrainable() || std::ranges::any_of(block.inputs, &PlanValue::wantsGradient));
    if (m_absorbed[index]) {
        value.data = block.source();
        value.activation = block.inputs.front()->activation;
        m_backward[index] = [&block](const PlanGradient& gradient) { block.giveBack(gradient); };
        return;
    }
    if (step.sources.empty())
        addInput(index);
    if (auto backward = compiled(block, step.type)) {
        m_backward[index] = std::move(*backward);
        absorbFollowers(index, block);
        return;
    }
    m_backward[index] = addFallback(block, step.block);
}

PlanGradient Planner::gradientOf(PlanValue& value)
{
    if (value.gradients.size() < 2)
        return value.gradients.empty() ? PlanGradient{} : value.gradients.front();
    const memory::desc desc = value.gradients.front().tensor.desc();
    std::vector<memory::desc> descs;
    PlanBuilder::Arguments arguments;
    for (const PlanGradient& gradient : value.gradients) {
        arguments.emplace(DNNL_ARG_MULTIPLE_SRC + static_cast<int>(descs.size()),
                          m_builder.as(gradient.tensor, desc));
        descs.push_back(desc);
    }
    const PlanTensor sum = m_builder.create(desc);
    arguments.emplace(DNNL_ARG_DST, sum);
    const std::vector<float> ones(descs.size(), 1.0F);
    m_builder.add(dnnl::sum(dnnl::sum::primitive_desc(desc, ones, descs, m_builder.engine())),
                  arguments);
    return {sum, true};
}

void Planner::addBackward()
{
    m_builder.select(Program::Backward);
    for (size_t index = m_values.size(); index-- > 0;) {
        if (!m_values[index].wantsGradient)
            continue;
        if (const PlanGradient gradient = gradientOf(m_values[index]); gradient.isSet())
            m_backward[index](gradient);
    }
}

} // namespace

std::unique_ptr<Plan> makePlan(const dnnl::engine& engine, const Network& network, float* gradient,
                               const PlanRequest& request)
{
    return Planner(engine, network, gradient, request).make();
}

} // namespace espalier
