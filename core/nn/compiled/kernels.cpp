#include "core/nn/compiled/kernels.h"

#include "core/base/random.h"
#include "core/nn/compiled/parallel_ranges.h"

#include <bit>
#include <cmath>

namespace espalier {

namespace {

/// A number for a place (Wellons 2018, "lowbias32"), the same on every machine.
quint32 hashed(quint32 x)
{
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    x ^= x >> 16;
    return x;
}

/// Values that are dropped have numbers below this.
quint32 dropLimit(float rate)
{
    return static_cast<quint32>(std::min(double(rate) * 0x1.0p32, 0x1.0p32 - 1));
}

ESPALIER_CLONES void dropOutRange(const float* from, float* to, quint32 begin, quint32 end,
                                  quint32 seed, quint32 limit, float scale)
{
    for (quint32 i = begin; i < end; ++i)
        to[i] = hashed(i ^ seed) < limit ? 0.0F : from[i] * scale;
}

quint16 rounded(float value)
{
    const auto bits = std::bit_cast<quint32>(value);
    return static_cast<quint16>((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16);
}

ESPALIER_CLONES void dropOutRange(const quint16* from, quint16* to, quint32 begin, quint32 end,
                                  quint32 seed, quint32 limit, float scale)
{
    for (quint32 i = begin; i < end; ++i) {
        const auto value = std::bit_cast<float>(static_cast<quint32>(from[i]) << 16);
        to[i] = hashed(i ^ seed) < limit ? quint16(0) : rounded(value * scale);
    }
}

template <typename T>
void dropOutAll(const T* from, T* to, size_t count, quint64 seed, float rate)
{
    const quint32 limit = dropLimit(rate);
    const float scale = rate < 1 ? 1 / (1 - rate) : 0;
    const auto mixed = static_cast<quint32>(seed ^ (seed >> 32));
    inRanges(count, [=](size_t begin, size_t end) {
        dropOutRange(from, to, static_cast<quint32>(begin), static_cast<quint32>(end), mixed, limit,
                     scale);
    });
}

} // namespace

quint64 dropoutSeed(quint64 step, quint64 block)
{
    return deriveSeed(step, block);
}

void dropOut(const float* from, float* to, size_t count, quint64 seed, float rate)
{
    dropOutAll(from, to, count, seed, rate);
}

void dropOut(const quint16* from, quint16* to, size_t count, quint64 seed, float rate)
{
    dropOutAll(from, to, count, seed, rate);
}

} // namespace espalier
