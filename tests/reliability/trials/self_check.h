#pragma once

#include "tests/reliability/trials/report.h"
#include "tests/reliability/trials/trial.h"

namespace espalier::trials {

/// Does damage on purpose, of every kind that trials look for, and wants it to be found: a trial
/// that finds nothing says something only where it would have found something.
void checkExamination(const TrialGround& ground, Report& report);

} // namespace espalier::trials
