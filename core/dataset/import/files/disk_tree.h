#pragma once

#include "core/dataset/import/files/file_tree.h"

#include <QStringList>
#include <stop_token>

namespace espalier {

/// Files that lie unpacked on the disk. Those compressed with gzip are read as what is in them.
class DiskTree final : public FileTree {
public:
    /// All files below `folder`, sorted by path. Links to folders are not followed.
    [[nodiscard]] static Result<std::unique_ptr<DiskTree>>
    ofFolder(const QString& folder, qint64 entryBytes, std::stop_token stop);
    /// Just these files, in this order, without folders.
    [[nodiscard]] static std::unique_ptr<DiskTree> ofFiles(const QStringList& files,
                                                           qint64 entryBytes);

    [[nodiscard]] Result<QByteArray> read(int entry) override;
    [[nodiscard]] Result<std::unique_ptr<QIODevice>> open(int entry) override;

private:
    DiskTree(QString name, qint64 entryBytes)
        : FileTree(std::move(name))
        , m_entryBytes(entryBytes)
    {
    }
    void add(const QByteArray& path, const QString& file);

    qint64 m_entryBytes;
    QStringList m_files; ///< by entry
};

} // namespace espalier
