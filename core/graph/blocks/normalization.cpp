#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// A trained factor and a trained offset for every channel.
BlockCost normalizationCost(const QList<Shape>&, const Shape& output, const Parameters& parameters)
{
    return weightCost(saturatedProduct({2, output.channels()}), 0, 0, output, parameters);
}

SummaryRule valueSummary(const QString& key, const QString& label)
{
    return [=](const Parameters& parameters) {
        return label + u" "_s + QString::number(parameters.real(key), 'g', 6);
    };
}

BlockType batchNormalization()
{
    return {.key = u"batch_normalization"_s,
            .name = u"Batch normalization"_s,
            .help =
                u"Brings every channel to mean 0 and variance 1 over the batch, then scales and "
                "shifts it as trained. Speeds up learning."_s,
            .group = BlockGroup::Normalization,
            .parameters = {realParameter(u"momentum"_s, u"Momentum"_s, 0.99, 0, 1,
                                         u"How much of the running mean and variance a batch "
                                         "leaves as it was; less in the first steps."_s),
                           epsilonParameter(), trainableParameter()},
            .keepsCount = true,
            .shape = sameShape,
            .cost = normalizationCost,
            .summary = valueSummary(u"momentum"_s, u"Momentum"_s)};
}

BlockType layerNormalization()
{
    return {.key = u"layer_normalization"_s,
            .name = u"Layer normalization"_s,
            .help = u"Brings the last axis of each example to mean 0 and variance 1, then scales "
                    "and shifts it as trained."_s,
            .group = BlockGroup::Normalization,
            .parameters = {epsilonParameter(), trainableParameter()},
            .keepsCount = true,
            .shape = sameShape,
            .cost = normalizationCost,
            .summary = valueSummary(u"epsilon"_s, u"Epsilon"_s)};
}

BlockType dropout()
{
    return {.key = u"dropout"_s,
            .name = u"Dropout"_s,
            .help = u"While training, sets a random part of the values to zero, which works "
                    "against overfitting. Rates of 0.1 to 0.5 are usual."_s,
            .group = BlockGroup::Normalization,
            .parameters = {realParameter(u"rate"_s, u"Rate"_s, 0.5, 0, 0.99,
                                         u"The part of the values that is set to zero."_s)},
            .keepsValues = true,
            .keepsCount = true,
            .shape = sameShape,
            .cost = outputCost,
            .summary = valueSummary(u"rate"_s, u"Rate"_s)};
}

} // namespace

QList<BlockType> normalizationBlocks()
{
    return {batchNormalization(), layerNormalization(), dropout()};
}

} // namespace espalier
