#include "core/evaluation/curves.h"
#include "core/evaluation/metric_accumulators.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// How many classes stand before the actual one, ties in the order of the classes, NaN lowest.
qint64 rankOf(std::span<const float> outputs, qint64 actual)
{
    const auto value = [outputs](qint64 i) {
        const float output = outputs[size_t(i)];
        return std::isnan(output) ? -std::numeric_limits<float>::infinity() : output;
    };
    const float own = value(actual);
    qint64 rank = 0;
    for (qint64 i = 0; i < qint64(outputs.size()); ++i) {
        const float other = value(i);
        if (other > own || (other == own && i < actual))
            ++rank;
    }
    return rank;
}

} // namespace

ClassMetrics::ClassMetrics(qint64 classes, bool cheap)
    : m_cheap(cheap)
    , m_tallies(size_t(std::max<qint64>(classes, 0)))
{
}

void ClassMetrics::add(const Outputs& outputs, const BatchColumn& target, double loss)
{
    const qint64 width = std::min<qint64>(outputs.width, qint64(m_tallies.size()));
    const qint64 size = std::min<qint64>(outputs.size, qint64(target.classes.size()));
    qint64 counted = 0;
    for (qint64 row = 0; row < size; ++row) {
        const qint64 actual = target.classes[size_t(row)];
        if (actual < 0 || actual >= width)
            continue;
        addRow(std::span(outputs.values).subspan(size_t(row * outputs.width), size_t(width)),
               actual);
        ++counted;
    }
    m_loss.add(loss, counted);
}

void ClassMetrics::addRow(std::span<const float> outputs, qint64 actual)
{
    const qint64 predicted = predictedClass(outputs);
    m_correct += predicted == actual ? 1 : 0;
    if (m_cheap)
        return;
    ++m_tallies[size_t(actual)].actual;
    ++m_tallies[size_t(predicted)].predicted;
    m_tallies[size_t(actual)].correct += predicted == actual ? 1 : 0;
    const qint64 rank = rankOf(outputs, actual);
    m_inTop3 += rank < 3 ? 1 : 0;
    m_inTop5 += rank < 5 ? 1 : 0;
    keepScores(outputs, actual);
}

void ClassMetrics::keepScores(std::span<const float> outputs, qint64 actual)
{
    if (m_tooMany)
        return;
    if (m_scores.size() + outputs.size() > MaximumScores) {
        m_tooMany = true;
        m_scores = {};
        m_actual = {};
        return;
    }
    m_scores.insert(m_scores.end(), outputs.begin(), outputs.end());
    m_actual.push_back(actual);
}

MetricValues ClassMetrics::values() const
{
    const double rows = double(m_loss.rows());
    const double accuracy = ratio(double(m_correct), rows);
    MetricValues values = {{u"loss"_s, m_loss.value()}, {u"accuracy"_s, accuracy}};
    if (m_cheap)
        return values;
    if (m_tallies.size() >= 3)
        values.insert(u"top_3"_s, ratio(double(m_inTop3), rows));
    if (m_tallies.size() >= 5)
        values.insert(u"top_5"_s, ratio(double(m_inTop5), rows));
    insertMacro(values);
    for (const QString& key : {u"precision_micro"_s, u"recall_micro"_s, u"f1_micro"_s})
        values.insert(key, accuracy);
    if (!m_tooMany)
        values.insert(u"auc"_s, rows > 0 ? areaUnderCurves() : 0.0);
    return values;
}

void ClassMetrics::insertMacro(MetricValues& values) const
{
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    double classes = 0;
    for (const Tally& tally : m_tallies) {
        if (tally.actual + tally.predicted == 0)
            continue;
        ++classes;
        precision += ratio(double(tally.correct), double(tally.predicted));
        recall += ratio(double(tally.correct), double(tally.actual));
        f1 += ratio(2.0 * double(tally.correct), double(tally.actual + tally.predicted));
    }
    values.insert(u"precision_macro"_s, ratio(precision, classes));
    values.insert(u"recall_macro"_s, ratio(recall, classes));
    values.insert(u"f1_macro"_s, ratio(f1, classes));
}

double ClassMetrics::areaUnderCurves() const
{
    const size_t rows = m_actual.size();
    const size_t width = rows > 0 ? m_scores.size() / rows : 0;
    std::vector<float> scores(rows);
    std::vector<quint8> positives(rows);
    double sum = 0;
    int classes = 0;
    for (size_t c = 0; c < width; ++c) {
        if (m_tallies[c].actual == 0 || m_tallies[c].actual == qint64(rows))
            continue;
        for (size_t row = 0; row < rows; ++row) {
            scores[row] = m_scores[row * width + c];
            positives[row] = m_actual[row] == qint64(c) ? 1 : 0;
        }
        sum += areaUnderRoc(scores, positives);
        ++classes;
    }
    return classes > 0 ? sum / classes : 0.5;
}

void ClassMetrics::reset()
{
    *this = ClassMetrics(qint64(m_tallies.size()), m_cheap);
}

} // namespace espalier
