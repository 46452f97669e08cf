#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

BlockType flatten()
{
    return {.key = u"flatten"_s,
            .name = u"Flatten"_s,
            .help = u"Puts all values into one row."_s,
            .group = BlockGroup::Merge,
            .keepsValues = true,
            .keepsCount = true,
            .shape = [](const QList<Shape>& inputs, const Parameters&) -> Result<Shape> {
                return Shape{saturatedProduct(inputs.first())};
            },
            .cost = outputCost,
            .summary = noSummary};
}

Result<Shape> reshapeShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    const Shape& input = inputs.first();
    const Shape wanted = parameters.shape(u"target_shape"_s);
    const qint64 count = saturatedProduct(input);
    if (wanted.isEmpty())
        return shapeError(u"choose a target shape of %1 values"_s.arg(count));
    if (saturatedProduct(wanted) != count)
        return shapeError(u"cannot make %1 (%2 values) from %3 (%4 values)"_s.arg(
            wanted.toString(), QString::number(saturatedProduct(wanted)), input.toString(),
            QString::number(count)));
    return wanted;
}

BlockType reshape()
{
    return {.key = u"reshape"_s,
            .name = u"Reshape"_s,
            .help = u"Reads the same values in another shape."_s,
            .group = BlockGroup::Merge,
            .parameters = {{.key = u"target_shape"_s,
                            .label = u"Target shape"_s,
                            .help = u"The shape to give, such as 7×7×64; as many values as come "
                                    "in."_s,
                            .type = ParameterType::Shape,
                            .defaultValue = QString()}},
            .keepsValues = true,
            .keepsCount = true,
            .shape = reshapeShape,
            .cost = outputCost,
            .summary = [](const Parameters& parameters) {
                const QString shape = parameters.text(u"target_shape"_s);
                return shape.isEmpty() ? u"No shape yet"_s : shape;
            }};
}

BlockType activation()
{
    return {.key = u"activation"_s,
            .name = u"Activation"_s,
            .help = u"Applies a function to every value."_s,
            .group = BlockGroup::Merge,
            .parameters = {activationParameter()},
            .keepsCount = true,
            .shape = sameShape,
            .cost = outputCost,
            .summary = activationSummary()};
}

} // namespace

QList<BlockType> shapeBlocks()
{
    return {flatten(), reshape(), activation()};
}

} // namespace espalier
