#pragma once

#include "core/project/records.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace espalier {

/// One metric at the best epoch of each experiment; NaN where an experiment does not have it.
struct ComparedMetric {
    QString key;
    QString label;
    QList<double> values; ///< by experiment
    /// Index of the best value; -1 where none is better, or where different losses do not compare.
    int best = -1;
};

/// One setting that differs.
struct ComparedSetting {
    QString key;
    QString label;
    QStringList values; ///< by experiment; empty where an experiment does not have it
};

/// One difference of a graph to the first one. Blocks are the same when their names are.
struct GraphDifference {
    enum class Change { Added, Removed, Changed };

    Change change = Change::Changed;
    QString block;     ///< name; of connections "Dense → Target"
    QString parameter; ///< of Changed; "type" when the type differs, "connection" of connections
    QString before;
    QString after;

    bool operator==(const GraphDifference&) const = default;
};

/// What differs between experiments; all lists by experiment are in the order given.
struct ExperimentComparison {
    QStringList names;
    QList<int> bestEpochs;
    QList<ComparedMetric> metrics;
    QList<ComparedSetting> settings;
    QList<QList<GraphDifference>> graphs; ///< to the first; of the first itself empty
    /// Whether all minimize the same loss; if not, the values of the loss do not compare.
    bool sameLoss = true;
};

/// `datasets` are the references of the dataset versions ("FashionMNIST@2"), by experiment.
[[nodiscard]] ExperimentComparison compareExperiments(const QList<ExperimentRecord>& experiments,
                                                      const QStringList& datasets);

[[nodiscard]] QList<GraphDifference> compareGraphs(const ModelGraph& before,
                                                   const ModelGraph& after);

} // namespace espalier
