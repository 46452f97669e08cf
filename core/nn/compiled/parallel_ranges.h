#pragma once

#include <algorithm>
#include <cstddef>
#ifdef _OPENMP
#include <omp.h>
#endif

/// A loop compiled for several generations of processors; the one that fits is chosen at start.
#if defined(__GNUC__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define ESPALIER_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ESPALIER_CLONES
#endif

namespace espalier {

/// Calls `work(begin, end)` for as many parts of [0, count) as OpenMP has threads: those on which
/// the library computes, too. Parts begin at multiples of 64.
template <typename Work>
void inRanges(size_t count, const Work& work)
{
    constexpr size_t Unit = 64;
    constexpr size_t Least = 16384; // below, waking a thread takes longer
#ifdef _OPENMP
    const auto threads = std::min<size_t>(static_cast<size_t>(omp_get_max_threads()),
                                          std::max<size_t>(count / Least, 1));
    if (threads > 1) {
        const size_t each = (count / threads + Unit - 1) / Unit * Unit;
#pragma omp parallel for num_threads(static_cast <int>(threads)) schedule(static)
        for (size_t part = 0; part < threads; ++part)
            if (const size_t begin = part * each; begin < count)
                work(begin, part + 1 == threads ? count : std::min(count, begin + each));
        return;
    }
#endif
    work(0, count);
}

} // namespace espalier
