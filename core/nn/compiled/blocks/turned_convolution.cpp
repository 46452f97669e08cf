#include "core/nn/compiled/blocks/turned_convolution.h"

#include <algorithm>

namespace espalier {

namespace {

using dnnl::memory;

template <typename PrimitiveDesc>
bool isBatchReduced(const PrimitiveDesc& desc)
{
    return std::string_view(desc.impl_info_str()).starts_with("brg");
}

/// outputs × inputs × window as inputs × outputs × window from its end.
void turn(const float* from, float* to, const memory::dims& dims)
{
    const memory::dim window = dims[2] * dims[3];
    for (memory::dim output = 0; output < dims[0]; ++output)
        for (memory::dim input = 0; input < dims[1]; ++input) {
            const float* read = from + (output * dims[1] + input) * window;
            std::reverse_copy(read, read + window, to + (input * dims[0] + output) * window);
        }
}

} // namespace

std::optional<TurnedConvolution>
TurnedConvolution::insteadOf(const ConvolutionKind::BackwardData::primitive_desc& usual,
                             const PlanBuilder& builder, const ConvolutionKind& kind,
                             const memory::dims& weights)
{
    if (weights.size() != 4 || isBatchReduced(usual)) // five: in groups
        return std::nullopt;
    const auto turned = kind.turned({weights[2], weights[3]});
    if (!turned)
        return std::nullopt;
    const auto type = builder.type();
    const ConvolutionKind::Forward::desc desc = turned->forward(
        dnnl::prop_kind::forward_training, anyDesc(usual.diff_dst_desc().dims(), type),
        anyDesc({weights[1], weights[0], weights[2], weights[3]}, type), {},
        anyDesc(usual.diff_src_desc().dims(), type));
    const ConvolutionKind::Forward::primitive_desc primitive(desc, builder.engine(), true);
    if (!primitive || !isBatchReduced(primitive))
        return std::nullopt;
    return TurnedConvolution(primitive);
}

PlanTensor TurnedConvolution::add(PlanBuilder& builder, const PlanTensor& weights,
                                  const PlanTensor& gradient) const
{
    const memory::dims dims = weights.desc().dims();
    const PlanTensor turned =
        builder.create(plainDesc({dims[1], dims[0], dims[2], dims[3]}, memory::data_type::f32));
    builder.add({weights, turned}, [weights, turned, dims](const PlanRun&) {
        turn(weights.data<float>(), turned.data<float>(), dims);
    });
    const PlanTensor x = builder.create(m_desc.dst_desc());
    builder.add(ConvolutionKind::Forward(m_desc),
                {{DNNL_ARG_SRC, builder.as(gradient, m_desc.src_desc())},
                 {DNNL_ARG_WEIGHTS, builder.as(turned, m_desc.weights_desc())},
                 {DNNL_ARG_DST, x}});
    return x;
}

} // namespace espalier
