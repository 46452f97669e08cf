#pragma once

#include <QtGlobal>

namespace espalier {

/// Processors that this process may use: the affinity mask and the cgroup quota respected.
[[nodiscard]] int usableProcessors();

/// Largest resident memory of this process, in bytes, since resetPeakMemory() or its start; 0
/// where the system does not tell.
[[nodiscard]] qint64 peakMemoryBytes();

/// Lets peakMemoryBytes() tell of what follows. Does nothing where the system has no such thing.
void resetPeakMemory();

/// Resident memory of this process now, in bytes; 0 where the system does not tell.
[[nodiscard]] qint64 currentMemoryBytes();

/// From now on the calling thread, and every thread that it starts, leaves the processor to the
/// other threads of the program whenever they want it: for long computing beside a window. There is
/// no way back. Does nothing where the system has no such thing.
void lowerThreadPriority();

/// Keeps large freed blocks inside the process. Training frees and takes the same tensors at every
/// step, and fresh pages cost a fault each. Call once at start, before other threads.
void tuneAllocator();

} // namespace espalier
