#pragma once

#include "core/training/trainer.h"

#include <mutex>
#include <vector>

namespace espalier {

/// Halves the number of samples: neighbours become their weighted mean (see BatchSample::steps),
/// named after the later of the two; a last one without a neighbour stays.
void mergeInPairs(std::vector<BatchSample>& samples);

/// Steps on their way from a training thread to a view, which takes them all every 40 ms. Any
/// thread. When nobody takes them, neighbours are merged in pairs: the curve gets coarser, but none
/// of it is lost and memory stays bounded.
class MetricsBuffer final {
public:
    /// Holds at most `capacity` (at least 2) samples.
    explicit MetricsBuffer(size_t capacity = 4096);

    void push(const BatchSample& sample);
    /// Everything since the last call, oldest first.
    [[nodiscard]] std::vector<BatchSample> drain();

private:
    const size_t m_capacity;
    std::mutex m_mutex;
    std::vector<BatchSample> m_samples;
};

} // namespace espalier
