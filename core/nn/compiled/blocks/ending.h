#pragma once

#include "core/nn/compiled/blocks/block_plan.h"

namespace espalier {

/// What a primitive of the library does with each of its results before it writes them: an
/// activation, and in an inference the batch normalization that follows.
class Ending final {
public:
    /// Of a block that would end with `activation`. One that does not follow from its result, and
    /// what comes behind it, stays outside.
    Ending(const BlockPlan& block, Activation activation);

    /// A primitive descriptor with this ending, made by `make(attributes, mayBeEmpty)`. Where the
    /// library is not good at the normalization, that one is left to its own block.
    template <typename Make>
    [[nodiscard]] auto makeFast(const dnnl::memory::dims& result, const Make& make)
    {
        if (m_scale) {
            if (auto desc = make(attributes(result), true); desc && !isSlow(desc))
                return desc;
            m_scale = nullptr;
        }
        return make(attributes(result), false);
    }

    /// What the primitive reads for it; notes at the block what it has taken over.
    void addTo(BlockPlan& block, PlanBuilder::Arguments& arguments) const;

private:
    [[nodiscard]] dnnl::primitive_attr attributes(const dnnl::memory::dims& result);

    Activation m_activation;
    const ChannelScale* m_scale;
    dnnl::memory::desc m_perChannel;
    int m_factor = 0; ///< its place among the operations; the summand's is the next
};

} // namespace espalier
