#include "ui/evaluation/compare/comparison_rows.h"

#include "core/graph/block_catalogue.h"
#include "ui/evaluation/curves/metric_curves.h"
#include "ui/evaluation/run_summary.h"
#include "ui/evaluation/table/experiment_table_model.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

bool differ(const QStringList& values)
{
    return values.count(values.value(0)) != values.size();
}

/// Index of the only smallest number above 0; -1 where there is none.
int smallest(const QList<double>& values)
{
    int best = -1;
    for (int i = 0; i < values.size(); ++i)
        if (std::isfinite(values[i]) && values[i] > 0 && (best < 0 || values[i] < values[best]))
            best = i;
    return best >= 0 && values.count(values[best]) == 1 ? best : -1;
}

ComparisonRow numberRow(const QString& label, const QList<ExperimentRecord>& experiments,
                        const std::function<double(const ExperimentRecord&)>& value,
                        const std::function<QString(double)>& text, bool smallerIsBetter)
{
    ComparisonRow row{label, {}, -1, true};
    QList<double> values;
    for (const ExperimentRecord& experiment : experiments) {
        values.append(value(experiment));
        const bool there = std::isfinite(values.last()) && values.last() > 0;
        row.values.append(there ? text(values.last()) : QString(QChar(0x2013)));
    }
    row.best = smallerIsBetter ? smallest(values) : -1;
    row.differs = differ(row.values);
    return row;
}

/// Names of all blocks, in the order in which the experiments have them.
QStringList blockNames(const QList<ExperimentRecord>& experiments)
{
    QStringList names;
    for (const ExperimentRecord& experiment : experiments)
        for (const Block& block : experiment.graph.blocks())
            if (!names.contains(block.name))
                names.append(block.name);
    return names;
}

QString typeName(const Block* block)
{
    if (!block)
        return ComparisonRows::tr("none");
    const BlockType* type = blockType(block->type);
    return type ? type->name : block->type;
}

QString parameterText(const Block* block, const ParameterSpec& spec)
{
    const BlockType* type = block ? blockType(block->type) : nullptr;
    if (!type || !type->parameter(spec.key))
        return ComparisonRows::tr("none");
    if (spec.follows && !block->parameters.contains(spec.key))
        return ComparisonRows::tr("as the target needs");
    return spec.toText(parametersOf(*block, *type).values().value(spec.key)) + spec.unit;
}

/// Whether a block is there, and of which type; then its parameters.
QList<ComparisonRow> blockRows(const QString& name, const QList<const Block*>& blocks)
{
    ComparisonRow presence{name, {}, -1, true};
    for (const Block* block : blocks)
        presence.values.append(typeName(block));
    presence.differs = differ(presence.values);
    QList<ComparisonRow> rows{presence};
    const Block* first = *std::ranges::find_if(blocks, [](const Block* b) { return b != nullptr; });
    const BlockType* type = blockType(first->type);
    for (const ParameterSpec& spec : type ? type->parameters : QList<ParameterSpec>()) {
        ComparisonRow row{name + u", "_s + spec.label.toLower(), {}, -1, true};
        for (const Block* block : blocks)
            row.values.append(parameterText(block, spec));
        row.differs = differ(row.values);
        // Of a block that is missing somewhere, what it is made of says enough in one line.
        const bool everywhere = !blocks.contains(nullptr);
        if (everywhere || (row.differs && first->parameters.contains(spec.key)))
            rows.append(row);
    }
    return rows;
}

QList<ComparisonRow> connectionRows(const QList<ExperimentRecord>& experiments)
{
    QList<ComparisonRow> rows;
    for (int i = 1; i < experiments.size(); ++i) {
        for (const GraphDifference& difference :
             compareGraphs(experiments.first().graph, experiments[i].graph)) {
            if (difference.parameter != u"connection"_s)
                continue;
            auto row = std::ranges::find(rows, difference.block, &ComparisonRow::label);
            const bool added = difference.change == GraphDifference::Change::Added;
            const QString usual = added ? ComparisonRows::tr("none") : ComparisonRows::tr("joined");
            if (row == rows.end())
                row = rows.insert(rows.end(), {difference.block,
                                               QStringList(experiments.size(), usual), -1, true});
            row->values[i] = added ? ComparisonRows::tr("joined") : ComparisonRows::tr("none");
        }
    }
    return rows;
}

/// The setting of a key in each experiment, in words.
QStringList settingTexts(const QList<ExperimentRecord>& experiments, const QString& key)
{
    QStringList texts;
    for (const ExperimentRecord& experiment : experiments) {
        const QList<RunSettingSpec> specs = runSettingSpecs(experiment.settings);
        const auto spec = std::ranges::find(specs, key, &RunSettingSpec::key);
        texts.append(spec == specs.cend()
                         ? QString(QChar(0x2013))
                         : RunSummaryText::settingText(*spec, experiment.settings));
    }
    return texts;
}

QList<ComparisonRow> runSettingRows(const QList<ExperimentRecord>& experiments)
{
    QList<ComparisonRow> rows;
    QStringList done;
    for (const ExperimentRecord& experiment : experiments) {
        for (const RunSettingSpec& spec : runSettingSpecs(experiment.settings)) {
            if (done.contains(spec.key))
                continue;
            done.append(spec.key);
            const QStringList values = settingTexts(experiments, spec.key);
            rows.append({spec.label, values, -1, differ(values)});
        }
    }
    return rows;
}

void appendSection(QList<ComparisonRow>& rows, const QString& heading, QList<ComparisonRow> section,
                   bool differencesOnly)
{
    if (differencesOnly)
        section.removeIf([](const ComparisonRow& row) { return !row.differs; });
    if (section.isEmpty())
        return;
    rows.append({heading, {}, -1, false});
    rows.append(section);
}

} // namespace

QList<ComparisonRow> ComparisonRows::metrics(const QList<ExperimentRecord>& experiments)
{
    QList<ComparisonRow> rows;
    const ExperimentComparison comparison = compareExperiments(experiments, {});
    for (const ComparedMetric& metric : comparison.metrics) {
        const bool isLoss = metric.key == u"loss"_s;
        ComparisonRow row{isLoss && comparison.sameLoss
                              ? MetricCurves::lossLabel(experiments.first().graph)
                              : metric.label,
                          {},
                          metric.best,
                          true};
        for (const double value : metric.values)
            row.values.append(metricText(value));
        row.differs = differ(row.values);
        if (!row.differs)
            row.best = -1;
        rows.append(row);
    }
    // What decides which epoch is best comes first, as everywhere.
    const QString first =
        experiments.isEmpty() ? QString() : MetricCurves::label(experiments.first(), u"accuracy"_s);
    std::ranges::stable_partition(rows,
                                  [&](const ComparisonRow& row) { return row.label == first; });
    rows.append(numberRow(
        tr("Best epoch"), experiments, [](const auto& e) { return double(e.bestEpoch()); },
        [](double v) { return countText(qint64(v)); }, false));
    rows.append(numberRow(
        tr("Parameters"), experiments, [](const auto& e) { return double(e.parameters); },
        [](double v) { return countText(qint64(v)); }, true));
    rows.append(numberRow(tr("Duration"), experiments, durationOf, durationText, true));
    return rows;
}

QList<ComparisonRow> ComparisonRows::settings(const QList<ExperimentRecord>& experiments,
                                              const QStringList& datasets, bool differencesOnly)
{
    QList<ComparisonRow> run{{tr("Dataset version"), datasets, -1, differ(datasets)}};
    run.append(runSettingRows(experiments));
    QList<ComparisonRow> blocks;
    for (const QString& name : blockNames(experiments)) {
        QList<const Block*> same;
        for (const ExperimentRecord& experiment : experiments)
            same.append(experiment.graph.blockByName(name));
        blocks.append(blockRows(name, same));
    }
    blocks.append(connectionRows(experiments));
    QList<ComparisonRow> rows;
    appendSection(rows, tr("Run settings"), run, differencesOnly);
    appendSection(rows, tr("Blocks"), blocks, differencesOnly);
    return rows;
}

int ComparisonRows::countDiffering(const QList<ComparisonRow>& rows)
{
    return int(std::ranges::count_if(
        rows, [](const ComparisonRow& row) { return !row.values.isEmpty() && row.differs; }));
}

} // namespace espalier
