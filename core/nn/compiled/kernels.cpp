#include "core/nn/compiled/kernels.h"

#include "core/base/random.h"
#include "core/nn/compiled/parallel_ranges.h"

#include <algorithm>
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

/// Values in a row in memory whose numbers begin at `first` and are `apart` from each other.
struct DropRow {
    size_t count = 0;
    quint32 first = 0;
    quint32 apart = 1;
};

struct DropChance {
    quint32 seed = 0;
    quint32 limit = 0;
    float scale = 1;
};

ESPALIER_CLONES void dropOutRow(const float* from, float* to, const DropRow& row,
                                const DropChance& chance)
{
    for (size_t i = 0; i < row.count; ++i) {
        const quint32 number = row.first + static_cast<quint32>(i) * row.apart;
        to[i] = hashed(number ^ chance.seed) < chance.limit ? 0.0F : from[i] * chance.scale;
    }
}

quint16 rounded(float value)
{
    const auto bits = std::bit_cast<quint32>(value);
    return static_cast<quint16>((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16);
}

ESPALIER_CLONES void dropOutRow(const quint16* from, quint16* to, const DropRow& row,
                                const DropChance& chance)
{
    for (size_t i = 0; i < row.count; ++i) {
        const quint32 number = row.first + static_cast<quint32>(i) * row.apart;
        const auto value = std::bit_cast<float>(static_cast<quint32>(from[i]) << 16);
        to[i] = hashed(number ^ chance.seed) < chance.limit ? quint16(0)
                                                            : rounded(value * chance.scale);
    }
}

ESPALIER_CLONES bool allFiniteRange(const quint32* bits, size_t count)
{
    constexpr quint32 Exponent = 0x7f800000U;
    quint32 found = 0;
    for (size_t i = 0; i < count; ++i)
        found |= (bits[i] & Exponent) == Exponent ? 1U : 0U;
    return found == 0;
}

/// Values are numbered as if the channels came second.
template <typename T>
void dropOutAll(const T* from, T* to, size_t count, const ChannelLayout& layout,
                const DropChance& chance)
{
    if (layout.block == 1)
        return inRanges(count, [=](size_t begin, size_t end) {
            dropOutRow(from + begin, to + begin, {end - begin, static_cast<quint32>(begin), 1},
                       chance);
        });
    inRanges(count / layout.block, [=](size_t begin, size_t end) {
        for (size_t row = begin; row < end; ++row) {
            const size_t outer = row / layout.places;
            const size_t channel =
                outer / layout.blocks() * layout.channels + outer % layout.blocks() * layout.block;
            const size_t first = channel * layout.places + row % layout.places;
            dropOutRow(
                from + row * layout.block, to + row * layout.block,
                {layout.block, static_cast<quint32>(first), static_cast<quint32>(layout.places)},
                chance);
        }
    });
}

DropChance chanceOf(quint64 seed, float rate)
{
    return {static_cast<quint32>(seed ^ (seed >> 32)), dropLimit(rate),
            rate < 1 ? 1 / (1 - rate) : 0};
}

} // namespace

quint64 dropoutSeed(quint64 step, quint64 block)
{
    return deriveSeed(step, block);
}

void dropOut(const float* from, float* to, size_t count, const ChannelLayout& layout, quint64 seed,
             float rate)
{
    dropOutAll(from, to, count, layout, chanceOf(seed, rate));
}

void dropOut(const quint16* from, quint16* to, size_t count, const ChannelLayout& layout,
             quint64 seed, float rate)
{
    dropOutAll(from, to, count, layout, chanceOf(seed, rate));
}

double softmaxCrossentropy(const SoftmaxBatch& batch, float* outputs, float* gradient)
{
    double sum = 0;
    for (size_t example = 0; example < batch.examples; ++example) {
        const float* x = batch.logits + example * batch.width;
        float* p = outputs + example * batch.width;
        float* g = gradient + example * batch.width;
        const auto right = static_cast<size_t>(batch.classes[example]);
        const float weight = batch.weights ? batch.weights[example] : 1;
        const float largest = *std::max_element(x, x + batch.width);
        double total = 0;
        for (size_t i = 0; i < batch.width; ++i) {
            p[i] = std::exp(x[i] - largest);
            total += double(p[i]);
        }
        const auto scale = static_cast<float>(1 / total);
        const auto share = static_cast<float>(double(weight) / batch.divisor);
        for (size_t i = 0; i < batch.width; ++i) {
            p[i] *= scale;
            g[i] = (p[i] - (i == right ? 1.0F : 0.0F)) * share;
        }
        sum += double(weight) * (std::log(total) - double(x[right] - largest));
    }
    return sum / batch.divisor;
}

bool allFinite(const float* values, size_t count)
{
    return allFiniteRange(reinterpret_cast<const quint32*>(values), count);
}

} // namespace espalier
