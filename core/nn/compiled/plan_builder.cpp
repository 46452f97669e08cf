#include "core/nn/compiled/plan_builder.h"

#include <algorithm>
#include <new>

namespace espalier {

namespace {

using dnnl::memory;

constexpr std::align_val_t Alignment{64};
constexpr int Outside = -1;
constexpr int FirstInput = -2; // the next are -3, -4, ...

std::shared_ptr<std::byte> alignedBytes(size_t bytes)
{
    auto* data = static_cast<std::byte*>(::operator new(std::max<size_t>(bytes, 1), Alignment));
    return {data, [](std::byte* p) { ::operator delete(p, Alignment); }};
}

/// In the order of `axes`, the first the slowest.
memory::desc stridedDesc(const memory::dims& dims, memory::data_type type,
                         const std::vector<size_t>& axes)
{
    memory::dims strides(dims.size());
    memory::dim stride = 1;
    for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
        strides[*axis] = stride;
        stride *= dims[*axis];
    }
    return {dims, type, strides};
}

} // namespace

PlanBuilder::PlanBuilder(const dnnl::engine& engine, PlanMode mode, DataType type)
    : m_engine(engine)
    , m_mode(mode)
    , m_type(type)
{
}

PlanTensor PlanBuilder::create(const Desc& desc)
{
    m_buffers.push_back({desc.get_size()});
    const PlanTensor tensor{memory(desc, m_engine, DNNL_MEMORY_NONE),
                            static_cast<int>(m_buffers.size()) - 1};
    m_plan->m_places.push_back({tensor.memory, tensor.buffer});
    return tensor;
}

PlanTensor PlanBuilder::alias(const PlanTensor& tensor, const Desc& desc)
{
    if (tensor.buffer == Outside)
        return outside(desc, tensor.memory.get_data_handle());
    if (tensor.buffer < Outside) {
        const PlanTensor other{memory(desc, m_engine, DNNL_MEMORY_NONE), tensor.buffer};
        m_plan->m_inputs[static_cast<size_t>(FirstInput - other.buffer)].push_back(other.memory);
        return other;
    }
    const PlanTensor other{memory(desc, m_engine, DNNL_MEMORY_NONE), tensor.buffer};
    m_plan->m_places.push_back({other.memory, other.buffer});
    return other;
}

PlanTensor PlanBuilder::outside(const Desc& desc, void* data) const
{
    return {memory(desc, m_engine, data), -1};
}

PlanTensor PlanBuilder::kept(const Desc& desc)
{
    m_plan->m_kept.push_back(alignedBytes(desc.get_size()));
    return outside(desc, m_plan->m_kept.back().get());
}

PlanTensor PlanBuilder::as(const PlanTensor& tensor, const Desc& desc)
{
    if (tensor.desc() == desc)
        return tensor;
    const PlanTensor other = create(desc);
    copy(tensor, other);
    return other;
}

PlanTensor PlanBuilder::reshaped(const PlanTensor& tensor, const memory::dims& dims)
{
    if (tensor.desc().dims() == dims)
        return tensor;
    const DataType type = tensor.desc().data_type();
    return alias(as(tensor, plainDesc(tensor.desc().dims(), type)), plainDesc(dims, type));
}

void PlanBuilder::copy(const PlanTensor& from, const PlanTensor& to)
{
    const dnnl::reorder::primitive_desc reorder(m_engine, from.desc(), m_engine, to.desc());
    add(dnnl::reorder(reorder), {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}});
}

PlanTensor PlanBuilder::prepared(const PlanTensor& weights, const Desc& desc)
{
    if (weights.desc() == desc)
        return weights;
    const std::pair key{weights.memory.get_data_handle(), m_program};
    const auto [begin, end] = m_prepared.equal_range(key);
    const auto found =
        std::find_if(begin, end, [&](const auto& entry) { return entry.second.desc() == desc; });
    if (found != end)
        return found->second;
    if (training())
        return m_prepared.emplace(key, as(weights, desc))->second;
    const Program program = m_program;
    m_program = Program::Prepare;
    const PlanTensor tensor = kept(desc);
    copy(weights, tensor);
    m_program = program;
    return m_prepared.emplace(key, tensor)->second;
}

PlanTensor PlanBuilder::derived(const Desc& desc, std::function<void(float*)> write)
{
    const PlanTensor tensor = kept(desc);
    m_plan->m_programs[static_cast<int>(Program::Prepare)].push_back(
        [tensor, write = std::move(write)](const PlanRun&) { write(tensor.data<float>()); });
    return tensor;
}

void PlanBuilder::add(const dnnl::primitive& primitive, const Arguments& arguments)
{
    std::unordered_map<int, memory> memories;
    for (const auto& [name, tensor] : arguments)
        if (tensor.isSet()) {
            memories.emplace(name, tensor.memory);
            touch(tensor);
        }
    m_plan->m_programs[static_cast<int>(m_program)].push_back(
        [primitive, memories = std::move(memories)](const PlanRun& run) {
            primitive.execute(run.stream, memories);
        });
    ++m_now;
}

void PlanBuilder::add(const std::vector<PlanTensor>& touched, Plan::Instruction instruction)
{
    for (const PlanTensor& tensor : touched)
        touch(tensor);
    m_plan->m_programs[static_cast<int>(m_program)].push_back(std::move(instruction));
    ++m_now;
}

void PlanBuilder::touch(const PlanTensor& tensor)
{
    if (!tensor.isSet() || tensor.buffer < 0)
        return;
    BufferSpan& span = m_buffers[static_cast<size_t>(tensor.buffer)];
    if (span.last < span.first)
        span.first = m_now;
    span.last = m_now;
}

PlanTensor PlanBuilder::addInput(const Desc& desc)
{
    const PlanTensor input{memory(desc, m_engine, DNNL_MEMORY_NONE),
                           FirstInput - static_cast<int>(m_plan->m_inputs.size())};
    m_plan->m_inputs.push_back({input.memory});
    return input;
}

void PlanBuilder::setOutput(const PlanTensor& output, const PlanTensor& gradient)
{
    m_plan->m_output = output;
    m_plan->m_outputGradient = gradient;
    touch(output);
    touch(gradient);
    ++m_now;
}

std::unique_ptr<Plan> PlanBuilder::finish()
{
    BufferLayout layout = layOut(m_buffers);
    m_plan->m_offsets = std::move(layout.offsets);
    m_plan->m_arenaBytes = layout.bytes;
    return std::move(m_plan);
}

memory::desc plainDesc(const memory::dims& dims, memory::data_type type)
{
    std::vector<size_t> axes;
    for (size_t axis = 0; axis < dims.size(); ++axis)
        axes.push_back(axis);
    return stridedDesc(dims, type, axes);
}

memory::desc channelsLastDesc(const memory::dims& dims, memory::data_type type)
{
    std::vector<size_t> axes{0};
    for (size_t axis = 2; axis < dims.size(); ++axis)
        axes.push_back(axis);
    axes.push_back(1);
    return stridedDesc(dims, type, axes);
}

memory::desc anyDesc(const memory::dims& dims, memory::data_type type)
{
    return {dims, type, memory::format_tag::any};
}

} // namespace espalier
