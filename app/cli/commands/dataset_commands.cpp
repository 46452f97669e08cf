#include "app/cli/command_table.h"
#include "app/cli/commands/dataset_handlers.h"
#include "app/cli/commands/dataset_views.h"
#include "app/cli/commands/project_access.h"
#include "app/cli/text_format.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

Status listDatasets(CommandContext& context)
{
    const auto store = openProject(context);
    if (!store)
        return failureOf(store);
    const auto records = (*store)->datasets();
    if (!records)
        return failureOf(records);
    QJsonArray json;
    TextTable table({{u"Dataset"_s}, {u"Rows"_s, Align::Right}, {u"State"_s}, {u"Used by"_s}});
    for (const DatasetRecord& record : *records) {
        json.append(datasetJson(record));
        table.addRow({record.reference(), countText(record.rows),
                      record.saved ? u"saved"_s : u"not saved yet"_s, someText(record.usedBy)});
    }
    context.output.result(json, records->isEmpty() ? u"No dataset yet."_s : table.toString());
    return {};
}

/// Shows a dataset version after a command changed it, or because that was asked for.
Status showRecord(const CommandContext& context, const ProjectStore& store,
                  const DatasetRecord& record)
{
    const auto dataset = store.openDataset(record.id);
    if (!dataset)
        return failureOf(dataset);
    context.output.result(datasetDetailsJson(record, **dataset),
                          datasetDetailsText(record, **dataset));
    return {};
}

Status showDataset(CommandContext& context)
{
    const auto opened = openDatasetArgument(context);
    return opened ? showRecord(context, *opened->store, opened->record) : failureOf(opened);
}

Status setDataset(CommandContext& context)
{
    const auto opened = openDatasetArgument(context);
    if (!opened)
        return failureOf(opened);
    DatasetSettings settings = opened->record.settings;
    for (const QString& text : context.argumentsFrom(1)) {
        const auto assignment = parseAssignment(text);
        const Status applied = applySetting(settings, assignment->key, assignment->value);
        if (!applied)
            return applied;
    }
    if (const Status updated = opened->store->updateDataset(opened->record.id, settings); !updated)
        return updated;
    const auto changed = opened->store->dataset(opened->record.id);
    return changed ? showRecord(context, *opened->store, *changed) : failureOf(changed);
}

Status reportDataset(const CommandContext& context, const Result<DatasetRecord>& record,
                     const QString& sentence)
{
    if (!record)
        return failureOf(record);
    context.output.result(datasetJson(*record), sentence.arg(record->reference()));
    return {};
}

Status saveDataset(CommandContext& context)
{
    const auto opened = openDatasetArgument(context);
    if (!opened)
        return failureOf(opened);
    return reportDataset(context, opened->store->saveDataset(opened->record.id),
                         u"Saved %1; it never changes from now on."_s);
}

Status duplicateDataset(CommandContext& context)
{
    const auto opened = openDatasetArgument(context);
    if (!opened)
        return failureOf(opened);
    return reportDataset(context, opened->store->duplicateDataset(opened->record.id),
                         u"Made %1, which can be edited."_s);
}

Status deleteDataset(CommandContext& context)
{
    const auto opened = openDatasetArgument(context);
    if (!opened)
        return failureOf(opened);
    if (const Status deleted = opened->store->deleteDataset(opened->record.id); !deleted)
        return deleted;
    context.output.result(QJsonObject{{u"deleted"_s, opened->record.reference()}},
                          u"Deleted %1."_s.arg(opened->record.reference()));
    return {};
}

Command datasetCommand(const QString& verb, const QString& help, Status (*run)(CommandContext&))
{
    return {
        .noun = u"dataset"_s, .verb = verb, .help = help, .arguments = {{u"N@V"_s}}, .run = run};
}

Command importCommand()
{
    return {.noun = u"dataset"_s,
            .verb = u"import"_s,
            .help =
                u"Imports files, folders or links (path, http(s)://, file://, sample:clothes)."_s,
            .arguments = {{u"SOURCE"_s, ArgumentKind::Many}},
            .options = {{u"name"_s, OptionKind::Text, u"N"_s, u"Name of the new dataset."_s, true}},
            .stoppable = true,
            .run = importDataset};
}

Command setCommand()
{
    Command command = datasetCommand(
        u"set"_s,
        u"Changes a version that is not saved yet: feature.image.normalization=standardization, "
        "subset.training.size=70, seed=7."_s,
        setDataset);
    command.arguments.append({u"KEY=VALUE"_s, ArgumentKind::Assignments});
    return command;
}

Command exportCommand()
{
    Command command = datasetCommand(
        u"export"_s, u"Writes a zip with index.csv that imports again to the same rows."_s,
        exportDataset);
    command.options = {
        {u"out"_s, OptionKind::Text, u"FILE.zip"_s, u"The file to write."_s, true},
        {u"subset"_s, OptionKind::Text, u"S"_s, u"The rows of this subset alone."_s}};
    command.stoppable = true;
    return command;
}

Command deleteCommand()
{
    Command command =
        datasetCommand(u"delete"_s, u"Deletes a version that nothing uses."_s, deleteDataset);
    command.options = {{u"yes"_s, OptionKind::Switch, {}, u"say that it may go for good."_s, true}};
    return command;
}

} // namespace

QList<Command> datasetCommands()
{
    return {
        importCommand(),
        {.noun = u"dataset"_s,
         .verb = u"list"_s,
         .help = u"Lists the dataset versions."_s,
         .run = listDatasets},
        datasetCommand(u"show"_s, u"Shows features, statistics and subsets."_s, showDataset),
        setCommand(),
        datasetCommand(u"save"_s, u"Locks the version, so that experiments can use it."_s,
                       saveDataset),
        datasetCommand(u"duplicate"_s, u"Makes the next version, which can be edited."_s,
                       duplicateDataset),
        deleteCommand(),
        exportCommand(),
    };
}

} // namespace espalier::cli
