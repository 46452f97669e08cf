#include "core/dataset/dataset_settings.h"

#include <QStringList>
#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

tl::unexpected<Error> refusal(const QString& sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

QString quotedList(const QStringList& names)
{
    return names.isEmpty() ? u"none"_s : u"“%1”"_s.arg(names.join(u"”, “"_s));
}

template <typename E>
Status assignEnum(E& target, const QString& value)
{
    const auto read = enumFromName<E>(value);
    if (!read)
        return refusal(u"“%1” is not one of %2."_s.arg(value, enumKeys<E>().join(u", "_s)));
    target = *read;
    return {};
}

Status assignSide(int& target, const QString& value)
{
    bool isNumber = false;
    const int side = value.toInt(&isNumber);
    if (!isNumber || side < 1 || side > FeatureSettings::LargestSide)
        return refusal(u"“%1” is no number of pixels from 1 to %2."_s.arg(
            value, QString::number(FeatureSettings::LargestSide)));
    target = side;
    return {};
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

Status requireYes(const QString& value)
{
    if (value.compare(u"yes", Qt::CaseInsensitive) == 0)
        return {};
    return refusal(u"“%1” is not “yes”."_s.arg(value));
}

struct Place {
    DatasetSettings& settings;
    int index; ///< of the feature or subset
};

template <typename Function>
struct SettingKey {
    QStringView key;
    Function* apply;
};

using ApplySetting = Status(const Place& place, const QString& value);

// -- features ---------------------------------------------------------------------------------

FeatureSettings& featureOf(const Place& place)
{
    return place.settings.features[place.index];
}

/// Exactly so where that exists, else in any case of letters.
int findFeature(const DatasetSettings& settings, const QString& name)
{
    if (const int exact = settings.featureIndex(name); exact >= 0)
        return exact;
    const auto found = std::ranges::find_if(settings.features, [&](const FeatureSettings& feature) {
        return feature.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == settings.features.end() ? -1 : int(found - settings.features.begin());
}

Status renameFeature(const Place& place, const QString& name)
{
    FeatureSettings& feature = featureOf(place);
    const int other = findFeature(place.settings, name);
    if (name.trimmed().isEmpty() || (other >= 0 && other != place.index))
        return refusal(name.trimmed().isEmpty() ? u"A feature needs a name."_s
                                                : u"There is a feature “%1” already."_s.arg(name));
    for (SubsetSettings& subset : place.settings.subsets)
        if (subset.condition && subset.condition->feature == feature.name)
            subset.condition->feature = name;
    feature.name = name;
    return {};
}

Status setEncoding(const Place& place, const QString& value)
{
    FeatureSettings& feature = featureOf(place);
    const Encoding before = feature.encoding;
    auto assigned = assignEnum(feature.encoding, value);
    if (assigned && defaultNormalization(before) != defaultNormalization(feature.encoding))
        feature.normalization = defaultNormalization(feature.encoding);
    return assigned;
}

Status setPositiveClass(const Place& place, const QString& value)
{
    featureOf(place).positiveClass = value;
    return {};
}

constexpr SettingKey<ApplySetting> FeatureKeys[] = {
    {u"name", renameFeature},
    {u"encoding", setEncoding},
    {u"normalization",
     [](const Place& p, const QString& v) { return assignEnum(featureOf(p).normalization, v); }},
    {u"positive_class", setPositiveClass},
    {u"color_mode",
     [](const Place& p, const QString& v) { return assignEnum(featureOf(p).colorMode, v); }},
    {u"transformation",
     [](const Place& p, const QString& v) { return assignEnum(featureOf(p).transformation, v); }},
    {u"width", [](const Place& p, const QString& v) { return assignSide(featureOf(p).width, v); }},
    {u"height",
     [](const Place& p, const QString& v) { return assignSide(featureOf(p).height, v); }},
};

// -- subsets ----------------------------------------------------------------------------------

SubsetSettings& subsetOf(const Place& place)
{
    return place.settings.subsets[place.index];
}

/// The other of two subsets that together are all rows; null when there is none.
SubsetSettings* partnerOf(const Place& place)
{
    const SubsetSettings& subset = subsetOf(place);
    if (!subset.random)
        return nullptr;
    for (SubsetSettings& other : place.settings.subsets)
        if (other.random && other.random->seed == subset.random->seed &&
            other.random->from != subset.random->from && other.condition == subset.condition &&
            qFuzzyCompare(other.random->percent + subset.random->percent, 100.0))
            return &other;
    return nullptr;
}

Status setPercent(const Place& place, const QString& value)
{
    std::optional<RandomFilter>& random = subsetOf(place).random;
    if (value.isEmpty()) {
        random.reset();
        return {};
    }
    bool isNumber = false;
    const double percent =
        (value.endsWith(u'%') ? value.chopped(1) : value).trimmed().toDouble(&isNumber);
    if (!isNumber || !(percent >= 0 && percent <= 100))
        return refusal(
            u"“%1” is no size: give the per cent of the rows, from 0 to 100."_s.arg(value));
    SubsetSettings* partner = partnerOf(place);
    if (!random)
        random = RandomFilter{place.settings.seed, FromEnd::Start, percent};
    random->percent = percent;
    if (partner)
        partner->random->percent = 100 - percent;
    return {};
}

RandomFilter& randomOf(const Place& place)
{
    std::optional<RandomFilter>& random = subsetOf(place).random;
    if (!random)
        random = RandomFilter{place.settings.seed, FromEnd::Start, 100};
    return *random;
}

Status setSubsetSeed(const Place& place, const QString& value)
{
    SubsetSettings* partner = partnerOf(place);
    auto assigned = assignSeed(randomOf(place).seed, value);
    if (partner)
        partner->random->seed = randomOf(place).seed;
    return assigned;
}

Status setFromEnd(const Place& place, const QString& value)
{
    SubsetSettings* partner = partnerOf(place);
    auto assigned = assignEnum(randomOf(place).from, value);
    if (partner)
        partner->random->from =
            randomOf(place).from == FromEnd::Start ? FromEnd::End : FromEnd::Start;
    return assigned;
}

QStringList featureNames(const DatasetSettings& settings)
{
    QStringList names;
    for (const FeatureSettings& feature : settings.features)
        names.append(feature.name);
    return names;
}

Status setConditionFeature(const Place& place, const QString& value)
{
    std::optional<ConditionFilter>& condition = subsetOf(place).condition;
    if (value.isEmpty()) {
        condition.reset();
        return {};
    }
    const int feature = findFeature(place.settings, value);
    if (feature < 0)
        return refusal(u"There is no feature “%1”. There are: %2."_s.arg(
            value, quotedList(featureNames(place.settings))));
    if (!condition)
        condition.emplace();
    condition->feature = place.settings.features[feature].name;
    return {};
}

Result<ConditionFilter*> conditionOf(const Place& place)
{
    std::optional<ConditionFilter>& condition = subsetOf(place).condition;
    if (!condition)
        return refusal(u"Subset “%1” has no condition yet: set its “feature” first."_s.arg(
            subsetOf(place).name));
    return &*condition;
}

Status setComparison(const Place& place, const QString& value)
{
    return conditionOf(place).and_then(
        [&](ConditionFilter* condition) { return assignEnum(condition->comparison, value); });
}

Status setConditionValue(const Place& place, const QString& value)
{
    return conditionOf(place).map([&](ConditionFilter* condition) { condition->value = value; });
}

Status renameSubset(const Place& place, const QString& name)
{
    const int other = place.settings.subsetIndex(name);
    if (name.trimmed().isEmpty() || (other >= 0 && other != place.index))
        return refusal(name.trimmed().isEmpty() ? u"A subset needs a name."_s
                                                : u"There is a subset “%1” already."_s.arg(name));
    if (place.settings.subsetIndex(place.settings.normalizeOn) == place.index)
        place.settings.normalizeOn = name;
    subsetOf(place).name = name;
    return {};
}

Status removeSubset(const Place& place, const QString& value)
{
    if (auto yes = requireYes(value); !yes)
        return yes;
    if (place.settings.subsetIndex(place.settings.normalizeOn) == place.index)
        return refusal(u"Subset “%1” normalizes: choose another with normalize_on first."_s.arg(
            subsetOf(place).name));
    place.settings.subsets.removeAt(place.index);
    return {};
}

Status refuseAdding(const Place& place, const QString&)
{
    return refusal(u"There is a subset “%1” already."_s.arg(subsetOf(place).name));
}

constexpr SettingKey<ApplySetting> SubsetKeys[] = {
    {u"name", renameSubset},           {u"size", setPercent},
    {u"seed", setSubsetSeed},          {u"from", setFromEnd},
    {u"feature", setConditionFeature}, {u"comparison", setComparison},
    {u"value", setConditionValue},     {u"add", refuseAdding},
    {u"remove", removeSubset},
};

// -- the whole --------------------------------------------------------------------------------

Status setSeed(DatasetSettings& settings, const QString& value)
{
    const quint64 before = settings.seed;
    auto assigned = assignSeed(settings.seed, value);
    for (SubsetSettings& subset : settings.subsets)
        if (subset.random && subset.random->seed == before)
            subset.random->seed = settings.seed;
    return assigned;
}

QStringList subsetNames(const DatasetSettings& settings)
{
    QStringList names;
    for (const SubsetSettings& subset : settings.subsets)
        names.append(subset.name);
    return names;
}

tl::unexpected<Error> unknownSubset(const DatasetSettings& settings, const QString& name)
{
    return refusal(
        u"There is no subset “%1”. There are: %2."_s.arg(name, quotedList(subsetNames(settings))));
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

template <typename Function, size_t Count>
Function* findKey(const SettingKey<Function> (&keys)[Count], QStringView key)
{
    for (const auto& candidate : keys)
        if (candidate.key.compare(key, Qt::CaseInsensitive) == 0)
            return candidate.apply;
    return nullptr;
}

template <typename Function, size_t Count>
QString keyList(const SettingKey<Function> (&keys)[Count])
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
        return refusal(u"There is no feature “%1”. There are: %2."_s.arg(
            unquoted(parts.name), quotedList(featureNames(settings))));
    auto* apply = findKey(FeatureKeys, parts.property);
    if (!apply)
        return refusal(u"A feature has no setting “%1”. It has: %2."_s.arg(parts.property,
                                                                           keyList(FeatureKeys)));
    return apply({settings, index}, value);
}

Status addSubset(DatasetSettings& settings, const QString& name, const QString& value)
{
    if (auto yes = requireYes(value); !yes)
        return yes;
    if (name.trimmed().isEmpty())
        return refusal(u"A subset needs a name."_s);
    settings.subsets.append({name, {}, {}});
    return {};
}

Status applyToSubset(DatasetSettings& settings, const KeyParts& parts, const QString& value)
{
    int index = settings.subsetIndex(parts.name);
    if (index < 0)
        index = settings.subsetIndex(unquoted(parts.name));
    auto* apply = findKey(SubsetKeys, parts.property);
    if (!apply)
        return refusal(u"A subset has no setting “%1”. It has: %2."_s.arg(parts.property,
                                                                          keyList(SubsetKeys)));
    if (index < 0 && apply == refuseAdding)
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
    if (auto* apply = findKey(GlobalKeys, key))
        return apply(settings, value);
    return refusal(u"There is no setting “%1”. There are: feature.NAME.KEY with %2; "
                   "subset.NAME.KEY with %3; %4."_s.arg(key, keyList(FeatureKeys),
                                                        keyList(SubsetKeys), keyList(GlobalKeys)));
}

} // namespace

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
