#include "core/training/metrics_buffer.h"

#include <algorithm>
#include <utility>

namespace espalier {

namespace {

/// Named after the later of the two.
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

MetricsBuffer::MetricsBuffer(size_t capacity)
    : m_capacity(std::max<size_t>(capacity, 2))
{
}

void MetricsBuffer::push(const BatchSample& sample)
{
    const std::lock_guard lock(m_mutex);
    if (m_samples.size() >= m_capacity)
        mergePairs();
    m_samples.push_back(sample);
}

std::vector<BatchSample> MetricsBuffer::drain()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_samples, {});
}

void MetricsBuffer::mergePairs()
{
    size_t kept = 0;
    for (size_t i = 0; i < m_samples.size(); i += 2, ++kept)
        m_samples[kept] =
            i + 1 < m_samples.size() ? merged(m_samples[i], m_samples[i + 1]) : m_samples[i];
    m_samples.resize(kept);
}

} // namespace espalier
