#pragma once

#include "app/cli/command.h"

namespace espalier::cli {

/// `dataset import`: the one that takes long and says how far it is.
[[nodiscard]] Status importDataset(CommandContext& context);
/// `dataset export`.
[[nodiscard]] Status exportDataset(CommandContext& context);

} // namespace espalier::cli
