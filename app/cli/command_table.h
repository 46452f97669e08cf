#pragma once

#include "app/cli/command.h"

namespace espalier::cli {

/// All commands in the order in which help shows them; made once, immutable.
[[nodiscard]] const QList<Command>& commandTable();

/// The part of the table of each noun, each in the file of its handlers.
[[nodiscard]] QList<Command> projectCommands();
[[nodiscard]] QList<Command> datasetCommands();
[[nodiscard]] QList<Command> catalogueCommands();
[[nodiscard]] QList<Command> experimentCommands();
[[nodiscard]] QList<Command> modelCommands(); ///< evaluate, predict
[[nodiscard]] QList<Command> benchCommands();

} // namespace espalier::cli
