#include "core/nn/executor.h"

#include <array>

namespace espalier {

std::span<const EnumName<Device>> enumNames(Device)
{
    static constexpr std::array<EnumName<Device>, 3> names{{
        {Device::Auto, u"auto", u"Automatic"},
        {Device::Cpu, u"cpu", u"Processor"},
        {Device::Cuda, u"cuda", u"Graphics card (CUDA)"},
    }};
    return names;
}

std::span<const EnumName<Precision>> enumNames(Precision)
{
    static constexpr std::array<EnumName<Precision>, 2> names{{
        {Precision::Float32, u"float32", u"32-bit float"},
        {Precision::BFloat16, u"bfloat16", u"16-bit bfloat"},
    }};
    return names;
}

std::span<const EnumName<Engine>> enumNames(Engine)
{
    static constexpr std::array<EnumName<Engine>, 3> names{{
        {Engine::Auto, u"auto", u"Automatic"},
        {Engine::Reference, u"reference", u"Reference"},
        {Engine::Compiled, u"compiled", u"Compiled"},
    }};
    return names;
}

} // namespace espalier
