#include "core/training/run_settings.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <type_traits>
#include <utility>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double LargestSeed = 9007199254740991; // 2^53 - 1: every reader of JSON keeps its digits
constexpr double Largest = 1'000'000;

/// As people write it: 0.0003, not 3e-04.
QString realText(double value)
{
    constexpr double LeastPlain = 1e-5;
    const bool plain = std::abs(value) >= LeastPlain && std::abs(value) <= Largest;
    return QString::number(value, plain ? 'f' : 'g', QLocale::FloatingPointShortest);
}

Status refuse(const RunSettingSpec& spec, const QString& value)
{
    return failure(ErrorCode::InvalidInput,
                   u"%1 takes %2, not \"%3\"."_s.arg(spec.key, spec.takes(), value));
}

std::optional<bool> switchFromText(const QString& text)
{
    const QString value = text.trimmed().toLower();
    if (QStringList{u"on"_s, u"true"_s, u"yes"_s, u"1"_s}.contains(value))
        return true;
    if (QStringList{u"off"_s, u"false"_s, u"no"_s, u"0"_s}.contains(value))
        return false;
    return std::nullopt;
}

std::optional<double> realInRange(const RunSettingSpec& spec, const QString& text)
{
    bool ok = false;
    const double value = text.trimmed().toDouble(&ok);
    if (!ok || !std::isfinite(value) || value < spec.minimum || value > spec.maximum)
        return std::nullopt;
    return value;
}

std::optional<qint64> integerInRange(const RunSettingSpec& spec, const QString& text)
{
    bool ok = false;
    const qint64 value = text.trimmed().toLongLong(&ok);
    if (!ok || double(value) < spec.minimum || double(value) > spec.maximum)
        return std::nullopt;
    return value;
}

/// `access` gives a reference to the member: `[](auto& s) -> auto& { return s.epochs; }`.
template <typename Access>
RunSettingSpec integer(RunSettingSpec spec, Access access)
{
    spec.type = RunSettingType::Integer;
    spec.text = [access](const RunSettings& s) { return QString::number(access(s)); };
    spec.set = [spec, access](RunSettings& s, const QString& text) -> Status {
        const auto value = integerInRange(spec, text);
        if (!value)
            return refuse(spec, text);
        auto& member = access(s);
        member = static_cast<std::remove_reference_t<decltype(member)>>(*value);
        return {};
    };
    return spec;
}

template <typename Access>
RunSettingSpec real(RunSettingSpec spec, Access access)
{
    spec.type = RunSettingType::Real;
    spec.text = [access](const RunSettings& s) { return realText(access(s)); };
    spec.set = [spec, access](RunSettings& s, const QString& text) -> Status {
        const auto value = realInRange(spec, text);
        if (!value)
            return refuse(spec, text);
        access(s) = *value;
        return {};
    };
    return spec;
}

template <typename Access>
RunSettingSpec choice(RunSettingSpec spec, Access access)
{
    using E = std::remove_cvref_t<decltype(access(std::declval<RunSettings&>()))>;
    spec.type = RunSettingType::Choice;
    for (const auto& name : enumNames(E{}))
        spec.choices.append({QString::fromUtf16(name.key), QString::fromUtf16(name.label)});
    spec.text = [access](const RunSettings& s) { return enumKey(access(s)); };
    spec.set = [spec, access](RunSettings& s, const QString& text) -> Status {
        const auto value = enumFromName<E>(text.trimmed());
        if (!value)
            return refuse(spec, text);
        access(s) = *value;
        return {};
    };
    return spec;
}

RunSettingSpec subsetName(RunSettingSpec spec, QString RunSettings::*member,
                          const QString& none = {})
{
    spec.type = RunSettingType::Text;
    spec.none = none;
    spec.text = [member](const RunSettings& s) { return s.*member; };
    spec.set = [spec, member](RunSettings& s, const QString& text) -> Status {
        if (spec.none.isEmpty() && text.trimmed().isEmpty())
            return refuse(spec, text);
        s.*member = text.trimmed();
        return {};
    };
    return spec;
}

RunSettingSpec optimizerChoice()
{
    RunSettingSpec spec = choice(
        {u"optimizer"_s, u"Optimizer"_s, u"How the weights follow the gradients."_s},
        [](auto& s) -> auto& { return s.optimizer.optimizer; });
    spec.set = [set = spec.set](RunSettings& s, const QString& text) -> Status {
        const Optimizer before = s.optimizer.optimizer;
        const Status status = set(s, text);
        if (s.optimizer.optimizer != before)
            s.optimizer.parameters.clear();
        return status;
    };
    return spec;
}

/// A parameter with its default is not kept, so that equal settings are equal values.
void setParameter(OptimizerSettings& optimizer, const OptimizerParameter& parameter, double value)
{
    if (value == parameter.defaultValue)
        optimizer.parameters.remove(parameter.key);
    else
        optimizer.parameters.insert(parameter.key, value);
}

RunSettingSpec optimizerParameter(const OptimizerParameter& parameter)
{
    RunSettingSpec spec{u"optimizer."_s + parameter.key,
                        parameter.label,
                        u"A parameter of the optimizer."_s,
                        parameter.isSwitch ? RunSettingType::Boolean : RunSettingType::Real,
                        parameter.minimum,
                        parameter.maximum};
    spec.text = [parameter](const RunSettings& s) {
        const double value = s.optimizer.value(parameter.key);
        return !parameter.isSwitch ? realText(value) : value != 0 ? u"on"_s : u"off"_s;
    };
    spec.set = [spec, parameter](RunSettings& s, const QString& text) -> Status {
        const auto value = parameter.isSwitch ? switchFromText(text) : realInRange(spec, text);
        if (!value)
            return refuse(spec, text);
        setParameter(s.optimizer, parameter, *value);
        return {};
    };
    return spec;
}

RunSettingSpec none(const QString& text, RunSettingSpec spec)
{
    spec.none = text;
    return spec;
}

QList<RunSettingSpec> dataSpecs()
{
    return {
        subsetName({u"training_subset"_s, u"Training subset"_s, u"What the network learns from."_s},
                   &RunSettings::trainingSubset),
        subsetName({u"validation_subset"_s, u"Validation subset"_s,
                    u"What it is measured on after every epoch; empty: nothing."_s},
                   &RunSettings::validationSubset, u"None"_s),
    };
}

QList<RunSettingSpec> passSpecs()
{
    return {
        integer(
            {u"batch_size"_s, u"Batch size"_s, u"Examples per training step."_s,
             RunSettingType::Integer, 1, Largest},
            [](auto& s) -> auto& { return s.batchSize; }),
        integer(
            {u"epochs"_s, u"Epochs"_s, u"How often every example is seen."_s,
             RunSettingType::Integer, 1, Largest},
            [](auto& s) -> auto& { return s.epochs; }),
        integer(
            {u"seed"_s, u"Data access seed"_s,
             u"Decides the order of the examples and the initial weights."_s,
             RunSettingType::Integer, 0, LargestSeed},
            [](auto& s) -> auto& { return s.seed; }),
    };
}

QList<RunSettingSpec> optimizerSpecs(const RunSettings& settings)
{
    QList<RunSettingSpec> specs = {optimizerChoice()};
    for (const auto& parameter : describeOptimizer(settings.optimizer.optimizer).parameters)
        specs.append(optimizerParameter(parameter));
    return specs;
}

/// A setting of some schedules alone.
RunSettingSpec of(std::initializer_list<Schedule> schedules, Schedule chosen, RunSettingSpec spec)
{
    spec.inUse = std::ranges::find(schedules, chosen) != schedules.end();
    return spec;
}

QList<RunSettingSpec> scheduleSpecs(const RunSettings& settings)
{
    using enum Schedule;
    const Schedule chosen = settings.schedule.schedule;
    return {
        choice(
            {u"schedule"_s, u"Learning-rate schedule"_s,
             u"How the learning rate changes from epoch to epoch."_s},
            [](auto& s) -> auto& { return s.schedule.schedule; }),
        of({Exponential, Step}, chosen,
           real(
               {u"schedule.decay"_s, u"Decay"_s,
                u"What Exponential and Step multiply the learning rate with."_s,
                RunSettingType::Real, 0, 1},
               [](auto& s) -> auto& { return s.schedule.decay; })),
        of({Step}, chosen,
           integer(
               {u"schedule.every"_s, u"Step length"_s, u"Epochs between two decays of Step."_s,
                RunSettingType::Integer, 1, Largest},
               [](auto& s) -> auto& { return s.schedule.every; })),
        of({Cosine}, chosen,
           real(
               {u"schedule.floor"_s, u"Lowest rate"_s, u"The learning rate at which Cosine ends."_s,
                RunSettingType::Real, 0, 1},
               [](auto& s) -> auto& { return s.schedule.floor; })),
    };
}

QList<RunSettingSpec> stoppingSpecs()
{
    return {
        none(u"Never"_s, integer(
                             {u"early_stopping.patience"_s, u"Early stopping patience"_s,
                              u"Stops after so many epochs without a better one; 0: never."_s,
                              RunSettingType::Integer, 0, Largest},
                             [](auto& s) -> auto& { return s.patience; })),
        none(u"None"_s,
             integer(
                 {u"checkpoints.every"_s, u"Keep a checkpoint every"_s,
                  u"Epochs between checkpoints that stay besides the best and the last; 0: none."_s,
                  RunSettingType::Integer, 0, Largest},
                 [](auto& s) -> auto& { return s.checkpoints.every; })),
    };
}

QList<RunSettingSpec> machineSpecs()
{
    return {
        choice(
            {u"device"_s, u"Device"_s, u"What computes."_s},
            [](auto& s) -> auto& { return s.device; }),
        choice(
            {u"precision"_s, u"Precision"_s, u"Numbers that layers compute with."_s},
            [](auto& s) -> auto& { return s.precision; }),
        choice(
            {u"engine"_s, u"Engine"_s,
             u"How it is computed: compiled for the processor, or block by block."_s},
            [](auto& s) -> auto& { return s.engine; }),
        none(u"All"_s,
             integer(
                 {u"threads"_s, u"Threads"_s, u"Processors to use; 0: all that may be used."_s,
                  RunSettingType::Integer, 0, 1024},
                 [](auto& s) -> auto& { return s.threads; })),
    };
}

/// Only the optimizer and the schedule decide what is in it.
QList<RunSettingSpec> makeSpecs(const RunSettings& settings)
{
    const std::pair<QString, QList<RunSettingSpec>> sections[] = {
        {u"Dataset settings"_s, dataSpecs()},
        {u"Run settings"_s, passSpecs()},
        {u"Optimizer"_s, optimizerSpecs(settings)},
        {u"Learning rate over time"_s, scheduleSpecs(settings)},
        {u"Stopping and checkpoints"_s, stoppingSpecs()},
        {u"Machine"_s, machineSpecs()},
    };
    QList<RunSettingSpec> specs;
    for (const auto& [name, members] : sections)
        for (RunSettingSpec spec : members) {
            spec.section = name;
            specs.append(spec);
        }
    return specs;
}

} // namespace

QString RunSettingSpec::takes() const
{
    switch (type) {
    case RunSettingType::Integer:
        return u"a whole number from %1 to %2"_s.arg(qint64(minimum)).arg(qint64(maximum));
    case RunSettingType::Real:
        return u"a number from %1 to %2"_s.arg(realText(minimum), realText(maximum));
    case RunSettingType::Boolean:
        return u"on or off"_s;
    case RunSettingType::Choice: {
        QStringList keys;
        for (const RunSettingChoice& each : choices)
            keys.append(each.key);
        return u"one of "_s + keys.join(u", "_s);
    }
    case RunSettingType::Text:
        break;
    }
    return u"the name of a subset"_s;
}

QList<RunSettingSpec> runSettingSpecs(const RunSettings& settings)
{
    using Key = std::pair<Optimizer, Schedule>;
    static const QMap<Key, QList<RunSettingSpec>> tables = [] {
        QMap<Key, QList<RunSettingSpec>> made;
        RunSettings chosen;
        for (const auto& optimizer : enumNames(Optimizer{}))
            for (const auto& schedule : enumNames(Schedule{})) {
                chosen.optimizer.optimizer = optimizer.value;
                chosen.schedule.schedule = schedule.value;
                made.insert({optimizer.value, schedule.value}, makeSpecs(chosen));
            }
        return made;
    }();
    return tables.value({settings.optimizer.optimizer, settings.schedule.schedule});
}

} // namespace espalier
