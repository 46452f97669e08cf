#include "core/nn/compiled/blocks/block_plan.h"

#include <algorithm>
#include <array>

namespace espalier {

const PlanWeight* BlockPlan::weight(const QString& name) const
{
    const auto found = std::ranges::find(weights, name, &PlanWeight::name);
    return found == weights.end() ? nullptr : &*found;
}

bool BlockPlan::isTrainable() const
{
    return std::ranges::any_of(weights, [](const PlanWeight& w) { return w.gradient != nullptr; });
}

Activation BlockPlan::takeActivation()
{
    if (activation != Activation::Linear || !following)
        return activation;
    tookFollowing = true;
    return *following;
}

dnnl::memory::dims BlockPlan::sourceDims() const
{
    return dimsOf(shapes.front(), batch);
}

dnnl::memory::dims BlockPlan::outputDims() const
{
    return dimsOf(shape, batch);
}

void BlockPlan::giveBack(const PlanGradient& gradient, size_t port) const
{
    inputs[port]->gradients.push_back(gradient);
}

const CompilerEntry* blockCompiler(const QString& type)
{
    const std::array families{convolutionCompilers(), denseCompilers(), poolingCompilers(),
                              normalizationCompilers(), mergeCompilers()};
    for (const auto& family : families)
        if (const auto entry = std::ranges::find(family, type, &CompilerEntry::type);
            entry != family.end())
            return &*entry;
    return nullptr;
}

dnnl::memory::dims dimsOf(const Shape& shape, qint64 batch)
{
    switch (shape.rank()) {
    case 1:
        return {batch, shape[0]};
    case 2:
        return {batch, shape[1], 1, shape[0]};
    default:
        return {batch, shape[2], shape[0], shape[1]};
    }
}

std::optional<ChannelLayout> channelLayout(const dnnl::memory::desc& desc)
{
    const dnnl::memory::dims dims = desc.dims();
    const auto channels = static_cast<size_t>(dims[1]);
    const auto places = static_cast<size_t>(dims.size() < 4 ? 1 : dims[2] * dims[3]);
    const auto as = [&](size_t block) { return ChannelLayout{channels, places, block}; };
    if (desc == plainDesc(dims, desc.data_type()))
        return as(1);
    if (desc == channelsLastDesc(dims, desc.data_type()))
        return as(channels);
    for (const auto& [tag, block] :
         {std::pair{dnnl::memory::format_tag::nChw16c, 16}, {dnnl::memory::format_tag::nChw8c, 8}})
        if (dims.size() == 4 && desc == dnnl::memory::desc(dims, desc.data_type(), tag))
            return as(size_t(block));
    return std::nullopt;
}

} // namespace espalier
