#pragma once

#include "core/base/result.h"
#include "core/nn/executor.h"
#include "core/nn/optimizers.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <functional>
#include <span>

namespace espalier {

enum class Schedule { Constant, Exponential, Step, Cosine };
[[nodiscard]] std::span<const EnumName<Schedule>> enumNames(Schedule);

/// How the learning rate changes from epoch to epoch (epoch counted from 0, n epochs in all).
struct ScheduleSettings {
    Schedule schedule = Schedule::Constant;
    double decay = 0.9; ///< Exponential: rate·decay^epoch; Step: rate·decay^⌊epoch/every⌋
    int every = 5;      ///< of Step, epochs
    double floor = 0;   ///< of Cosine: the last rate (Loshchilov and Hutter 2017), without restarts

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
    quint64 seed = 1; ///< data access seed; also of the initial weights
    OptimizerSettings optimizer;
    ScheduleSettings schedule;
    int patience = 0; ///< early stopping after so many epochs without a better one; 0: off
    Device device = Device::Auto;
    Precision precision = Precision::Float32;
    int threads = 0; ///< 0: all that this process may use
    CheckpointPolicy checkpoints;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<RunSettings> fromJson(const QJsonObject& json);
    bool operator==(const RunSettings&) const = default;
};

/// One setting by the key of the command line: forms, JSON, `experiment set` and the comparison
/// of settings are derived from this table.
struct RunSettingSpec {
    QString key;   ///< "batch_size", "optimizer.learning_rate", "early_stopping.patience"
    QString label; ///< "Batch size"
    QString help;
    std::function<QString(const RunSettings&)> text;
    std::function<Status(RunSettings&, const QString&)> set;
};
/// Those that apply to these settings (parameters of the chosen optimizer alone).
[[nodiscard]] QList<RunSettingSpec> runSettingSpecs(const RunSettings& settings);

/// The Error lists the keys that exist, or says what the key takes.
[[nodiscard]] Status applyRunSetting(RunSettings& settings, const QString& key,
                                     const QString& value);

} // namespace espalier
