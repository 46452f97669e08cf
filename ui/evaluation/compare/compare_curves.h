#pragma once

#include "core/project/records.h"
#include "ui/evaluation/curves/chart_content.h"
#include "ui/evaluation/curves/metric_curves.h"

#include <QCoreApplication>
#include <QList>

namespace espalier {

/// Curves of several experiments in one chart; pure functions of their records.
class CompareCurves final {
    Q_DECLARE_TR_FUNCTIONS(CompareCurves)

public:
    /// Metrics that at least one has values of, in the order of MetricCurves::tabs().
    [[nodiscard]] static QList<MetricCurves::Tab> tabs(const QList<ExperimentRecord>& experiments);
    /// Whether the values of a metric can stand in one chart: a loss only where it is the same.
    [[nodiscard]] static bool comparable(const QList<ExperimentRecord>& experiments,
                                         const QString& metric);
    /// Colour = experiment by its place, solid = validation with its end value and a dot at its
    /// best epoch, dotted = training.
    [[nodiscard]] static ChartContent content(const QList<ExperimentRecord>& experiments,
                                              const QString& metric);
};

} // namespace espalier
