#pragma once

#include <algorithm>
#include <cstddef>
#ifdef _OPENMP
#include <omp.h>
#endif

/// A loop compiled for several generations of processors; the one that fits is chosen at start,
/// before a sanitizer is ready.
#if defined(__GNUC__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) &&                  \
    !defined(__SANITIZE_THREAD__)
#define ESPALIER_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ESPALIER_CLONES
#endif
/// Part of such a loop that is written once for several: it has to be compiled within each.
#ifdef __GNUC__
#define ESPALIER_INLINED __attribute__((always_inline)) inline
#define ESPALIER_INLINED_LAMBDA __attribute__((always_inline))
#else
#define ESPALIER_INLINED inline
#define ESPALIER_INLINED_LAMBDA
#endif

namespace espalier {

/// How a range may be divided.
struct Grain {
    size_t unit = 64;     ///< parts begin at multiples of it
    size_t least = 16384; ///< of a part: below, waking a thread takes longer
};

/// Calls `work(begin, end)` for as many parts of [0, count) as OpenMP has threads: those on which
/// the library computes, too.
template <typename Work>
void inRanges(size_t count, const Work& work, const Grain& grain = {})
{
#ifdef _OPENMP
    const auto threads = static_cast<int>(std::min<size_t>(
        static_cast<size_t>(omp_get_max_threads()), std::max<size_t>(count / grain.least, 1)));
    if (threads > 1) {
        const auto parts = static_cast<size_t>(threads);
        const size_t each = (count / parts + grain.unit - 1) / grain.unit * grain.unit;
#pragma omp parallel for num_threads(threads) schedule(static)
        for (int part = 0; part < threads; ++part) { // MSVC counts in int alone
            const size_t begin = static_cast<size_t>(part) * each;
            if (begin < count)
                work(begin, part + 1 == threads ? count : std::min(count, begin + each));
        }
        return;
    }
#endif
    work(0, count);
}

} // namespace espalier
