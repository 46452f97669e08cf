#include "core/dataset/dataset_settings.h"

#include <QJsonArray>
#include <QSet>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

tl::unexpected<Error> damaged(const QString& what)
{
    return failure(ErrorCode::InvalidInput, u"The dataset settings are damaged: %1."_s.arg(what));
}

template <typename E>
bool readEnum(const QJsonObject& json, const QString& key, E& value)
{
    const auto read = enumFromName<E>(json[key].toString());
    value = read.value_or(value);
    return read.has_value();
}

/// JSON knows no unsigned numbers; the bits are kept.
quint64 seedFromJson(const QJsonValue& json)
{
    return quint64(json.toInteger(1));
}

QJsonValue seedToJson(quint64 seed)
{
    return qint64(seed);
}

QJsonObject featureToJson(const FeatureSettings& feature)
{
    return {{u"column"_s, feature.column},
            {u"name"_s, feature.name},
            {u"encoding"_s, enumKey(feature.encoding)},
            {u"normalization"_s, enumKey(feature.normalization)},
            {u"positive_class"_s, feature.positiveClass},
            {u"color_mode"_s, enumKey(feature.colorMode)},
            {u"transformation"_s, enumKey(feature.transformation)},
            {u"width"_s, feature.width},
            {u"height"_s, feature.height}};
}

Result<FeatureSettings> featureFromJson(const QJsonObject& json)
{
    FeatureSettings feature;
    feature.column = json[u"column"_s].toString();
    feature.name = json[u"name"_s].toString();
    if (feature.column.isEmpty() || feature.name.isEmpty())
        return damaged(u"a feature has no name"_s);
    if (!readEnum(json, u"encoding"_s, feature.encoding) ||
        !readEnum(json, u"normalization"_s, feature.normalization) ||
        !readEnum(json, u"color_mode"_s, feature.colorMode) ||
        !readEnum(json, u"transformation"_s, feature.transformation))
        return damaged(u"feature “%1” has an unknown value"_s.arg(feature.name));
    feature.positiveClass = json[u"positive_class"_s].toString();
    feature.width = json[u"width"_s].toInt(-1);
    feature.height = json[u"height"_s].toInt(-1);
    const auto isSide = [](int side) { return side >= 0 && side <= FeatureSettings::LargestSide; };
    if (!isSide(feature.width) || !isSide(feature.height))
        return damaged(u"feature “%1” has an impossible size"_s.arg(feature.name));
    return feature;
}

QJsonObject subsetToJson(const SubsetSettings& subset)
{
    QJsonObject json{{u"name"_s, subset.name}};
    if (subset.condition)
        json[u"condition"_s] = QJsonObject{{u"feature"_s, subset.condition->feature},
                                           {u"comparison"_s, enumKey(subset.condition->comparison)},
                                           {u"value"_s, subset.condition->value}};
    if (subset.random)
        json[u"random"_s] = QJsonObject{{u"seed"_s, seedToJson(subset.random->seed)},
                                        {u"from"_s, enumKey(subset.random->from)},
                                        {u"percent"_s, subset.random->percent}};
    return json;
}

Result<SubsetSettings> subsetFromJson(const QJsonObject& json)
{
    SubsetSettings subset;
    subset.name = json[u"name"_s].toString();
    if (subset.name.isEmpty())
        return damaged(u"a subset has no name"_s);
    if (const QJsonValue value = json[u"condition"_s]; !value.isUndefined()) {
        const QJsonObject condition = value.toObject();
        subset.condition.emplace();
        subset.condition->feature = condition[u"feature"_s].toString();
        subset.condition->value = condition[u"value"_s].toString();
        if (!readEnum(condition, u"comparison"_s, subset.condition->comparison))
            return damaged(u"subset “%1” has an unknown comparison"_s.arg(subset.name));
    }
    if (const QJsonValue value = json[u"random"_s]; !value.isUndefined()) {
        const QJsonObject random = value.toObject();
        subset.random.emplace();
        subset.random->seed = seedFromJson(random[u"seed"_s]);
        subset.random->percent = random[u"percent"_s].toDouble(-1);
        if (!readEnum(random, u"from"_s, subset.random->from) ||
            !(subset.random->percent >= 0 && subset.random->percent <= 100))
            return damaged(u"subset “%1” has an impossible size"_s.arg(subset.name));
    }
    return subset;
}

QJsonObject statisticsToJson(const FeatureStatistics& statistics)
{
    QJsonArray counts;
    for (qint64 count : statistics.classCounts)
        counts.append(count);
    return {{u"mean"_s, statistics.mean},       {u"deviation"_s, statistics.deviation},
            {u"minimum"_s, statistics.minimum}, {u"maximum"_s, statistics.maximum},
            {u"missing"_s, statistics.missing}, {u"class_counts"_s, counts}};
}

Result<FeatureStatistics> statisticsFromJson(const QString& name, const QJsonObject& json)
{
    FeatureStatistics statistics;
    statistics.mean = json[u"mean"_s].toDouble(std::nan(""));
    statistics.deviation = json[u"deviation"_s].toDouble(std::nan(""));
    statistics.minimum = json[u"minimum"_s].toDouble(std::nan(""));
    statistics.maximum = json[u"maximum"_s].toDouble(std::nan(""));
    statistics.missing = json[u"missing"_s].toInteger();
    if (std::isnan(statistics.mean) || !(statistics.deviation > 0) ||
        !(statistics.minimum <= statistics.maximum))
        return damaged(u"the statistics of “%1” are no numbers"_s.arg(name));
    for (const QJsonValue& count : json[u"class_counts"_s].toArray())
        statistics.classCounts.append(count.toInteger());
    return statistics;
}

Status readFeatures(const QJsonArray& json, DatasetSettings& settings)
{
    QSet<QString> names;
    for (const QJsonValue& value : json) {
        auto feature = featureFromJson(value.toObject());
        if (!feature)
            return failureOf(feature);
        if (names.contains(feature->name))
            return damaged(u"there are two features “%1”"_s.arg(feature->name));
        names.insert(feature->name);
        settings.features.append(std::move(*feature));
    }
    return {};
}

Status readSubsets(const QJsonArray& json, DatasetSettings& settings)
{
    for (const QJsonValue& value : json) {
        auto subset = subsetFromJson(value.toObject());
        if (!subset)
            return failureOf(subset);
        if (settings.subsetIndex(subset->name) >= 0)
            return damaged(u"there are two subsets “%1”"_s.arg(subset->name));
        settings.subsets.append(std::move(*subset));
    }
    return {};
}

Status readStatistics(const QJsonObject& json, DatasetSettings& settings)
{
    for (auto entry = json.begin(); entry != json.end(); ++entry) {
        auto statistics = statisticsFromJson(entry.key(), entry.value().toObject());
        if (!statistics)
            return failureOf(statistics);
        settings.frozenStatistics.insert(entry.key(), std::move(*statistics));
    }
    return {};
}

} // namespace

std::span<const EnumName<Normalization>> enumNames(Normalization)
{
    static constexpr EnumName<Normalization> names[] = {
        {Normalization::None, u"none", u"None"},
        {Normalization::Standardization, u"standardization", u"Standardization"},
        {Normalization::MinMax, u"min_max", u"Min-max"},
    };
    return names;
}

std::span<const EnumName<ColorMode>> enumNames(ColorMode)
{
    static constexpr EnumName<ColorMode> names[] = {
        {ColorMode::Grey, u"grey", u"Grey"},
        {ColorMode::Color, u"color", u"Color"},
    };
    return names;
}

std::span<const EnumName<ImageTransformation>> enumNames(ImageTransformation)
{
    using enum ImageTransformation;
    static constexpr EnumName<ImageTransformation> names[] = {
        {None, u"none", u"None"},
        {Resize, u"resize", u"Resize"},
        {CropAndResize, u"crop_and_resize", u"Crop and resize"},
        {CenterCropOrPad, u"center_crop_or_pad", u"Center crop or pad"},
    };
    return names;
}

std::span<const EnumName<FromEnd>> enumNames(FromEnd)
{
    static constexpr EnumName<FromEnd> names[] = {
        {FromEnd::Start, u"start", u"Start"},
        {FromEnd::End, u"end", u"End"},
    };
    return names;
}

std::span<const EnumName<Comparison>> enumNames(Comparison)
{
    static constexpr EnumName<Comparison> names[] = {
        {Comparison::Equal, u"equal", u"="},
        {Comparison::NotEqual, u"not_equal", u"≠"},
        {Comparison::Contains, u"contains", u"contains"},
        {Comparison::Less, u"less", u"<"},
        {Comparison::Greater, u"greater", u">"},
    };
    return names;
}

QJsonObject DatasetSettings::toJson() const
{
    QJsonArray featureList;
    for (const FeatureSettings& feature : features)
        featureList.append(featureToJson(feature));
    QJsonArray subsetList;
    for (const SubsetSettings& subset : subsets)
        subsetList.append(subsetToJson(subset));
    QJsonObject statistics;
    for (auto entry = frozenStatistics.begin(); entry != frozenStatistics.end(); ++entry)
        statistics[entry.key()] = statisticsToJson(entry.value());
    return {{u"features"_s, featureList},
            {u"subsets"_s, subsetList},
            {u"normalize_on"_s, normalizeOn},
            {u"seed"_s, seedToJson(seed)},
            {u"statistics"_s, statistics}};
}

Result<DatasetSettings> DatasetSettings::fromJson(const QJsonObject& json)
{
    if (!json[u"features"_s].isArray() || !json[u"subsets"_s].isArray())
        return damaged(u"the features or the subsets are missing"_s);
    DatasetSettings settings;
    if (auto read = readFeatures(json[u"features"_s].toArray(), settings); !read)
        return failureOf(read);
    if (auto read = readSubsets(json[u"subsets"_s].toArray(), settings); !read)
        return failureOf(read);
    if (auto read = readStatistics(json[u"statistics"_s].toObject(), settings); !read)
        return failureOf(read);
    settings.normalizeOn = json[u"normalize_on"_s].toString();
    settings.seed = seedFromJson(json[u"seed"_s]);
    return settings;
}

int DatasetSettings::featureIndex(const QString& name) const
{
    const auto found = std::ranges::find(features, name, &FeatureSettings::name);
    return found == features.end() ? -1 : int(found - features.begin());
}

int DatasetSettings::subsetIndex(const QString& name) const
{
    const auto found = std::ranges::find_if(subsets, [&](const SubsetSettings& subset) {
        return subset.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == subsets.end() ? -1 : int(found - subsets.begin());
}

} // namespace espalier
