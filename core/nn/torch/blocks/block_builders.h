#pragma once

#include <QLatin1String>
#include <QString>
#include <span>

namespace espalier {

struct BlockSpec;
struct NetworkBlock;

/// Makes the part of a network that computes one block.
using BlockBuilder = NetworkBlock (*)(const BlockSpec&);

struct BuilderEntry {
    QLatin1String type; ///< key of the catalogue
    BlockBuilder build;
};

/// One table per family, each in its file blocks_*.cpp.
[[nodiscard]] std::span<const BuilderEntry> denseBuilders();
[[nodiscard]] std::span<const BuilderEntry> convolutionBuilders();
[[nodiscard]] std::span<const BuilderEntry> poolingBuilders();
[[nodiscard]] std::span<const BuilderEntry> normalizationBuilders();
[[nodiscard]] std::span<const BuilderEntry> augmentationBuilders();
[[nodiscard]] std::span<const BuilderEntry> mergeBuilders();

/// Null for the Target, which computes nothing, and for unknown types.
[[nodiscard]] BlockBuilder blockBuilder(const QString& type);

} // namespace espalier
