#include "core/dataset/import/files/entry_path.h"

#include <QList>
#include <QString>
#include <algorithm>

namespace espalier {

namespace {

bool isClutter(const QByteArray& part)
{
    return part.startsWith('.') || part == "__MACOSX" ||
           part.compare("Thumbs.db", Qt::CaseInsensitive) == 0 ||
           part.compare("desktop.ini", Qt::CaseInsensitive) == 0;
}

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return uchar(c) < 0x80; });
}

} // namespace

PathKind pathKind(QByteArrayView path)
{
    const bool drive = path.size() > 1 && path[1] == ':';
    if (path.isEmpty() || path.startsWith('/') || drive || path.contains('\\') ||
        path.contains('\0'))
        return PathKind::Unsafe;
    PathKind kind = PathKind::Usable;
    for (const QByteArray& part : path.toByteArray().split('/')) {
        if (part == "..")
            return PathKind::Unsafe;
        if (part != "." && isClutter(part))
            kind = PathKind::Ignored;
    }
    return kind;
}

QByteArray normalizedPath(const QByteArray& path)
{
    QByteArray result = path;
    if (!isAscii(path)) {
        const QString text = QByteArrayView(path).isValidUtf8() ? QString::fromUtf8(path)
                                                                : QString::fromLatin1(path);
        result = text.normalized(QString::NormalizationForm_C).toUtf8();
    }
    if (result.contains('\\'))
        result.replace('\\', '/');
    while (result.startsWith("./"))
        result.remove(0, 2);
    return result;
}

QByteArray folderOf(const QByteArray& path)
{
    return path.left(path.lastIndexOf('/') + 1);
}

QByteArray fileNameOf(const QByteArray& path)
{
    return path.mid(path.lastIndexOf('/') + 1);
}

QByteArray suffixOf(const QByteArray& path)
{
    QByteArray name = fileNameOf(path).toLower();
    if (name.endsWith(".gz"))
        name.chop(3);
    const qsizetype dot = name.lastIndexOf('.');
    return dot < 0 ? QByteArray() : name.mid(dot + 1);
}

bool isImageName(const QByteArray& path)
{
    static const QList<QByteArray> suffixes = {"png", "jpg", "jpeg", "gif", "bmp", "webp"};
    return suffixes.contains(suffixOf(path));
}

bool isArrayName(const QByteArray& path)
{
    return suffixOf(path) == "npy";
}

} // namespace espalier
