#pragma once

#include "core/base/result.h"
#include "core/nn/executor.h"
#include "core/nn/optimizers.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <functional>
#include <span>
#include <utility>

namespace espalier {

enum class Schedule { Constant, Exponential, Step, Cosine };
[[nodiscard]] std::span<const EnumName<Schedule>> enumNames(Schedule);

/// How the learning rate changes from epoch to epoch (epoch counted from 0, n epochs in all).
struct ScheduleSettings {
    Schedule schedule = Schedule::Constant;
    double decay = 0.9; ///< Exponential: rate·decay^epoch; Step: rate·decay^⌊epoch/every⌋
    int every = 5;      ///< of Step, epochs
    /// Of Cosine (Loshchilov and Hutter 2017, without restarts), where it ends after n epochs:
    /// floor + (rate - floor)·(1 + cos(π·epoch/n))/2
    double floor = 0;

    [[nodiscard]] double rate(double initial, int epoch, int epochs) const;
    bool operator==(const ScheduleSettings&) const = default;
};

/// Which checkpoints stay besides the best and the last.
struct CheckpointPolicy {
    int every = 0; ///< every n-th epoch stays; 0: none

    bool operator==(const CheckpointPolicy&) const = default;
};

/// Everything chosen for a run beside dataset version and graph; a value.
struct RunSettings {
    QString trainingSubset = QStringLiteral("Training");
    QString validationSubset = QStringLiteral("Validation"); ///< empty: none
    qint64 batchSize = 32;
    int epochs = 10;
    quint64 seed = 1; ///< data access seed; also of the initial weights; below 2^53
    OptimizerSettings optimizer;
    ScheduleSettings schedule;
    int patience = 0; ///< early stopping after so many epochs without a better one; 0: off
    Device device = Device::Auto;
    Precision precision = Precision::Float32;
    Engine engine = Engine::Auto;
    int threads = 0; ///< 0: all that this process may use
    CheckpointPolicy checkpoints;

    /// {"batch_size": 32, "optimizer": "adam", "optimizer.learning_rate": 0.001, ...}: every key
    /// of runSettingSpecs().
    [[nodiscard]] QJsonObject toJson() const;
    /// Keys that are left out have their defaults. Errors: an unknown key, a value that it does
    /// not take.
    [[nodiscard]] static Result<RunSettings> fromJson(const QJsonObject& json);
    bool operator==(const RunSettings&) const = default;
};

enum class RunSettingType { Integer, Real, Boolean, Choice, Text };

struct RunSettingChoice {
    QString key;   ///< "sgd"
    QString label; ///< "SGD"
};

/// One setting by the key of the command line: forms, JSON, `experiment set` and the comparison
/// of settings are derived from this table.
struct RunSettingSpec {
    QString key;   ///< "batch_size", "optimizer.learning_rate", "early_stopping.patience"
    QString label; ///< "Batch size"
    QString help;
    RunSettingType type = RunSettingType::Text;
    double minimum = 0; ///< of numbers, inclusive
    double maximum = 0;
    QList<RunSettingChoice> choices = {};
    QString section = {}; ///< heading above it in a form: "Optimizer"
    /// What 0, or no text, means to people where it means more than itself: "Never", "None". A
    /// Text without it must not be empty.
    QString none = {};
    bool inUse = true; ///< false: changes nothing with these settings (Lowest rate of Constant)
    /// The value as set() takes it: numbers in the notation of C, "on" and "off", keys of choices.
    std::function<QString(const RunSettings&)> text = {};
    /// The Error says what the key takes. Choosing another optimizer sets its own parameters to
    /// their defaults.
    std::function<Status(RunSettings&, const QString&)> set = {};

    /// "a whole number from 1 to 10000", "one of constant, step".
    [[nodiscard]] QString takes() const;
};
/// Those that apply to these settings (parameters of the chosen optimizer alone).
[[nodiscard]] QList<RunSettingSpec> runSettingSpecs(const RunSettings& settings);

/// The Error lists the keys that exist, or says what the key takes.
[[nodiscard]] Status applyRunSetting(RunSettings& settings, const QString& key,
                                     const QString& value);
/// Several keys and values, in any order: the optimizer goes first, since it decides which
/// parameters there are. All are applied, or after an Error none.
[[nodiscard]] Status applyRunSettings(RunSettings& settings,
                                      QList<std::pair<QString, QString>> values);

} // namespace espalier
