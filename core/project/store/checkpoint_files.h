#pragma once

#include "core/base/result.h"
#include "core/nn/checkpoint.h"
#include "core/project/records.h"
#include "core/project/store/project_folder.h"

#include <QList>
#include <QString>

namespace espalier {

/// Writes the file (whole or not at all) and describes it.
[[nodiscard]] Result<CheckpointRecord> writeCheckpointFile(const ProjectFolder& folder,
                                                           ExperimentId id, int epoch,
                                                           const Checkpoint& checkpoint);

/// Reads the file and verifies its checksum; the Error says which file is missing or damaged.
[[nodiscard]] Result<Checkpoint> loadCheckpointFile(const CheckpointRecord& record);

/// A verified copy as the start weights of another experiment.
[[nodiscard]] Result<CheckpointRecord> copyToStartWeights(const ProjectFolder& folder,
                                                          const CheckpointRecord& record);

/// Deletes files that the database no longer names. What cannot be deleted is left to the sweep.
void removeFiles(const QStringList& files);

/// "best", "last" or the number of an epoch; the Error lists the epochs that are kept.
[[nodiscard]] Result<CheckpointRecord> findCheckpoint(const ExperimentRecord& record,
                                                      const QString& which);

/// What the policy of the run settings gives up: never the best, never the last.
[[nodiscard]] QList<CheckpointRecord> checkpointsToDrop(const ExperimentRecord& record);

} // namespace espalier
