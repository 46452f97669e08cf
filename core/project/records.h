#pragma once

#include "core/base/id.h"
#include "core/dataset/dataset_settings.h"
#include "core/graph/model_graph.h"
#include "core/training/epoch_record.h"
#include "core/training/run_settings.h"
#include "core/training/run_state.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace espalier {

using DatasetId = Id<struct DatasetTag>; ///< of a dataset version
using ExperimentId = Id<struct ExperimentTag>;

/// One dataset version as the project keeps it; a value.
struct DatasetRecord {
    DatasetId id;
    QString name;
    int version = 1;
    bool saved = false;   ///< locked and numbered for good
    QString sourceFolder; ///< absolute; of the packed store
    qint64 rows = 0;
    DatasetSettings settings;
    QDateTime created;
    QStringList usedBy; ///< names of the experiments

    [[nodiscard]] QString reference() const; ///< "FashionMNIST@2"
    bool operator==(const DatasetRecord&) const = default;
};

struct CheckpointRecord {
    int epoch = 0;
    QString file;     ///< absolute
    QString checksum; ///< SHA-256 of the file, hexadecimal
    qint64 bytes = 0;
    bool best = false;

    bool operator==(const CheckpointRecord&) const = default;
};

/// One experiment with what its run has given so far; a value.
struct ExperimentRecord {
    ExperimentId id;
    QString name;
    DatasetId dataset;
    ModelGraph graph;
    RunSettings settings;
    RunState state = RunState::Created;
    QString error; ///< sentence of Failed
    QString notes;
    qint64 parameters = 0; ///< trainable weights; 0 before the first run
    QList<EpochRecord> epochs;
    QList<CheckpointRecord> checkpoints;
    /// Checkpoint file to start from (duplicate with weights); empty: initial weights.
    QString startWeights;
    QString startWeightsChecksum; ///< SHA-256 of that file
    QDateTime created;

    /// The last epoch that was better than all before it; 0 without epochs.
    [[nodiscard]] int bestEpoch() const;
    bool operator==(const ExperimentRecord&) const = default;
};

/// What a list shows of an experiment, without its network and all of its epochs.
struct ExperimentOverview {
    ExperimentId id;
    QString name;
    DatasetId dataset;
    RunState state = RunState::Created;
    QString error;
    QString notes;
    qint64 parameters = 0; ///< 0 before the first run
    int epochs = 0;
    EpochRecord best; ///< as of bestEpoch(); its number is 0 without epochs
    QDateTime created;
};

} // namespace espalier
