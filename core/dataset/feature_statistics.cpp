#include "core/dataset/feature_statistics.h"

#include "core/base/parallel.h"
#include "core/dataset/image_rows.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 ElementsAtOnce = qint64(1) << 18;
constexpr size_t SampledImages = 2'000;

using Rows = std::span<const RowIndex>;
using PixelCounts = std::array<qint64, 256>;

/// Calls `compute` for parts of the rows on all processors; the results in the order of the rows.
template <typename Value, typename Compute>
std::vector<Value> mapParts(Rows rows, qint64 elementsPerRow, const Compute& compute)
{
    const qint64 rowsAtOnce =
        std::max<qint64>(ElementsAtOnce / std::max<qint64>(elementsPerRow, 1), 1);
    const qint64 all = qint64(rows.size());
    std::vector<Value> values(size_t((all + rowsAtOnce - 1) / rowsAtOnce));
    parallelFor(qsizetype(values.size()), [&](qsizetype part) {
        const qint64 first = part * rowsAtOnce;
        values[size_t(part)] =
            compute(rows.subspan(size_t(first), size_t(std::min(rowsAtOnce, all - first))));
    });
    return values;
}

// -- numbers ----------------------------------------------------------------------------------

/// Mean and squared deviations of a part, merged without loss of digits (Chan et al. 1979).
struct Moments {
    qint64 count = 0;
    qint64 missing = 0;
    double mean = 0;
    double squares = 0; ///< sum of squared distances from the mean
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();

    void merge(const Moments& other)
    {
        missing += other.missing;
        if (other.count == 0)
            return;
        const double all = double(count + other.count);
        const double distance = other.mean - mean;
        squares += other.squares + distance * distance * double(count) * double(other.count) / all;
        mean += distance * double(other.count) / all;
        count += other.count;
        minimum = std::min(minimum, other.minimum);
        maximum = std::max(maximum, other.maximum);
    }
};

/// Calls `take` for every number of the rows.
template <typename Take>
void forEachNumber(const FeatureColumn& feature, Rows rows, const Take& take)
{
    if (feature.schema().storage == StorageKind::Dictionary) {
        for (RowIndex row : rows)
            take(feature.numberAt(row));
        return;
    }
    const auto values = feature.store().tensor(feature.column());
    const qint64 elements = feature.schema().shape.elementCount();
    const auto visit = [&]<typename T>(const T* data) {
        for (RowIndex row : rows)
            for (qint64 i = row * elements; i < (row + 1) * elements; ++i)
                take(double(data[i]));
    };
    switch (feature.schema().element) {
    case ElementType::UInt8:
        return visit(reinterpret_cast<const quint8*>(values.data()));
    case ElementType::Float32:
        return visit(reinterpret_cast<const float*>(values.data()));
    case ElementType::Float64:
        return visit(reinterpret_cast<const double*>(values.data()));
    }
}

Moments momentsOf(const FeatureColumn& feature, Rows rows)
{
    Moments moments;
    double sum = 0;
    forEachNumber(feature, rows, [&](double number) {
        if (!std::isfinite(number)) {
            ++moments.missing;
            return;
        }
        ++moments.count;
        sum += number;
        moments.minimum = std::min(moments.minimum, number);
        moments.maximum = std::max(moments.maximum, number);
    });
    if (moments.count == 0)
        return moments;
    moments.mean = sum / double(moments.count);
    forEachNumber(feature, rows, [&](double number) {
        if (std::isfinite(number))
            moments.squares += (number - moments.mean) * (number - moments.mean);
    });
    return moments;
}

FeatureStatistics numberStatistics(const FeatureColumn& feature, Rows rows)
{
    Moments all;
    const qint64 elements = feature.description().shape.elementCount();
    for (const Moments& part :
         mapParts<Moments>(rows, elements, [&](Rows part) { return momentsOf(feature, part); }))
        all.merge(part);
    FeatureStatistics statistics;
    statistics.missing = all.missing;
    const double deviation = std::sqrt(all.squares / double(std::max<qint64>(all.count, 1)));
    if (all.count == 0 || !std::isfinite(all.mean) || !std::isfinite(deviation))
        return statistics;
    statistics.mean = all.mean;
    statistics.deviation = deviation > 0 ? deviation : 1;
    statistics.minimum = all.minimum;
    statistics.maximum = all.maximum;
    return statistics;
}

Histogram numberHistogram(const FeatureColumn& feature, Rows rows, int bins)
{
    const FeatureStatistics statistics = numberStatistics(feature, rows);
    Histogram histogram{statistics.minimum, statistics.maximum, {}, QList<qint64>(bins, 0)};
    const double half = statistics.maximum / 2 - statistics.minimum / 2; // the whole may overflow
    forEachNumber(feature, rows, [&](double number) {
        if (!std::isfinite(number) || number < histogram.minimum || number > histogram.maximum)
            return;
        const double part = half > 0 ? (number / 2 - statistics.minimum / 2) / half : 0;
        ++histogram.counts[std::min(int(part * bins), bins - 1)];
    });
    return histogram;
}

// -- pixels -----------------------------------------------------------------------------------

/// Counts in four tables, so that runs of equal pixels do not wait for one counter.
class PixelCounter {
public:
    void count(std::span<const quint8> pixels)
    {
        const size_t quads = pixels.size() / 4 * 4;
        for (size_t i = 0; i < quads; i += 4)
            for (size_t lane = 0; lane < 4; ++lane)
                ++m_tables[lane][pixels[i + lane]];
        for (size_t i = quads; i < pixels.size(); ++i)
            ++m_tables[0][pixels[i]];
    }

    [[nodiscard]] PixelCounts counts() const
    {
        PixelCounts sum{};
        for (const auto& table : m_tables)
            std::ranges::transform(sum, table, sum.begin(), std::plus<>());
        return sum;
    }

private:
    std::array<PixelCounts, 4> m_tables{};
};

Result<PixelCounts> pixelCounts(const FeatureColumn& feature, Rows rows)
{
    const ImageRows images = ImageRows::open(feature);
    const size_t imageBytes = size_t(images.imageBytes());
    std::atomic<qint64> failed = -1;
    const auto countPart = [&](Rows part) {
        PixelCounter counter;
        std::vector<quint8> decoded;
        for (RowIndex row : part) {
            const quint8* pixels = images.pixels(row);
            if (!pixels) {
                decoded.resize(imageBytes);
                if (!images.decode(row, decoded))
                    failed = row;
                pixels = decoded.data();
            }
            counter.count({pixels, imageBytes});
        }
        return counter.counts();
    };
    PixelCounts all{};
    for (const PixelCounts& part : mapParts<PixelCounts>(rows, images.imageBytes(), countPart))
        std::ranges::transform(all, part, all.begin(), std::plus<>());
    if (failed >= 0)
        return tl::unexpected(unreadableImage(feature, failed));
    return all;
}

FeatureStatistics statisticsOfPixels(const PixelCounts& counts)
{
    FeatureStatistics statistics;
    qint64 all = 0;
    double sum = 0;
    for (size_t value = 0; value < counts.size(); ++value) {
        all += counts[value];
        sum += double(counts[value]) * double(value);
    }
    if (all == 0)
        return statistics;
    statistics.mean = sum / double(all);
    double squares = 0;
    for (size_t value = 0; value < counts.size(); ++value) {
        const double distance = double(value) - statistics.mean;
        squares += double(counts[value]) * distance * distance;
    }
    statistics.deviation = squares > 0 ? std::sqrt(squares / double(all)) : 1;
    const auto isUsed = [](qint64 count) { return count > 0; };
    statistics.minimum = double(std::ranges::find_if(counts, isUsed) - counts.begin());
    const auto last = std::find_if(counts.rbegin(), counts.rend(), isUsed);
    statistics.maximum = double(counts.rend() - last - 1);
    return statistics;
}

Result<Histogram> pixelHistogram(const FeatureColumn& feature, Rows rows, int bins)
{
    std::vector<RowIndex> sample(rows.begin(), rows.end());
    if (!ImageRows::open(feature).pixels(0) && rows.size() > SampledImages) {
        sample.resize(SampledImages);
        for (size_t i = 0; i < SampledImages; ++i)
            sample[i] = rows[i * rows.size() / SampledImages];
    }
    return pixelCounts(feature, sample).map([&](const PixelCounts& counts) {
        const FeatureStatistics statistics = statisticsOfPixels(counts);
        Histogram histogram{statistics.minimum, statistics.maximum, {}, QList<qint64>(bins, 0)};
        const double range = std::max(statistics.maximum - statistics.minimum, 1.0);
        for (size_t value = 0; value < counts.size(); ++value) {
            const double part = std::max(double(value) - statistics.minimum, 0.0) / range;
            histogram.counts[std::min(int(part * bins), bins - 1)] += counts[value];
        }
        return histogram;
    });
}

// -- classes ----------------------------------------------------------------------------------

FeatureStatistics classStatistics(const FeatureColumn& feature, Rows rows)
{
    FeatureStatistics statistics;
    statistics.classCounts.resize(feature.description().classes.size());
    for (RowIndex row : rows) {
        const qint32 index = feature.classAt(row);
        ++(index < 0 ? statistics.missing : statistics.classCounts[index]);
    }
    return statistics;
}

qint64 missingTexts(const FeatureColumn& feature)
{
    return std::ranges::count(feature.store().codes(feature.column()), -1);
}

} // namespace

Result<FeatureStatistics> computeStatistics(const FeatureColumn& feature, Rows rows)
{
    switch (feature.settings().encoding) {
    case Encoding::Numeric:
        return numberStatistics(feature, rows);
    case Encoding::Image:
        return pixelCounts(feature, rows).map(statisticsOfPixels);
    case Encoding::Categorical:
    case Encoding::Binary:
        return classStatistics(feature, rows);
    case Encoding::Text:
        break;
    }
    return FeatureStatistics();
}

Result<Histogram> computeHistogram(const FeatureColumn& feature, Rows rows, int bins)
{
    bins = std::max(bins, 1);
    switch (feature.settings().encoding) {
    case Encoding::Numeric:
        return numberHistogram(feature, rows, bins);
    case Encoding::Image:
        return pixelHistogram(feature, rows, bins);
    case Encoding::Categorical:
    case Encoding::Binary:
        return Histogram{0, 0, feature.description().classes,
                         classStatistics(feature, rows).classCounts};
    case Encoding::Text:
        break;
    }
    return Histogram();
}

qint64 countMissing(const FeatureColumn& feature)
{
    const ColumnSchema& schema = feature.schema();
    if (schema.storage == StorageKind::Dictionary &&
        feature.settings().encoding != Encoding::Numeric)
        return missingTexts(feature);
    const bool isTensor = schema.storage == StorageKind::Tensor;
    if (schema.storage == StorageKind::EncodedImage ||
        (isTensor && schema.element == ElementType::UInt8))
        return 0;
    std::vector<RowIndex> rows(size_t(feature.store().rows()));
    std::iota(rows.begin(), rows.end(), RowIndex(0));
    return numberStatistics(feature, rows).missing;
}

} // namespace espalier
