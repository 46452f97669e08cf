#pragma once

#include "core/base/named_enum.h"

#include <span>

namespace espalier {

/// State of an experiment. Every button and command asks the predicates below, nothing else.
enum class RunState { Created, Queued, Running, Pausing, Paused, Completed, Stopped, Failed };
[[nodiscard]] std::span<const EnumName<RunState>> enumNames(RunState);

[[nodiscard]] bool canEdit(RunState state); ///< graph and settings; Created alone
[[nodiscard]] bool canRun(RunState state);  ///< for the first time; Created alone
[[nodiscard]] bool canPause(RunState state);
[[nodiscard]] bool canResume(RunState state); ///< Paused, Stopped, Failed: from the last checkpoint
[[nodiscard]] bool canStop(RunState state);   ///< of Queued: leaves the queue
[[nodiscard]] bool canExtend(RunState state);
[[nodiscard]] bool canDelete(RunState state); ///< neither queued nor active
[[nodiscard]] bool isActive(RunState state);  ///< a thread works, or waits for Resume

} // namespace espalier
