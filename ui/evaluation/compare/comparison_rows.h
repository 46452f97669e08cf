#pragma once

#include "core/project/experiment_comparison.h"
#include "core/project/records.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QStringList>

namespace espalier {

/// One line of a table that compares experiments; values by experiment.
struct ComparisonRow {
    QString label;
    QStringList values; ///< empty: a heading
    int best = -1;      ///< index of the value that is best; -1: none is
    bool differs = true;

    bool operator==(const ComparisonRow&) const = default;
};

/// The lines of the tables of Compare; pure functions on records.
class ComparisonRows final {
    Q_DECLARE_TR_FUNCTIONS(ComparisonRows)

public:
    /// Metrics at the best epoch of each, then that epoch, parameters and duration.
    [[nodiscard]] static QList<ComparisonRow> metrics(const QList<ExperimentRecord>& experiments);
    /// Run settings and blocks under a heading each. `datasets` as in compareExperiments().
    [[nodiscard]] static QList<ComparisonRow> settings(const QList<ExperimentRecord>& experiments,
                                                       const QStringList& datasets,
                                                       bool differencesOnly);
    /// How many lines with values differ.
    [[nodiscard]] static int countDiffering(const QList<ComparisonRow>& rows);
};

} // namespace espalier
