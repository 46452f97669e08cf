#include "core/graph/activations.h"
#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Sizes of a block with a window; a block without a parameter has its neutral value.
struct Window {
    qint64 height, width, verticalStride, horizontalStride, dilation;
};

Window windowOf(const Parameters& parameters, const QString& suffix = {})
{
    return {parameters.integer(u"height"_s + suffix), parameters.integer(u"width"_s + suffix),
            parameters.integer(u"vertical_stride"_s), parameters.integer(u"horizontal_stride"_s),
            std::max<qint64>(1, parameters.integer(u"dilation"_s))};
}

Result<Shape> windowShape(const Shape& input, const Window& window, qint64 channels,
                          const Parameters& parameters)
{
    if (const Status status = requireImage(input); !status)
        return failureOf(status);
    const auto height =
        windowPlaces(input[0], window.height, window.verticalStride, window.dilation, parameters);
    const auto width =
        windowPlaces(input[1], window.width, window.horizontalStride, window.dilation, parameters);
    if (!height || !width)
        return failureOf(height ? width : height);
    return Shape{*height, *width, channels};
}

ParameterSpec filtersParameter(const QString& key, const QString& label)
{
    return integerParameter(key, label, 32, 1, 65'536,
                            u"How many patterns the block looks for: the channels it gives."_s);
}

ParameterSpec paddingParameter(Padding defaultValue)
{
    return choiceParameter(u"padding"_s, u"Padding"_s, defaultValue,
                           u"Same: zeros around the edge keep the size; Valid: the window stays "
                           "inside."_s);
}

ParameterSpec dilationParameter()
{
    return windowParameter(u"dilation"_s, u"Dilation"_s, 1,
                           u"Distance between the values that the window reads."_s);
}

ParameterSpec sideParameter(const QString& key, const QString& label)
{
    return windowParameter(key, label, 3, u"Size of the window along this axis."_s);
}

QString filterSummary(const QString& filters, const Shape& window, const QString& stride,
                      const Parameters& parameters)
{
    QStringList parts{filters, window.toString()};
    if (stride != u"1"_s)
        parts.append(u"stride "_s + stride);
    parts.append(labelOf<Activation>(parameters.text(u"activation"_s)));
    return parts.join(u" · "_s);
}

Result<Shape> conv1dShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    if (const Status status = requireSequence(inputs.first()); !status)
        return failureOf(status);
    const auto length = windowPlaces(inputs.first()[0], parameters.integer(u"width"_s),
                                     parameters.integer(u"horizontal_stride"_s),
                                     parameters.integer(u"dilation"_s), parameters);
    if (!length)
        return failureOf(length);
    return Shape{*length, parameters.integer(u"filters"_s)};
}

BlockCost conv1dCost(const QList<Shape>& inputs, const Shape& output, const Parameters& parameters)
{
    const qint64 reads =
        saturatedProduct({parameters.integer(u"width"_s), inputs.first().channels()});
    return weightCost(saturatedProduct({reads, output.channels()}), output.channels(),
                      saturatedProduct({saturatedProduct(output), reads}), output, parameters);
}

BlockType conv1d()
{
    return {.key = u"conv1d"_s,
            .name = u"1D Convolution"_s,
            .help = u"Looks for patterns along a sequence L×C."_s,
            .group = BlockGroup::Convolution,
            .parameters = {filtersParameter(u"filters"_s, u"Filters"_s),
                           sideParameter(u"width"_s, u"Width"_s),
                           windowParameter(u"horizontal_stride"_s, u"Horizontal stride"_s, 1,
                                           u"How far the window moves at a time."_s),
                           paddingParameter(Padding::Same), dilationParameter(),
                           activationParameter(), biasParameter(), trainableParameter()},
            .shape = conv1dShape,
            .cost = conv1dCost,
            .summary = [](const Parameters& parameters) {
                return filterSummary(counted(parameters.integer(u"filters"_s), u"filter"_s),
                                     {parameters.integer(u"width"_s)},
                                     parameters.text(u"horizontal_stride"_s), parameters);
            }};
}

Result<Shape> conv2dShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    return windowShape(inputs.first(), windowOf(parameters), parameters.integer(u"filters"_s),
                       parameters);
}

BlockCost conv2dCost(const QList<Shape>& inputs, const Shape& output, const Parameters& parameters)
{
    const Window window = windowOf(parameters);
    const qint64 reads = saturatedProduct({window.height, window.width, inputs.first().channels()});
    return weightCost(saturatedProduct({reads, output.channels()}), output.channels(),
                      saturatedProduct({saturatedProduct(output), reads}), output, parameters);
}

QString conv2dSummary(const Parameters& parameters)
{
    const Window window = windowOf(parameters);
    return filterSummary(counted(parameters.integer(u"filters"_s), u"filter"_s),
                         {window.height, window.width}, strideText(parameters), parameters);
}

BlockType conv2d()
{
    return {.key = u"conv2d"_s,
            .name = u"2D Convolution"_s,
            .help = u"Looks for patterns in an image H×W×C: every filter reads all channels."_s,
            .group = BlockGroup::Convolution,
            .parameters = QList<ParameterSpec>{filtersParameter(u"filters"_s, u"Filters"_s),
                                               sideParameter(u"width"_s, u"Width"_s),
                                               sideParameter(u"height"_s, u"Height"_s)} +
                          strideParameters(1) +
                          QList<ParameterSpec>{paddingParameter(Padding::Same), dilationParameter(),
                                               activationParameter(), initializerParameter(),
                                               biasParameter(), trainableParameter()},
            .shape = conv2dShape,
            .cost = conv2dCost,
            .summary = conv2dSummary};
}

Result<Shape> depthwiseShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    return windowShape(
        inputs.first(), windowOf(parameters),
        saturatedProduct({inputs.first().channels(), parameters.integer(u"depth_multiplier"_s)}),
        parameters);
}

BlockCost depthwiseCost(const QList<Shape>&, const Shape& output, const Parameters& parameters)
{
    const Window window = windowOf(parameters);
    const qint64 reads = saturatedProduct({window.height, window.width});
    return weightCost(saturatedProduct({reads, output.channels()}), output.channels(),
                      saturatedProduct({saturatedProduct(output), reads}), output, parameters);
}

BlockType depthwiseConv2d()
{
    return {
        .key = u"depthwise_conv2d"_s,
        .name = u"2D Depthwise convolution"_s,
        .help = u"Looks for patterns in each channel of an image H×W×C by itself."_s,
        .group = BlockGroup::Convolution,
        .parameters =
            QList<ParameterSpec>{
                integerParameter(u"depth_multiplier"_s, u"Depth multiplier"_s, 1, 1, 1024,
                                 u"How many patterns are looked for in each channel."_s),
                sideParameter(u"width"_s, u"Width"_s), sideParameter(u"height"_s, u"Height"_s)} +
            strideParameters(1) +
            QList<ParameterSpec>{paddingParameter(Padding::Valid), activationParameter(),
                                 biasParameter(), trainableParameter()},
        .shape = depthwiseShape,
        .cost = depthwiseCost,
        .summary = [](const Parameters& parameters) {
            const Window window = windowOf(parameters);
            return filterSummary(parameters.text(u"depth_multiplier"_s) + u" a channel"_s,
                                 {window.height, window.width}, strideText(parameters), parameters);
        }};
}

qint64 grown(qint64 size, qint64 window, qint64 stride, const Parameters& parameters)
{
    const bool same = parameters.text(u"padding"_s) == enumKey(Padding::Same);
    return size * stride + (same ? 0 : std::max<qint64>(0, window - stride));
}

Result<Shape> deconvShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    const Shape& input = inputs.first();
    if (const Status status = requireImage(input); !status)
        return failureOf(status);
    const Window window = windowOf(parameters, u"_of_filter"_s);
    return Shape{grown(input[0], window.height, window.verticalStride, parameters),
                 grown(input[1], window.width, window.horizontalStride, parameters),
                 parameters.integer(u"number_of_filters"_s)};
}

BlockCost deconvCost(const QList<Shape>& inputs, const Shape& output, const Parameters& parameters)
{
    const Window window = windowOf(parameters, u"_of_filter"_s);
    const qint64 writes = saturatedProduct({window.height, window.width, output.channels()});
    return weightCost(saturatedProduct({writes, inputs.first().channels()}), output.channels(),
                      saturatedProduct({saturatedProduct(inputs.first()), writes}), output,
                      parameters);
}

BlockType deconv2d()
{
    return {
        .key = u"deconv2d"_s,
        .name = u"2D Deconvolution"_s,
        .help = u"Enlarges an image H×W×C by its strides, with trained filters."_s,
        .group = BlockGroup::Convolution,
        .parameters =
            QList<ParameterSpec>{filtersParameter(u"number_of_filters"_s, u"Number of filters"_s),
                                 sideParameter(u"width_of_filter"_s, u"Width of filter"_s),
                                 sideParameter(u"height_of_filter"_s, u"Height of filter"_s)} +
            strideParameters(2) +
            QList<ParameterSpec>{paddingParameter(Padding::Same), activationParameter(),
                                 biasParameter(), trainableParameter()},
        .shape = deconvShape,
        .cost = deconvCost,
        .summary = [](const Parameters& parameters) {
            const Window window = windowOf(parameters, u"_of_filter"_s);
            return filterSummary(counted(parameters.integer(u"number_of_filters"_s), u"filter"_s),
                                 {window.height, window.width}, strideText(parameters), parameters);
        }};
}

} // namespace

QList<BlockType> convolutionBlocks()
{
    return {conv1d(), conv2d(), depthwiseConv2d(), deconv2d()};
}

} // namespace espalier
