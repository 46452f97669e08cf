#include "core/dataset/settings/setting_key.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Status requireYes(const QString& value)
{
    if (value.compare(u"yes", Qt::CaseInsensitive) == 0)
        return {};
    return refusal(u"“%1” is not “yes”."_s.arg(value));
}

SubsetSettings& subsetOf(const SettingPlace& place)
{
    return place.settings.subsets[place.index];
}

/// The other of two subsets that together are all rows; null when there is none.
SubsetSettings* partnerOf(const SettingPlace& place)
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

Status setPercent(const SettingPlace& place, const QString& value)
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

RandomFilter& randomOf(const SettingPlace& place)
{
    std::optional<RandomFilter>& random = subsetOf(place).random;
    if (!random)
        random = RandomFilter{place.settings.seed, FromEnd::Start, 100};
    return *random;
}

Status setSubsetSeed(const SettingPlace& place, const QString& value)
{
    SubsetSettings* partner = partnerOf(place);
    auto assigned = assignSeed(randomOf(place).seed, value);
    if (partner)
        partner->random->seed = randomOf(place).seed;
    return assigned;
}

Status setFromEnd(const SettingPlace& place, const QString& value)
{
    SubsetSettings* partner = partnerOf(place);
    auto assigned = assignEnum(randomOf(place).from, value);
    if (partner)
        partner->random->from =
            randomOf(place).from == FromEnd::Start ? FromEnd::End : FromEnd::Start;
    return assigned;
}

Status setConditionFeature(const SettingPlace& place, const QString& value)
{
    std::optional<ConditionFilter>& condition = subsetOf(place).condition;
    if (value.isEmpty()) {
        condition.reset();
        return {};
    }
    const int feature = findFeature(place.settings, value);
    if (feature < 0)
        return unknownFeature(place.settings, value);
    if (!condition)
        condition.emplace();
    condition->feature = place.settings.features[feature].name;
    return {};
}

Result<ConditionFilter*> conditionOf(const SettingPlace& place)
{
    std::optional<ConditionFilter>& condition = subsetOf(place).condition;
    if (!condition)
        return refusal(u"Subset “%1” has no condition yet: set its “feature” first."_s.arg(
            subsetOf(place).name));
    return &*condition;
}

Status setComparison(const SettingPlace& place, const QString& value)
{
    return conditionOf(place).and_then(
        [&](ConditionFilter* condition) { return assignEnum(condition->comparison, value); });
}

Status setConditionValue(const SettingPlace& place, const QString& value)
{
    return conditionOf(place).map([&](ConditionFilter* condition) { condition->value = value; });
}

Status renameSubset(const SettingPlace& place, const QString& name)
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

Status removeSubset(const SettingPlace& place, const QString& value)
{
    if (auto yes = requireYes(value); !yes)
        return yes;
    if (place.settings.subsetIndex(place.settings.normalizeOn) == place.index)
        return refusal(u"Subset “%1” normalizes: choose another with normalize_on first."_s.arg(
            subsetOf(place).name));
    place.settings.subsets.removeAt(place.index);
    return {};
}

Status refuseAdding(const SettingPlace& place, const QString&)
{
    return refusal(u"There is a subset “%1” already."_s.arg(subsetOf(place).name));
}

constexpr SettingKey<ApplySetting> Keys[] = {
    {u"name", renameSubset},           {u"size", setPercent},
    {u"seed", setSubsetSeed},          {u"from", setFromEnd},
    {u"feature", setConditionFeature}, {u"comparison", setComparison},
    {u"value", setConditionValue},     {u"add", refuseAdding},
    {u"remove", removeSubset},
};

} // namespace

std::span<const SettingKey<ApplySetting>> subsetKeys()
{
    return Keys;
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

} // namespace espalier
