#pragma once

#include "core/project/jobs/prediction_service.h"

#include <vector>

namespace espalier {

/// What a classifier gets right and wrong that says "positive" from a threshold on.
struct ThresholdCounts {
    qint64 truePositives = 0;
    qint64 falsePositives = 0;
    qint64 trueNegatives = 0;
    qint64 falseNegatives = 0;

    [[nodiscard]] double precision() const;         ///< 0 where none is predicted positive
    [[nodiscard]] double recall() const;            ///< also the true positive rate
    [[nodiscard]] double falsePositiveRate() const; ///< 0 without negatives
    [[nodiscard]] double f1() const;
    [[nodiscard]] double accuracy() const;

    bool operator==(const ThresholdCounts&) const = default;
};

/// Probabilities of "positive" of a Binary target, sorted once so that the counts at any threshold
/// take two binary searches. Rows without a target do not count.
class ThresholdTable final {
public:
    ThresholdTable() = default;
    explicit ThresholdTable(const PredictionSet& set);

    [[nodiscard]] ThresholdCounts at(double probability) const;
    /// As rocCurve() and its siblings take them.
    [[nodiscard]] const std::vector<float>& scores() const { return m_scores; }
    [[nodiscard]] const std::vector<quint8>& positives() const { return m_positives; }

private:
    std::vector<float> m_scores;
    std::vector<quint8> m_positives;
    std::vector<float> m_ofPositives; ///< ascending
    std::vector<float> m_ofNegatives;
};

} // namespace espalier
