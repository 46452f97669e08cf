#include "core/nn/torch/blocks/block_builders.h"
#include "core/nn/torch/blocks/network_block.h"
#include "core/nn/torch/blocks/windows.h"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Padding paddingOf(const BlockSpec& spec)
{
    return enumFromName<Padding>(spec.parameters.text(u"padding"_s)).value_or(Padding::Same);
}

/// Height first.
struct PlaneWindow {
    Window vertical;
    Window horizontal;
};

PlaneWindow windowOf(const Parameters& parameters)
{
    const qint64 dilation = std::max<qint64>(parameters.integer(u"dilation"_s), 1);
    return {{parameters.integer(u"height"_s), parameters.integer(u"vertical_stride"_s), dilation},
            {parameters.integer(u"width"_s), parameters.integer(u"horizontal_stride"_s), dilation}};
}

using Convolve = std::function<at::Tensor(const at::Tensor& x, const at::Tensor& weight,
                                          const at::Tensor& bias)>;

/// A convolution of an H×W image in `groups` parts with everything but its weights decided. The
/// library pads alike on both sides; other margins are put around the image before.
Convolve convolution(const PlaneWindow& window, Padding padding, int64_t height, int64_t width,
                     int64_t groups)
{
    const Margin vertical = marginOf(padding, height, window.vertical);
    const Margin horizontal = marginOf(padding, width, window.horizontal);
    const bool symmetric = vertical.isSymmetric() && horizontal.isSymmetric();
    const std::array margins{horizontal.before, horizontal.after, vertical.before, vertical.after};
    const std::array strides{window.vertical.stride, window.horizontal.stride};
    const std::array dilations{window.vertical.dilation, window.horizontal.dilation};
    const std::array<int64_t, 2> sides{symmetric ? vertical.before : 0,
                                       symmetric ? horizontal.before : 0};
    return [=](const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
        const at::Tensor padded = symmetric ? x : at::constant_pad_nd(x, margins);
        return at::conv2d(padded, weight, bias, strides, sides, dilations, groups);
    };
}

double area(const PlaneWindow& window)
{
    return static_cast<double>(window.vertical.size * window.horizontal.size);
}

NetworkBlock convolutionBlock(const BlockSpec& spec, WeightAndBias made, Convolve convolve)
{
    return {std::move(made.parameters),
            [weight = made.weight, bias = made.bias, convolve = std::move(convolve),
             activation = activationOf(spec)](const auto& inputs, const auto&) {
                return activateFresh(activation, convolve(inputs[0], weight, bias));
            }};
}

NetworkBlock buildConvolution2D(const BlockSpec& spec)
{
    const Shape& in = spec.inputs.first();
    const PlaneWindow window = windowOf(spec.parameters);
    const int64_t filters = spec.parameters.integer(u"filters"_s);
    const Fans fans{area(window) * static_cast<double>(in.channels()),
                    area(window) * static_cast<double>(filters)};
    WeightAndBias made =
        weightAndBias(spec, {filters, in.channels(), window.vertical.size, window.horizontal.size},
                      fans, filters);
    return convolutionBlock(spec, std::move(made),
                            convolution(window, paddingOf(spec), in[0], in[1], 1));
}

/// As a convolution of an image of height 1.
NetworkBlock buildConvolution1D(const BlockSpec& spec)
{
    const Shape& in = spec.inputs.first();
    const PlaneWindow window{{}, windowOf(spec.parameters).horizontal};
    const int64_t filters = spec.parameters.integer(u"filters"_s);
    const Fans fans{area(window) * static_cast<double>(in.channels()),
                    area(window) * static_cast<double>(filters)};
    WeightAndBias made =
        weightAndBias(spec, {filters, in.channels(), window.horizontal.size}, fans, filters);
    const Convolve plane = convolution(window, paddingOf(spec), 1, in[0], 1);
    return convolutionBlock(
        spec, std::move(made),
        [plane](const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
            return plane(x.unsqueeze(2), weight.unsqueeze(2), bias).squeeze(2);
        });
}

/// Fans as Keras counts them for a kernel of height × width × channels × multiplier.
NetworkBlock buildDepthwiseConvolution2D(const BlockSpec& spec)
{
    const Shape& in = spec.inputs.first();
    const PlaneWindow window = windowOf(spec.parameters);
    const int64_t multiplier = spec.parameters.integer(u"depth_multiplier"_s);
    const int64_t outputs = in.channels() * multiplier;
    const Fans fans{area(window) * static_cast<double>(in.channels()),
                    area(window) * static_cast<double>(multiplier)};
    WeightAndBias made = weightAndBias(
        spec, {outputs, 1, window.vertical.size, window.horizontal.size}, fans, outputs);
    return convolutionBlock(spec, std::move(made),
                            convolution(window, paddingOf(spec), in[0], in[1], in.channels()));
}

/// One axis of a transposed convolution, which gives (input - 1) × stride + window values: what
/// Same cuts off, and what both add where the window is smaller than the stride.
struct TransposedAxis {
    int64_t before = 0; ///< cut off at both ends by the library
    int64_t added = 0;  ///< behind the end
    int64_t length = 0; ///< kept

    TransposedAxis(Padding padding, int64_t input, const Window& window)
    {
        const int64_t surplus = std::max<int64_t>(window.size - window.stride, 0);
        const Margin cut = padding == Padding::Same ? halves(surplus) : Margin{};
        before = cut.before;
        added = std::max<int64_t>(window.stride - window.size, 0);
        length = input * window.stride + surplus - cut.before - cut.after;
    }
};

/// Fans as Keras counts them for a kernel of height × width × filters × channels.
NetworkBlock buildDeconvolution2D(const BlockSpec& spec)
{
    const Parameters& parameters = spec.parameters;
    const Shape& in = spec.inputs.first();
    const int64_t filters = parameters.integer(u"number_of_filters"_s);
    const PlaneWindow window{
        {parameters.integer(u"height_of_filter"_s), parameters.integer(u"vertical_stride"_s)},
        {parameters.integer(u"width_of_filter"_s), parameters.integer(u"horizontal_stride"_s)}};
    const TransposedAxis vertical(paddingOf(spec), in[0], window.vertical);
    const TransposedAxis horizontal(paddingOf(spec), in[1], window.horizontal);
    WeightAndBias made =
        weightAndBias(spec, {in.channels(), filters, window.vertical.size, window.horizontal.size},
                      {area(window) * static_cast<double>(filters),
                       area(window) * static_cast<double>(in.channels())},
                      filters);
    const std::array strides{window.vertical.stride, window.horizontal.stride};
    const std::array sides{vertical.before, horizontal.before};
    const std::array added{vertical.added, horizontal.added};
    return convolutionBlock(
        spec, std::move(made),
        [=](const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
            return at::conv_transpose2d(x, weight, bias, strides, sides, added)
                .narrow(2, 0, vertical.length)
                .narrow(3, 0, horizontal.length);
        });
}

} // namespace

std::span<const BuilderEntry> convolutionBuilders()
{
    static constexpr std::array<BuilderEntry, 4> entries{{
        {QLatin1String("conv1d"), buildConvolution1D},
        {QLatin1String("conv2d"), buildConvolution2D},
        {QLatin1String("depthwise_conv2d"), buildDepthwiseConvolution2D},
        {QLatin1String("deconv2d"), buildDeconvolution2D},
    }};
    return entries;
}

} // namespace espalier
