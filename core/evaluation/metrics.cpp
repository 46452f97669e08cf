#include "core/evaluation/metrics.h"

#include "core/evaluation/metric_accumulators.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

TargetKind targetKindOf(const FeatureDescription& target)
{
    switch (target.encoding) {
    case Encoding::Categorical:
        return TargetKind::Classes;
    case Encoding::Binary:
        return TargetKind::Binary;
    case Encoding::Numeric:
    case Encoding::Image:
    case Encoding::Text:
        break;
    }
    return TargetKind::Numbers;
}

const QList<MetricDescription>& metricDescriptions()
{
    static const QList<MetricDescription> table = {
        {u"loss"_s, u"Loss"_s, u"Mean of what the training minimizes, over all examples."_s, false},
        {u"accuracy"_s, u"Accuracy"_s, u"Share of the examples whose class is predicted."_s},
        {u"top_3"_s, u"Top-3 accuracy"_s,
         u"Share of the examples whose class is among the three with the highest outputs."_s},
        {u"top_5"_s, u"Top-5 accuracy"_s,
         u"Share of the examples whose class is among the five with the highest outputs."_s},
        {u"precision"_s, u"Precision"_s,
         u"Of the examples predicted positive, the share that is; 0 where none is predicted."_s},
        {u"recall"_s, u"Recall"_s, u"Of the positive examples, the share predicted positive."_s},
        {u"f1"_s, u"F1 score"_s, u"Harmonic mean of precision and recall (van Rijsbergen 1979)."_s},
        {u"precision_macro"_s, u"Precision (macro)"_s,
         u"Mean of the precision of each class that occurs or is predicted."_s},
        {u"recall_macro"_s, u"Recall (macro)"_s,
         u"Mean of the recall of each class that occurs or is predicted."_s},
        {u"f1_macro"_s, u"F1 score (macro)"_s,
         u"Mean of the F1 score of each class that occurs or is predicted."_s},
        {u"precision_micro"_s, u"Precision (micro)"_s,
         u"Precision over all decisions together: the accuracy where one class is right."_s},
        {u"recall_micro"_s, u"Recall (micro)"_s,
         u"Recall over all decisions together: the accuracy where one class is right."_s},
        {u"f1_micro"_s, u"F1 score (micro)"_s,
         u"F1 score over all decisions together: the accuracy where one class is right."_s},
        {u"auc"_s, u"AUC"_s,
         u"Area under the ROC curve: how often a positive example scores above a negative one "
         "(Mann and Whitney 1947); for several classes the mean of each against the rest."_s},
        {u"mae"_s, u"Mean absolute error"_s,
         u"Mean distance of prediction and actual value, in the units of the feature."_s, false},
        {u"mse"_s, u"Mean squared error"_s,
         u"Mean square of that distance, in the squared units of the feature."_s, false},
        {u"rmse"_s, u"Root mean squared error"_s,
         u"Square root of the mean squared error, in the units of the feature."_s, false},
        {u"r2"_s, u"R²"_s,
         u"Share of the variance of the target that is explained: 1 is perfect, 0 as good as "
         "always predicting the mean; mean over the values of a target that has several."_s},
    };
    return table;
}

const MetricDescription* findMetric(const QString& key)
{
    const auto& table = metricDescriptions();
    const auto found = std::ranges::find(table, key, &MetricDescription::key);
    return found == table.end() ? nullptr : &*found;
}

QString primaryMetric(TargetKind kind)
{
    return kind == TargetKind::Numbers ? u"loss"_s : u"accuracy"_s;
}

qint64 predictedClass(std::span<const float> outputs)
{
    qint64 best = outputs.empty() ? -1 : 0;
    float highest = -std::numeric_limits<float>::infinity();
    for (size_t i = 0; i < outputs.size(); ++i) {
        if (outputs[i] > highest) {
            highest = outputs[i];
            best = qint64(i);
        }
    }
    return best;
}

std::unique_ptr<MetricAccumulator> createMetrics(const FeatureDescription& target, bool cheap,
                                                 const OutputReading& reading)
{
    switch (targetKindOf(target)) {
    case TargetKind::Classes: {
        const qint64 classes = std::max<qint64>(target.classes.size(), target.shape.channels());
        return std::make_unique<ClassMetrics>(classes, cheap);
    }
    case TargetKind::Binary:
        return std::make_unique<BinaryMetrics>(reading.threshold, cheap);
    case TargetKind::Numbers:
        break;
    }
    return std::make_unique<NumberMetrics>(reading.scale, cheap);
}

} // namespace espalier
