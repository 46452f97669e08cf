#include "core/dataset/store/mapped_file.h"

#include "core/base/files.h"

#include <QFile>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 SmallestMapping = qint64(16) << 10;

Result<MappedFile> readSmallFile(QFile& file)
{
    auto content = std::make_shared<std::vector<std::byte>>(size_t(file.size()));
    const qint64 size = qint64(content->size());
    if (file.read(reinterpret_cast<char*>(content->data()), size) != size)
        return tl::unexpected(fileError(file, u"read"_s));
    const std::span<const std::byte> bytes = *content;
    return MappedFile{std::move(content), bytes};
}

} // namespace

Result<MappedFile> mapFile(const QString& path)
{
    auto file = std::make_shared<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return tl::unexpected(fileError(*file, u"open"_s));
    if (file->size() < SmallestMapping)
        return readSmallFile(*file);
    const qint64 size = file->size();
    const uchar* data = file->map(0, size);
    if (!data)
        return tl::unexpected(fileError(*file, u"map"_s));
    file->close(); // the mapping stays as long as the object
    return MappedFile{std::move(file), std::as_bytes(std::span(data, size_t(size)))};
}

} // namespace espalier
