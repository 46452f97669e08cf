#pragma once

#include <QtGlobal>
#include <cstddef>

namespace espalier {

/// Loops that the library has no primitive for, on all threads of OpenMP. What they give does not
/// depend on the number of threads.

/// The seed of one block's dropout in one step.
[[nodiscard]] quint64 dropoutSeed(quint64 step, quint64 block);

/// Sets values to 0 with probability `rate` and divides the others by 1 - rate. Which ones depends
/// on seed and place alone, so that the way back drops the same. `from` may be `to`.
void dropOut(const float* from, float* to, size_t count, quint64 seed, float rate);
/// Of bfloat16, the upper halves of floats.
void dropOut(const quint16* from, quint16* to, size_t count, quint64 seed, float rate);

} // namespace espalier
