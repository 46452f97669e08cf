#pragma once

#include "core/base/result.h"

#include <QString>
#include <memory>
#include <span>

class QFile;

namespace espalier {

/// A file read as memory; the mapping lives as long as the object. No file is kept open.
struct MappedFile {
    std::shared_ptr<QFile> file;
    std::span<const std::byte> bytes;

    template <typename T>
    [[nodiscard]] std::span<const T> as() const
    {
        return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
    }
};

[[nodiscard]] Result<MappedFile> mapFile(const QString& path);

} // namespace espalier
