#pragma once

#include "core/base/issue.h"
#include "core/dataset/dataset.h"
#include "core/graph/model_graph.h"
#include "core/training/run_settings.h"

#include <QList>

namespace espalier {

/// The Information list of an experiment: its graph on the features of its dataset, the dataset's
/// own issues, and the run settings against the data. Errors first; it can run when none is left.
[[nodiscard]] QList<Issue> checkExperiment(const ModelGraph& graph, const RunSettings& settings,
                                           const Dataset& dataset);

/// The part about the run settings: subsets that are not there or empty, a batch larger than the
/// training subset, training and validation on the same rows.
[[nodiscard]] QList<Issue> checkRunSettings(const RunSettings& settings, const Dataset& dataset);

} // namespace espalier
