#include "core/dataset/settings/setting_key.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

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

FeatureSettings& featureOf(const SettingPlace& place)
{
    return place.settings.features[place.index];
}

Status renameFeature(const SettingPlace& place, const QString& name)
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

Status setEncoding(const SettingPlace& place, const QString& value)
{
    FeatureSettings& feature = featureOf(place);
    const Encoding before = feature.encoding;
    auto assigned = assignEnum(feature.encoding, value);
    if (assigned && defaultNormalization(before) != defaultNormalization(feature.encoding))
        feature.normalization = defaultNormalization(feature.encoding);
    return assigned;
}

Status setPositiveClass(const SettingPlace& place, const QString& value)
{
    featureOf(place).positiveClass = value;
    return {};
}

constexpr SettingKey<ApplySetting> Keys[] = {
    {u"name", renameFeature},
    {u"encoding", setEncoding},
    {u"normalization", [](const SettingPlace& p,
                          const QString& v) { return assignEnum(featureOf(p).normalization, v); }},
    {u"positive_class", setPositiveClass},
    {u"color_mode",
     [](const SettingPlace& p, const QString& v) { return assignEnum(featureOf(p).colorMode, v); }},
    {u"transformation",
     [](const SettingPlace& p, const QString& v) {
         return assignEnum(featureOf(p).transformation, v);
     }},
    {u"width",
     [](const SettingPlace& p, const QString& v) { return assignSide(featureOf(p).width, v); }},
    {u"height",
     [](const SettingPlace& p, const QString& v) { return assignSide(featureOf(p).height, v); }},
};

} // namespace

std::span<const SettingKey<ApplySetting>> featureKeys()
{
    return Keys;
}

} // namespace espalier
