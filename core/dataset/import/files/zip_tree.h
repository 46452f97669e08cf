#pragma once

#include "core/dataset/import/files/file_tree.h"

#include <QString>
#include <memory>
#include <stop_token>

namespace espalier {

struct ImportLimits;

/// The files of a zip archive, read in place. Entries that could do harm (paths that leave the
/// archive, links, encrypted ones, the same path twice) are left out and listed as problems.
class ZipTree final : public FileTree {
public:
    /// Errors: not a zip, cut short, a central directory that is damaged or lies.
    [[nodiscard]] static Result<std::unique_ptr<ZipTree>>
    open(const QString& path, const ImportLimits& limits, std::stop_token stop);
    ~ZipTree() override;

    [[nodiscard]] Result<QByteArray> read(int entry) override;
    [[nodiscard]] Result<std::unique_ptr<QIODevice>> open(int entry) override;

private:
    struct Private;
    struct DirectoryEntry;
    ZipTree(const QString& path, const ImportLimits& limits);

    [[nodiscard]] Status readDirectory(std::stop_token stop);
    void add(const DirectoryEntry& entry);

    std::unique_ptr<Private> d;
};

} // namespace espalier
