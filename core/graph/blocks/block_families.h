#pragma once

#include "core/graph/block_catalogue.h"

#include <QList>

/// The rows of the catalogue by family, one file each. Adding a block touches its family alone.
namespace espalier {

[[nodiscard]] QList<BlockType> endBlocks();
[[nodiscard]] QList<BlockType> denseBlocks();
[[nodiscard]] QList<BlockType> convolutionBlocks();
[[nodiscard]] QList<BlockType> resamplingBlocks();
[[nodiscard]] QList<BlockType> poolingBlocks();
[[nodiscard]] QList<BlockType> normalizationBlocks();
[[nodiscard]] QList<BlockType> augmentationBlocks();
[[nodiscard]] QList<BlockType> shapeBlocks();
[[nodiscard]] QList<BlockType> mergeBlocks();

} // namespace espalier
