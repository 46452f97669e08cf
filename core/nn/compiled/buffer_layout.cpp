#include "core/nn/compiled/buffer_layout.h"

#include <algorithm>
#include <numeric>

namespace espalier {

namespace {

constexpr size_t Alignment = 64;

bool meet(const BufferSpan& a, const BufferSpan& b)
{
    return a.first <= b.last && b.first <= a.last;
}

size_t aligned(size_t bytes)
{
    return (bytes + Alignment - 1) / Alignment * Alignment;
}

} // namespace

BufferLayout layOut(const std::vector<BufferSpan>& buffers)
{
    BufferLayout layout{std::vector<size_t>(buffers.size(), 0), 0};
    std::vector<size_t> bySize(buffers.size());
    std::iota(bySize.begin(), bySize.end(), size_t(0));
    std::ranges::stable_sort(bySize, std::greater<>(), [&](size_t i) { return buffers[i].bytes; });

    std::vector<size_t> placed; // by offset
    for (const size_t index : bySize) {
        const BufferSpan& buffer = buffers[index];
        if (buffer.last < buffer.first || buffer.bytes == 0)
            continue;
        size_t offset = 0;
        for (const size_t other : placed) {
            if (!meet(buffer, buffers[other]))
                continue;
            if (offset + aligned(buffer.bytes) <= layout.offsets[other])
                break;
            offset = std::max(offset, layout.offsets[other] + aligned(buffers[other].bytes));
        }
        layout.offsets[index] = offset;
        layout.bytes = std::max(layout.bytes, offset + aligned(buffer.bytes));
        const auto at = std::ranges::upper_bound(placed, offset, {},
                                                 [&](size_t i) { return layout.offsets[i]; });
        placed.insert(at, index);
    }
    return layout;
}

} // namespace espalier
