#pragma once

#include "core/training/run_state.h"
#include "ui/theme/theme.h"

#include <QString>

namespace espalier {

struct ExperimentRecord;

/// How a state looks wherever it is shown.
struct RunStateLook {
    QString icon; ///< of resources/icons
    Role ink;     ///< of the icon
};
[[nodiscard]] RunStateLook runStateLook(RunState state);

/// What is known of a run beside its record.
struct RunSituation {
    RunState state = RunState::Created; ///< of RunController::state()
    qsizetype place = 0;                ///< in the queue, 0: next
    int epoch = 0;                      ///< at work, from 1; 0: not begun
    int epochs = 0;                     ///< that the run will have
};

/// The best value and its epoch: "0.8742 @ 8"; empty before the first epoch. Accuracy where there
/// is one, else the loss; on validation where there is one.
[[nodiscard]] QString bestMetricText(const ExperimentRecord& record);

/// "Created", "6 of 10 epochs", "Queued, next", "Completed · 0.8742 @ 8", "Failed · NaN loss".
[[nodiscard]] QString runStateText(const ExperimentRecord& record, const RunSituation& situation);

} // namespace espalier
