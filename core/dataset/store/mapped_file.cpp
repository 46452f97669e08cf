#include "core/dataset/store/mapped_file.h"

#include "core/base/files.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace espalier {

Result<MappedFile> mapFile(const QString& path)
{
    MappedFile mapped{std::make_shared<QFile>(path), {}};
    if (!mapped.file->open(QIODevice::ReadOnly))
        return tl::unexpected(fileError(*mapped.file, u"open"_s));
    const qint64 size = mapped.file->size();
    if (size == 0)
        return mapped;
    const uchar* data = mapped.file->map(0, size);
    if (!data)
        return tl::unexpected(fileError(*mapped.file, u"map"_s));
    mapped.bytes = std::as_bytes(std::span(data, size_t(size)));
    mapped.file->close(); // the mapping stays
    return mapped;
}

} // namespace espalier
