#include "ui/evaluation/predictions/curves/value_spread.h"

#include <QSet>
#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

constexpr double Tail = 0.005;
constexpr qsizetype AlwaysWhole = 2000;

bool isKnown(const Prediction& p)
{
    return std::isfinite(p.actualValue) && std::isfinite(p.predictedValue);
}

QList<QPointF> knownPoints(const EvaluationResult& result)
{
    QList<QPointF> points;
    for (const Prediction& p : result.predictions)
        if (isKnown(p))
            points.append({double(p.actualValue), double(p.predictedValue)});
    return points;
}

} // namespace

QList<QPointF> scatterPoints(const EvaluationResult& result, int cells)
{
    const QList<QPointF> points = knownPoints(result);
    if (points.size() <= AlwaysWhole)
        return points;
    QPointF low = points.first();
    QPointF high = low;
    for (const QPointF& p : points) {
        low = {std::min(low.x(), p.x()), std::min(low.y(), p.y())};
        high = {std::max(high.x(), p.x()), std::max(high.y(), p.y())};
    }
    const auto cell = [cells](double value, double from, double to) {
        return to > from ? std::min(cells - 1, int((value - from) / (to - from) * cells)) : 0;
    };
    QSet<int> taken;
    QList<QPointF> kept;
    for (const QPointF& p : points) {
        const int place = cell(p.y(), low.y(), high.y()) * cells + cell(p.x(), low.x(), high.x());
        if (taken.contains(place))
            continue;
        taken.insert(place);
        kept.append(p);
    }
    return kept;
}

ErrorHistogram errorHistogram(const EvaluationResult& result, int bins)
{
    std::vector<double> errors;
    for (const Prediction& p : result.predictions)
        if (isKnown(p))
            errors.push_back(double(p.predictedValue) - double(p.actualValue));
    if (errors.empty())
        return {};
    std::ranges::sort(errors);
    const auto at = [&](double share) {
        return errors[size_t(std::llround(share * double(errors.size() - 1)))];
    };
    const double low = std::min(0.0, at(Tail));
    const double high = std::max(0.0, at(1 - Tail));
    ErrorHistogram histogram;
    histogram.width = high > low ? (high - low) / bins : 1;
    const double firstBin = std::floor(low / histogram.width);
    histogram.first = firstBin * histogram.width;
    histogram.counts.resize(qsizetype(std::floor(high / histogram.width) - firstBin) + 1);
    for (const double error : errors) {
        const auto bin = qint64(std::floor(error / histogram.width) - firstBin);
        ++histogram.counts[std::clamp<qint64>(bin, 0, histogram.counts.size() - 1)];
    }
    return histogram;
}

} // namespace espalier
