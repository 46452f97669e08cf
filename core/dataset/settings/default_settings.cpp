#include "core/dataset/dataset_settings.h"
#include "core/dataset/store/packed_store.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 LargestDefaultSide = 224;

void setImageDefaults(FeatureSettings& feature, const ColumnSchema& column)
{
    const bool grey = column.shape.rank() < 3 || column.shape.channels() == 1;
    feature.colorMode = grey ? ColorMode::Grey : ColorMode::Color;
    if (column.storage != StorageKind::EncodedImage)
        return;
    feature.transformation = ImageTransformation::CropAndResize;
    feature.height = int(std::min(column.shape[0], LargestDefaultSide));
    feature.width = int(std::min(column.shape[1], LargestDefaultSide));
}

FeatureSettings defaultFeature(const ColumnSchema& column)
{
    FeatureSettings feature;
    feature.column = column.name;
    feature.name = column.name;
    feature.encoding = column.detected;
    feature.normalization = defaultNormalization(column.detected);
    if (column.detected == Encoding::Image)
        setImageDefaults(feature, column);
    if (column.detected == Encoding::Binary && !column.texts.isEmpty())
        feature.positiveClass = column.texts.last();
    return feature;
}

} // namespace

Normalization defaultNormalization(Encoding encoding)
{
    return encoding == Encoding::Image || encoding == Encoding::Numeric
               ? Normalization::Standardization
               : Normalization::None;
}

DatasetSettings defaultSettings(const SourceManifest& source, quint64 seed)
{
    DatasetSettings settings;
    for (const ColumnSchema& column : source.columns)
        settings.features.append(defaultFeature(column));
    settings.seed = seed;
    settings.subsets = {{u"Training"_s, {}, RandomFilter{seed, FromEnd::Start, 80}},
                        {u"Validation"_s, {}, RandomFilter{seed, FromEnd::End, 20}}};
    settings.normalizeOn = settings.subsets.first().name;
    return settings;
}

} // namespace espalier
