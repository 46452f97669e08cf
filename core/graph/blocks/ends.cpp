#include "core/graph/blocks/block_families.h"
#include "core/graph/blocks/block_rules.h"
#include "core/graph/blocks/parameter_specs.h"
#include "core/graph/losses.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString featureText(const Parameters& parameters)
{
    const QString feature = parameters.text(u"feature"_s);
    return feature.isEmpty() ? u"No feature yet"_s : u"Feature: "_s + feature;
}

QString targetSummary(const Parameters& parameters)
{
    return featureText(parameters) + u" · "_s + labelOf<Loss>(parameters.text(u"loss"_s));
}

BlockType input()
{
    return {.key = u"input"_s,
            .name = u"Input"_s,
            .help = u"Where a feature of the dataset enters the network."_s,
            .group = BlockGroup::Ends,
            .parameters = {featureParameter(u"The feature that the network reads."_s),
                           booleanParameter(u"augmentation"_s, u"Augmentation"_s, false,
                                            u"While training, flips images left to right at random "
                                            "and shifts them by up to 10 %."_s)},
            .minimumInputs = 0,
            .maximumInputs = 0,
            .shape = sameShape,
            .cost = outputCost,
            .summary = featureText};
}

BlockType target()
{
    return {
        .key = u"target"_s,
        .name = u"Target"_s,
        .help = u"What the network shall learn to give, and how its errors are measured."_s,
        .group = BlockGroup::Ends,
        .parameters = {featureParameter(u"The feature that the network learns to predict."_s),
                       choiceParameter(u"loss"_s, u"Loss"_s, Loss::CategoricalCrossentropy,
                                       u"How far what the network gives is from the target."_s),
                       booleanParameter(u"use_class_weights"_s, u"Use class weights"_s, false,
                                        u"Lets rare classes count more: inversely proportional "
                                        "to their frequency in the training subset."_s)},
        .hasOutput = false,
        .shape = [](const QList<Shape>&, const Parameters&) -> Result<Shape> { return Shape(); },
        .cost = outputCost,
        .summary = targetSummary};
}

} // namespace

QList<BlockType> endBlocks()
{
    return {input(), target()};
}

} // namespace espalier
