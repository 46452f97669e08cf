#include "app/cli/commands/experiment_views.h"

#include "app/cli/text_format.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

constexpr int CellWidth = 11;

QJsonArray checkpointsJson(const QList<CheckpointRecord>& checkpoints)
{
    QJsonArray json;
    for (const CheckpointRecord& checkpoint : checkpoints)
        json.append(QJsonObject{{u"epoch"_s, checkpoint.epoch},
                                {u"best"_s, checkpoint.best},
                                {u"bytes"_s, checkpoint.bytes},
                                {u"file"_s, checkpoint.file},
                                {u"sha256"_s, checkpoint.checksum}});
    return json;
}

QString epochsText(const QList<EpochRecord>& epochs)
{
    QStringList lines;
    for (const EpochRecord& epoch : epochs) {
        if (lines.isEmpty())
            lines.append(epochHeader(epoch));
        lines.append(epochLine(epoch));
    }
    return lines.isEmpty() ? u"No epoch yet."_s : lines.join(QChar(u'\n'));
}

QString settingsText(const RunSettings& settings)
{
    TextTable table({{}, {}});
    for (const RunSettingSpec& spec : runSettingSpecs(settings))
        table.addRow({u"  "_s + spec.key, spec.text(settings)});
    return table.toString();
}

/// The metrics that a table of epochs shows: those of the training pass, the loss first.
QStringList shownMetrics(const EpochRecord& epoch)
{
    QStringList keys = epoch.training.keys();
    std::stable_partition(keys.begin(), keys.end(),
                          [](const QString& key) { return key == u"loss"_s; });
    return keys.mid(0, 3);
}

QString cell(const QString& text, int width = CellWidth)
{
    return text.rightJustified(width) + u"  "_s;
}

QString metricCells(const MetricValues& metrics, const QStringList& keys)
{
    QString text;
    for (const QString& key : keys)
        text += cell(metrics.contains(key) ? QString::number(metrics.value(key), 'f', 4) : u"–"_s);
    return text;
}

QJsonObject blockJson(QJsonObject block, const GraphAnalysis& analysis)
{
    const BlockId id(block.value(u"id"_s).toInteger());
    const auto found = analysis.blocks.constFind(id);
    if (found == analysis.blocks.cend())
        return block;
    block.insert(u"shape"_s, found->output.toJson());
    block.insert(u"values"_s, QJsonObject::fromVariantMap(found->parameters.values()));
    block.insert(u"parameter_count"_s, found->cost.parameters);
    block.insert(u"multiply_adds"_s, found->cost.multiplyAdds);
    block.insert(u"activation_bytes"_s, found->cost.activationBytes);
    return block;
}

QString summaryOf(const Block& block, const GraphAnalysis& analysis)
{
    const BlockType* type = blockType(block.type);
    return type && type->summary ? type->summary(analysis.blocks.value(block.id).parameters)
                                 : QString();
}

} // namespace

QJsonObject metricsJson(const MetricValues& metrics)
{
    QJsonObject json;
    for (auto metric = metrics.cbegin(); metric != metrics.cend(); ++metric)
        json.insert(metric.key(), metric.value());
    return json;
}

Result<QString> DatasetLookup::referenceOf(DatasetId id)
{
    if (!m_references.contains(id.value())) {
        const auto dataset = m_store.dataset(id);
        if (!dataset)
            return failureOf(dataset);
        m_references.insert(id.value(), dataset->reference());
    }
    return m_references.value(id.value());
}

Result<qint64> DatasetLookup::parametersOf(const ExperimentRecord& record)
{
    if (record.parameters > 0)
        return record.parameters;
    const qint64 id = record.dataset.value();
    if (!m_opened.contains(id)) {
        const auto dataset = m_store.openDataset(record.dataset);
        if (!dataset)
            return failureOf(dataset);
        m_opened.insert(id, *dataset);
    }
    return analyzeGraph(record.graph, m_opened.value(id)->features()).total.parameters;
}

Result<qint64> DatasetLookup::parametersOf(const ExperimentOverview& overview)
{
    if (overview.parameters > 0)
        return overview.parameters;
    if (m_records.isEmpty()) { // all at once: one by one takes longer where many have not run
        const auto records = m_store.experiments();
        if (!records)
            return failureOf(records);
        for (const ExperimentRecord& record : *records)
            m_records.insert(record.id, record);
    }
    const auto found = m_records.constFind(overview.id);
    return found == m_records.cend() ? Result<qint64>(0) : parametersOf(*found);
}

Result<QJsonObject> experimentJson(const ProjectStore& store, const ExperimentRecord& record)
{
    DatasetLookup datasets(store);
    return experimentJson(datasets, record);
}

Result<QJsonObject> experimentJson(DatasetLookup& datasets, const ExperimentRecord& record)
{
    const auto reference = datasets.referenceOf(record.dataset);
    if (!reference)
        return failureOf(reference);
    const auto parameters = datasets.parametersOf(record);
    if (!parameters)
        return failureOf(parameters);
    QJsonArray epochs;
    for (const EpochRecord& epoch : record.epochs)
        epochs.append(epoch.toJson());
    return QJsonObject{{u"name"_s, record.name},
                       {u"state"_s, enumKey(record.state)},
                       {u"dataset"_s, *reference},
                       {u"settings"_s, record.settings.toJson()},
                       {u"parameters"_s, *parameters},
                       {u"best_epoch"_s, record.bestEpoch()},
                       {u"epochs"_s, epochs},
                       {u"checkpoints"_s, checkpointsJson(record.checkpoints)},
                       {u"error"_s, record.error.isEmpty() ? QJsonValue() : record.error},
                       {u"notes"_s, record.notes},
                       {u"created"_s, record.created.toString(Qt::ISODate)}};
}

Result<QJsonObject> overviewJson(DatasetLookup& datasets, const ExperimentOverview& overview)
{
    const auto reference = datasets.referenceOf(overview.dataset);
    if (!reference)
        return failureOf(reference);
    const auto parameters = datasets.parametersOf(overview);
    if (!parameters)
        return failureOf(parameters);
    return QJsonObject{{u"name"_s, overview.name},
                       {u"state"_s, enumKey(overview.state)},
                       {u"dataset"_s, *reference},
                       {u"parameters"_s, *parameters},
                       {u"best_epoch"_s, overview.best.epoch},
                       {u"epochs"_s, overview.epochs},
                       {u"error"_s, overview.error.isEmpty() ? QJsonValue() : overview.error},
                       {u"notes"_s, overview.notes},
                       {u"created"_s, overview.created.toString(Qt::ISODate)}};
}

Result<QString> experimentText(const ProjectStore& store, const ExperimentRecord& record)
{
    DatasetLookup datasets(store);
    const auto reference = datasets.referenceOf(record.dataset);
    if (!reference)
        return failureOf(reference);
    const auto parameters = datasets.parametersOf(record);
    if (!parameters)
        return failureOf(parameters);
    QStringList parts{
        u"%1: %2, on %3, %4"_s.arg(record.name, enumLabel(record.state), *reference,
                                   amountText(*parameters, u"parameter"_s, u"parameters"_s))};
    if (!record.error.isEmpty())
        parts.append(record.error);
    if (!record.notes.isEmpty())
        parts.append(record.notes);
    parts << u"Run settings"_s << settingsText(record.settings) << QString()
          << epochsText(record.epochs);
    return parts.join(QChar(u'\n'));
}

QString epochHeader(const EpochRecord& epoch)
{
    QString text = u"Epoch  "_s + cell(u"seconds"_s, 8) + cell(u"examples/s"_s);
    for (const QString& set : {u"train"_s, u"valid"_s})
        for (const QString& key : shownMetrics(epoch))
            text += cell(u"%1 %2"_s.arg(set, key == u"accuracy"_s ? u"acc"_s : key));
    return text.trimmed();
}

QString epochLine(const EpochRecord& epoch)
{
    const QStringList keys = shownMetrics(epoch);
    QString line = QString::number(epoch.epoch).rightJustified(5) + u"  "_s +
                   cell(QString::number(epoch.seconds, 'f', 1), 8) +
                   cell(countText(qRound64(epoch.examplesPerSecond))) +
                   metricCells(epoch.training, keys) + metricCells(epoch.validation, keys);
    if (epoch.best)
        return line + u"best"_s;
    line.chop(2);
    return line;
}

QJsonObject graphJson(const ModelGraph& graph, const GraphAnalysis& analysis)
{
    QJsonObject json = graph.toJson();
    QJsonArray blocks;
    for (const QJsonValue& block : json.value(u"blocks"_s).toArray())
        blocks.append(blockJson(block.toObject(), analysis));
    json.insert(u"blocks"_s, blocks);
    json.insert(u"total"_s, QJsonObject{{u"parameters"_s, analysis.total.parameters},
                                        {u"multiply_adds"_s, analysis.total.multiplyAdds},
                                        {u"activation_bytes"_s, analysis.total.activationBytes}});
    return json;
}

QString graphText(const ModelGraph& graph, const GraphAnalysis& analysis)
{
    TextTable table({{u"Block"_s},
                     {u"Shape"_s},
                     {u"Parameters"_s, Align::Right},
                     {u"Multiply-adds"_s, Align::Right},
                     {u"From"_s},
                     {u"Settings"_s}});
    QList<BlockId> order = analysis.order;
    if (order.isEmpty())
        for (const Block& block : graph.blocks())
            order.append(block.id);
    for (const BlockId id : order) {
        const Block& block = *graph.block(id);
        const BlockAnalysis& known = analysis.blocks.value(id);
        QStringList sources;
        for (const BlockId source : graph.inputsOf(id))
            sources.append(graph.block(source)->name);
        table.addRow({block.name, known.output.toString(), countText(known.cost.parameters),
                      countText(known.cost.multiplyAdds), sources.join(u", "_s),
                      summaryOf(block, analysis)});
    }
    table.addRow({u"Total"_s,
                  {},
                  countText(analysis.total.parameters),
                  countText(analysis.total.multiplyAdds)});
    return table.toString();
}

} // namespace espalier::cli
