#pragma once

#include "core/base/result.h"
#include "core/project/records.h"

#include <QString>

namespace espalier {

/// Where everything of a project lies:
/// @code
///   project.db
///   data/<fingerprint>/                       one source
///   checkpoints/<experiment>/epoch-0003.safetensors
///   checkpoints/<experiment>/run.lock         while it runs
///   checkpoints/start-<random>.safetensors    weights that a duplicate starts from
/// @endcode
class ProjectFolder final {
public:
    explicit ProjectFolder(const QString& path);

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString database() const;
    [[nodiscard]] QString data() const;
    [[nodiscard]] QString checkpoints() const;
    [[nodiscard]] QString checkpoints(ExperimentId id) const;
    [[nodiscard]] QString checkpoint(ExperimentId id, int epoch) const;
    [[nodiscard]] QString runLock(ExperimentId id) const;
    /// A file below checkpoints() as the database names it; an Error where that leads elsewhere,
    /// since files that the database names are deleted with their experiment.
    [[nodiscard]] Result<QString> checkpointFile(const QString& relative) const;
    [[nodiscard]] QString relativeCheckpoint(const QString& file) const;
    /// A name that no file has yet.
    [[nodiscard]] QString freshStartWeights() const;

    /// The Error says what is missing: the folder, the database, the permission to write.
    [[nodiscard]] Status requireUsable() const;

private:
    QString m_path; ///< absolute
};

} // namespace espalier
