#pragma once

#include "tests/reliability/trials/report.h"
#include "tests/reliability/trials/trial.h"

namespace espalier::trials {

/// Lets every call with which an operation changes files fail, as on a disk that is full or
/// damaged, and all of them, as on one that may not be written; in the short form some.
void failCalls(const TrialGround& ground, const Options& options, Report& report);

} // namespace espalier::trials
