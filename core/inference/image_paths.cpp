#include "core/inference/image_paths.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QImageReader>

using namespace Qt::StringLiterals;

namespace espalier {

QStringList imagePaths(const QString& path)
{
    if (!QFileInfo(path).isDir())
        return {path};
    QStringList patterns;
    for (const QByteArray& format : QImageReader::supportedImageFormats())
        patterns.append(u"*."_s + QString::fromLatin1(format));
    QStringList files;
    QDirIterator entries(path, patterns, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext())
        files.append(entries.next());
    files.sort();
    return files;
}

} // namespace espalier
