#pragma once

#include "core/base/result.h"
#include "core/training/run_state.h"

#include <QLockFile>
#include <QString>
#include <memory>

namespace espalier {

/// Held by the run of an experiment for as long as it lasts, and by nobody after a kill: the lock
/// of a process that is gone counts as free. Works between threads and processes.
class ExperimentLock final {
public:
    /// Conflict when somebody holds it; `name` of the experiment stands in the Error.
    [[nodiscard]] static Result<ExperimentLock> acquire(const QString& file, const QString& name);
    /// Whether a live process holds it.
    [[nodiscard]] static bool isHeld(const QString& file);

private:
    explicit ExperimentLock(std::unique_ptr<QLockFile> lock)
        : m_lock(std::move(lock))
    {
    }

    std::unique_ptr<QLockFile> m_lock;
};

/// What a state in the database means: a kill leaves that of its last instant behind.
[[nodiscard]] RunState settledState(RunState written, bool hasEpochs, const QString& lockFile);

} // namespace espalier
