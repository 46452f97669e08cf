#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

ParameterSpec strengthParameter(const QString& key, const QString& label, double maximum,
                                const QString& unit, const QString& help)
{
    ParameterSpec spec = realParameter(key, label, 0, 0, maximum, help);
    spec.unit = unit;
    return spec;
}

QList<ParameterSpec> transformationParameters()
{
    return {booleanParameter(u"flip_horizontal"_s, u"Flip horizontal"_s, false,
                             u"Mirrors half of the images left to right."_s),
            booleanParameter(u"flip_vertical"_s, u"Flip vertical"_s, false,
                             u"Mirrors half of the images top to bottom."_s),
            strengthParameter(u"shift"_s, u"Shift"_s, 100, u" %"_s,
                              u"Moves images by up to this part of their width and height."_s),
            strengthParameter(u"rotation"_s, u"Rotation"_s, 180, u"°"_s,
                              u"Turns images by up to this angle, either way."_s),
            strengthParameter(u"zoom"_s, u"Zoom"_s, 90, u" %"_s,
                              u"Makes images larger or smaller by up to this part."_s),
            strengthParameter(u"crop"_s, u"Crop"_s, 90, u" %"_s,
                              u"Cuts this part of width and height away, leaving a random place of "
                              "images, and resizes it to the size they had."_s),
            strengthParameter(u"brightness"_s, u"Brightness"_s, 100, u" %"_s,
                              u"Makes images brighter or darker by up to this part of their "
                              "range."_s)};
}

QString transformationSummary(const Parameters& parameters)
{
    QStringList parts;
    for (const ParameterSpec& spec : transformationParameters()) {
        if (spec.type == ParameterType::Boolean && parameters.flag(spec.key))
            parts.append(spec.label);
        else if (const double strength = parameters.real(spec.key); strength > 0)
            parts.append(spec.label + u" "_s + spec.toText(strength) + spec.unit);
    }
    return parts.isEmpty() ? u"Changes nothing yet"_s : parts.join(u" · "_s);
}

Result<Shape> transformationShape(const QList<Shape>& inputs, const Parameters&)
{
    if (const Status status = requireImage(inputs.first()); !status)
        return failureOf(status);
    return inputs.first();
}

} // namespace

QList<BlockType> augmentationBlocks()
{
    return {{.key = u"random_transformation"_s,
             .name = u"Random transformation"_s,
             .help =
                 u"While training, changes images H×W×C a little at random, so that the network "
                 "sees more than the dataset holds."_s,
             .group = BlockGroup::Normalization,
             .parameters = transformationParameters(),
             .keepsCount = true,
             .shape = transformationShape,
             .cost = outputCost,
             .summary = transformationSummary}};
}

} // namespace espalier
