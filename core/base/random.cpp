#include "core/base/random.h"

#include <cmath>
#include <numbers>

namespace espalier {

quint64 Random::below(quint64 limit)
{
    const quint64 unbiased = std::numeric_limits<quint64>::max() / limit * limit;
    quint64 value = next();
    while (value >= unbiased)
        value = next();
    return value % limit;
}

double Random::normal()
{
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

quint64 deriveSeed(quint64 seed, quint64 use)
{
    quint64 z = seed + 0x9E3779B97F4A7C15ULL * (use + 1);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

} // namespace espalier
