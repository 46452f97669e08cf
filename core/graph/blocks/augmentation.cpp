#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QList<ParameterSpec> transformationParameters()
{
    return {booleanParameter(u"flip_horizontal"_s, u"Flip horizontal"_s, false,
                             u"Mirrors half of the images left to right."_s),
            booleanParameter(u"flip_vertical"_s, u"Flip vertical"_s, false,
                             u"Mirrors half of the images top to bottom."_s),
            realParameter(u"shift"_s, u"Shift (%)"_s, 0, 0, 100,
                          u"Moves images by up to this part of their width and height."_s),
            realParameter(u"rotation"_s, u"Rotation (°)"_s, 0, 0, 180,
                          u"Turns images by up to this angle, either way."_s),
            realParameter(u"zoom"_s, u"Zoom (%)"_s, 0, 0, 90,
                          u"Makes images larger or smaller by up to this part."_s),
            realParameter(u"brightness"_s, u"Brightness (%)"_s, 0, 0, 100,
                          u"Makes images brighter or darker by up to this part."_s)};
}

QString transformationSummary(const Parameters& parameters)
{
    QStringList parts;
    for (const ParameterSpec& spec : transformationParameters()) {
        if (spec.type == ParameterType::Boolean && parameters.flag(spec.key))
            parts.append(spec.label);
        else if (parameters.real(spec.key) > 0)
            parts.append(spec.label.left(spec.label.indexOf(QChar(u' '))) + u" "_s +
                         spec.toText(parameters.real(spec.key)) +
                         spec.label.mid(spec.label.indexOf(QChar(u'(')) + 1).chopped(1));
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
