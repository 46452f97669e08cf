#include "core/nn/torch/blocks/block_builders.h"
#include "core/nn/torch/blocks/network_block.h"
#include "core/nn/torch/blocks/windows.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/upsample_bilinear2d.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using Pool = std::function<at::Tensor(const at::Tensor&)>;

/// A window over an H×W image with the margins that go around it.
struct Pooling {
    std::array<int64_t, 2> sizes;
    std::array<int64_t, 2> strides;
    std::array<int64_t, 4> margins; ///< left, right, top, bottom
    std::array<int64_t, 2> plane;   ///< height and width of the image

    Pooling(const Parameters& parameters, int64_t height, int64_t width, const Window& vertical,
            const Window& horizontal)
        : sizes{vertical.size, horizontal.size}
        , strides{vertical.stride, horizontal.stride}
        , plane{height, width}
    {
        const Padding padding =
            enumFromName<Padding>(parameters.text(u"padding"_s)).value_or(Padding::Valid);
        const Margin v = marginOf(padding, height, vertical);
        const Margin h = marginOf(padding, width, horizontal);
        margins = {h.before, h.after, v.before, v.after};
    }

    [[nodiscard]] bool hasMargins() const { return margins != std::array<int64_t, 4>{}; }
};

Pool maxPool(const Pooling& pooling)
{
    const bool pad = pooling.hasMargins();
    return [=](const at::Tensor& x) {
        constexpr double Lowest = -std::numeric_limits<double>::infinity();
        const at::Tensor padded = pad ? at::constant_pad_nd(x, pooling.margins, Lowest) : x;
        return at::max_pool2d(padded, pooling.sizes, pooling.strides);
    };
}

/// Margins count as nothing, neither in the sum nor in the number of values.
Pool averagePool(const Pooling& pooling)
{
    const auto average = [=](const at::Tensor& x) {
        const at::Tensor padded =
            pooling.hasMargins() ? at::constant_pad_nd(x, pooling.margins) : x;
        return at::avg_pool2d(padded, pooling.sizes, pooling.strides);
    };
    if (!pooling.hasMargins())
        return average;
    const at::Tensor covered = average(at::ones({1, 1, pooling.plane[0], pooling.plane[1]}));
    return [=](const at::Tensor& x) { return average(x) / covered.to(x.options()); };
}

NetworkBlock poolingBlock(Pool pool)
{
    return {{},
            [pool = std::move(pool)](const auto& inputs, const auto&) { return pool(inputs[0]); }};
}

template <Pool (*MakePool)(const Pooling&)>
NetworkBlock buildPooling2D(const BlockSpec& spec)
{
    const Shape& in = spec.inputs.first();
    const Parameters& p = spec.parameters;
    const Window vertical{p.integer(u"vertical_pooling_factor"_s), p.integer(u"vertical_stride"_s)};
    const Window horizontal{p.integer(u"horizontal_pooling_factor"_s),
                            p.integer(u"horizontal_stride"_s)};
    return poolingBlock(MakePool(Pooling(p, in[0], in[1], vertical, horizontal)));
}

/// As the pooling of an image of height 1.
template <Pool (*MakePool)(const Pooling&)>
NetworkBlock buildPooling1D(const BlockSpec& spec)
{
    const Parameters& p = spec.parameters;
    const Window window{p.integer(u"pooling_factor"_s), p.integer(u"stride"_s)};
    const Pool pool = MakePool(Pooling(p, 1, spec.inputs.first()[0], {}, window));
    return poolingBlock([pool](const at::Tensor& x) { return pool(x.unsqueeze(2)).squeeze(2); });
}

/// Over all places of an image or a sequence, which keeps its rank or loses it as the graph says.
template <at::Tensor (*Reduce)(const at::Tensor&)>
NetworkBlock buildGlobalPooling(const BlockSpec& spec)
{
    const auto sizes = tensorSizes(spec.output, -1);
    return poolingBlock([sizes](const at::Tensor& x) { return Reduce(x.flatten(2)).view(sizes); });
}

at::Tensor meanOverPlaces(const at::Tensor& x)
{
    return x.mean(-1);
}

at::Tensor maximumOverPlaces(const at::Tensor& x)
{
    return x.amax(-1);
}

NetworkBlock buildUpsampling2D(const BlockSpec& spec)
{
    const auto interpolation =
        enumFromName<Interpolation>(spec.parameters.text(u"interpolation"_s));
    const std::array<int64_t, 2> size{spec.output[0], spec.output[1]};
    if (interpolation == Interpolation::Bilinear)
        return poolingBlock(
            [size](const at::Tensor& x) { return at::upsample_bilinear2d(x, size, false); });
    return poolingBlock([size](const at::Tensor& x) { return at::upsample_nearest2d(x, size); });
}

NetworkBlock buildZeroPadding2D(const BlockSpec& spec)
{
    const Parameters& p = spec.parameters;
    const std::array<int64_t, 4> margins{p.integer(u"left"_s), p.integer(u"right"_s),
                                         p.integer(u"top"_s), p.integer(u"bottom"_s)};
    return poolingBlock([margins](const at::Tensor& x) { return at::constant_pad_nd(x, margins); });
}

} // namespace

std::span<const BuilderEntry> poolingBuilders()
{
    static constexpr std::array<BuilderEntry, 10> entries{{
        {QLatin1String("max_pooling2d"), buildPooling2D<maxPool>},
        {QLatin1String("average_pooling2d"), buildPooling2D<averagePool>},
        {QLatin1String("max_pooling1d"), buildPooling1D<maxPool>},
        {QLatin1String("average_pooling1d"), buildPooling1D<averagePool>},
        {QLatin1String("global_average_pooling2d"), buildGlobalPooling<meanOverPlaces>},
        {QLatin1String("global_max_pooling2d"), buildGlobalPooling<maximumOverPlaces>},
        {QLatin1String("global_average_pooling1d"), buildGlobalPooling<meanOverPlaces>},
        {QLatin1String("global_max_pooling1d"), buildGlobalPooling<maximumOverPlaces>},
        {QLatin1String("upsampling2d"), buildUpsampling2D},
        {QLatin1String("zero_padding2d"), buildZeroPadding2D},
    }};
    return entries;
}

} // namespace espalier
