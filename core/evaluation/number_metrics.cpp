#include "core/evaluation/metric_accumulators.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

void NumberMetrics::Sums::add(double actual, double predicted)
{
    const double error = predicted - actual;
    absolute += std::abs(error);
    squared += error * error;
    ++count;
    const double before = actual - mean;
    mean += before / double(count);
    spread += before * (actual - mean);
}

double NumberMetrics::Sums::determination() const
{
    if (spread > 0)
        return 1 - squared / spread;
    return count > 0 && squared == 0 ? 1.0 : 0.0;
}

void NumberMetrics::add(const Outputs& outputs, const BatchColumn& target, double loss)
{
    const size_t width = size_t(std::max<qint64>(outputs.width, 1));
    const size_t size = std::min(outputs.values.size(), target.values.size()) / width;
    m_sums.resize(width);
    qint64 counted = 0;
    for (size_t row = 0; row < size; ++row) {
        const auto actual = std::span(target.values).subspan(row * width, width);
        if (!std::ranges::all_of(actual, [](float value) { return std::isfinite(value); }))
            continue;
        for (size_t i = 0; i < width; ++i)
            m_sums[i].add(m_scale.toUnits(double(actual[i])),
                          m_scale.toUnits(double(outputs.values[row * width + i])));
        ++counted;
    }
    m_loss.add(loss, counted);
}

MetricValues NumberMetrics::values() const
{
    Sums all;
    double determination = 0;
    for (const Sums& sums : m_sums) {
        all.absolute += sums.absolute;
        all.squared += sums.squared;
        all.count += sums.count;
        determination += sums.determination();
    }
    const double meanSquare = ratio(all.squared, double(all.count));
    MetricValues values = {{u"loss"_s, m_loss.value()},
                           {u"mae"_s, ratio(all.absolute, double(all.count))},
                           {u"mse"_s, meanSquare}};
    if (m_cheap)
        return values;
    values.insert(u"rmse"_s, std::sqrt(meanSquare));
    values.insert(u"r2"_s, ratio(determination, double(m_sums.size())));
    return values;
}

void NumberMetrics::reset()
{
    *this = NumberMetrics(m_scale, m_cheap);
}

} // namespace espalier
