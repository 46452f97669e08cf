#pragma once

#include "tests/reliability/trials/report.h"
#include "tests/reliability/trials/trial.h"

namespace espalier::trials {

/// Kills the program before, in the middle of and after every call with which an operation changes
/// files; in the short form at one place of each.
void killAtCalls(const TrialGround& ground, const Options& options, Report& report);

/// Kills it at random instants.
void killAtRandom(const TrialGround& ground, const Options& options, Report& report);

} // namespace espalier::trials
