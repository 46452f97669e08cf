#include "app/cli/commands/experiment_handlers.h"

#include "app/cli/commands/experiment_views.h"
#include "app/cli/commands/issue_views.h"
#include "app/cli/commands/project_access.h"
#include "app/cli/text_format.h"
#include "core/base/files.h"
#include "core/graph/snippets.h"
#include "core/project/experiment_check.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

Result<ModelGraph> graphOfSnippet(const QString& name)
{
    if (const Snippet* snippet = findSnippet(name))
        return snippet->build();
    QStringList names;
    for (const Snippet& snippet : snippets())
        names.append(snippet.name);
    return failure(ErrorCode::NotFound,
                   u"There is no snippet '%1'; there are %2."_s.arg(name, names.join(u", "_s)));
}

Result<ModelGraph> graphOfFile(const QString& path)
{
    const auto content = readFile(path);
    if (!content)
        return failureOf(content);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(*content, &problem);
    if (!document.isObject())
        return failure(
            ErrorCode::InvalidInput,
            u"%1 holds no graph: %2 at byte %3; experiment graph --out writes one."_s
                .arg(path, document.isNull() ? problem.errorString() : u"it is no JSON object"_s)
                .arg(problem.offset));
    auto graph = ModelGraph::fromJson(document.object());
    if (!graph)
        return failure(graph.error().code, u"%1: %2"_s.arg(path, graph.error().message));
    return graph;
}

QList<BlockId> blocksOfType(const ModelGraph& graph, const QString& type)
{
    QList<BlockId> blocks;
    for (const Block& block : graph.blocks())
        if (block.type == type)
            blocks.append(block.id);
    return blocks;
}

/// Gives the blocks of a type their features, one by one.
Status chooseFeatures(ModelGraph& graph, const QString& type, const QStringList& features,
                      const Dataset& dataset)
{
    const QList<BlockId> blocks = blocksOfType(graph, type);
    if (features.size() > blocks.size())
        return failure(ErrorCode::InvalidInput,
                       u"The graph has %1 for --%2, but %3 given."_s.arg(
                           amountText(blocks.size(), u"block"_s, u"blocks"_s), type,
                           amountText(features.size(), u"feature is"_s, u"features are"_s)));
    for (qsizetype i = 0; i < features.size(); ++i) {
        if (dataset.settings().featureIndex(features[i]) < 0) {
            QStringList names;
            for (const FeatureDescription& feature : dataset.features())
                names.append(feature.name);
            return failure(ErrorCode::NotFound,
                           u"The dataset has no feature '%1'; it has %2."_s.arg(features[i],
                                                                                namesText(names)));
        }
        if (const Status set = setParameterFromText(graph, blocks[i], u"feature"_s, features[i]);
            !set)
            return set;
    }
    return {};
}

Result<ModelGraph> startGraph(const CommandContext& context, const Dataset& dataset)
{
    auto graph = context.isSet(u"snippet"_s) ? graphOfSnippet(context.option(u"snippet"_s))
                                             : graphOfFile(context.option(u"graph"_s));
    if (!graph)
        return graph;
    for (const QString& end : {u"input"_s, u"target"_s})
        if (const Status chosen =
                chooseFeatures(*graph, end, context.arguments.values(end), dataset);
            !chosen)
            return failureOf(chosen);
    return graph;
}

QString stillToDo(const QList<Issue>& issues)
{
    const qint64 errors = countOf(issues, IssueLevel::Error);
    return errors == 0 ? u"It can run."_s : u"Before it can run:\n"_s + issuesText(issues);
}

/// Answers with the experiment as it is now, and what must still be done.
Status reportExperiment(const CommandContext& context, const ProjectStore& store, ExperimentId id,
                        const QString& sentence)
{
    const auto record = store.experiment(id);
    if (!record)
        return failureOf(record);
    const auto dataset = store.openDataset(record->dataset);
    if (!dataset)
        return failureOf(dataset);
    const QList<Issue> issues =
        espalier::checkExperiment(record->graph, record->settings, **dataset);
    const auto json = experimentJson(store, *record);
    if (!json)
        return failureOf(json);
    QJsonObject document = *json;
    document.insert(u"issues"_s, issuesJson(issues));
    context.output.result(document, sentence.arg(record->name) + QChar(u' ') + stillToDo(issues));
    return {};
}

/// What `experiment set` changes, collected so that nothing is stored when one value is wrong.
struct ExperimentChanges {
    ModelGraph graph;
    RunSettings settings;
    QList<std::pair<QString, QString>> newSettings; ///< applied together, in any order
    std::optional<DatasetId> dataset;
    std::optional<QString> name;
    std::optional<QString> notes;
    bool content = false; ///< graph or settings
};

/// "Dense 2" and "nodes" of `"Dense 2".nodes` or `Dense 2.nodes`.
std::optional<std::pair<QString, QString>> parseBlockKey(const QString& text)
{
    const qsizetype dot = text.lastIndexOf(QChar(u'.'));
    QString block = text.left(std::max<qsizetype>(dot, 0)).trimmed();
    for (const QChar quote : {QChar(u'"'), QChar(u'\'')})
        if (block.size() > 1 && block.startsWith(quote) && block.endsWith(quote))
            block = block.mid(1, block.size() - 2);
    const QString key = text.mid(dot + 1).trimmed();
    if (block.isEmpty() || key.isEmpty())
        return std::nullopt;
    return std::pair(block, key);
}

Status changeBlock(ModelGraph& graph, const QString& key, const QString& value)
{
    const auto parts = parseBlockKey(key);
    if (!parts)
        return failure(
            ErrorCode::InvalidInput,
            u"'block.%1' names no block and parameter; write block.\"Dense 2\".nodes=10."_s.arg(
                key));
    if (const Block* block = graph.blockByName(parts->first)) {
        const Status set = setParameterFromText(graph, block->id, parts->second, value);
        return set ? set
                   : failure(set.error().code, u"%1: %2"_s.arg(parts->first, set.error().message));
    }
    QStringList names;
    for (const Block& block : graph.blocks())
        names.append(block.name);
    return failure(ErrorCode::NotFound, u"The graph has no block '%1'; it has %2."_s.arg(
                                            parts->first, namesText(names)));
}

Result<DatasetRecord> savedDataset(const ProjectStore& store, const QString& reference)
{
    auto dataset = store.dataset(reference);
    if (dataset && !dataset->saved)
        return failure(ErrorCode::Conflict,
                       u"%1 is not saved yet: save the version before an experiment uses it."_s.arg(
                           dataset->reference()));
    return dataset;
}

Status applyChange(ExperimentChanges& changes, const Assignment& assignment,
                   const ProjectStore& store)
{
    if (assignment.key == u"name"_s)
        changes.name = assignment.value;
    else if (assignment.key == u"notes"_s)
        changes.notes = assignment.value;
    else if (assignment.key == u"dataset"_s) {
        const auto dataset = savedDataset(store, assignment.value);
        if (!dataset)
            return failureOf(dataset);
        changes.dataset = dataset->id;
    } else {
        changes.content = true;
        if (assignment.key.startsWith(u"block."_s))
            return changeBlock(changes.graph, assignment.key.mid(6), assignment.value);
        changes.newSettings.append({assignment.key, assignment.value});
    }
    return {};
}

Result<ExperimentChanges> collectChanges(const OpenedExperiment& opened, const QStringList& texts)
{
    ExperimentChanges changes{opened.record.graph, opened.record.settings, {}, {}, {}, {}, false};
    for (const QString& text : texts)
        if (const Status applied = applyChange(changes, *parseAssignment(text), *opened.store);
            !applied)
            return failureOf(applied);
    return applyRunSettings(changes.settings, changes.newSettings).map([&] { return changes; });
}

/// The name goes first: it alone can still be refused for a reason that is not the disk.
Status storeChanges(ProjectStore& store, const ExperimentRecord& record,
                    const ExperimentChanges& changes)
{
    if ((changes.content || changes.dataset) && !canEdit(record.state))
        return store.updateExperiment(record.id, changes.graph, changes.settings);
    Status stored;
    if (changes.name)
        stored = store.renameExperiment(record.id, *changes.name);
    if (stored && changes.dataset)
        stored = store.setExperimentDataset(record.id, *changes.dataset);
    if (stored && changes.content)
        stored = store.updateExperiment(record.id, changes.graph, changes.settings);
    if (stored && changes.notes)
        stored = store.setNotes(record.id, *changes.notes);
    return stored;
}

} // namespace

Status createExperiment(CommandContext& context)
{
    const auto store = openProject(context);
    if (!store)
        return failureOf(store);
    const auto record = (*store)->dataset(context.option(u"dataset"_s));
    if (!record)
        return failureOf(record);
    const auto dataset = (*store)->openDataset(record->id);
    if (!dataset)
        return failureOf(dataset);
    const auto graph = startGraph(context, **dataset);
    if (!graph)
        return failureOf(graph);
    const auto created = (*store)->createExperiment(context.argument(0), record->id, *graph);
    if (!created)
        return failureOf(created);
    return reportExperiment(context, **store, created->id, u"Created '%1'."_s);
}

Status setExperiment(CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    const auto changes = collectChanges(*opened, context.argumentsFrom(1));
    if (!changes)
        return failureOf(changes);
    if (const Status stored = storeChanges(*opened->store, opened->record, *changes); !stored)
        return stored;
    return reportExperiment(context, *opened->store, opened->record.id, u"Changed '%1'."_s);
}

Status duplicateExperiment(CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    const auto copy = opened->store->duplicateExperiment(opened->record.id, context.argument(1),
                                                         context.isSet(u"weights"_s));
    if (!copy)
        return failureOf(copy);
    return reportExperiment(context, *opened->store, copy->id,
                            u"Made '%1', which can be edited."_s);
}

Status deleteExperiment(CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    if (const Status deleted = opened->store->deleteExperiment(opened->record.id); !deleted)
        return deleted;
    context.output.result(QJsonObject{{u"deleted"_s, opened->record.name}},
                          u"Deleted '%1'."_s.arg(opened->record.name));
    return {};
}

} // namespace espalier::cli
