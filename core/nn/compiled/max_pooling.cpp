#include "core/nn/compiled/max_pooling.h"

#include "core/nn/compiled/parallel_ranges.h"

#include <algorithm>

namespace espalier {

namespace {

/// How values are compared, and a number as wide as they are, so that one vector holds as many of
/// either.
template <typename Value>
struct Comparison;

template <>
struct Comparison<float> {
    using Key = float;
    using Place = quint32;
    static Key keyOf(float value) { return value; }
    static float valueOf(Key key) { return key; }
};

/// The bits of a float are ordered as integers are, but those of negative ones the other way round.
template <>
struct Comparison<quint16> {
    using Key = qint16;
    using Place = quint16;
    static Key keyOf(quint16 value)
    {
        const auto bits = static_cast<qint16>(value);
        return static_cast<qint16>(bits ^ ((bits >> 15) & 0x7fff));
    }
    static quint16 valueOf(Key key)
    {
        return static_cast<quint16>(keyOf(static_cast<quint16>(key)));
    }
};

/// What of a window lies inside of the source, from the source's begin.
struct Inside {
    size_t first = 0;
    size_t count = 0;
    size_t skipped = 0; ///< of the window, before the source
};

Inside insideOf(const PoolingAxis& axis, size_t result)
{
    const size_t begin = result * axis.stride;
    const size_t first = std::max(begin, axis.before);
    const size_t end = std::min(begin + axis.size, axis.before + axis.sources);
    return {first - axis.before, end - first, first - begin};
}

/// Whether every value of the source is in a window.
bool coversAll(const PoolingAxis& axis)
{
    return axis.stride == axis.size && axis.results * axis.size >= axis.before + axis.sources;
}

// The loops over a block are marked as vectors (omp simd): GCC would unroll them first, and then no
// longer see that they are.

template <size_t Block, typename Value>
ESPALIER_INLINED void poolWindow(const MaxPooling& pooling, const Inside& rows,
                                 const Inside& columns, const Value* x, Value* y, uint8_t* places)
{
    using C = Comparison<Value>;
    typename C::Key best[Block];
    typename C::Place place[Block];
    const size_t width = pooling.horizontal.size;
#pragma omp simd
    for (size_t c = 0; c < Block; ++c) {
        best[c] = C::keyOf(x[c]);
        place[c] = static_cast<typename C::Place>(rows.skipped * width + columns.skipped);
    }
    for (size_t row = 0; row < rows.count; ++row)
        for (size_t column = 0; column < columns.count; ++column) {
            const Value* from = x + (row * pooling.horizontal.sources + column) * pooling.block;
            const auto here = static_cast<typename C::Place>((rows.skipped + row) * width +
                                                             columns.skipped + column);
#pragma omp simd
            for (size_t c = 0; c < Block; ++c) {
                const auto key = C::keyOf(from[c]);
                const bool larger = key > best[c];
                best[c] = larger ? key : best[c];
                place[c] = larger ? here : place[c];
            }
        }
#pragma omp simd
    for (size_t c = 0; c < Block; ++c) {
        y[c] = C::valueOf(best[c]);
        places[c] = static_cast<uint8_t>(place[c]);
    }
}

template <size_t Block, typename Value>
ESPALIER_INLINED void spreadWindow(const MaxPooling& pooling, const Inside& rows,
                                   const Inside& columns, const Value* y, const uint8_t* places,
                                   Value* x)
{
    using Place = typename Comparison<Value>::Place;
    Value gradient[Block];
    Place place[Block];
#pragma omp simd
    for (size_t c = 0; c < Block; ++c) {
        gradient[c] = y[c];
        place[c] = places[c];
    }
    for (size_t row = 0; row < rows.count; ++row)
        for (size_t column = 0; column < columns.count; ++column) {
            Value* to = x + (row * pooling.horizontal.sources + column) * pooling.block;
            const auto here = static_cast<Place>((rows.skipped + row) * pooling.horizontal.size +
                                                 columns.skipped + column);
#pragma omp simd
            for (size_t c = 0; c < Block; ++c)
                to[c] = place[c] == here ? gradient[c] : Value(0);
        }
}

/// Calls `work(rows, columns, source, result)` for every window of a plane and `Block` channels of
/// it: what lies inside, and where its first value and its result are.
template <size_t Block, typename Work>
ESPALIER_INLINED void eachWindow(const MaxPooling& pooling, const Work& work)
{
    size_t result = 0;
    for (size_t row = 0; row < pooling.vertical.results; ++row) {
        const Inside rows = insideOf(pooling.vertical, row);
        for (size_t column = 0; column < pooling.horizontal.results; ++column) {
            const Inside columns = insideOf(pooling.horizontal, column);
            const size_t source =
                (rows.first * pooling.horizontal.sources + columns.first) * pooling.block;
            for (size_t c = 0; c < pooling.block; c += Block)
                work(rows, columns, source + c, result + c);
            result += pooling.block;
        }
    }
}

template <size_t Block, typename Value>
ESPALIER_INLINED void poolPlane(const MaxPooling& pooling, const Value* x, Value* y,
                                uint8_t* places)
{
    eachWindow<Block>(pooling, [&](const Inside& rows, const Inside& columns, size_t source,
                                   size_t result) ESPALIER_INLINED_LAMBDA {
        poolWindow<Block>(pooling, rows, columns, x + source, y + result, places + result);
    });
}

template <size_t Block, typename Value>
ESPALIER_INLINED void spreadPlane(const MaxPooling& pooling, const Value* y, const uint8_t* places,
                                  Value* x)
{
    if (!coversAll(pooling.vertical) || !coversAll(pooling.horizontal))
        std::fill_n(x, pooling.vertical.sources * pooling.horizontal.sources * pooling.block,
                    Value(0));
    eachWindow<Block>(pooling, [&](const Inside& rows, const Inside& columns, size_t source,
                                   size_t result) ESPALIER_INLINED_LAMBDA {
        spreadWindow<Block>(pooling, rows, columns, y + result, places + result, x + source);
    });
}

ESPALIER_CLONES void poolPlane16(const MaxPooling& p, const float* x, float* y, uint8_t* places)
{
    poolPlane<16>(p, x, y, places);
}

ESPALIER_CLONES void poolPlane16(const MaxPooling& p, const quint16* x, quint16* y, uint8_t* places)
{
    poolPlane<16>(p, x, y, places);
}

ESPALIER_CLONES void poolPlane8(const MaxPooling& p, const float* x, float* y, uint8_t* places)
{
    poolPlane<8>(p, x, y, places);
}

ESPALIER_CLONES void spreadPlane16(const MaxPooling& p, const float* y, const uint8_t* places,
                                   float* x)
{
    spreadPlane<16>(p, y, places, x);
}

ESPALIER_CLONES void spreadPlane16(const MaxPooling& p, const quint16* y, const uint8_t* places,
                                   quint16* x)
{
    spreadPlane<16>(p, y, places, x);
}

ESPALIER_CLONES void spreadPlane8(const MaxPooling& p, const float* y, const uint8_t* places,
                                  float* x)
{
    spreadPlane<8>(p, y, places, x);
}

/// bfloat16 comes in blocks of 16 on the processors that the library computes it on; blocks of 8
/// need no clones.
void poolPlane8(const MaxPooling& p, const quint16* x, quint16* y, uint8_t* places)
{
    poolPlane<8>(p, x, y, places);
}

void spreadPlane8(const MaxPooling& p, const quint16* y, const uint8_t* places, quint16* x)
{
    spreadPlane<8>(p, y, places, x);
}

/// How many values a plane of the source and of the result holds.
struct PlaneSizes {
    explicit PlaneSizes(const MaxPooling& p)
        : source(p.vertical.sources * p.horizontal.sources * p.block)
        , result(p.vertical.results * p.horizontal.results * p.block)
    {
    }

    [[nodiscard]] Grain grain() const { return {1, std::max<size_t>(Grain().least / source, 1)}; }

    size_t source;
    size_t result;
};

template <typename Value>
void poolAll(const MaxPooling& pooling, const Value* x, Value* y, uint8_t* places)
{
    const PlaneSizes sizes(pooling);
    inRanges(
        pooling.planes,
        [=](size_t begin, size_t end) {
            for (size_t plane = begin; plane < end; ++plane) {
                const Value* from = x + plane * sizes.source;
                const size_t result = plane * sizes.result;
                if (pooling.block % 16 == 0)
                    poolPlane16(pooling, from, y + result, places + result);
                else
                    poolPlane8(pooling, from, y + result, places + result);
            }
        },
        sizes.grain());
}

template <typename Value>
void spreadAll(const MaxPooling& pooling, const Value* y, const uint8_t* places, Value* x)
{
    const PlaneSizes sizes(pooling);
    inRanges(
        pooling.planes,
        [=](size_t begin, size_t end) {
            for (size_t plane = begin; plane < end; ++plane) {
                Value* to = x + plane * sizes.source;
                const size_t result = plane * sizes.result;
                if (pooling.block % 16 == 0)
                    spreadPlane16(pooling, y + result, places + result, to);
                else
                    spreadPlane8(pooling, y + result, places + result, to);
            }
        },
        sizes.grain());
}

} // namespace

bool MaxPooling::isPossible() const
{
    const auto keepsApart = [](const PoolingAxis& axis) {
        const size_t last = (axis.results - 1) * axis.stride;
        return axis.stride >= axis.size && axis.before < axis.size &&
               last < axis.before + axis.sources;
    };
    return (block == 8 || (block > 0 && block % 16 == 0)) && keepsApart(vertical) &&
           keepsApart(horizontal) && vertical.size * horizontal.size <= 256;
}

void poolMaxima(const MaxPooling& pooling, const float* x, float* y, uint8_t* places)
{
    poolAll(pooling, x, y, places);
}

void poolMaxima(const MaxPooling& pooling, const quint16* x, quint16* y, uint8_t* places)
{
    poolAll(pooling, x, y, places);
}

void spreadToMaxima(const MaxPooling& pooling, const float* y, const uint8_t* places, float* x)
{
    spreadAll(pooling, y, places, x);
}

void spreadToMaxima(const MaxPooling& pooling, const quint16* y, const uint8_t* places, quint16* x)
{
    spreadAll(pooling, y, places, x);
}

} // namespace espalier
