#include "app/cli/commands/experiment_handlers.h"

#include "app/cli/commands/experiment_views.h"
#include "app/cli/commands/issue_views.h"
#include "app/cli/commands/project_access.h"
#include "app/cli/text_format.h"
#include "core/base/files.h"
#include "core/project/experiment_check.h"

#include <QDir>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

QString bestMetricText(const EpochRecord& best)
{
    if (best.epoch == 0)
        return {};
    const MetricValues& metrics = best.validation.isEmpty() ? best.training : best.validation;
    const QString key = metrics.contains(u"accuracy"_s) ? u"accuracy"_s : u"loss"_s;
    return u"%1 %2 @ %3"_s.arg(key, numberText(metrics.value(key))).arg(best.epoch);
}

Status writeGraphFile(const CommandContext& context, const QJsonObject& json, const QString& name)
{
    const QString path = context.option(u"out"_s);
    if (const Status written = writeFileAtomically(path, QJsonDocument(json).toJson()); !written)
        return written;
    context.output.result(
        json, u"Wrote the graph of '%1' to %2."_s.arg(name, QDir::toNativeSeparators(path)));
    return {};
}

} // namespace

Status checkExperiment(CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    const ExperimentRecord& record = opened->record;
    const auto dataset = opened->store->openDataset(record.dataset);
    if (!dataset)
        return failureOf(dataset);
    const QList<Issue> issues = espalier::checkExperiment(record.graph, record.settings, **dataset);
    const qint64 errors = countOf(issues, IssueLevel::Error);
    context.output.result(QJsonObject{{u"name"_s, record.name},
                                      {u"can_run"_s, errors == 0},
                                      {u"errors"_s, errors},
                                      {u"warnings"_s, countOf(issues, IssueLevel::Warning)},
                                      {u"issues"_s, issuesJson(issues)}},
                          issues.isEmpty()
                              ? u"Nothing is left to do: '%1' can run."_s.arg(record.name)
                              : issuesText(issues));
    if (errors == 0)
        return {};
    return failure(ErrorCode::InvalidInput,
                   u"'%1' cannot run yet: %2 left."_s.arg(
                       record.name, amountText(errors, u"error is"_s, u"errors are"_s)));
}

Status exportGraph(CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    const auto dataset = opened->store->openDataset(opened->record.dataset);
    if (!dataset)
        return failureOf(dataset);
    const ModelGraph& graph = opened->record.graph;
    const GraphAnalysis analysis = analyzeGraph(graph, (*dataset)->features());
    const QJsonObject json = graphJson(graph, analysis);
    if (context.isSet(u"out"_s))
        return writeGraphFile(context, json, opened->record.name);
    context.output.result(json, graphText(graph, analysis));
    return {};
}

Status showExperiment(CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    const auto json = experimentJson(*opened->store, opened->record);
    if (!json)
        return failureOf(json);
    const auto text = experimentText(*opened->store, opened->record);
    if (!text)
        return failureOf(text);
    context.output.result(*json, *text);
    return {};
}

Status listExperiments(CommandContext& context)
{
    const auto store = openProject(context);
    if (!store)
        return failureOf(store);
    const auto overviews = (*store)->experimentOverviews();
    if (!overviews)
        return failureOf(overviews);
    QJsonArray json;
    TextTable table({{u"Experiment"_s},
                     {u"State"_s},
                     {u"Dataset"_s},
                     {u"Epochs"_s, Align::Right},
                     {u"Best"_s},
                     {u"Parameters"_s, Align::Right}});
    DatasetLookup datasets(**store);
    for (const ExperimentOverview& overview : *overviews) {
        const auto entry = overviewJson(datasets, overview);
        if (!entry)
            return failureOf(entry);
        json.append(*entry);
        table.addRow({overview.name, enumLabel(overview.state),
                      entry->value(u"dataset"_s).toString(), countText(overview.epochs),
                      bestMetricText(overview.best),
                      countText(entry->value(u"parameters"_s).toInteger())});
    }
    context.output.result(json, overviews->isEmpty() ? u"No experiment yet."_s : table.toString());
    return {};
}

} // namespace espalier::cli
