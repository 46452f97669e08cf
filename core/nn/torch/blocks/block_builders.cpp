#include "core/nn/torch/blocks/block_builders.h"

#include <algorithm>
#include <array>

namespace espalier {

BlockBuilder blockBuilder(const QString& type)
{
    const std::array families{denseBuilders(),         convolutionBuilders(),  poolingBuilders(),
                              normalizationBuilders(), augmentationBuilders(), mergeBuilders()};
    for (const auto& family : families)
        if (const auto entry = std::ranges::find(family, type, &BuilderEntry::type);
            entry != family.end())
            return entry->build;
    return nullptr;
}

} // namespace espalier
