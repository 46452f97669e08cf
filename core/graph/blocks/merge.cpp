#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

tl::unexpected<Error> mismatch(const QString& wants, const Shape& first, const Shape& other)
{
    return shapeError(u"%1, got %2 and %3"_s.arg(wants, first.toString(), other.toString()));
}

Result<Shape> equalShapes(const QList<Shape>& inputs, const Parameters&)
{
    for (const Shape& input : inputs)
        if (input != inputs.first())
            return mismatch(u"needs equal shapes"_s, inputs.first(), input);
    return inputs.first();
}

BlockType elementwise(const QString& key, const QString& name, const QString& help)
{
    return {.key = key,
            .name = name,
            .help = help,
            .group = BlockGroup::Merge,
            .minimumInputs = 2,
            .maximumInputs = -1,
            .shape = equalShapes,
            .cost = outputCost,
            .summary = noSummary};
}

ParameterSpec axisParameter()
{
    return {
        .key = u"axis"_s,
        .label = u"Axis"_s,
        .help = u"The axis along which the inputs stand behind each other; in H×W×C axis 1 is "
                "the height."_s,
        .type = ParameterType::Choice,
        .defaultValue = u"last"_s,
        .choices = {{u"last"_s, u"Last"_s}, {u"1"_s, u"1"_s}, {u"2"_s, u"2"_s}, {u"3"_s, u"3"_s}}};
}

Result<Shape> concatenateShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    const Shape& first = inputs.first();
    const qsizetype chosen = parameters.text(u"axis"_s).toLongLong(); // 0 for "last"
    if (chosen > first.rank())
        return shapeError(u"has no axis %1 to join along, got %2"_s.arg(QString::number(chosen),
                                                                        first.toString()));
    const qsizetype axis = (chosen > 0 ? chosen : first.rank()) - 1;
    QList<qint64> joined = first.sizes();
    joined[axis] = 0;
    for (const Shape& input : inputs) {
        QList<qint64> sizes = input.sizes();
        if (sizes.size() != joined.size())
            return mismatch(u"needs shapes with as many axes"_s, first, input);
        sizes[axis] = joined[axis];
        if (sizes != joined)
            return mismatch(u"needs shapes that differ in axis %1 alone"_s.arg(axis + 1), first,
                            input);
        joined[axis] = saturatedSum(joined[axis], input[axis]);
    }
    return Shape(std::move(joined));
}

BlockType concatenate()
{
    return {.key = u"concatenate"_s,
            .name = u"Concatenate"_s,
            .help = u"Puts its inputs behind each other along an axis."_s,
            .group = BlockGroup::Merge,
            .parameters = {axisParameter()},
            .minimumInputs = 2,
            .maximumInputs = -1,
            .shape = concatenateShape,
            .cost = outputCost,
            .summary = [](const Parameters& parameters) {
                return u"Axis "_s + parameters.text(u"axis"_s);
            }};
}

} // namespace

QList<BlockType> mergeBlocks()
{
    return {elementwise(u"add"_s, u"Add"_s, u"Gives the sum of its inputs, value by value."_s),
            elementwise(u"multiply"_s, u"Multiply"_s,
                        u"Gives the product of its inputs, value by value."_s),
            concatenate()};
}

} // namespace espalier
