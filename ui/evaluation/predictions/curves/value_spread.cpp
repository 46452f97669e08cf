#include "ui/evaluation/predictions/curves/value_spread.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace espalier {

namespace {

constexpr double Tail = 0.001;
constexpr int Cells = 40; ///< of the grid that tells what stands alone, along each side
constexpr int Alone = 2;  ///< at most so many in a cell

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

/// The cell of each point in a grid over all of them.
std::vector<int> cellsOf(const QList<QPointF>& points)
{
    QPointF low = points.first();
    QPointF high = low;
    for (const QPointF& p : points) {
        low = {std::min(low.x(), p.x()), std::min(low.y(), p.y())};
        high = {std::max(high.x(), p.x()), std::max(high.y(), p.y())};
    }
    const auto place = [](double value, double from, double to) {
        return to > from ? std::min(Cells - 1, int((value - from) / (to - from) * Cells)) : 0;
    };
    std::vector<int> cells;
    for (const QPointF& p : points)
        cells.push_back(place(p.y(), low.y(), high.y()) * Cells + place(p.x(), low.x(), high.x()));
    return cells;
}

} // namespace

QList<QPointF> scatterPoints(const EvaluationResult& result, qsizetype most)
{
    const QList<QPointF> points = knownPoints(result);
    if (points.size() <= most)
        return points;
    const std::vector<int> cells = cellsOf(points);
    std::vector<int> counts(size_t(Cells) * Cells);
    for (const int cell : cells)
        ++counts[size_t(cell)];
    const qsizetype step = (points.size() + most - 1) / most;
    QList<QPointF> kept;
    for (qsizetype i = 0; i < points.size(); ++i)
        if (i % step == 0 || counts[size_t(cells[size_t(i)])] <= Alone)
            kept.append(points.at(i));
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
