#pragma once

#include "core/evaluation/metrics.h"

#include <vector>

namespace espalier {

/// The accumulators behind createMetrics(), one per kind of target.

/// Outputs that are kept for AUC.
constexpr size_t MaximumScores = size_t(64) << 20;

/// Mean loss over the rows that count.
class LossMean final {
public:
    void add(double loss, qint64 rows)
    {
        if (rows == 0)
            return;
        m_sum += loss * double(rows);
        m_rows += rows;
    }
    [[nodiscard]] double value() const { return m_rows > 0 ? m_sum / double(m_rows) : 0.0; }
    [[nodiscard]] qint64 rows() const { return m_rows; }

private:
    double m_sum = 0;
    qint64 m_rows = 0;
};

/// part / whole; 0 where whole is 0.
[[nodiscard]] inline double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0.0;
}

/// One of several classes: outputs as wide as there are classes.
class ClassMetrics final : public MetricAccumulator {
public:
    ClassMetrics(qint64 classes, bool cheap);

    void add(const Outputs& outputs, const BatchColumn& target, double loss) override;
    [[nodiscard]] MetricValues values() const override;
    void reset() override;

private:
    struct Tally {
        qint64 actual = 0;
        qint64 predicted = 0;
        qint64 correct = 0;
    };

    void addRow(std::span<const float> outputs, qint64 actual);
    void keepScores(std::span<const float> outputs, qint64 actual);
    void insertMacro(MetricValues& values) const;
    [[nodiscard]] double areaUnderCurves() const;

    bool m_cheap;
    LossMean m_loss;
    qint64 m_correct = 0;
    qint64 m_inTop3 = 0;
    qint64 m_inTop5 = 0;
    std::vector<Tally> m_tallies;
    std::vector<float> m_scores; ///< rows × classes
    std::vector<qint64> m_actual;
    bool m_tooMany = false; ///< scores for AUC
};

/// Yes or no: one output.
class BinaryMetrics final : public MetricAccumulator {
public:
    BinaryMetrics(float threshold, bool cheap)
        : m_threshold(threshold)
        , m_cheap(cheap)
    {
    }

    void add(const Outputs& outputs, const BatchColumn& target, double loss) override;
    [[nodiscard]] MetricValues values() const override;
    void reset() override;

private:
    float m_threshold;
    bool m_cheap;
    LossMean m_loss;
    qint64 m_counts[2][2] = {}; ///< actual, predicted
    std::vector<float> m_scores;
    std::vector<quint8> m_positives;
    bool m_tooMany = false;
};

/// One or several numbers.
class NumberMetrics final : public MetricAccumulator {
public:
    NumberMetrics(const ValueScale& scale, bool cheap)
        : m_scale(scale)
        , m_cheap(cheap)
    {
    }

    void add(const Outputs& outputs, const BatchColumn& target, double loss) override;
    [[nodiscard]] MetricValues values() const override;
    void reset() override;

private:
    /// Of one of the numbers; mean and spread of the target as by Welford 1962.
    struct Sums {
        qint64 count = 0;
        double absolute = 0;
        double squared = 0;
        double mean = 0;
        double spread = 0;

        void add(double actual, double predicted);
        [[nodiscard]] double determination() const;
    };

    ValueScale m_scale;
    bool m_cheap;
    LossMean m_loss;
    std::vector<Sums> m_sums;
};

} // namespace espalier
