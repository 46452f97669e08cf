#include "core/base/files.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QSaveFile>
#include <QStorageInfo>
#include <cerrno>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

bool syncDescriptor(int descriptor)
{
#ifdef Q_OS_WIN
    return _commit(descriptor) == 0;
#else
    return ::fsync(descriptor) == 0;
#endif
}

/// A rename is durable only when its folder has reached the disk; Windows does that itself.
void syncFolder([[maybe_unused]] const QString& folder)
{
#ifndef Q_OS_WIN
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY);
    if (descriptor >= 0) {
        syncDescriptor(descriptor);
        ::close(descriptor);
    }
#endif
}

/// `what`: "write /tmp/a".
Error diskError(const QString& what, bool full, const QString& reason)
{
    if (full)
        return {ErrorCode::DiskFull,
                u"Could not %1: the disk is full. Free some space and try again."_s.arg(what)};
    return {ErrorCode::Io,
            u"Could not %1 (%2): check the disk and the permissions, then try again."_s.arg(
                what, reason)};
}

} // namespace

Error fileError(const QFileDevice& file, const QString& action)
{
    const bool full = file.error() == QFileDevice::ResourceError || errno == ENOSPC;
    return diskError(action + u' ' + QDir::toNativeSeparators(file.fileName()), full,
                     file.errorString());
}

Status writeFileAtomically(const QString& path, const QByteArray& content)
{
    errno = 0;
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return tl::unexpected(fileError(file, u"write"_s));
    if (Status committed = commitFile(file); !committed)
        return committed;
    syncFolder(QFileInfo(path).absolutePath());
    return {};
}

Result<QByteArray> readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(fileError(file, u"read"_s));
    QByteArray content = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return tl::unexpected(fileError(file, u"read"_s));
    return content;
}

Status flushToDisk(QFileDevice& file)
{
    errno = 0;
    if (!file.flush() || !syncDescriptor(file.handle()))
        return tl::unexpected(fileError(file, u"write"_s));
    return {};
}

Status commitFile(QSaveFile& file)
{
    if (Status flushed = flushToDisk(file); !flushed)
        return flushed;
    if (!file.commit())
        return tl::unexpected(fileError(file, u"write"_s));
    return {};
}

Status renamePath(const QString& from, const QString& to)
{
    errno = 0;
    if (QDir().rename(from, to))
        return {};
    return tl::unexpected(diskError(
        u"rename %1 to %2"_s.arg(QDir::toNativeSeparators(from), QDir::toNativeSeparators(to)),
        errno == ENOSPC, qt_error_string(errno)));
}

Status commitFolder(const QString& temporary, const QString& final)
{
    syncFolder(temporary);
    if (const Status renamed = renamePath(temporary, final); !renamed)
        return renamed;
    syncFolder(QFileInfo(final).absolutePath());
    return {};
}

Status requireDiskSpace(const QString& folder, qint64 bytes)
{
    const QStorageInfo storage(folder);
    if (!storage.isValid() || storage.bytesAvailable() >= bytes)
        return {};
    const QLocale locale;
    return failure(
        ErrorCode::DiskFull,
        u"The disk of %1 has %2 left, but %3 are needed. Free some space and try again."_s.arg(
            QDir::toNativeSeparators(folder), locale.formattedDataSize(storage.bytesAvailable()),
            locale.formattedDataSize(bytes)));
}

} // namespace espalier
