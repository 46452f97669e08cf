#pragma once

#include "core/project/jobs/run_progress.h"
#include "core/project/records.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <utility>

namespace espalier {

/// What is said of a run in words; pure functions.
class RunSummaryText final {
    Q_DECLARE_TR_FUNCTIONS(RunSummaryText)

public:
    /// "Epoch 7, batch 88 of 219".
    [[nodiscard]] static QString place(const RunProgress& progress);
    /// Of one that does not run: "Completed, 10 of 10 epochs".
    [[nodiscard]] static QString outcome(const ExperimentRecord& experiment, RunState state);
    /// Why it failed, and the way on.
    [[nodiscard]] static QString failure(const ExperimentRecord& experiment);
    [[nodiscard]] static QString speed(double examplesPerSecond); ///< "4,860 examples/s"
    [[nodiscard]] static double meanSpeed(const ExperimentRecord& experiment);
    /// The settings that a person wants to see: the four that every run is told by, and those that
    /// differ from what a new experiment has.
    [[nodiscard]] static QList<std::pair<QString, QString>> settings(const RunSettings& settings);
    /// A value as people read it: the label of a choice.
    [[nodiscard]] static QString settingText(const RunSettingSpec& spec,
                                             const RunSettings& settings);
    /// The same of its key or text: "sgd" is "SGD".
    [[nodiscard]] static QString labelOf(const RunSettingSpec& spec, const QString& text);
};

} // namespace espalier
