#include "core/graph/activations.h"
#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

ParameterSpec nodesParameter()
{
    ParameterSpec nodes = integerParameter(u"nodes"_s, u"Nodes"_s, 32, 1, 1'000'000,
                                           u"How many values the block gives; before a Target, as "
                                           "many as it has classes unless you choose."_s);
    nodes.follows = true;
    return nodes;
}

/// The last axis is replaced; 1×1×C reads as C.
Result<Shape> denseShape(const QList<Shape>& inputs, const Parameters& parameters)
{
    QList<qint64> sizes = inputs.first().sizes();
    sizes.last() = parameters.integer(u"nodes"_s);
    if (std::all_of(sizes.begin(), sizes.end() - 1, [](qint64 size) { return size == 1; }))
        return Shape{sizes.last()};
    return Shape(std::move(sizes));
}

BlockCost denseCost(const QList<Shape>& inputs, const Shape& output, const Parameters& parameters)
{
    const qint64 width = inputs.first().channels();
    return weightCost(saturatedProduct({width, output.channels()}), output.channels(),
                      saturatedProduct({saturatedProduct(output), width}), output, parameters);
}

QString denseSummary(const Parameters& parameters)
{
    return counted(parameters.integer(u"nodes"_s), u"node"_s) + u" · "_s +
           labelOf<Activation>(parameters.text(u"activation"_s));
}

} // namespace

QList<BlockType> denseBlocks()
{
    return {{.key = u"dense"_s,
             .name = u"Dense"_s,
             .help = u"Joins every value it gets to each of its nodes. Acts on the last axis; "
                     "Flatten before it joins all axes."_s,
             .group = BlockGroup::Dense,
             .parameters = {nodesParameter(), initializerParameter(), activationParameter(),
                            biasParameter(), trainableParameter()},
             .shape = denseShape,
             .cost = denseCost,
             .summary = denseSummary}};
}

} // namespace espalier
