#include "app/cli/commands/experiment_handlers.h"

#include "app/cli/commands/project_access.h"
#include "app/cli/text_format.h"
#include "core/project/experiment_comparison.h"

#include <QJsonArray>
#include <QJsonObject>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

using Change = GraphDifference::Change;

QJsonArray metricsJson(const ExperimentComparison& comparison)
{
    QJsonArray json;
    for (const ComparedMetric& metric : comparison.metrics) {
        QJsonArray values;
        for (const double value : metric.values)
            values.append(std::isnan(value) ? QJsonValue() : QJsonValue(value));
        json.append(QJsonObject{
            {u"metric"_s, metric.key},
            {u"label"_s, metric.label},
            {u"values"_s, values},
            {u"best"_s, metric.best < 0 ? QJsonValue() : comparison.names.at(metric.best)}});
    }
    return json;
}

QJsonArray settingsJson(const ExperimentComparison& comparison)
{
    QJsonArray json;
    for (const ComparedSetting& setting : comparison.settings)
        json.append(QJsonObject{{u"key"_s, setting.key},
                                {u"label"_s, setting.label},
                                {u"values"_s, QJsonArray::fromStringList(setting.values)}});
    return json;
}

QString changeKey(Change change)
{
    switch (change) {
    case Change::Added:
        return u"added"_s;
    case Change::Removed:
        return u"removed"_s;
    case Change::Changed:
        return u"changed"_s;
    }
    return {};
}

QJsonArray graphsJson(const ExperimentComparison& comparison)
{
    QJsonArray json;
    for (qsizetype i = 1; i < comparison.graphs.size(); ++i)
        for (const GraphDifference& difference : comparison.graphs[i])
            json.append(QJsonObject{{u"experiment"_s, comparison.names[i]},
                                    {u"change"_s, changeKey(difference.change)},
                                    {u"block"_s, difference.block},
                                    {u"parameter"_s, difference.parameter},
                                    {u"old"_s, difference.before},
                                    {u"new"_s, difference.after}});
    return json;
}

QJsonObject toJson(const ExperimentComparison& comparison)
{
    QJsonArray bestEpochs;
    for (const int epoch : comparison.bestEpochs)
        bestEpochs.append(epoch);
    return {{u"experiments"_s, QJsonArray::fromStringList(comparison.names)},
            {u"best_epochs"_s, bestEpochs},
            {u"metrics"_s, metricsJson(comparison)},
            {u"same_loss"_s, comparison.sameLoss},
            {u"settings"_s, settingsJson(comparison)},
            {u"graph"_s, graphsJson(comparison)}};
}

TextTable comparisonTable(const QString& title, const QStringList& names, Align align)
{
    QList<TextColumn> columns{{title}};
    for (const QString& name : names)
        columns.append({name, align});
    return TextTable(columns);
}

QString metricsText(const ExperimentComparison& comparison)
{
    TextTable table = comparisonTable(u"Metric at best epoch"_s, comparison.names, Align::Right);
    QStringList epochs{u"Best epoch"_s};
    for (const int epoch : comparison.bestEpochs)
        epochs.append(epoch > 0 ? QString::number(epoch) : u"–"_s);
    table.addRow(epochs);
    for (const ComparedMetric& metric : comparison.metrics) {
        QStringList cells{metric.label};
        for (qsizetype i = 0; i < metric.values.size(); ++i) {
            const double value = metric.values[i];
            const QString mark = i == metric.best ? u"* "_s : QString();
            cells.append(std::isnan(value) ? u"–"_s : mark + numberText(value));
        }
        table.addRow(cells);
    }
    return table.toString();
}

QString settingsText(const ExperimentComparison& comparison)
{
    if (comparison.settings.isEmpty())
        return u"The settings are the same."_s;
    TextTable table = comparisonTable(u"Setting"_s, comparison.names, Align::Left);
    for (const ComparedSetting& setting : comparison.settings)
        table.addRow(QStringList{setting.key} + setting.values);
    return table.toString();
}

QString blockText(const QString& name, const QString& type)
{
    return name.startsWith(type) ? name : u"%1 (%2)"_s.arg(name, type);
}

QString differenceText(const GraphDifference& difference)
{
    if (difference.parameter == u"connection"_s)
        return difference.change == Change::Added ? u"joined:   %1"_s.arg(difference.block)
                                                  : u"parted:   %1"_s.arg(difference.block);
    if (difference.change == Change::Added)
        return u"added:    "_s + blockText(difference.block, difference.after);
    if (difference.change == Change::Removed)
        return u"removed:  "_s + blockText(difference.block, difference.before);
    return u"changed:  %1.%2: %3 → %4"_s.arg(difference.block, difference.parameter,
                                             difference.before, difference.after);
}

QString graphsText(const ExperimentComparison& comparison)
{
    QStringList lines;
    for (qsizetype i = 1; i < comparison.graphs.size(); ++i) {
        const QString& first = comparison.names.first();
        const QString& other = comparison.names[i];
        if (comparison.graphs[i].isEmpty()) {
            lines.append(u"The graphs of '%1' and '%2' are the same."_s.arg(first, other));
            continue;
        }
        lines.append(u"Graph of '%1' against '%2':"_s.arg(other, first));
        for (const GraphDifference& difference : comparison.graphs[i])
            lines.append(u"  "_s + differenceText(difference));
    }
    return lines.join(QChar(u'\n'));
}

QString toText(const ExperimentComparison& comparison)
{
    QStringList parts{metricsText(comparison)};
    if (!comparison.sameLoss)
        parts.append(
            u"They minimize different losses, so the values of the loss do not compare."_s);
    parts << QString() << settingsText(comparison) << QString() << graphsText(comparison);
    return parts.join(QChar(u'\n'));
}

} // namespace

Status compareExperiments(CommandContext& context)
{
    const auto store = openProject(context);
    if (!store)
        return failureOf(store);
    QList<ExperimentRecord> records;
    QStringList datasets;
    for (const QString& name : context.argumentsFrom(0)) {
        const auto record = (*store)->experiment(name);
        if (!record)
            return failureOf(record);
        const auto dataset = (*store)->dataset(record->dataset);
        if (!dataset)
            return failureOf(dataset);
        records.append(*record);
        datasets.append(dataset->reference());
    }
    const ExperimentComparison comparison = espalier::compareExperiments(records, datasets);
    context.output.result(toJson(comparison), toText(comparison));
    return {};
}

} // namespace espalier::cli
