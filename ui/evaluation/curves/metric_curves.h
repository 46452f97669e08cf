#pragma once

#include "core/project/records.h"
#include "core/training/trainer.h"
#include "ui/evaluation/curves/chart_content.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <vector>

namespace espalier {

/// What the curves of an experiment are made of; pure functions of its record.
class MetricCurves final {
    Q_DECLARE_TR_FUNCTIONS(MetricCurves)

public:
    struct Tab {
        QString key;   ///< of MetricDescription
        QString label; ///< the loss under its own name: "Categorical crossentropy"

        bool operator==(const Tab&) const = default;
    };
    /// The metrics that there are values of, the one that decides which epoch is best first, then
    /// the loss. Of an experiment without epochs the two that every run has.
    [[nodiscard]] static QList<Tab> tabs(const ExperimentRecord& experiment);
    /// "accuracy" where it has one, else "loss".
    [[nodiscard]] static QString primaryMetric(const ExperimentRecord& experiment);
    /// "Categorical crossentropy"; "Loss" of a graph without a target.
    [[nodiscard]] static QString lossLabel(const ModelGraph& graph);
    [[nodiscard]] static QString label(const ExperimentRecord& experiment, const QString& metric);

    /// Value on validation, on training where there is none; NaN where it does not exist.
    [[nodiscard]] static double value(const EpochRecord& epoch, const QString& metric);
    /// The record of the best epoch; null without epochs.
    [[nodiscard]] static const EpochRecord* best(const ExperimentRecord& experiment);
    [[nodiscard]] static QList<QPointF> points(const QList<EpochRecord>& epochs,
                                               const QString& metric, bool validation);

    /// The chart of the epochs. `smoothing` counts from LeastSmoothed epochs on: fewer are all
    /// shown as they are.
    [[nodiscard]] static ChartContent epochContent(const ExperimentRecord& experiment,
                                                   const QString& metric, double smoothing);
    static constexpr int LeastSmoothed = 30;

    /// Whether steps have a value of a metric.
    [[nodiscard]] static bool hasBatchCurve(const ExperimentRecord& experiment,
                                            const QString& metric);
    /// The chart of the steps of one epoch, which has `batches` of them (0: not known).
    [[nodiscard]] static ChartContent batchContent(const std::vector<BatchSample>& samples,
                                                   bool loss, int epoch, qint64 batches,
                                                   double smoothing);
    /// The chart of all steps, over epochs: 2.5 is the middle of epoch 3.
    [[nodiscard]] static ChartContent allBatchesContent(const std::vector<BatchSample>& samples,
                                                        bool loss, int epochs, qint64 batches,
                                                        double smoothing);
    /// Epochs since the best one; 0 without epochs.
    [[nodiscard]] static int epochsWithoutBetter(const ExperimentRecord& experiment);
};

} // namespace espalier
