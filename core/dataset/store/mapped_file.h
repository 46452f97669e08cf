#pragma once

#include "core/base/result.h"

#include <QString>
#include <memory>
#include <span>

namespace espalier {

/// A file as memory, valid as long as the object and its copies: mapped, or read where it is so
/// small that a mapping (of which a process has some ten thousand) would be wasted on it. No file
/// is kept open.
struct MappedFile {
    std::shared_ptr<const void> owner;
    std::span<const std::byte> bytes;

    template <typename T>
    [[nodiscard]] std::span<const T> as() const
    {
        return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
    }
};

[[nodiscard]] Result<MappedFile> mapFile(const QString& path);

} // namespace espalier
