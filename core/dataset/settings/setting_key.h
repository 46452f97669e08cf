#pragma once

#include "core/dataset/dataset_settings.h"

#include <QStringList>
#include <span>

namespace espalier {

/// What the setting keys of features and subsets share; `applySetting` is the way in.

/// The feature or subset that a key is about.
struct SettingPlace {
    DatasetSettings& settings;
    int index;
};

template <typename Function>
struct SettingKey {
    QStringView key;
    Function* apply;
};

using ApplySetting = Status(const SettingPlace& place, const QString& value);

[[nodiscard]] std::span<const SettingKey<ApplySetting>> featureKeys();
[[nodiscard]] std::span<const SettingKey<ApplySetting>> subsetKeys();
/// `subset.NAME.add=yes` for a name that is free.
[[nodiscard]] Status addSubset(DatasetSettings& settings, const QString& name,
                               const QString& value);

/// Exactly so where that exists, else in any case of letters; -1: there is none.
[[nodiscard]] int findFeature(const DatasetSettings& settings, const QString& name);
[[nodiscard]] tl::unexpected<Error> unknownFeature(const DatasetSettings& settings,
                                                   const QString& name);
[[nodiscard]] tl::unexpected<Error> unknownSubset(const DatasetSettings& settings,
                                                  const QString& name);
[[nodiscard]] tl::unexpected<Error> refusal(const QString& sentence);

[[nodiscard]] Status assignSeed(quint64& target, const QString& value);

template <typename E>
[[nodiscard]] Status assignEnum(E& target, const QString& value)
{
    const auto read = enumFromName<E>(value);
    if (!read)
        return refusal(QStringLiteral("“%1” is not one of %2.")
                           .arg(value, enumKeys<E>().join(QStringLiteral(", "))));
    target = *read;
    return {};
}

} // namespace espalier
