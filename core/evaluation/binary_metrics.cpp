#include "core/evaluation/curves.h"
#include "core/evaluation/metric_accumulators.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

void BinaryMetrics::add(const Outputs& outputs, const BatchColumn& target, double loss)
{
    const qint64 size = std::min<qint64>(outputs.size, qint64(target.classes.size()));
    if (!m_cheap && m_scores.size() + size_t(size) > MaximumScores)
        m_tooMany = true;
    qint64 counted = 0;
    for (qint64 row = 0; row < size; ++row) {
        const qint64 actual = target.classes[size_t(row)];
        if (actual < 0 || actual > 1)
            continue;
        const float score = outputs.values[size_t(row * outputs.width)];
        ++m_counts[actual][score >= m_threshold ? 1 : 0];
        ++counted;
        if (!m_cheap && !m_tooMany) {
            m_scores.push_back(score);
            m_positives.push_back(quint8(actual));
        }
    }
    m_loss.add(loss, counted);
}

MetricValues BinaryMetrics::values() const
{
    const double correct = double(m_counts[1][1]);
    const double predicted = double(m_counts[0][1] + m_counts[1][1]);
    const double actual = double(m_counts[1][0] + m_counts[1][1]);
    const double rows = double(m_loss.rows());
    MetricValues values = {{u"loss"_s, m_loss.value()},
                           {u"accuracy"_s, ratio(correct + double(m_counts[0][0]), rows)}};
    if (m_cheap)
        return values;
    values.insert(u"precision"_s, ratio(correct, predicted));
    values.insert(u"recall"_s, ratio(correct, actual));
    values.insert(u"f1"_s, ratio(2 * correct, predicted + actual));
    if (!m_tooMany)
        values.insert(u"auc"_s, rows > 0 ? areaUnderRoc(m_scores, m_positives) : 0.0);
    return values;
}

void BinaryMetrics::reset()
{
    *this = BinaryMetrics(m_threshold, m_cheap);
}

} // namespace espalier
