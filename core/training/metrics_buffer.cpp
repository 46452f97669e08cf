#include "core/training/metrics_buffer.h"

#include <algorithm>
#include <utility>

namespace espalier {

namespace {

BatchSample merged(const BatchSample& earlier, const BatchSample& later)
{
    BatchSample both = later;
    both.steps = earlier.steps + later.steps;
    const double share = double(earlier.steps) / double(both.steps);
    both.loss = share * earlier.loss + (1 - share) * later.loss;
    both.metric = share * earlier.metric + (1 - share) * later.metric;
    return both;
}

} // namespace

void mergeInPairs(std::vector<BatchSample>& samples)
{
    size_t kept = 0;
    for (size_t i = 0; i < samples.size(); i += 2, ++kept)
        samples[kept] = i + 1 < samples.size() ? merged(samples[i], samples[i + 1]) : samples[i];
    samples.resize(kept);
}

MetricsBuffer::MetricsBuffer(size_t capacity)
    : m_capacity(std::max<size_t>(capacity, 2))
{
}

void MetricsBuffer::push(const BatchSample& sample)
{
    const std::lock_guard lock(m_mutex);
    if (m_samples.size() >= m_capacity)
        mergeInPairs(m_samples);
    m_samples.push_back(sample);
}

std::vector<BatchSample> MetricsBuffer::drain()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_samples, {});
}

} // namespace espalier
