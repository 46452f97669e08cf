#include "core/nn/executor.h"

#include <torch/cuda.h>

#if defined(_MSC_VER) && defined(_M_X64)
#include <intrin.h>
#endif

namespace espalier {

namespace {

/// Whether the processor has instructions for bfloat16; without them it would be slower than
/// float32. Every processor with AMX for bfloat16 has AVX-512 for it, too.
bool processorHasBFloat16()
{
#if defined(_MSC_VER) && defined(_M_X64)
    constexpr int ExtendedFeatures = 7;
    constexpr int Avx512BFloat16 = 1 << 5; // of EAX, sub-leaf 1
    int registers[4] = {};
    __cpuidex(registers, ExtendedFeatures, 1);
    return (registers[0] & Avx512BFloat16) != 0;
#elif defined(__GNUC__) && defined(__x86_64__) // Clang says so, too
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return false;
#endif
}

} // namespace

QList<Device> availableDevices()
{
    return torch::cuda::is_available() ? QList{Device::Cpu, Device::Cuda} : QList{Device::Cpu};
}

bool supportsPrecision(Device device, Precision precision)
{
    if (device == Device::Auto)
        device = availableDevices().last();
    if (!availableDevices().contains(device))
        return false;
    return precision == Precision::Float32 || device == Device::Cuda || processorHasBFloat16();
}

} // namespace espalier
