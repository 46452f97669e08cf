#pragma once

#include "app/cli/command.h"
#include "core/project/project_store.h"

#include <memory>

namespace espalier::cli {

/// The project of --project, or the only one of the workspace; the Error lists them otherwise.
[[nodiscard]] Result<ProjectInfo> chosenProject(const CommandContext& context);
[[nodiscard]] Result<std::unique_ptr<ProjectStore>> openProject(const CommandContext& context);

/// A project opened and a dataset version or an experiment of it, named by an argument.
struct OpenedDataset {
    std::unique_ptr<ProjectStore> store;
    DatasetRecord record;
};
[[nodiscard]] Result<OpenedDataset> openDatasetArgument(const CommandContext& context);

struct OpenedExperiment {
    std::unique_ptr<ProjectStore> store;
    ExperimentRecord record;
};
[[nodiscard]] Result<OpenedExperiment> openExperimentArgument(const CommandContext& context);

} // namespace espalier::cli
