#include "core/nn/compiled/plan.h"

namespace espalier {

void Plan::bind(std::byte* arena)
{
    if (m_arena == arena)
        return;
    m_arena = arena;
    for (Place& place : m_places)
        place.memory.set_data_handle(arena + m_offsets[static_cast<size_t>(place.buffer)]);
}

void Plan::setInput(size_t index, const float* values)
{
    for (dnnl::memory& memory : m_inputs[index])
        memory.set_data_handle(const_cast<float*>(values)); // nothing writes to an input
}

void Plan::run(Program program, const PlanRun& run) const
{
    for (const Instruction& instruction : m_programs[static_cast<int>(program)])
        instruction(run);
}

} // namespace espalier
