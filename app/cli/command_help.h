#pragma once

#include "app/cli/command.h"

namespace espalier::cli {

/// The options that every command takes, and the one that those take which work in a project.
[[nodiscard]] const QList<OptionSpec>& globalOptions();
[[nodiscard]] const OptionSpec& projectOption();

/// "dataset import SOURCE... --name N [--project P]".
[[nodiscard]] QString usageLine(const Command& command);
/// All about one command.
[[nodiscard]] QString commandHelp(const Command& command);
/// The commands of one noun, or of all when it is empty.
[[nodiscard]] QString overviewHelp(const QList<Command>& table, const QString& noun = {});

} // namespace espalier::cli
