#include "core/graph/graph_analyzer.h"

#include "core/graph/blocks/block_rules.h"
#include "core/graph/following_block.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// What stands for the number of classes while it is not known.
constexpr qint64 UnknownClasses = 10;

/// 1×1×N counts as N.
Shape withoutLeadingOnes(const Shape& shape)
{
    QList<qint64> sizes = shape.sizes();
    while (sizes.size() > 1 && sizes.first() == 1)
        sizes.removeFirst();
    return Shape(std::move(sizes));
}

/// "10 classes", "no or yes", "3 values", "28×28×1".
QString contentOf(const FeatureDescription& feature)
{
    if (feature.encoding == Encoding::Categorical)
        return counted(feature.shape.elementCount(), u"class"_s, u"classes"_s);
    if (feature.encoding == Encoding::Binary && !feature.classes.isEmpty())
        return feature.classes.join(u" or "_s);
    if (feature.shape.rank() == 1)
        return counted(feature.shape.elementCount(), u"value"_s);
    return feature.shape.toString();
}

/// "'category' has 12 classes".
QString sizeSentence(const FeatureDescription& feature)
{
    const QString name = u"'"_s + feature.name + u"' "_s;
    if (feature.encoding == Encoding::Binary)
        return name + u"needs 1"_s;
    return name + u"has "_s + contentOf(feature);
}

QString nodesText(qint64 count)
{
    return counted(count, u"node"_s);
}

/// The loss that was made for an encoding, if any.
std::optional<Loss> usualLoss(Encoding encoding)
{
    for (const auto& name : enumNames(Loss{}))
        if (describeLoss(name.value).encodings.first() == encoding)
            return name.value;
    return std::nullopt;
}

} // namespace

BlockId GraphAnalyzer::followingBlock() const
{
    return m_result.target ? espalier::followingBlock(m_graph, *m_result.target) : BlockId();
}

void GraphAnalyzer::followTarget()
{
    const BlockId id = followingBlock();
    if (!id.isValid())
        return;
    const auto spec = std::ranges::find_if(typeOf(id)->parameters, &ParameterSpec::follows);
    if (m_graph.block(id)->parameters.contains(spec->key))
        return;
    const FeatureDescription* feature = featureOf(*m_result.target);
    const qint64 count = feature ? feature->shape.elementCount() : UnknownClasses;
    m_result.blocks[id].parameters.set(spec->key, count);
    if (feature)
        report(IssueLevel::Note,
               u"follows the target: %1, %2"_s.arg(nodesText(count), sizeSentence(*feature)), id);
    else
        report(IssueLevel::Hint,
               u"%1 for now; follows the number of classes once %2 has a feature"_s.arg(
                   nodesText(count), nameOf(*m_result.target)),
               id);
}

void GraphAnalyzer::checkTarget()
{
    if (!m_result.target)
        return;
    const Parameters& parameters = m_result.blocks[*m_result.target].parameters;
    const auto loss = enumFromName<Loss>(parameters.text(u"loss"_s));
    const FeatureDescription* feature = featureOf(*m_result.target);
    bool takes = loss.has_value();
    if (feature) {
        checkClasses(*feature);
        checkLeaks(*feature);
        checkOutput(*feature);
        takes = takes && checkEncoding(*feature, *loss);
    }
    if (takes && !m_index.sources(*m_result.target).isEmpty())
        checkActivation(*loss);
}

void GraphAnalyzer::checkClasses(const FeatureDescription& feature)
{
    const BlockId target = *m_result.target;
    const bool hasClasses =
        feature.encoding == Encoding::Categorical || feature.encoding == Encoding::Binary;
    const qint64 count = feature.encoding == Encoding::Categorical ? feature.shape.elementCount()
                                                                   : feature.classes.size();
    if (hasClasses && count == 1)
        report(
            IssueLevel::Error,
            u"'%1' has one class only, so there is nothing to learn; choose another feature"_s.arg(
                feature.name),
            target);
    else
        report(IssueLevel::Done, u"learns %1 (%2)"_s.arg(feature.name, contentOf(feature)), target);
    if (!hasClasses && m_result.blocks[target].parameters.flag(u"use_class_weights"_s))
        report(IssueLevel::Warning,
               u"class weights are not used: '%1' has no classes"_s.arg(feature.name), target);
}

bool GraphAnalyzer::checkEncoding(const FeatureDescription& feature, Loss loss)
{
    if (describeLoss(loss).encodings.contains(feature.encoding))
        return true;
    const auto usual = usualLoss(feature.encoding);
    const QString advice =
        usual ? u"choose "_s + enumLabel(*usual) : u"no loss does; choose another feature"_s;
    report(IssueLevel::Error,
           u"%1 does not take '%2', which is %3; %4"_s.arg(enumLabel(loss), feature.name,
                                                           enumLabel(feature.encoding), advice),
           *m_result.target);
    return false;
}

void GraphAnalyzer::checkOutput(const FeatureDescription& feature)
{
    const BlockId target = *m_result.target;
    const Shape got = m_result.blocks[target].inputs.value(0);
    if (got.isEmpty() || withoutLeadingOnes(got) == withoutLeadingOnes(feature.shape))
        return;
    const BlockId last = followingBlock();
    const qint64 nodes = m_result.blocks.value(last).parameters.integer(u"nodes"_s);
    if (last.isValid() && nodes != feature.shape.elementCount())
        return report(IssueLevel::Error,
                      u"has %1, %2"_s.arg(nodesText(nodes), sizeSentence(feature)), last);
    const QString advice =
        last.isValid() ? u"put a Flatten or a Global pooling block before %1"_s.arg(nameOf(last))
                       : u"put a Dense block before it"_s;
    report(IssueLevel::Error,
           u"gets %1, %2; %3"_s.arg(got.toString(), sizeSentence(feature), advice), target);
}

void GraphAnalyzer::checkActivation(Loss loss)
{
    const LossDescription& description = describeLoss(loss);
    const LastActivation last = lastActivation();
    const Shape got = m_result.blocks[*m_result.target].inputs.value(0);
    if (last.activation == Activation::Softmax && got.elementCount() == 1)
        return report(IssueLevel::Error,
                      u"the last activation Softmax of one value is always 1; choose %1"_s.arg(
                          enumLabel(description.activations.first())),
                      last.block);
    if (description.activations.contains(last.activation))
        return checkRange(description, last);
    const bool impossible =
        !description.computable.isEmpty() && !description.computable.contains(last.activation);
    report(impossible ? IssueLevel::Error : IssueLevel::Warning,
           u"the last activation %1 does not fit %2; choose %3"_s.arg(
               enumLabel(last.activation), enumLabel(loss),
               enumLabel(description.activations.first())),
           last.block);
}

void GraphAnalyzer::checkRange(const LossDescription& loss, const LastActivation& last)
{
    struct Range {
        Activation activation;
        const char16_t* text;
    };
    static constexpr std::array ranges = {Range{Activation::ReLU, u"0 and above"},
                                          Range{Activation::Sigmoid, u"0 to 1"},
                                          Range{Activation::TanH, u"−1 to 1"}};
    const auto range = std::ranges::find(ranges, last.activation, &Range::activation);
    if (loss.activations.first() == Activation::Linear && range != ranges.end())
        report(IssueLevel::Hint,
               u"the last activation %1 gives %2; Linear gives any number"_s.arg(
                   enumLabel(last.activation), QString::fromUtf16(range->text)),
               last.block);
}

void GraphAnalyzer::checkLeaks(const FeatureDescription& feature)
{
    for (BlockId input : std::as_const(m_result.inputs))
        if (featureOf(input) && featureOf(input)->name == feature.name)
            report(IssueLevel::Warning,
                   u"reads '%1', which the network shall learn to predict"_s.arg(feature.name),
                   input);
}

GraphAnalyzer::LastActivation GraphAnalyzer::lastActivation() const
{
    BlockId id = *m_result.target;
    for (qsizetype step = 0; step < m_graph.blocks().size(); ++step) {
        const QList<BlockId> sources = m_index.sources(id);
        if (sources.isEmpty())
            break;
        id = sources.first();
        const BlockType* type = typeOf(id);
        const auto activation =
            enumFromName<Activation>(m_result.blocks.value(id).parameters.text(u"activation"_s));
        const bool passesOn = type && type->keepsCount && activation == Activation::Linear;
        if (activation && !passesOn)
            return {id, *activation};
        if (!type || !(type->keepsValues || passesOn))
            break;
    }
    return {id, Activation::Linear};
}

} // namespace espalier
