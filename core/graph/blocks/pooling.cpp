#include "core/graph/activations.h"
#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

ParameterSpec factorParameter(const QString& key, const QString& label)
{
    return windowParameter(key, label, 2, u"Size of the window along this axis."_s);
}

ParameterSpec paddingParameter()
{
    return choiceParameter(u"padding"_s, u"Padding"_s, Padding::Valid,
                           u"Valid: whole windows alone; Same: also those cut by the edge."_s);
}

Result<Shape> pooling2dShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    const Shape& input = inputs.first();
    if (const Status status = requireImage(input); !status)
        return failureOf(status);
    const auto height = windowPlaces(input[0], parameters.integer(u"vertical_pooling_factor"_s),
                                     parameters.integer(u"vertical_stride"_s), 1, parameters);
    const auto width = windowPlaces(input[1], parameters.integer(u"horizontal_pooling_factor"_s),
                                    parameters.integer(u"horizontal_stride"_s), 1, parameters);
    if (!height || !width)
        return failureOf(height ? width : height);
    return Shape{*height, *width, input[2]};
}

QString pooling2dSummary(const Parameters& parameters)
{
    const Shape window{parameters.integer(u"vertical_pooling_factor"_s),
                       parameters.integer(u"horizontal_pooling_factor"_s)};
    return u"%1 · stride %2"_s.arg(window.toString(), strideText(parameters));
}

BlockType pooling2d(const QString& key, const QString& name, const QString& help)
{
    return {.key = key,
            .name = name,
            .help = help,
            .group = BlockGroup::Pooling,
            .parameters =
                QList<ParameterSpec>{
                    factorParameter(u"horizontal_pooling_factor"_s, u"Horizontal pooling factor"_s),
                    factorParameter(u"vertical_pooling_factor"_s, u"Vertical pooling factor"_s)} +
                strideParameters(2) + QList<ParameterSpec>{paddingParameter()},
            .keepsValues = true,
            .shape = pooling2dShape,
            .cost = outputCost,
            .summary = pooling2dSummary};
}

Result<Shape> pooling1dShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    const Shape& input = inputs.first();
    if (const Status status = requireSequence(input); !status)
        return failureOf(status);
    const auto length = windowPlaces(input[0], parameters.integer(u"pooling_factor"_s),
                                     parameters.integer(u"stride"_s), 1, parameters);
    if (!length)
        return failureOf(length);
    return Shape{*length, input[1]};
}

BlockType pooling1d(const QString& key, const QString& name, const QString& help)
{
    return {.key = key,
            .name = name,
            .help = help,
            .group = BlockGroup::Pooling,
            .parameters = {factorParameter(u"pooling_factor"_s, u"Pooling factor"_s),
                           windowParameter(u"stride"_s, u"Stride"_s, 2,
                                           u"How far the window moves at a time."_s),
                           paddingParameter()},
            .keepsValues = true,
            .shape = pooling1dShape,
            .cost = outputCost,
            .summary = [](const Parameters& parameters) {
                return u"%1 · stride %2"_s.arg(parameters.text(u"pooling_factor"_s),
                                               parameters.text(u"stride"_s));
            }};
}

BlockType globalPooling(const QString& key, const QString& name, const QString& help,
                        const ShapeRule& shape)
{
    return {.key = key,
            .name = name,
            .help = help,
            .group = BlockGroup::Pooling,
            .keepsValues = true,
            .shape = shape,
            .cost = outputCost,
            .summary = noSummary};
}

Result<Shape> global2dShape(const QList<Shape>& inputs, const Parameters&)
{
    if (const Status status = requireImage(inputs.first()); !status)
        return failureOf(status);
    return Shape{1, 1, inputs.first().channels()};
}

Result<Shape> global1dShape(const QList<Shape>& inputs, const Parameters&)
{
    if (const Status status = requireSequence(inputs.first()); !status)
        return failureOf(status);
    return Shape{1, inputs.first().channels()};
}

} // namespace

QList<BlockType> poolingBlocks()
{
    return {
        pooling2d(u"max_pooling2d"_s, u"2D Max pooling"_s,
                  u"Makes an image H×W×C smaller: the largest value of each window is kept."_s),
        pooling2d(u"average_pooling2d"_s, u"2D Average pooling"_s,
                  u"Makes an image H×W×C smaller: the mean of each window is kept."_s),
        pooling1d(u"max_pooling1d"_s, u"1D Max pooling"_s,
                  u"Makes a sequence L×C shorter: the largest value of each window is kept."_s),
        pooling1d(u"average_pooling1d"_s, u"1D Average pooling"_s,
                  u"Makes a sequence L×C shorter: the mean of each window is kept."_s),
        globalPooling(u"global_average_pooling2d"_s, u"2D Global average pooling"_s,
                      u"Gives the mean of every channel of an image H×W×C."_s, global2dShape),
        globalPooling(u"global_max_pooling2d"_s, u"2D Global max pooling"_s,
                      u"Gives the largest value of every channel of an image H×W×C."_s,
                      global2dShape),
        globalPooling(u"global_average_pooling1d"_s, u"1D Global average pooling"_s,
                      u"Gives the mean of every channel of a sequence L×C."_s, global1dShape),
        globalPooling(u"global_max_pooling1d"_s, u"1D Global max pooling"_s,
                      u"Gives the largest value of every channel of a sequence L×C."_s,
                      global1dShape),
    };
}

} // namespace espalier
