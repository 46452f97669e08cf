#pragma once

#include <QFile>
#include <array>
#include <quazip/unzip.h>

namespace espalier {

/// Reads an archive for the unzip library, which asks for single bytes at places far apart: a
/// small cache of blocks makes that cheap without mapping the file.
class ZipInput final {
public:
    explicit ZipInput(const QString& path)
        : m_file(path)
    {
    }
    ~ZipInput();

    /// Opens the file and its central directory; null when either cannot be read.
    [[nodiscard]] unzFile open();
    [[nodiscard]] unzFile handle() const { return m_handle; }
    [[nodiscard]] const QFile& file() const { return m_file; }

    /// Bytes at a place of the file; fewer than asked at its end.
    [[nodiscard]] qint64 readAt(qint64 offset, char* target, qint64 size);

    ZipInput(const ZipInput&) = delete;
    ZipInput& operator=(const ZipInput&) = delete;

private:
    struct Callbacks;
    struct Block {
        qint64 number = -1;
        QByteArray bytes;
    };
    static constexpr qint64 BlockSize = 1 << 14;

    [[nodiscard]] const QByteArray& block(qint64 number);

    QFile m_file;
    qint64 m_size = 0;
    qint64 m_position = 0;
    std::array<Block, 16> m_blocks;
    unzFile m_handle = nullptr;
};

} // namespace espalier
