#pragma once

#include "app/cli/command.h"

namespace espalier::cli {

/// The handlers of `experiment`, `evaluate` and `predict`, by file.
[[nodiscard]] Status createExperiment(CommandContext& context); // experiment_edit_commands.cpp
[[nodiscard]] Status setExperiment(CommandContext& context);
[[nodiscard]] Status duplicateExperiment(CommandContext& context);
[[nodiscard]] Status deleteExperiment(CommandContext& context);

[[nodiscard]] Status checkExperiment(CommandContext& context); // experiment_view_commands.cpp
[[nodiscard]] Status exportGraph(CommandContext& context);
[[nodiscard]] Status showExperiment(CommandContext& context);
[[nodiscard]] Status listExperiments(CommandContext& context);

[[nodiscard]] Status compareExperiments(CommandContext& context);
[[nodiscard]] Status runExperimentCommand(CommandContext& context);
[[nodiscard]] Status evaluateCommand(CommandContext& context);
[[nodiscard]] Status predictCommand(CommandContext& context);

} // namespace espalier::cli
