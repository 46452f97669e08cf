#pragma once

#include "core/base/result.h"
#include "core/dataset/store/packed_store.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <memory>
#include <vector>

class QIODevice;

namespace espalier {

/// One file of a source that may be read.
struct TreeEntry {
    QByteArray path; ///< normalized, relative to the root of the tree
    qint64 size = 0; ///< unpacked, as the archive claims; not to be trusted
};

/// The files of a source, whether they lie in an archive, a folder or beside each other. Nothing
/// is unpacked to the disk. Use from one thread at a time.
class FileTree {
public:
    /// Of a file that is read whole: one image, one array.
    static constexpr qint64 LargestWholeFile = qint64(512) << 20;

    virtual ~FileTree();

    [[nodiscard]] const QString& name() const { return m_name; } ///< for sentences
    [[nodiscard]] const std::vector<TreeEntry>& entries() const { return m_entries; }
    /// Files that were left out because they are unsafe or cannot be read.
    [[nodiscard]] const QList<ImportProblem>& problems() const { return m_problems; }
    /// Index of the entry with that normalized path, -1 when there is none.
    [[nodiscard]] int find(const QByteArray& path) const { return m_index.value(path, -1); }

    /// The whole content of a file. The Error's message is a reason: "the file is damaged"; the
    /// code is InvalidInput where that file alone is bad.
    [[nodiscard]] virtual Result<QByteArray> read(int entry) = 0;
    /// A sequential device, open for reading, that stays valid while other entries are read. Its
    /// read() gives -1 and an errorString() when the content is damaged.
    [[nodiscard]] virtual Result<std::unique_ptr<QIODevice>> open(int entry) = 0;

    FileTree(const FileTree&) = delete;
    FileTree& operator=(const FileTree&) = delete;

protected:
    explicit FileTree(QString name)
        : m_name(std::move(name))
    {
    }

    /// False, and nothing added, when there is such a path already.
    bool addEntry(const QByteArray& path, qint64 size);
    void addProblem(const QByteArray& path, const QString& reason);

private:
    QString m_name;
    std::vector<TreeEntry> m_entries;
    QHash<QByteArray, int> m_index;
    QList<ImportProblem> m_problems;
};

} // namespace espalier
