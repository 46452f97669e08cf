#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>
#include <memory>
#include <span>

namespace espalier {

/// What tells contents of columns apart; five times as fast as SHA-256 in Qt.
inline constexpr auto ContentDigest = QCryptographicHash::Blake2b_256;

/// A file that only grows, and the digest of what was appended. It is open only while a full
/// buffer is written, so that a source may have more columns than a process may have open files.
/// Use from one thread.
class AppendFile final {
public:
    /// A file that exists under `path` is emptied at the first write.
    AppendFile(QString path, qint64 bufferBytes);

    [[nodiscard]] Status append(std::span<const std::byte> bytes);
    /// Hands the buffer to the system, so that the file can be read.
    [[nodiscard]] Status flush();
    /// Flushes to the disk and creates the file where nothing was appended.
    [[nodiscard]] Status finish();

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] qint64 size() const { return m_size; }                 ///< appended so far
    [[nodiscard]] QByteArray digest() const { return m_hash->result(); } ///< of what was flushed

private:
    [[nodiscard]] Status write(std::span<const std::byte> bytes, bool toDisk);

    QString m_path;
    qint64 m_bufferBytes;
    qint64 m_size = 0;
    bool m_created = false;
    QByteArray m_buffer;
    std::unique_ptr<QCryptographicHash> m_hash; // Qt's hash cannot be moved
};

/// Bytes of any trivially copyable value or range of them, as `append` takes them.
template <typename Range>
[[nodiscard]] std::span<const std::byte> bytesOf(const Range& range)
{
    return std::as_bytes(std::span(range.data(), size_t(range.size())));
}

} // namespace espalier
