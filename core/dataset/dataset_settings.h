#pragma once

#include "core/base/feature_description.h"
#include "core/base/named_enum.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <optional>
#include <span>

namespace espalier {

struct SourceManifest;

enum class Normalization { None, Standardization, MinMax };
[[nodiscard]] std::span<const EnumName<Normalization>> enumNames(Normalization);

enum class ColorMode { Grey, Color };
[[nodiscard]] std::span<const EnumName<ColorMode>> enumNames(ColorMode);

/// How an image gets the width and height of its feature.
enum class ImageTransformation { None, Resize, CropAndResize, CenterCropOrPad };
[[nodiscard]] std::span<const EnumName<ImageTransformation>> enumNames(ImageTransformation);

/// How one column of the source is used in a dataset version.
struct FeatureSettings {
    QString column; ///< name in the source; never changes
    QString name;   ///< name for people; unique within the version
    Encoding encoding = Encoding::Numeric;
    Normalization normalization = Normalization::None;
    QString positiveClass; ///< of Binary: the text or number that counts as 1
    ColorMode colorMode = ColorMode::Color;
    ImageTransformation transformation = ImageTransformation::None;
    int width = 0; ///< of the transformed image; 0 when there is no transformation
    int height = 0;

    bool operator==(const FeatureSettings&) const = default;
};

enum class FromEnd { Start, End };
[[nodiscard]] std::span<const EnumName<FromEnd>> enumNames(FromEnd);

/// A random part of the rows: the rows are put into the random order of `seed`, and `percent` of
/// them taken from one end. Start with p % and End with 100−p % of the same seed are disjoint
/// and together all rows.
struct RandomFilter {
    quint64 seed = 1;
    FromEnd from = FromEnd::Start;
    double percent = 80;

    bool operator==(const RandomFilter&) const = default;
};

enum class Comparison { Equal, NotEqual, Contains, Less, Greater };
[[nodiscard]] std::span<const EnumName<Comparison>> enumNames(Comparison);

/// The rows whose value of a feature compares as asked: "price less than 10".
struct ConditionFilter {
    QString feature;
    Comparison comparison = Comparison::Equal;
    QString value;

    bool operator==(const ConditionFilter&) const = default;
};

/// A named part of the rows: those that pass the condition, of these the random part.
struct SubsetSettings {
    QString name;
    std::optional<ConditionFilter> condition;
    std::optional<RandomFilter> random;

    bool operator==(const SubsetSettings&) const = default;
};

/// Statistics of one feature over one subset, frozen when a version is saved.
struct FeatureStatistics {
    double mean = 0;
    double deviation = 1; ///< population standard deviation over all elements; > 0
    double minimum = 0;
    double maximum = 1;
    qint64 missing = 0;
    QList<qint64> classCounts; ///< of Categorical and Binary, by class index

    bool operator==(const FeatureStatistics&) const = default;
};

/// Everything that a person chooses in a dataset version; a value.
struct DatasetSettings {
    QList<FeatureSettings> features;
    QList<SubsetSettings> subsets;
    QString normalizeOn; ///< subset whose statistics normalize all rows
    quint64 seed = 1;    ///< of the subsets made by default
    /// By feature name; empty until the version is saved.
    QMap<QString, FeatureStatistics> frozenStatistics;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<DatasetSettings> fromJson(const QJsonObject& json);
    [[nodiscard]] int featureIndex(const QString& name) const; ///< -1: there is none
    [[nodiscard]] int subsetIndex(const QString& name) const;  ///< in any case of letters

    bool operator==(const DatasetSettings&) const = default;
};

/// What a fresh dataset starts with: detected encodings, Standardization for images and numbers,
/// Training 80 % and Validation 20 %.
[[nodiscard]] DatasetSettings defaultSettings(const SourceManifest& source, quint64 seed = 1);

/// Applies one `key=value` of the command line ("feature.image.normalization=standardization",
/// "subset.training.size=70", "seed=7", "normalize_on=Training"). Changing the size of one of a
/// complementary pair of subsets changes the other, so that together they stay all rows.
[[nodiscard]] Status applySetting(DatasetSettings& settings, const QString& key,
                                  const QString& value);

} // namespace espalier
