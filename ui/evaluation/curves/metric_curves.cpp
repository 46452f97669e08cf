#include "ui/evaluation/curves/metric_curves.h"

#include "core/evaluation/metrics.h"
#include "core/graph/block_catalogue.h"
#include "core/graph/losses.h"
#include "ui/evaluation/curves/curve_math.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double EndSpace = 0.4; // epochs before the first and after the last
constexpr double FaintOpacity = 0.38;

bool isKnown(const ExperimentRecord& experiment, const QString& metric)
{
    return std::ranges::any_of(experiment.epochs, [&](const EpochRecord& epoch) {
        return epoch.training.contains(metric) || epoch.validation.contains(metric);
    });
}

/// The curve, and where it is smoothed, the original faint behind it.
void addCurve(ChartContent& content, const ChartSeries& series, double smoothing)
{
    if (series.points.isEmpty())
        return;
    if (smoothing <= 0) {
        content.series.append(series);
        return;
    }
    ChartSeries faint = series;
    faint.width = 1;
    faint.opacity = FaintOpacity;
    faint.markers = false;
    faint.endValue = false;
    content.series.append(faint);
    ChartSeries smooth = series;
    smooth.points = smoothed(series.points, smoothing);
    smooth.markers = false;
    smooth.inHover = false;
    content.series.append(smooth);
}

ChartContent stepsContent(QList<QPointF> points, const QString& name, double smoothing)
{
    ChartContent content;
    ChartSeries series{name, {Role::MetricTraining}, std::move(points)};
    series.endValue = true;
    if (smoothing <= 0)
        series.width = 1;
    addCurve(content, series, smoothing);
    return content;
}

} // namespace

QString MetricCurves::lossLabel(const ModelGraph& graph)
{
    for (const Block& block : graph.blocks()) {
        const BlockType* type = blockType(block.type);
        if (!type || !type->parameter(u"loss"_s))
            continue;
        const QString key = parametersOf(block, *type).text(u"loss"_s);
        if (const auto loss = enumFromName<Loss>(key))
            return enumLabel(*loss);
    }
    return tr("Loss");
}

QString MetricCurves::label(const ExperimentRecord& experiment, const QString& metric)
{
    if (metric == u"loss"_s)
        return lossLabel(experiment.graph);
    const MetricDescription* description = findMetric(metric);
    return description ? description->label : metric;
}

QString MetricCurves::primaryMetric(const ExperimentRecord& experiment)
{
    if (isKnown(experiment, u"accuracy"_s))
        return u"accuracy"_s;
    if (!experiment.epochs.isEmpty())
        return u"loss"_s;
    // Before the first epoch the loss tells what kind of target it is.
    for (const LossDescription& description :
         {describeLoss(Loss::MeanSquaredError), describeLoss(Loss::MeanAbsoluteError),
          describeLoss(Loss::MeanSquaredLogarithmicError), describeLoss(Loss::Poisson)})
        if (lossLabel(experiment.graph) == enumLabel(description.loss))
            return u"loss"_s;
    return u"accuracy"_s;
}

QList<MetricCurves::Tab> MetricCurves::tabs(const ExperimentRecord& experiment)
{
    QStringList keys{primaryMetric(experiment)};
    if (!keys.contains(u"loss"_s))
        keys.append(u"loss"_s);
    for (const MetricDescription& description : metricDescriptions())
        if (!keys.contains(description.key) && isKnown(experiment, description.key))
            keys.append(description.key);
    QList<Tab> tabs;
    for (const QString& key : keys)
        tabs.append({key, label(experiment, key)});
    return tabs;
}

double MetricCurves::value(const EpochRecord& epoch, const QString& metric)
{
    const MetricValues& values = epoch.validation.isEmpty() ? epoch.training : epoch.validation;
    return values.value(metric, std::numeric_limits<double>::quiet_NaN());
}

const EpochRecord* MetricCurves::best(const ExperimentRecord& experiment)
{
    const int number = experiment.bestEpoch();
    const auto found = std::ranges::find(experiment.epochs, number, &EpochRecord::epoch);
    return found == experiment.epochs.cend() ? nullptr : &*found;
}

QList<QPointF> MetricCurves::points(const QList<EpochRecord>& epochs, const QString& metric,
                                    bool validation)
{
    QList<QPointF> points;
    for (const EpochRecord& epoch : epochs) {
        const MetricValues& values = validation ? epoch.validation : epoch.training;
        if (const auto found = values.constFind(metric);
            found != values.cend() && std::isfinite(*found))
            points.append(QPointF(epoch.epoch, *found));
    }
    return points;
}

ChartContent MetricCurves::epochContent(const ExperimentRecord& experiment, const QString& metric,
                                        double smoothing)
{
    const double weight = experiment.epochs.size() >= LeastSmoothed ? smoothing : 0;
    ChartContent content;
    content.xTitle = tr("Epoch");
    const int last = experiment.epochs.isEmpty() ? 0 : experiment.epochs.last().epoch;
    content.x = {1 - EndSpace, std::max({1, last, experiment.settings.epochs}) + EndSpace};
    content.reached = last > 0 ? last + EndSpace : content.x.from;
    ChartSeries training{
        tr("Training"), {Role::MetricTraining}, points(experiment.epochs, metric, false)};
    ChartSeries validation{
        tr("Validation"), {Role::MetricValidation}, points(experiment.epochs, metric, true)};
    training.markers = validation.markers = true;
    addCurve(content, training, weight);
    addCurve(content, validation, weight);
    if (const EpochRecord* epoch = best(experiment)) {
        const double at = value(*epoch, metric);
        const Role role =
            epoch->validation.isEmpty() ? Role::MetricTraining : Role::MetricValidation;
        content.marks.append({{double(epoch->epoch), at},
                              {role},
                              tr("Best epoch %1 · %2").arg(epoch->epoch).arg(metricText(at))});
    }
    return content;
}

bool MetricCurves::hasBatchCurve(const ExperimentRecord& experiment, const QString& metric)
{
    return metric == u"loss"_s || metric == primaryMetric(experiment);
}

ChartContent MetricCurves::batchContent(const std::vector<BatchSample>& samples, bool loss,
                                        int epoch, qint64 batches, double smoothing)
{
    QList<QPointF> points;
    for (const BatchSample& sample :
         std::ranges::equal_range(samples, epoch, {}, &BatchSample::epoch))
        points.append(QPointF(double(sample.batch), loss ? sample.loss : sample.metric));
    const double last = points.isEmpty() ? 0 : points.last().x();
    ChartContent content = stepsContent(std::move(points), tr("Training"), smoothing);
    content.xTitle = tr("Batch");
    const double end = std::max({2.0, last, double(batches)});
    content.x = {1 - 0.004 * end, end};
    content.reached = std::max(content.x.from, last);
    return content;
}

ChartContent MetricCurves::allBatchesContent(const std::vector<BatchSample>& samples, bool loss,
                                             int epochs, qint64 batches, double smoothing)
{
    qint64 longest = batches;
    for (const BatchSample& sample : samples)
        longest = std::max(longest, sample.batch);
    QList<QPointF> points;
    points.reserve(qsizetype(samples.size()));
    for (const BatchSample& sample : samples)
        points.append(QPointF(sample.epoch - 1 + double(sample.batch) / double(longest),
                              loss ? sample.loss : sample.metric));
    const double last = points.isEmpty() ? 0 : points.last().x();
    ChartContent content = stepsContent(std::move(points), tr("Training"), smoothing);
    content.xTitle = tr("Epochs done");
    content.x = {0, std::max({1.0, double(epochs), std::ceil(last)})};
    content.reached = last;
    return content;
}

int MetricCurves::epochsWithoutBetter(const ExperimentRecord& experiment)
{
    return experiment.epochs.isEmpty() ? 0
                                       : experiment.epochs.last().epoch - experiment.bestEpoch();
}

} // namespace espalier
