#pragma once

#include <cstddef>
#include <vector>

namespace espalier {

/// Bytes that are needed from one instruction of a plan to another, both included.
struct BufferSpan {
    size_t bytes = 0;
    int first = 0;
    int last = -1; ///< before `first`: never needed
};

struct BufferLayout {
    std::vector<size_t> offsets; ///< by buffer, multiples of 64
    size_t bytes = 0;
};

/// Places buffers so that those that are needed at the same time do not overlap: the largest
/// first, each at the lowest place that is free (Pisarchyk and Lee 2020, "greedy by size").
[[nodiscard]] BufferLayout layOut(const std::vector<BufferSpan>& buffers);

} // namespace espalier
