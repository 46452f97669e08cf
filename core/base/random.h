#pragma once

#include <QtGlobal>
#include <random>
#include <span>
#include <utility>

namespace espalier {

/// A sequence of random numbers that is the same on every platform for the same seed (the
/// distributions of the standard library are not). Not thread-safe; cheap to copy.
class Random {
public:
    explicit Random(quint64 seed)
        : m_engine(seed)
    {
    }

    [[nodiscard]] quint64 next() { return m_engine(); }
    /// Whole number in [0, limit), without bias. limit > 0.
    [[nodiscard]] quint64 below(quint64 limit);
    /// Real number in [0, 1) with 53 random bits.
    [[nodiscard]] double uniform() { return double(next() >> 11) * 0x1.0p-53; }
    [[nodiscard]] double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Standard normal number (Box and Muller 1958).
    [[nodiscard]] double normal();

    /// Random order in place (Fisher and Yates).
    template <typename T>
    void shuffle(std::span<T> values)
    {
        for (size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[below(i)]);
    }

private:
    std::mt19937_64 m_engine;
};

/// A seed for one of many independent uses of one seed that a person chose (an epoch, a block):
/// neighbouring numbers give unrelated seeds (SplitMix64, Steele et al. 2014).
[[nodiscard]] quint64 deriveSeed(quint64 seed, quint64 use);

} // namespace espalier
