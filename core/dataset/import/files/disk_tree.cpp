#include "core/dataset/import/files/disk_tree.h"

#include "core/dataset/import/files/entry_path.h"
#include "core/dataset/import/formats/image_decoder.h"
#include "core/dataset/import/formats/number_array.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>
#include <algorithm>
#include <quazip/quagzipfile.h>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

bool isGzip(QFile& file)
{
    return file.peek(2) == "\x1f\x8b";
}

/// The name, with the suffix of what is in the file where the name says something else.
QByteArray nameByContent(const QString& path)
{
    const QByteArray name = normalizedPath(QFileInfo(path).fileName().toUtf8());
    QFile file(path);
    const QByteArray head = file.open(QIODevice::ReadOnly) ? file.peek(16) : QByteArray();
    const QByteArray image = imageFormat(head);
    if (!image.isEmpty() && !isImageName(name))
        return name + '.' + image;
    return isNpy(head) && !isArrayName(name) ? name + ".npy" : name;
}

/// Gzip ends with the unpacked size modulo 2³²: good enough to show progress.
qint64 unpackedSize(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || !isGzip(file) || !file.seek(file.size() - 4))
        return file.size();
    const QByteArray size = file.read(4);
    return size.size() == 4 ? qFromLittleEndian<quint32>(size.constData()) : file.size();
}

} // namespace

Result<std::unique_ptr<DiskTree>> DiskTree::ofFolder(const QString& folder, qint64 entryBytes,
                                                     std::stop_token stop)
{
    const QDir root(folder);
    QStringList files;
    QDirIterator iterator(folder, QDir::Files, QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        if (stop.stop_requested())
            return cancelled();
        files.append(root.relativeFilePath(iterator.next()));
    }
    std::sort(files.begin(), files.end());
    std::unique_ptr<DiskTree> tree(new DiskTree(root.dirName(), entryBytes));
    for (const QString& file : std::as_const(files)) {
        const QByteArray path = normalizedPath(file.toUtf8());
        if (pathKind(path) != PathKind::Ignored)
            tree->add(path, root.filePath(file));
    }
    return tree;
}

std::unique_ptr<DiskTree> DiskTree::ofFiles(const QStringList& files, qint64 entryBytes)
{
    const QString first = QFileInfo(files.value(0)).fileName();
    std::unique_ptr<DiskTree> tree(new DiskTree(first, entryBytes));
    for (const QString& file : files) {
        const QFileInfo info(file);
        QByteArray path = nameByContent(file);
        for (int copy = 2; tree->find(path) >= 0; ++copy)
            path =
                u"%1 (%2).%3"_s.arg(info.completeBaseName()).arg(copy).arg(info.suffix()).toUtf8();
        tree->add(path, file);
    }
    return tree;
}

void DiskTree::add(const QByteArray& path, const QString& file)
{
    const qint64 size = path.endsWith(".gz") ? unpackedSize(file) : QFileInfo(file).size();
    if (addEntry(path, size))
        m_files.append(file);
    else
        addProblem(path, u"another file has the same name"_s);
}

Result<QByteArray> DiskTree::read(int entry)
{
    QFile file(m_files.at(entry));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::InvalidInput,
                       u"the file cannot be read: %1"_s.arg(file.errorString()));
    if (file.size() > std::min(m_entryBytes, LargestWholeFile))
        return failure(ErrorCode::InvalidInput, u"the file is too large"_s);
    return file.readAll();
}

Result<std::unique_ptr<QIODevice>> DiskTree::open(int entry)
{
    const QString& path = m_files.at(entry);
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return failure(ErrorCode::Io, u"Could not read %1: %2."_s.arg(
                                          QDir::toNativeSeparators(path), file->errorString()));
    if (!isGzip(*file))
        return file;
    auto unpacked = std::make_unique<QuaGzipFile>(path);
    if (!unpacked->open(QIODevice::ReadOnly))
        return failure(ErrorCode::Io,
                       u"Could not unpack %1."_s.arg(QDir::toNativeSeparators(path)));
    return unpacked;
}

} // namespace espalier
