#pragma once

#include "app/cli/command.h"

#include <memory>
#include <tl/expected.hpp>

namespace espalier::cli {

/// A command line that was understood.
struct Invocation {
    /// Null: `text` (help or version) is all that was asked for.
    const Command* command = nullptr;
    std::unique_ptr<QCommandLineParser> arguments;
    QString text;
};

/// Takes the arguments without the program's name apart. Global options may stand anywhere.
/// Wrong usage gives one sentence.
[[nodiscard]] tl::expected<Invocation, QString> parseCommandLine(const QStringList& arguments,
                                                                 const QList<Command>& table);

} // namespace espalier::cli
