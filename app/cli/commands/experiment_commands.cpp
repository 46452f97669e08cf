#include "app/cli/command_table.h"
#include "app/cli/commands/experiment_handlers.h"

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

QString noun()
{
    return u"experiment"_s;
}

ArgumentSpec name()
{
    return {u"NAME"_s};
}

OptionSpec text(const QString& option, const QString& value, const QString& help,
                bool required = false)
{
    return {option, OptionKind::Text, value, help, required};
}

OptionSpec checkpoint()
{
    return text(u"checkpoint"_s, u"best|last|N"_s,
                u"The epoch whose weights are used; default: the best."_s);
}

QList<OptionSpec> createOptions()
{
    return {
        text(u"dataset"_s, u"N@V"_s, u"A saved dataset version."_s, true),
        text(u"snippet"_s, u"CNN"_s, u"The network to start from; see snippet list."_s),
        text(u"graph"_s, u"FILE.json"_s, u"A graph written by experiment graph."_s),
        text(u"input"_s, u"FEATURE"_s,
             u"The feature of the Input block; repeat it for further Input blocks."_s),
        text(u"target"_s, u"FEATURE"_s, u"The feature of the Target block."_s),
    };
}

QList<Command> editCommands()
{
    return {
        {.noun = noun(),
         .verb = u"create"_s,
         .help = u"Makes an experiment from a snippet or a graph file."_s,
         .arguments = {name()},
         .options = createOptions(),
         .oneOf = {u"snippet"_s, u"graph"_s},
         .run = createExperiment},
        {.noun = noun(),
         .verb = u"set"_s,
         .help = u"Changes run settings (batch_size=256), block parameters "
                 "(block.\"Dense 2\".nodes=10), dataset, name or notes."_s,
         .arguments = {name(), {u"KEY=VALUE"_s, ArgumentKind::Assignments}},
         .run = setExperiment},
        {.noun = noun(),
         .verb = u"duplicate"_s,
         .help = u"Makes an experiment that can be edited from one that has run."_s,
         .arguments = {name(), {u"NEW"_s}},
         .options = {{u"weights"_s,
                      OptionKind::Switch,
                      {},
                      u"Start from the trained weights instead of fresh ones."_s}},
         .run = duplicateExperiment},
        {.noun = noun(),
         .verb = u"delete"_s,
         .help = u"Deletes an experiment with its epochs and checkpoints."_s,
         .arguments = {name()},
         .options = {{u"yes"_s,
                      OptionKind::Switch,
                      {},
                      u"say that it may go for good, with its checkpoints."_s,
                      true}},
         .run = deleteExperiment},
    };
}

QList<Command> viewCommands()
{
    return {
        {.noun = noun(),
         .verb = u"check"_s,
         .help =
             u"Lists what must still be done before it can run; fails while an error is left."_s,
         .arguments = {name()},
         .run = checkExperiment},
        {.noun = noun(),
         .verb = u"graph"_s,
         .help = u"Writes the graph with the shapes and costs of its blocks."_s,
         .arguments = {name()},
         .options = {text(u"out"_s, u"FILE.json"_s, u"Write the JSON to a file."_s)},
         .run = exportGraph},
        {.noun = noun(),
         .verb = u"show"_s,
         .help = u"Shows state, settings, epochs and checkpoints."_s,
         .arguments = {name()},
         .run = showExperiment},
        {.noun = noun(),
         .verb = u"list"_s,
         .help = u"Lists the experiments of the project."_s,
         .run = listExperiments},
        {.noun = noun(),
         .verb = u"compare"_s,
         .help = u"Shows metrics side by side, and which settings and blocks differ."_s,
         .arguments = {name(), {u"NAME"_s, ArgumentKind::Many}},
         .run = compareExperiments},
    };
}

Command runCommand()
{
    return {.noun = noun(),
            .verb = u"run"_s,
            .help =
                u"Trains the network; Ctrl-C stops at the next batch and keeps the last epoch."_s,
            .arguments = {name()},
            .options =
                {{u"epochs"_s, OptionKind::WholeNumber, u"N"_s,
                  u"Epochs in all; more than before goes on (with --resume)."_s},
                 {u"resume"_s, OptionKind::Switch, {}, u"Go on after the last complete epoch."_s}},
            .stoppable = true,
            .run = runExperimentCommand};
}

} // namespace

QList<Command> experimentCommands()
{
    return editCommands() + viewCommands() + QList{runCommand()};
}

QList<Command> modelCommands()
{
    return {
        {.noun = u"evaluate"_s,
         .help = u"Measures a trained network on a subset."_s,
         .arguments = {name()},
         .options = {text(u"subset"_s, u"SUBSET"_s,
                          u"The rows to measure on; default: the validation subset."_s),
                     checkpoint()},
         .stoppable = true,
         .run = evaluateCommand},
        {.noun = u"predict"_s,
         .help = u"Predicts image files, all images of folders, or the rows of csv tables with a "
                 "column for each Input feature."_s,
         .arguments = {name(), {u"FILE"_s, ArgumentKind::Many}},
         .options = {checkpoint()},
         .stoppable = true,
         .run = predictCommand},
    };
}

} // namespace espalier::cli
