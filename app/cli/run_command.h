#pragma once

#include "app/cli/command_line.h"

namespace espalier::cli {

/// Exit statuses of the program beside InterruptedStatus.
constexpr int DoneStatus = 0;
constexpr int FailedStatus = 1;
constexpr int WrongUsageStatus = 2;

/// Takes the arguments apart, runs the command, says what went wrong; gives the exit status.
[[nodiscard]] int runCommandLine(const QStringList& arguments);

} // namespace espalier::cli
