#pragma once

#include <QList>
#include <QtGlobal>
#include <span>

namespace espalier {

/// One point of a curve: what a classifier gives that says "positive" where the score is
/// at least `threshold`.
struct CurvePoint {
    double x = 0;
    double y = 0;
    double threshold = 0;

    bool operator==(const CurvePoint&) const = default;
};

/// Scores and, for each, whether the example is positive (not 0): equally long. A NaN score counts
/// as the lowest. Curves keep at most `maximumPoints` (at least 2), evenly spread along their
/// length, the ends always.

/// Receiver operating characteristic: false positive rate (x) against true positive rate (y), from
/// (0, 0) at threshold infinity to (1, 1). One point per distinct score before thinning, so ties
/// make slopes (Fawcett 2006). Empty unless both classes occur.
[[nodiscard]] QList<CurvePoint> rocCurve(std::span<const float> scores,
                                         std::span<const quint8> positives,
                                         qsizetype maximumPoints = 1000);

/// Recall (x) against precision (y), from the highest threshold to the lowest; starts at (0, 1)
/// with threshold infinity by convention. Empty without a positive example.
[[nodiscard]] QList<CurvePoint> precisionRecallCurve(std::span<const float> scores,
                                                     std::span<const quint8> positives,
                                                     qsizetype maximumPoints = 1000);

/// Area under the ROC curve: how often a positive example scores higher than a negative one, a tie
/// counting half (Mann and Whitney 1947). 0.5 unless both classes occur.
[[nodiscard]] double areaUnderRoc(std::span<const float> scores, std::span<const quint8> positives);

/// Average precision: precisions weighted by the recall that each threshold adds; 0 without a
/// positive example.
[[nodiscard]] double averagePrecision(std::span<const float> scores,
                                      std::span<const quint8> positives);

} // namespace espalier
