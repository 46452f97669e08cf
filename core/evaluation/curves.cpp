#include "core/evaluation/curves.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace espalier {

namespace {

constexpr double Infinity = std::numeric_limits<double>::infinity();

/// How many examples score at least `threshold`.
struct Step {
    double threshold = Infinity;
    qint64 positives = 0;
    qint64 negatives = 0;
};

/// One step per distinct score, highest first.
std::vector<Step> cumulativeCounts(std::span<const float> scores, std::span<const quint8> positives)
{
    std::vector<std::pair<float, bool>> sorted(std::min(scores.size(), positives.size()));
    for (size_t i = 0; i < sorted.size(); ++i)
        sorted[i] = {std::isnan(scores[i]) ? -std::numeric_limits<float>::infinity() : scores[i],
                     positives[i] != 0};
    std::ranges::sort(sorted, std::ranges::greater());

    std::vector<Step> steps;
    for (const auto& [score, positive] : sorted) {
        if (steps.empty() || steps.back().threshold != double(score)) {
            const Step last = steps.empty() ? Step{} : steps.back();
            steps.push_back({double(score), last.positives, last.negatives});
        }
        ++(positive ? steps.back().positives : steps.back().negatives);
    }
    return steps;
}

double distance(const CurvePoint& a, const CurvePoint& b)
{
    return std::abs(a.x - b.x) + std::abs(a.y - b.y);
}

QList<CurvePoint> thinned(const QList<CurvePoint>& points, qsizetype maximumPoints)
{
    const qsizetype limit = std::max<qsizetype>(2, maximumPoints);
    if (points.size() <= limit)
        return points;
    double length = 0;
    for (qsizetype i = 1; i < points.size(); ++i)
        length += distance(points[i - 1], points[i]);
    const double stride = length / double(limit - 1);

    QList<CurvePoint> kept = {points.first()};
    double travelled = 0;
    for (qsizetype i = 1; i + 1 < points.size(); ++i) {
        travelled += distance(points[i - 1], points[i]);
        if (travelled >= stride * double(kept.size()) && kept.size() + 1 < limit)
            kept.append(points[i]);
    }
    kept.append(points.last());
    return kept;
}

} // namespace

QList<CurvePoint> rocCurve(std::span<const float> scores, std::span<const quint8> positives,
                           qsizetype maximumPoints)
{
    const std::vector<Step> steps = cumulativeCounts(scores, positives);
    if (steps.empty() || steps.back().positives == 0 || steps.back().negatives == 0)
        return {};
    const Step all = steps.back();
    QList<CurvePoint> points = {{0, 0, Infinity}};
    for (const Step& step : steps)
        points.append({double(step.negatives) / double(all.negatives),
                       double(step.positives) / double(all.positives), step.threshold});
    return thinned(points, maximumPoints);
}

QList<CurvePoint> precisionRecallCurve(std::span<const float> scores,
                                       std::span<const quint8> positives, qsizetype maximumPoints)
{
    const std::vector<Step> steps = cumulativeCounts(scores, positives);
    if (steps.empty() || steps.back().positives == 0)
        return {};
    const double all = double(steps.back().positives);
    QList<CurvePoint> points = {{0, 1, Infinity}};
    for (const Step& step : steps)
        points.append({double(step.positives) / all,
                       double(step.positives) / double(step.positives + step.negatives),
                       step.threshold});
    return thinned(points, maximumPoints);
}

double areaUnderRoc(std::span<const float> scores, std::span<const quint8> positives)
{
    const std::vector<Step> steps = cumulativeCounts(scores, positives);
    if (steps.empty() || steps.back().positives == 0 || steps.back().negatives == 0)
        return 0.5;
    double wins = 0;
    Step last;
    for (const Step& step : steps) {
        wins += double(step.negatives - last.negatives) *
                (double(last.positives) + double(step.positives)) / 2;
        last = step;
    }
    return wins / double(last.positives) / double(last.negatives);
}

double averagePrecision(std::span<const float> scores, std::span<const quint8> positives)
{
    const std::vector<Step> steps = cumulativeCounts(scores, positives);
    if (steps.empty() || steps.back().positives == 0)
        return 0;
    double sum = 0;
    Step last;
    for (const Step& step : steps) {
        sum += double(step.positives - last.positives) * double(step.positives) /
               double(step.positives + step.negatives);
        last = step;
    }
    return sum / double(last.positives);
}

} // namespace espalier
