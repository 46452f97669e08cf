#include "core/dataset/store/append_file.h"

#include "core/base/files.h"

#include <QFile>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace espalier {

AppendFile::AppendFile(QString path, qint64 bufferBytes)
    : m_path(std::move(path))
    , m_bufferBytes(bufferBytes)
    , m_hash(std::make_unique<QCryptographicHash>(ContentDigest))
{
}

Status AppendFile::append(std::span<const std::byte> bytes)
{
    m_size += qint64(bytes.size());
    if (m_buffer.size() + qint64(bytes.size()) < m_bufferBytes) {
        m_buffer.append(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
        return {};
    }
    if (auto flushed = flush(); !flushed)
        return flushed;
    if (qint64(bytes.size()) >= m_bufferBytes)
        return write(bytes, false);
    m_buffer.append(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
    return {};
}

Status AppendFile::flush()
{
    if (m_buffer.isEmpty())
        return {};
    auto written = write(bytesOf(m_buffer), false);
    m_buffer.resize(0); // keeps the capacity
    return written;
}

Status AppendFile::finish()
{
    auto written = write(bytesOf(m_buffer), true);
    m_buffer = {};
    return written;
}

Status AppendFile::write(std::span<const std::byte> bytes, bool toDisk)
{
    errno = 0;
    QFile file(m_path);
    const auto existing = m_created ? QIODevice::Append : QIODevice::Truncate;
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered | existing))
        return tl::unexpected(fileError(file, u"write"_s));
    m_created = true;
    const auto* data = reinterpret_cast<const char*>(bytes.data());
    if (file.write(data, qint64(bytes.size())) != qint64(bytes.size()))
        return tl::unexpected(fileError(file, u"write"_s));
    m_hash->addData(QByteArrayView(data, qsizetype(bytes.size())));
    return toDisk ? flushToDisk(file) : Status();
}

} // namespace espalier
