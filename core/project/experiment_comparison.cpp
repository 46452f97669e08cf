#include "core/project/experiment_comparison.h"

#include "core/evaluation/metrics.h"
#include "core/graph/block_catalogue.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using Change = GraphDifference::Change;

MetricValues metricsAtBest(const ExperimentRecord& experiment)
{
    const int best = experiment.bestEpoch();
    for (const EpochRecord& epoch : experiment.epochs)
        if (epoch.epoch == best)
            return epoch.validation.isEmpty() ? epoch.training : epoch.validation;
    return {};
}

/// The losses of the Target blocks, to tell whether experiments minimize the same.
QStringList lossesOf(const ModelGraph& graph)
{
    QStringList losses;
    for (const Block& block : graph.blocks())
        if (const BlockType* type = blockType(block.type); type && type->parameter(u"loss"_s))
            losses.append(parametersOf(block, *type).text(u"loss"_s));
    return losses;
}

int bestIndex(const QList<double>& values, bool higherIsBetter)
{
    int best = -1;
    for (int i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i]))
            continue;
        if (best < 0 || (higherIsBetter ? values[i] > values[best] : values[i] < values[best]))
            best = i;
    }
    return best;
}

QList<ComparedMetric> comparedMetrics(const QList<ExperimentRecord>& experiments, bool sameLoss)
{
    QList<MetricValues> values;
    for (const ExperimentRecord& experiment : experiments)
        values.append(metricsAtBest(experiment));
    QList<ComparedMetric> metrics;
    for (const MetricDescription& description : metricDescriptions()) {
        ComparedMetric metric{description.key, description.label, {}, -1};
        for (const MetricValues& of : values)
            metric.values.append(
                of.value(description.key, std::numeric_limits<double>::quiet_NaN()));
        if (description.key != u"loss"_s || sameLoss)
            metric.best = bestIndex(metric.values, description.higherIsBetter);
        if (!std::all_of(metric.values.cbegin(), metric.values.cend(),
                         [](double value) { return std::isnan(value); }))
            metrics.append(metric);
    }
    return metrics;
}

bool differs(const ComparedSetting& setting)
{
    return std::ranges::adjacent_find(setting.values, std::not_equal_to()) !=
           setting.values.cend();
}

/// Keys in the order in which the settings of the experiments have them, each once.
QList<RunSettingSpec> allSpecs(const QList<ExperimentRecord>& experiments)
{
    QList<RunSettingSpec> specs;
    for (const ExperimentRecord& experiment : experiments)
        for (const RunSettingSpec& spec : runSettingSpecs(experiment.settings))
            if (std::none_of(specs.cbegin(), specs.cend(),
                             [&](const RunSettingSpec& known) { return known.key == spec.key; }))
                specs.append(spec);
    return specs;
}

QString settingText(const RunSettings& settings, const QString& key)
{
    for (const RunSettingSpec& spec : runSettingSpecs(settings))
        if (spec.key == key)
            return spec.text(settings);
    return {};
}

QList<ComparedSetting> comparedSettings(const QList<ExperimentRecord>& experiments,
                                        const QStringList& datasets)
{
    QList<ComparedSetting> settings{{u"dataset"_s, u"Dataset"_s, datasets}};
    for (const RunSettingSpec& spec : allSpecs(experiments)) {
        ComparedSetting setting{spec.key, spec.label, {}};
        for (const ExperimentRecord& experiment : experiments)
            setting.values.append(settingText(experiment.settings, spec.key));
        settings.append(setting);
    }
    settings.removeIf([](const ComparedSetting& setting) { return !differs(setting); });
    return settings;
}

QString typeName(const Block& block)
{
    const BlockType* type = blockType(block.type);
    return type ? type->name : block.type;
}

/// A value that a person has not set, and that the graph decides, has no number of its own here.
QString valueText(const Block& block, const ParameterSpec& spec, const Parameters& parameters)
{
    return spec.follows && !block.parameters.contains(spec.key)
               ? u"as the target needs"_s
               : spec.toText(parameters.values().value(spec.key));
}

void addParameterDifferences(const Block& before, const Block& after,
                             QList<GraphDifference>& differences)
{
    if (before.type != after.type) {
        differences.append(
            {Change::Changed, after.name, u"type"_s, typeName(before), typeName(after)});
        return;
    }
    const BlockType* type = blockType(after.type);
    if (!type)
        return;
    const Parameters old = parametersOf(before, *type);
    const Parameters now = parametersOf(after, *type);
    for (const ParameterSpec& spec : type->parameters) {
        const QString oldText = valueText(before, spec, old);
        const QString newText = valueText(after, spec, now);
        if (oldText != newText)
            differences.append({Change::Changed, after.name, spec.key, oldText, newText});
    }
}

/// Names of the connections between blocks that `other` has too: those of a block that is gone
/// went with it.
std::set<QString> connectionNames(const ModelGraph& graph, const ModelGraph* other = nullptr)
{
    std::set<QString> names;
    for (const Connection& connection : graph.connections()) {
        const Block* from = graph.block(connection.from);
        const Block* to = graph.block(connection.to);
        const QString port =
            connection.port > 0 ? u" (input %1)"_s.arg(connection.port + 1) : QString();
        const bool kept = !other || (from && to && other->blockByName(from->name) &&
                                     other->blockByName(to->name));
        if (from && to && kept)
            names.insert(from->name + u" → "_s + to->name + port);
    }
    return names;
}

void addConnectionDifferences(const ModelGraph& before, const ModelGraph& after,
                              QList<GraphDifference>& differences)
{
    const std::set<QString> now = connectionNames(after);
    for (const QString& name : connectionNames(before, &after))
        if (!now.contains(name))
            differences.append({Change::Removed, name, u"connection"_s, {}, {}});
    const std::set<QString> old = connectionNames(before);
    for (const QString& name : now)
        if (!old.contains(name))
            differences.append({Change::Added, name, u"connection"_s, {}, {}});
}

} // namespace

QList<GraphDifference> compareGraphs(const ModelGraph& before, const ModelGraph& after)
{
    QList<GraphDifference> differences;
    for (const Block& block : before.blocks())
        if (!after.blockByName(block.name))
            differences.append({Change::Removed, block.name, {}, typeName(block), {}});
    for (const Block& block : after.blocks()) {
        if (const Block* old = before.blockByName(block.name))
            addParameterDifferences(*old, block, differences);
        else
            differences.append({Change::Added, block.name, {}, {}, typeName(block)});
    }
    addConnectionDifferences(before, after, differences);
    return differences;
}

ExperimentComparison compareExperiments(const QList<ExperimentRecord>& experiments,
                                        const QStringList& datasets)
{
    ExperimentComparison comparison;
    if (experiments.isEmpty())
        return comparison;
    for (const ExperimentRecord& experiment : experiments) {
        comparison.names.append(experiment.name);
        comparison.bestEpochs.append(experiment.bestEpoch());
        comparison.graphs.append(compareGraphs(experiments.first().graph, experiment.graph));
        comparison.sameLoss = comparison.sameLoss &&
                              lossesOf(experiment.graph) == lossesOf(experiments.first().graph);
    }
    comparison.metrics = comparedMetrics(experiments, comparison.sameLoss);
    comparison.settings = comparedSettings(experiments, datasets);
    return comparison;
}

} // namespace espalier
