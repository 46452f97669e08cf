#include "ui/evaluation/predictions/curves/threshold_table.h"

#include <algorithm>

namespace espalier {

namespace {

double ratio(qint64 part, qint64 whole)
{
    return whole > 0 ? double(part) / double(whole) : 0;
}

qint64 countFrom(const std::vector<float>& ascending, double threshold)
{
    const auto first = std::ranges::lower_bound(ascending, threshold, {},
                                                [](float score) { return double(score); });
    return ascending.end() - first;
}

} // namespace

double ThresholdCounts::precision() const
{
    return ratio(truePositives, truePositives + falsePositives);
}

double ThresholdCounts::recall() const
{
    return ratio(truePositives, truePositives + falseNegatives);
}

double ThresholdCounts::falsePositiveRate() const
{
    return ratio(falsePositives, falsePositives + trueNegatives);
}

double ThresholdCounts::f1() const
{
    return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}

double ThresholdCounts::accuracy() const
{
    return ratio(truePositives + trueNegatives,
                 truePositives + trueNegatives + falsePositives + falseNegatives);
}

ThresholdTable::ThresholdTable(const PredictionSet& set)
{
    const EvaluationResult& result = set.result;
    for (size_t i = 0; i < result.predictions.size(); ++i) {
        const qint64 actual = result.predictions[i].actual;
        if (actual < 0)
            continue;
        const float score = positiveProbability(
            result.outputs.values[i * size_t(result.outputs.width)], set.threshold);
        m_scores.push_back(score);
        m_positives.push_back(actual == 1 ? 1 : 0);
        (actual == 1 ? m_ofPositives : m_ofNegatives).push_back(score);
    }
    std::ranges::sort(m_ofPositives);
    std::ranges::sort(m_ofNegatives);
}

ThresholdCounts ThresholdTable::at(double probability) const
{
    ThresholdCounts counts;
    counts.truePositives = countFrom(m_ofPositives, probability);
    counts.falsePositives = countFrom(m_ofNegatives, probability);
    counts.falseNegatives = qint64(m_ofPositives.size()) - counts.truePositives;
    counts.trueNegatives = qint64(m_ofNegatives.size()) - counts.falsePositives;
    return counts;
}

} // namespace espalier
