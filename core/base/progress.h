#pragma once

#include <QtGlobal>
#include <functional>

namespace espalier {

/// How far a job is. Counts only grow within one job.
struct Progress {
    qint64 bytes = 0;       ///< read so far
    qint64 totalBytes = -1; ///< -1: not known
    qint64 rows = 0;        ///< examples stored so far
};

/// Called from the thread that does the work, a few times a second at most by well-behaved jobs.
using ProgressSink = std::function<void(const Progress&)>;

} // namespace espalier
