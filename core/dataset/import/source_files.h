#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace espalier {

class FileTree;
class ImportContext;

/// The sources of an import as trees of files. What had to be fetched or made lies in a temporary
/// folder below the data folder, which goes with this object.
class SourceFiles final {
public:
    /// Resolves links and samples, opens archives and folders; loose files that belong together
    /// (images, IDX files) come as one tree. `sources`: path, folder, file://, http(s)://,
    /// sample:NAME.
    [[nodiscard]] static Result<std::unique_ptr<SourceFiles>>
    open(const QStringList& sources, const QString& dataFolder, ImportContext& context);
    ~SourceFiles();

    [[nodiscard]] const std::vector<std::shared_ptr<FileTree>>& trees() const;
    /// The sources for people, without credentials.
    [[nodiscard]] QString origin() const;

    SourceFiles(const SourceFiles&) = delete;
    SourceFiles& operator=(const SourceFiles&) = delete;

private:
    struct Private;
    explicit SourceFiles(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace espalier
