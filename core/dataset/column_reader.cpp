#include "core/dataset/column_reader.h"

#include "core/base/logging.h"
#include "core/base/parallel.h"
#include "core/dataset/feature_column.h"
#include "core/dataset/image_rows.h"
#include "core/dataset/value_scale.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using Rows = std::span<const RowIndex>;

float normalized(double value, const ValueScale& scale, float missing)
{
    return std::isfinite(value) ? float(scale.toNetwork(value)) : missing;
}

/// Calls `write(element, place)` for every element of an example and its place in the layout.
template <typename Write>
void forEachPlace(const Shape& shape, ImageLayout layout, const Write& write)
{
    const qint64 elements = shape.elementCount();
    const bool reorders = layout == ImageLayout::ChannelsFirst && shape.rank() == 3 && shape[2] > 1;
    if (!reorders) {
        for (qint64 element = 0; element < elements; ++element)
            write(element, element);
        return;
    }
    const qint64 channels = shape[2];
    const qint64 pixels = elements / channels;
    for (qint64 channel = 0; channel < channels; ++channel)
        for (qint64 pixel = 0; pixel < pixels; ++pixel)
            write(pixel * channels + channel, channel * pixels + pixel);
}

template <typename T>
class TensorReader final : public ColumnReader {
public:
    TensorReader(const FeatureColumn& feature, const ValueScale& scale, float missing,
                 ImageLayout layout)
        : m_data(reinterpret_cast<const T*>(feature.store().tensor(feature.column()).data()))
        , m_scale(scale)
        , m_missing(missing)
        , m_layout(layout)
    {
    }

    void gather(Rows rows, BatchColumn& column) const override
    {
        const qint64 elements = column.shape.elementCount();
        column.values.resize(rows.size() * size_t(elements));
        float* values = column.values.data();
        for (RowIndex row : rows) {
            const T* data = m_data + row * elements;
            forEachPlace(column.shape, m_layout, [&](qint64 element, qint64 place) {
                values[place] = normalized(double(data[element]), m_scale, m_missing);
            });
            values += elements;
        }
    }

private:
    const T* m_data;
    ValueScale m_scale;
    float m_missing;
    ImageLayout m_layout;
};

class ByteReader final : public ColumnReader {
public:
    ByteReader(const FeatureColumn& feature, const PixelTable& table, ImageLayout layout)
        : m_data(reinterpret_cast<const quint8*>(feature.store().tensor(feature.column()).data()))
        , m_table(table)
        , m_layout(layout)
    {
    }

    void gather(Rows rows, BatchColumn& column) const override
    {
        const qint64 elements = column.shape.elementCount();
        column.values.resize(rows.size() * size_t(elements));
        float* values = column.values.data();
        for (RowIndex row : rows) {
            writePixels(m_data + row * elements, column.shape, m_table, m_layout, values);
            values += elements;
        }
    }

private:
    const quint8* m_data;
    PixelTable m_table;
    ImageLayout m_layout;
};

class ImageReader final : public ColumnReader {
public:
    ImageReader(const FeatureColumn& feature, const PixelTable& table, float missing,
                ImageLayout layout)
        : m_feature(feature)
        , m_images(ImageRows::open(feature))
        , m_table(table)
        , m_missing(missing)
        , m_layout(layout)
    {
    }

    void gather(Rows rows, BatchColumn& column) const override
    {
        const size_t elements = size_t(m_images.imageBytes());
        column.values.resize(rows.size() * elements);
        const auto place = [&](size_t index) { return column.values.data() + index * elements; };
        if (!rows.empty() && m_images.pixels(rows.front())) {
            for (size_t index = 0; index < rows.size(); ++index)
                writePixels(m_images.pixels(rows[index]), column.shape, m_table, m_layout,
                            place(index));
            return;
        }
        parallelFor(qsizetype(rows.size()), [&](qsizetype index) {
            decode(rows[size_t(index)], column.shape, place(size_t(index)));
        });
    }

private:
    void decode(RowIndex row, const Shape& shape, float* values) const
    {
        std::vector<quint8> pixels(size_t(m_images.imageBytes()));
        if (m_images.decode(row, pixels)) {
            writePixels(pixels.data(), shape, m_table, m_layout, values);
            return;
        }
        std::fill_n(values, pixels.size(), m_missing);
        logWarning(unreadableImage(m_feature, row).message);
    }

    const FeatureColumn& m_feature;
    ImageRows m_images;
    PixelTable m_table;
    float m_missing; ///< of an image that cannot be read
    ImageLayout m_layout;
};

/// Numeric of Dictionary: every text is normalized once.
class NumberTextReader final : public ColumnReader {
public:
    NumberTextReader(const FeatureColumn& feature, const ValueScale& scale, float missing)
        : m_codes(feature.store().codes(feature.column()))
        , m_missing(missing)
    {
        for (double number : feature.numberOfCode())
            m_values.push_back(normalized(number, scale, missing));
    }

    void gather(Rows rows, BatchColumn& column) const override
    {
        column.values.resize(rows.size());
        std::ranges::transform(rows, column.values.begin(), [&](RowIndex row) {
            const qint32 code = m_codes[row];
            return code < 0 ? m_missing : m_values[size_t(code)];
        });
    }

private:
    std::span<const qint32> m_codes;
    float m_missing;
    std::vector<float> m_values;
};

/// Categorical: one-hot; Binary: 1 for the positive class.
class ClassValueReader final : public ColumnReader {
public:
    ClassValueReader(const FeatureColumn& feature, float missing)
        : m_feature(feature)
        , m_missing(missing)
    {
    }

    void gather(Rows rows, BatchColumn& column) const override
    {
        const size_t width = size_t(column.shape.elementCount());
        column.values.assign(rows.size() * width, 0.0F);
        const bool isBinary = m_feature.settings().encoding == Encoding::Binary;
        for (size_t index = 0; index < rows.size(); ++index) {
            const qint32 value = m_feature.classAt(rows[index]);
            if (value < 0)
                std::fill_n(column.values.data() + index * width, width, m_missing);
            else if (isBinary)
                column.values[index] = value == 1 ? 1.0F : 0.0F;
            else
                column.values[index * width + size_t(value)] = 1.0F;
        }
    }

private:
    const FeatureColumn& m_feature;
    float m_missing;
};

class ClassIndexReader final : public ColumnReader {
public:
    explicit ClassIndexReader(const FeatureColumn& feature)
        : m_feature(feature)
    {
    }

    void gather(Rows rows, BatchColumn& column) const override
    {
        column.classes.resize(rows.size());
        std::ranges::transform(rows, column.classes.begin(),
                               [&](RowIndex row) { return qint64(m_feature.classAt(row)); });
    }

private:
    const FeatureColumn& m_feature;
};

std::unique_ptr<ColumnReader> numberReader(const FeatureColumn& feature,
                                           const FeatureStatistics& statistics, float missing,
                                           ImageLayout layout)
{
    const Normalization normalization = feature.settings().normalization;
    const ValueScale scale = valueScale(normalization, statistics);
    if (feature.schema().storage == StorageKind::Dictionary)
        return std::make_unique<NumberTextReader>(feature, scale, missing);
    switch (feature.schema().element) {
    case ElementType::UInt8:
        return std::make_unique<ByteReader>(feature, normalizedBytes(normalization, statistics),
                                            layout);
    case ElementType::Float32:
        return std::make_unique<TensorReader<float>>(feature, scale, missing, layout);
    case ElementType::Float64:
        return std::make_unique<TensorReader<double>>(feature, scale, missing, layout);
    }
    return nullptr;
}

} // namespace

PixelTable normalizedBytes(Normalization normalization, const FeatureStatistics& statistics)
{
    const ValueScale scale = valueScale(normalization, statistics);
    PixelTable table;
    for (size_t value = 0; value < table.size(); ++value)
        table[value] = float(scale.toNetwork(double(value)));
    return table;
}

void writePixels(const quint8* pixels, const Shape& shape, const PixelTable& table,
                 ImageLayout layout, float* values)
{
    forEachPlace(shape, layout,
                 [&](qint64 element, qint64 place) { values[place] = table[pixels[element]]; });
}

Result<std::unique_ptr<ColumnReader>>
createColumnReader(const Dataset& dataset, const ColumnRequest& request, ImageLayout layout)
{
    const int index = dataset.featureIndex(request.feature);
    if (index < 0)
        return failure(ErrorCode::NotFound,
                       u"The dataset has no feature “%1”."_s.arg(request.feature));
    const FeatureColumn& feature = dataset.column(index);
    if (request.form == ColumnForm::ClassIndex) {
        if (!feature.hasClasses())
            return failure(ErrorCode::InvalidInput,
                           u"Feature “%1” has no classes; choose Categorical or Binary."_s.arg(
                               request.feature));
        return std::make_unique<ClassIndexReader>(feature);
    }
    if (feature.settings().encoding == Encoding::Text)
        return failure(
            ErrorCode::InvalidInput,
            u"Feature “%1” is Text, which no network reads; choose another encoding."_s.arg(
                request.feature));
    const float missing =
        request.missing == MissingValue::Zero ? 0.0F : std::numeric_limits<float>::quiet_NaN();
    if (feature.hasClasses())
        return std::make_unique<ClassValueReader>(feature, missing);
    FeatureStatistics statistics;
    if (feature.settings().normalization != Normalization::None) {
        auto computed = dataset.statistics(index);
        if (!computed)
            return failureOf(computed);
        statistics = *computed;
    }
    if (feature.settings().encoding != Encoding::Image)
        return numberReader(feature, statistics, missing, layout);
    return std::make_unique<ImageReader>(
        feature, normalizedBytes(feature.settings().normalization, statistics), missing, layout);
}

} // namespace espalier
