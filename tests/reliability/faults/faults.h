#pragma once

#include <string>

/// A disk that fails on purpose. The library puts itself in front of the calls with which a program
/// changes files (open, write, fsync, rename, unlink, …) and counts those below one folder; at the
/// n-th it fails them or kills the process. Linked into a program it is armed by arm(); loaded into
/// another by LD_PRELOAD it reads its plan from the environment:
/// @code
///   ESPALIER_FAULTS_BELOW=/path ESPALIER_FAULTS_MODE=onward ESPALIER_FAULTS_ERROR=EROFS
///   ESPALIER_FAULTS_AT=1 LD_PRELOAD=libespalier_faults.so espalier-cli …
/// @endcode
/// Paths must be absolute; writes through a memory map and stdio are not seen.
namespace espalier::faults {

enum class Mode {
    Count,  ///< nothing fails
    Once,   ///< the n-th call fails, as where a sector is bad
    Onward, ///< it and all after it fail, as on a disk that is full or may not be written; where
            ///< that is the disk being full, a write at the n-th place writes its first half
    KillBefore, ///< the process ends instead of the call
    KillTorn,   ///< … with half of what was to be written; like KillBefore for other calls
    KillAfter   ///< … when the call is done
};

struct Plan {
    std::string below; ///< a folder; the calls on it and on what is in it count
    Mode mode = Mode::Count;
    int error = 0; ///< an errno. ENOSPC spares calls that need no room, EROFS those on open files
    long at = 0;   ///< counted from 1
};

/// Starts to count anew. A process that is forked afterwards has the same plan.
void arm(const Plan& plan);
void disarm();

/// What came of the plan, also in processes that were forked since and have been killed.
struct Report {
    long calls = 0;
    bool reached = false;
    std::string call; ///< the one at the n-th place: "fsync"
    std::string path;
};
[[nodiscard]] Report report();

} // namespace espalier::faults
