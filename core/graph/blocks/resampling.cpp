#include "core/graph/activations.h"
#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Result<Shape> upsamplingShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    const Shape& input = inputs.first();
    if (const Status status = requireImage(input); !status)
        return failureOf(status);
    const qint64 factor = parameters.integer(u"factor"_s);
    return Shape{input[0] * factor, input[1] * factor, input[2]};
}

BlockType upsampling2d()
{
    return {.key = u"upsampling2d"_s,
            .name = u"2D Upsampling"_s,
            .help = u"Enlarges an image H×W×C by a whole factor, with nothing to train."_s,
            .group = BlockGroup::Convolution,
            .parameters = {integerParameter(u"factor"_s, u"Factor"_s, 2, 1, 64,
                                            u"How many times wider and higher the image gets."_s),
                           choiceParameter(u"interpolation"_s, u"Interpolation"_s,
                                           Interpolation::Nearest,
                                           u"Nearest repeats values, Bilinear blends them."_s)},
            .keepsValues = true,
            .shape = upsamplingShape,
            .cost = outputCost,
            .summary = [](const Parameters& parameters) {
                return parameters.text(u"factor"_s) + u" times · "_s +
                       labelOf<Interpolation>(parameters.text(u"interpolation"_s));
            }};
}

ParameterSpec edgeParameter(const QString& key, const QString& label)
{
    return integerParameter(key, label, 0, 0, 4096, u"Rows or columns of zeros at this edge."_s);
}

Result<Shape> zeroPaddingShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    const Shape& input = inputs.first();
    if (const Status status = requireImage(input); !status)
        return failureOf(status);
    return Shape{input[0] + parameters.integer(u"top"_s) + parameters.integer(u"bottom"_s),
                 input[1] + parameters.integer(u"left"_s) + parameters.integer(u"right"_s),
                 input[2]};
}

QString zeroPaddingSummary(const Parameters& parameters)
{
    QStringList edges;
    for (const QString& key : {u"top"_s, u"bottom"_s, u"left"_s, u"right"_s})
        edges.append(parameters.text(key));
    return u"Top, bottom, left, right "_s + edges.join(u", "_s);
}

BlockType zeroPadding2d()
{
    return {
        .key = u"zero_padding2d"_s,
        .name = u"2D Zero padding"_s,
        .help = u"Puts zeros around an image H×W×C."_s,
        .group = BlockGroup::Convolution,
        .parameters = {edgeParameter(u"top"_s, u"Top"_s), edgeParameter(u"bottom"_s, u"Bottom"_s),
                       edgeParameter(u"left"_s, u"Left"_s), edgeParameter(u"right"_s, u"Right"_s)},
        .shape = zeroPaddingShape,
        .cost = outputCost,
        .summary = zeroPaddingSummary};
}

} // namespace

QList<BlockType> resamplingBlocks()
{
    return {upsampling2d(), zeroPadding2d()};
}

} // namespace espalier
