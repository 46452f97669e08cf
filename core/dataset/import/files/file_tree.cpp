#include "core/dataset/import/files/file_tree.h"

#include <QIODevice>

namespace espalier {

FileTree::~FileTree() = default;

bool FileTree::addEntry(const QByteArray& path, qint64 size)
{
    if (m_index.contains(path))
        return false;
    m_index.insert(path, int(m_entries.size()));
    m_entries.push_back({path, size});
    return true;
}

void FileTree::addProblem(const QByteArray& path, const QString& reason)
{
    m_problems.append({QString::fromUtf8(path), 0, reason});
}

} // namespace espalier
