#include "app/cli/run_command.h"

#include "app/cli/command_table.h"
#include "app/cli/interruption.h"
#include "core/base/logging.h"

#include <exception>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

Status openWorkspace(CommandContext& context)
{
    auto workspace = Workspace::open(context.isSet(u"workspace"_s) ? context.option(u"workspace"_s)
                                                                   : Workspace::defaultFolder());
    if (!workspace)
        return failureOf(workspace);
    context.workspace = std::move(*workspace);
    if (const Status logging = startLogging(context.workspace->logFolder()); !logging)
        context.output.note(logging.error().message);
    return {};
}

Status runPrepared(const Command& command, CommandContext& context)
{
    if (command.needs != Needs::Nothing)
        if (const Status opened = openWorkspace(context); !opened)
            return opened;
    logInfo(u"espalier-cli %1"_s.arg(command.title()));
    return command.run(context);
}

/// The last line of defence: everything that can be foreseen comes as a Status.
Status runCatching(const Command& command, CommandContext& context)
{
    try {
        return runPrepared(command, context);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory,
                       u"%1 needs more memory than there is."_s.arg(command.title()));
    } catch (const std::exception& error) {
        return failure(ErrorCode::Internal,
                       u"%1 failed inside: %2. Please report this."_s.arg(
                           command.title(), QString::fromLocal8Bit(error.what())));
    }
}

int report(const Status& status, const CommandContext& context)
{
    if (status)
        return DoneStatus;
    if (context.workspace) // else there is no log, and it would say the sentence twice
        logWarning(status.error().message);
    context.output.error(status.error().message);
    return status.error().code == ErrorCode::Cancelled ? InterruptedStatus : FailedStatus;
}

} // namespace

int runCommandLine(const QStringList& arguments)
{
    const auto invocation = parseCommandLine(arguments, commandTable());
    if (!invocation) {
        Output(false, false).error(invocation.error());
        Output(false, false).error(u"More: espalier-cli --help"_s);
        return WrongUsageStatus;
    }
    if (!invocation->command) {
        Output output(false, false);
        output.line(invocation->text);
        return output.status() ? DoneStatus : FailedStatus;
    }
    const Command& command = *invocation->command;
    const Interruption interruption(command.stoppable);
    Output output(invocation->arguments->isSet(u"json"_s),
                  invocation->arguments->isSet(u"quiet"_s));
    CommandContext context{*invocation->arguments, output, std::nullopt, interruption.token()};
    const Status done = runCatching(command, context);
    return report(done ? output.status() : done, context);
}

} // namespace espalier::cli
