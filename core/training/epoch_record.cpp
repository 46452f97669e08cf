#include "core/training/epoch_record.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// JSON has no NaN: such a metric is left out.
QJsonObject metricsToJson(const MetricValues& metrics)
{
    QJsonObject json;
    for (auto it = metrics.cbegin(); it != metrics.cend(); ++it)
        if (std::isfinite(it.value()))
            json.insert(it.key(), it.value());
    return json;
}

MetricValues metricsFromJson(const QJsonObject& json)
{
    MetricValues metrics;
    for (auto it = json.begin(); it != json.end(); ++it)
        if (it.value().isDouble())
            metrics.insert(it.key(), it.value().toDouble());
    return metrics;
}

const MetricValues& decisiveMetrics(const EpochRecord& epoch)
{
    return epoch.validation.isEmpty() ? epoch.training : epoch.validation;
}

} // namespace

QJsonObject EpochRecord::toJson() const
{
    return {
        {u"epoch"_s, epoch},
        {u"seconds"_s, seconds},
        {u"validation_seconds"_s, validationSeconds},
        {u"checkpoint_seconds"_s, checkpointSeconds},
        {u"examples_per_second"_s, examplesPerSecond},
        {u"learning_rate"_s, learningRate},
        {u"training"_s, metricsToJson(training)},
        {u"validation"_s, metricsToJson(validation)},
        {u"best"_s, best},
    };
}

EpochRecord EpochRecord::fromJson(const QJsonObject& json)
{
    EpochRecord record;
    record.epoch = json[u"epoch"_s].toInt();
    record.seconds = json[u"seconds"_s].toDouble();
    record.validationSeconds = json[u"validation_seconds"_s].toDouble();
    record.checkpointSeconds = json[u"checkpoint_seconds"_s].toDouble();
    record.examplesPerSecond = json[u"examples_per_second"_s].toDouble();
    record.learningRate = json[u"learning_rate"_s].toDouble();
    record.training = metricsFromJson(json[u"training"_s].toObject());
    record.validation = metricsFromJson(json[u"validation"_s].toObject());
    record.best = json[u"best"_s].toBool();
    return record;
}

bool isBetter(const EpochRecord& epoch, const EpochRecord& other, const QString& metric)
{
    const auto value = decisiveMetrics(epoch).constFind(metric);
    const auto best = decisiveMetrics(other).constFind(metric);
    if (value == decisiveMetrics(epoch).constEnd() || std::isnan(*value))
        return false;
    if (best == decisiveMetrics(other).constEnd() || std::isnan(*best))
        return true;
    const MetricDescription* description = findMetric(metric);
    return description && !description->higherIsBetter ? *value < *best : *value > *best;
}

int bestEpoch(const QList<EpochRecord>& epochs, const QString& metric)
{
    const EpochRecord* best = nullptr;
    for (const EpochRecord& epoch : epochs)
        if (!best || isBetter(epoch, *best, metric))
            best = &epoch;
    return best ? best->epoch : 0;
}

} // namespace espalier
