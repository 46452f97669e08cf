#include "core/evaluation/confusion_matrix.h"

#include <numeric>

namespace espalier {

namespace {

double ratio(qint64 part, qint64 whole)
{
    return whole > 0 ? double(part) / double(whole) : 0.0;
}

} // namespace

ConfusionMatrix::ConfusionMatrix(QStringList classes)
    : m_classes(std::move(classes))
    , m_counts(m_classes.size() * m_classes.size(), 0)
{
}

void ConfusionMatrix::add(qint64 actual, qint64 predicted, qint64 count)
{
    if (actual >= 0 && actual < size() && predicted >= 0 && predicted < size())
        m_counts[actual * size() + predicted] += count;
}

qint64 ConfusionMatrix::at(qint64 actual, qint64 predicted) const
{
    return m_counts.at(actual * size() + predicted);
}

qint64 ConfusionMatrix::actualCount(qint64 actual) const
{
    const auto row = m_counts.cbegin() + actual * size();
    return std::accumulate(row, row + size(), qint64(0));
}

qint64 ConfusionMatrix::predictedCount(qint64 predicted) const
{
    qint64 count = 0;
    for (qint64 actual = 0; actual < size(); ++actual)
        count += at(actual, predicted);
    return count;
}

qint64 ConfusionMatrix::total() const
{
    return std::accumulate(m_counts.cbegin(), m_counts.cend(), qint64(0));
}

double ConfusionMatrix::accuracy() const
{
    qint64 correct = 0;
    for (qint64 i = 0; i < size(); ++i)
        correct += at(i, i);
    return ratio(correct, total());
}

QList<ClassScores> ConfusionMatrix::classScores() const
{
    QList<ClassScores> scores;
    scores.reserve(size());
    for (qint64 i = 0; i < size(); ++i) {
        const qint64 actual = actualCount(i);
        const qint64 predicted = predictedCount(i);
        scores.append({m_classes[i], ratio(at(i, i), predicted), ratio(at(i, i), actual),
                       ratio(2 * at(i, i), actual + predicted), actual});
    }
    return scores;
}

} // namespace espalier
