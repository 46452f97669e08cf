#include "core/nn/compiled/blocks/block_plan.h"
#include "core/nn/compiled/blocks/convolution_kind.h"
#include "core/nn/compiled/blocks/weighted_plan.h"
#include "core/nn/torch/blocks/windows.h"

#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using dnnl::memory;

/// Height first.
struct PlaneWindow {
    Window vertical;
    Window horizontal;
};

PlaneWindow windowOf(const Parameters& p, bool isPlane)
{
    const qint64 dilation = std::max<qint64>(p.integer(u"dilation"_s), 1);
    const Window horizontal{p.integer(u"width"_s), p.integer(u"horizontal_stride"_s), dilation};
    if (!isPlane)
        return {{}, horizontal};
    return {{p.integer(u"height"_s), p.integer(u"vertical_stride"_s), dilation}, horizontal};
}

ConvolutionKind kindOf(const BlockPlan& block, const PlaneWindow& window)
{
    const Padding padding =
        enumFromName<Padding>(block.parameters.text(u"padding"_s)).value_or(Padding::Same);
    const memory::dims x = block.sourceDims();
    const Margin vertical = marginOf(padding, x[2], window.vertical);
    const Margin horizontal = marginOf(padding, x[3], window.horizontal);
    return {{window.vertical.stride, window.horizontal.stride},
            {window.vertical.dilation - 1, window.horizontal.dilation - 1},
            {vertical.before, horizontal.before},
            {vertical.after, horizontal.after}};
}

std::optional<BackwardCompiler> convolve(BlockPlan& block, const ConvolutionKind& kind,
                                         const memory::dims& weights)
{
    const auto plan = std::make_shared<WeightedPlan<ConvolutionKind>>(
        block, kind, block.sourceDims(), plainDesc(weights, memory::data_type::f32),
        block.outputDims());
    return finishWeighted(block, plan);
}

/// Also of sequences, as images of height 1.
std::optional<BackwardCompiler> compileConvolution(BlockPlan& block)
{
    const bool isPlane = block.shapes.first().rank() == 3;
    const PlaneWindow window = windowOf(block.parameters, isPlane);
    return convolve(block, kindOf(block, window),
                    {block.shape.channels(), block.shapes.first().channels(), window.vertical.size,
                     window.horizontal.size});
}

std::optional<BackwardCompiler> compileDepthwise(BlockPlan& block)
{
    const PlaneWindow window = windowOf(block.parameters, true);
    const qint64 channels = block.shapes.first().channels();
    return convolve(block, kindOf(block, window),
                    {channels, block.shape.channels() / channels, 1, window.vertical.size,
                     window.horizontal.size});
}

} // namespace

std::span<const CompilerEntry> convolutionCompilers()
{
    static constexpr std::array<CompilerEntry, 3> entries{{
        {QLatin1String("conv1d"), compileConvolution},
        {QLatin1String("conv2d"), compileConvolution},
        {QLatin1String("depthwise_conv2d"), compileDepthwise},
    }};
    return entries;
}

} // namespace espalier
