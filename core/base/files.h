#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

class QFileDevice;
class QSaveFile;

namespace espalier {

/// Files that are there whole or not at all, also after a kill or a power cut. All functions may
/// be called from any thread.

/// Writes to a temporary name beside `path`, flushes to the disk, renames.
[[nodiscard]] Status writeFileAtomically(const QString& path, const QByteArray& content);

/// The whole content; an Error that names the file and the reason otherwise.
[[nodiscard]] Result<QByteArray> readFile(const QString& path);

/// Flushes what was written to `file` to the disk, and says when the disk is full.
[[nodiscard]] Status flushToDisk(QFileDevice& file);

/// Gives a written file its name. QSaveFile::commit() alone does not notice when the last bytes, which
/// it has kept back until then, cannot be written. Where it fails, the old file stays.
[[nodiscard]] Status commitFile(QSaveFile& file);

/// Gives a file or folder another name, which must not exist.
[[nodiscard]] Status renamePath(const QString& from, const QString& to);

/// Renames a finished folder to its final name (which must not exist) and makes that durable.
[[nodiscard]] Status commitFolder(const QString& temporary, const QString& final);

/// An Error (DiskFull) when the disk of `folder` has less than `bytes` left.
[[nodiscard]] Status requireDiskSpace(const QString& folder, qint64 bytes);

/// The Error for the last failure of `file`: DiskFull where that is the reason, else Io.
[[nodiscard]] Error fileError(const QFileDevice& file, const QString& action);

} // namespace espalier
