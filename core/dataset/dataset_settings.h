#pragma once

#include "core/base/feature_description.h"
#include "core/base/named_enum.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
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
    static constexpr int LargestSide = 16'384; ///< of a transformed image

    QString column; ///< name in the source; never changes
    QString name;   ///< name for people; unique within the version
    Encoding encoding = Encoding::Numeric;
    Normalization normalization = Normalization::None;
    /// Of Binary: the text or number that counts as 1; empty: the last in the order of classes.
    QString positiveClass;
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

/// The rows whose value of a feature compares as asked: "price less than 10". Numbers compare as
/// numbers. Texts: Equal and NotEqual mind upper and lower case, Contains does not; Less and
/// Greater compare as numbers where both are, else by code unit. A missing value passes none.
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

/// Standardization for images and numbers, None for the rest.
[[nodiscard]] Normalization defaultNormalization(Encoding encoding);

/// Applies one `key=value` of the command line. Names and keys are taken in any case of letters; a
/// name may stand in quotes (`feature."my.name".encoding`). On an Error, whose sentence lists the
/// keys, names or values that exist, `settings` stay as they were; a change clears the frozen
/// statistics.
/// - `feature.NAME.` name, encoding, normalization, positive_class, color_mode, transformation,
///   width, height
/// - `subset.NAME.` name, size (per cent; empty: no random filter), seed, from, feature (empty: no
///   condition), comparison, value; `add=yes` makes one of all rows, `remove=yes` removes it.
///   Of two subsets that together are all rows, size, seed and from change both, so that they stay
///   disjoint and all rows.
/// - `normalize_on`, and `seed`, which also goes to the subsets that have the old one
[[nodiscard]] Status applySetting(DatasetSettings& settings, const QString& key,
                                  const QString& value);

} // namespace espalier
