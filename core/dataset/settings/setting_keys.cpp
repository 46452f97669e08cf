#include "core/dataset/settings/setting_key.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

template <typename Settings>
QString quotedNames(const QList<Settings>& list)
{
    QStringList names;
    for (const Settings& settings : list)
        names.append(u"“%1”"_s.arg(settings.name));
    return names.isEmpty() ? u"none"_s : names.join(u", "_s);
}

Status setSeed(DatasetSettings& settings, const QString& value)
{
    const quint64 before = settings.seed;
    auto assigned = assignSeed(settings.seed, value);
    for (SubsetSettings& subset : settings.subsets)
        if (subset.random && subset.random->seed == before)
            subset.random->seed = settings.seed;
    return assigned;
}

Status setNormalizeOn(DatasetSettings& settings, const QString& value)
{
    const int subset = settings.subsetIndex(value);
    if (subset < 0)
        return unknownSubset(settings, value);
    settings.normalizeOn = settings.subsets[subset].name;
    return {};
}

using ApplyGlobal = Status(DatasetSettings& settings, const QString& value);

constexpr SettingKey<ApplyGlobal> GlobalKeys[] = {
    {u"normalize_on", setNormalizeOn},
    {u"seed", setSeed},
};

template <typename Function, size_t Extent>
Function* findKey(std::span<const SettingKey<Function>, Extent> keys, QStringView key)
{
    for (const auto& candidate : keys)
        if (candidate.key.compare(key, Qt::CaseInsensitive) == 0)
            return candidate.apply;
    return nullptr;
}

template <typename Function, size_t Extent>
QString keyList(std::span<const SettingKey<Function>, Extent> keys)
{
    QStringList names;
    for (const auto& key : keys)
        names.append(key.key.toString());
    return names.join(u", "_s);
}

/// `kind.NAME.property`; the name may be in quotes.
struct KeyParts {
    QString name;
    QString property;
};

std::optional<KeyParts> splitKey(const QString& key, QStringView kind)
{
    const qsizetype first = key.indexOf(u'.');
    const qsizetype last = key.lastIndexOf(u'.');
    if (first < 0 || QStringView(key).first(first).compare(kind, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return KeyParts{key.mid(first + 1, std::max<qsizetype>(last - first - 1, 0)),
                    key.mid(last + 1)};
}

QString unquoted(const QString& name)
{
    const bool quoted = name.size() >= 2 && name.startsWith(u'"') && name.endsWith(u'"');
    return quoted ? name.sliced(1, name.size() - 2) : name;
}

Status applyToFeature(DatasetSettings& settings, const KeyParts& parts, const QString& value)
{
    int index = findFeature(settings, parts.name);
    if (index < 0)
        index = findFeature(settings, unquoted(parts.name));
    if (index < 0)
        return unknownFeature(settings, unquoted(parts.name));
    auto* apply = findKey(featureKeys(), parts.property);
    if (!apply)
        return refusal(u"A feature has no setting “%1”. It has: %2."_s.arg(parts.property,
                                                                           keyList(featureKeys())));
    return apply({settings, index}, value);
}

Status applyToSubset(DatasetSettings& settings, const KeyParts& parts, const QString& value)
{
    int index = settings.subsetIndex(parts.name);
    if (index < 0)
        index = settings.subsetIndex(unquoted(parts.name));
    auto* apply = findKey(subsetKeys(), parts.property);
    if (!apply)
        return refusal(u"A subset has no setting “%1”. It has: %2."_s.arg(parts.property,
                                                                          keyList(subsetKeys())));
    if (index < 0 && parts.property.compare(u"add", Qt::CaseInsensitive) == 0)
        return addSubset(settings, unquoted(parts.name), value);
    if (index < 0)
        return unknownSubset(settings, unquoted(parts.name));
    return apply({settings, index}, value);
}

Status apply(DatasetSettings& settings, const QString& key, const QString& value)
{
    if (const auto parts = splitKey(key, u"feature"))
        return applyToFeature(settings, *parts, value);
    if (const auto parts = splitKey(key, u"subset"))
        return applyToSubset(settings, *parts, value);
    if (auto* apply = findKey(std::span(GlobalKeys), key))
        return apply(settings, value);
    return refusal(u"There is no setting “%1”. There are: feature.NAME.KEY with %2; "
                   "subset.NAME.KEY with %3; %4."_s.arg(key, keyList(featureKeys()),
                                                        keyList(subsetKeys()),
                                                        keyList(std::span(GlobalKeys))));
}

} // namespace

int findFeature(const DatasetSettings& settings, const QString& name)
{
    if (const int exact = settings.featureIndex(name); exact >= 0)
        return exact;
    const auto found = std::ranges::find_if(settings.features, [&](const FeatureSettings& feature) {
        return feature.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == settings.features.end() ? -1 : int(found - settings.features.begin());
}

tl::unexpected<Error> unknownFeature(const DatasetSettings& settings, const QString& name)
{
    return refusal(
        u"There is no feature “%1”. There are: %2."_s.arg(name, quotedNames(settings.features)));
}

tl::unexpected<Error> unknownSubset(const DatasetSettings& settings, const QString& name)
{
    return refusal(
        u"There is no subset “%1”. There are: %2."_s.arg(name, quotedNames(settings.subsets)));
}

tl::unexpected<Error> refusal(const QString& sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

Status assignSeed(quint64& target, const QString& value)
{
    bool isNumber = false;
    const quint64 seed = value.toULongLong(&isNumber);
    if (!isNumber)
        return refusal(u"“%1” is no seed: give a whole number from 0."_s.arg(value));
    target = seed;
    return {};
}

Status applySetting(DatasetSettings& settings, const QString& key, const QString& value)
{
    DatasetSettings changed = settings;
    auto applied = apply(changed, key.trimmed(), value);
    if (!applied)
        return applied;
    if (changed != settings)
        changed.frozenStatistics.clear();
    settings = std::move(changed);
    return {};
}

} // namespace espalier
