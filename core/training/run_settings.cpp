#include "core/training/run_settings.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QJsonValue toJsonValue(const RunSettingSpec& spec, const QString& text)
{
    switch (spec.type) {
    case RunSettingType::Integer:
        return text.toLongLong();
    case RunSettingType::Real:
        return text.toDouble();
    case RunSettingType::Boolean:
        return text == u"on"_s;
    case RunSettingType::Choice:
    case RunSettingType::Text:
        break;
    }
    return text;
}

std::optional<QString> textOf(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"on"_s : u"off"_s;
    if (!value.isDouble())
        return std::nullopt;
    if (const QVariant variant = value.toVariant(); variant.typeId() == QMetaType::LongLong)
        return QString::number(variant.toLongLong());
    const double number = value.toDouble();
    if (number == std::floor(number) && std::abs(number) < 0x1p53)
        return QString::number(qint64(number));
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

QString tidyKey(const QString& key)
{
    return key.trimmed().toLower();
}

} // namespace

std::span<const EnumName<Schedule>> enumNames(Schedule)
{
    static constexpr EnumName<Schedule> names[] = {
        {Schedule::Constant, u"constant", u"Constant"},
        {Schedule::Exponential, u"exponential", u"Exponential"},
        {Schedule::Step, u"step", u"Step"},
        {Schedule::Cosine, u"cosine", u"Cosine"},
    };
    return names;
}

double ScheduleSettings::rate(double initial, int epoch, int epochs) const
{
    switch (schedule) {
    case Schedule::Constant:
        break;
    case Schedule::Exponential:
        return initial * std::pow(decay, epoch);
    case Schedule::Step:
        return initial * std::pow(decay, epoch / std::max(1, every));
    case Schedule::Cosine: {
        const double part = std::min(1.0, double(epoch) / std::max(1, epochs));
        return floor + (initial - floor) * (1 + std::cos(std::numbers::pi * part)) / 2;
    }
    }
    return initial;
}

QJsonObject RunSettings::toJson() const
{
    QJsonObject json;
    for (const RunSettingSpec& spec : runSettingSpecs(*this))
        json.insert(spec.key, toJsonValue(spec, spec.text(*this)));
    return json;
}

Result<RunSettings> RunSettings::fromJson(const QJsonObject& json)
{
    QList<std::pair<QString, QString>> values;
    for (auto it = json.begin(); it != json.end(); ++it) {
        const auto text = textOf(it.value());
        if (!text)
            return failure(ErrorCode::InvalidInput,
                           u"The setting \"%1\" is neither a number nor a text."_s.arg(it.key()));
        values.append({it.key(), *text});
    }
    RunSettings settings;
    return applyRunSettings(settings, std::move(values)).map([&] { return settings; });
}

Status applyRunSetting(RunSettings& settings, const QString& key, const QString& value)
{
    const QList<RunSettingSpec> specs = runSettingSpecs(settings);
    const auto found = std::ranges::find(specs, tidyKey(key), &RunSettingSpec::key);
    if (found != specs.end())
        return found->set(settings, value);
    QStringList keys;
    for (const RunSettingSpec& spec : specs)
        keys.append(spec.key);
    return failure(ErrorCode::InvalidInput,
                   u"There is no setting \"%1\". There are %2."_s.arg(key, keys.join(u", "_s)));
}

Status applyRunSettings(RunSettings& settings, QList<std::pair<QString, QString>> values)
{
    std::stable_partition(values.begin(), values.end(),
                          [](const auto& value) { return tidyKey(value.first) == u"optimizer"; });
    RunSettings changed = settings;
    for (const auto& [key, value] : values)
        if (const Status applied = applyRunSetting(changed, key, value); !applied)
            return applied;
    settings = changed;
    return {};
}

} // namespace espalier
