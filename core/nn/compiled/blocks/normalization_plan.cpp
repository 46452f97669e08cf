#include "core/nn/compiled/blocks/activation_plan.h"
#include "core/nn/compiled/kernels.h"
#include "core/nn/running_statistics.h"

#include <array>
#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using dnnl::memory;
using dnnl::normalization_flags;

/// A batch normalization, and ReLU with it where only that follows.
struct NormalizationPlan {
    dnnl::batch_normalization_forward::primitive_desc forward;
    dnnl::batch_normalization_backward::primitive_desc backward;
    bool ownStatistics = false; ///< of the batch; else the running ones
    PlanTensor x;
    PlanTensor mean;
    PlanTensor variance;
    PlanTensor scale;
    PlanTensor shift;
    PlanTensor workspace; ///< where ReLU lets through
};

normalization_flags flagsOf(bool ownStatistics, bool relu)
{
    normalization_flags flags = normalization_flags::use_scale | normalization_flags::use_shift;
    if (!ownStatistics)
        flags |= normalization_flags::use_global_stats;
    if (relu)
        flags |= normalization_flags::fuse_norm_relu;
    return flags;
}

/// Vectors as images of one place.
memory::dims imageDims(const memory::dims& dims)
{
    return dims.size() == 2 ? memory::dims{dims[0], dims[1], 1, 1} : dims;
}

NormalizationPlan makeNormalization(const BlockPlan& block, const memory::desc& x, bool relu)
{
    const PlanBuilder& builder = block.builder;
    const auto epsilon = float(block.parameters.real(u"epsilon"_s));
    NormalizationPlan plan;
    plan.ownStatistics = builder.training() && block.isTrainable();
    const normalization_flags flags = flagsOf(plan.ownStatistics, relu);
    const auto prop =
        builder.training() ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
    plan.forward = {{prop, x, epsilon, flags}, builder.engine()};
    if (builder.training())
        plan.backward = {
            {block.isTrainable() ? dnnl::prop_kind::backward : dnnl::prop_kind::backward_data, x, x,
             epsilon, flags},
            builder.engine(),
            plan.forward};
    return plan;
}

/// The running variance is the unbiased one, as of Keras for images.
void addRunningStatistics(BlockPlan& block, const NormalizationPlan& plan)
{
    const memory::dims x = plan.x.desc().dims();
    const double count = double(x[0] * x[2] * x[3]);
    if (count == 1)
        return; // one value has no unbiased variance
    auto* mean = static_cast<float*>(block.weight(u"running_mean"_s)->data);
    auto* variance = static_cast<float*>(block.weight(u"running_var"_s)->data);
    auto* steps = static_cast<int64_t*>(block.weight(u"steps"_s)->data);
    const double momentum = block.parameters.real(u"momentum"_s);
    const PlanTensor ofBatch = plan.mean;
    const PlanTensor varianceOfBatch = plan.variance;
    block.builder.add({ofBatch, varianceOfBatch}, [=, channels = x[1]](const PlanRun&) {
        const auto change = float(1 - keptShare(momentum, *steps));
        const auto unbiased = float(count / (count - 1));
        ++*steps;
        const auto* m = ofBatch.data<float>();
        const auto* v = varianceOfBatch.data<float>();
        for (memory::dim c = 0; c < channels; ++c) {
            mean[c] += (m[c] - mean[c]) * change;
            variance[c] += (v[c] * unbiased - variance[c]) * change;
        }
    });
}

void addNormalization(BlockPlan& block, NormalizationPlan& plan)
{
    PlanBuilder& builder = block.builder;
    const memory::desc perChannel = plainDesc({plan.x.desc().dims()[1]}, memory::data_type::f32);
    const auto own = [&](const QString& name) {
        return builder.outside(perChannel, block.weight(name)->data);
    };
    plan.scale = own(u"weight"_s);
    plan.shift = own(u"bias"_s);
    plan.mean = plan.ownStatistics ? builder.create(perChannel) : own(u"running_mean"_s);
    plan.variance = plan.ownStatistics ? builder.create(perChannel) : own(u"running_var"_s);
    if (plan.forward.workspace_desc().get_size() > 0)
        plan.workspace = builder.create(plan.forward.workspace_desc());
    const PlanTensor y = builder.create(plan.forward.dst_desc());
    builder.add(dnnl::batch_normalization_forward(plan.forward),
                {{DNNL_ARG_SRC, plan.x},
                 {DNNL_ARG_MEAN, plan.mean},
                 {DNNL_ARG_VARIANCE, plan.variance},
                 {DNNL_ARG_SCALE, plan.scale},
                 {DNNL_ARG_SHIFT, plan.shift},
                 {DNNL_ARG_WORKSPACE, plan.workspace},
                 {DNNL_ARG_DST, y}});
    if (plan.ownStatistics)
        addRunningStatistics(block, plan);
    block.give(builder.reshaped(y, block.outputDims()));
}

void addNormalizationBackward(const BlockPlan& block, const NormalizationPlan& plan,
                              const PlanGradient& gradient)
{
    PlanBuilder& builder = block.builder;
    const memory::desc x = plan.x.desc();
    const PlanTensor y = builder.as(builder.reshaped(gradient.tensor, x.dims()), x);
    const PlanTensor before = builder.create(x);
    const auto own = [&](const QString& name) {
        return block.isTrainable()
                   ? builder.outside(plan.scale.desc(), block.weight(name)->gradient)
                   : PlanTensor();
    };
    builder.add(dnnl::batch_normalization_backward(plan.backward),
                {{DNNL_ARG_SRC, plan.x},
                 {DNNL_ARG_MEAN, plan.mean},
                 {DNNL_ARG_VARIANCE, plan.variance},
                 {DNNL_ARG_SCALE, plan.scale},
                 {DNNL_ARG_SHIFT, plan.shift}, // not read, but 2.6 wants it
                 {DNNL_ARG_WORKSPACE, plan.workspace},
                 {DNNL_ARG_DIFF_DST, y},
                 {DNNL_ARG_DIFF_SRC, before},
                 {DNNL_ARG_DIFF_SCALE, own(u"weight"_s)},
                 {DNNL_ARG_DIFF_SHIFT, own(u"bias"_s)}});
    if (block.wantsGradient())
        block.giveBack({builder.reshaped(before, block.sourceDims()), true});
}

/// Ioffe and Szegedy 2015. A frozen block uses the running statistics in training, too.
std::optional<BackwardCompiler> compileBatchNormalization(BlockPlan& block)
{
    PlanBuilder& builder = block.builder;
    const bool relu = block.following == Activation::ReLU;
    const memory::dims dims = imageDims(block.sourceDims());
    const memory::desc known = block.source().desc();
    const memory::desc x = known.dims() == dims ? known : plainDesc(dims, known.data_type());
    const auto plan = std::make_shared<NormalizationPlan>(makeNormalization(block, x, relu));
    if (isSlow(plan->forward) || (plan->backward && isSlow(plan->backward)))
        return std::nullopt;
    block.tookFollowing = relu;
    plan->x = builder.reshaped(block.source(), dims);
    addNormalization(block, *plan);
    return [plan, &block](const PlanGradient& gradient) {
        addNormalizationBackward(block, *plan, gradient);
    };
}

/// Srivastava et al. 2014; what stays is scaled up, so that evaluation needs no change.
void addDropout(const BlockPlan& block, const PlanTensor& from, const PlanTensor& to,
                const ChannelLayout& layout)
{
    const auto rate = float(block.parameters.real(u"rate"_s));
    block.builder.add({from, to},
                      [=, bytes = from.desc().get_size(), type = from.desc().data_type(),
                       use = block.id](const PlanRun& run) {
                          const quint64 seed = dropoutSeed(run.seed, use);
                          if (type == memory::data_type::bf16)
                              dropOut(from.data<quint16>(), to.data<quint16>(),
                                      bytes / sizeof(quint16), layout, seed, rate);
                          else
                              dropOut(from.data<float>(), to.data<float>(), bytes / sizeof(float),
                                      layout, seed, rate);
                      });
}

std::optional<BackwardCompiler> compileDropout(BlockPlan& block)
{
    PlanBuilder& builder = block.builder;
    if (!builder.training() || block.parameters.real(u"rate"_s) <= 0) {
        block.give(block.source());
        return [&block](const PlanGradient& gradient) {
            if (block.wantsGradient())
                block.giveBack(gradient);
        };
    }
    const memory::desc known = block.source().desc();
    const PlanTensor x =
        channelLayout(known)
            ? block.source()
            : builder.as(block.source(), plainDesc(known.dims(), known.data_type()));
    const auto layout = channelLayout(x.desc());
    if (!layout)
        return std::nullopt;
    const PlanTensor y = builder.create(x.desc());
    addDropout(block, x, y, *layout);
    block.give(y);
    return [y, layout = *layout, &block, &builder](const PlanGradient& gradient) {
        if (!block.wantsGradient())
            return;
        const PlanTensor after = builder.as(gradient.tensor, y.desc());
        const PlanTensor before = builder.create(y.desc());
        addDropout(block, after, before, layout);
        block.giveBack({before, true});
    };
}

} // namespace

ChannelScale channelScale(const BlockPlan& normalization)
{
    const auto own = [&](const QString& name) {
        return static_cast<const float*>(normalization.weight(name)->data);
    };
    return {normalization.shape.channels(),
            own(u"weight"_s),
            own(u"bias"_s),
            own(u"running_mean"_s),
            own(u"running_var"_s),
            float(normalization.parameters.real(u"epsilon"_s))};
}

std::span<const CompilerEntry> normalizationCompilers()
{
    static constexpr std::array<CompilerEntry, 2> entries{{
        {QLatin1String("batch_normalization"), compileBatchNormalization, false, true},
        {QLatin1String("dropout"), compileDropout},
    }};
    return entries;
}

} // namespace espalier
