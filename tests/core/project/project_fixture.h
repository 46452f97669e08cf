#pragma once

#include "core/base/result.h"
#include "core/project/project_store.h"

#include <QTemporaryDir>
#include <memory>
#include <optional>

namespace espalier {

/// The value of a Result that cannot fail unless the test itself is wrong.
template <typename T>
T valueOf(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return *std::move(result);
}

inline void require(const Status& status)
{
    if (!status)
        qFatal("%s", qPrintable(status.error().message));
}

/// Sentence of a failure; empty for a success.
template <typename T>
QString messageOf(const Result<T>& result)
{
    return result ? QString() : result.error().message;
}

template <typename T>
std::optional<ErrorCode> codeOf(const Result<T>& result)
{
    return result ? std::nullopt : std::optional<ErrorCode>(result.error().code);
}

/// A project in a temporary folder.
class ProjectFixture {
public:
    ProjectFixture();

    [[nodiscard]] QString folder() const { return m_temporary.filePath(QStringLiteral("p")); }
    [[nodiscard]] std::unique_ptr<ProjectStore> open() const
    {
        return valueOf(ProjectStore::open(folder()));
    }

    /// `rows` points in the plane with the kind "left" or "right"; other rows, other content.
    [[nodiscard]] ImportedSource importPoints(int rows = 60) const;
    /// Six image files "photo" of two sizes, which transformations make smaller.
    [[nodiscard]] ImportedSource importPhotos() const;
    [[nodiscard]] DatasetRecord
    addSavedDataset(ProjectStore& store, const QString& name = QStringLiteral("points")) const;

private:
    QTemporaryDir m_temporary;
};

/// Input point, Dense 2 Softmax, Target kind.
[[nodiscard]] ModelGraph pointGraph();

[[nodiscard]] EpochRecord epochRecord(int epoch, double accuracy, bool best);
[[nodiscard]] Checkpoint smallCheckpoint(int epoch);
/// Writes the checkpoint and records the epoch, as a run does.
[[nodiscard]] Status addEpoch(ProjectStore& store, ExperimentId id, int epoch, bool best = false);

} // namespace espalier
