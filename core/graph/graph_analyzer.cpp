#include "core/graph/graph_analyzer.h"

#include "core/graph/blocks/block_rules.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Values of one example between two blocks: beyond it no machine trains anything.
constexpr qint64 MaximumElements = std::numeric_limits<qint32>::max();

bool isInput(const BlockType* type)
{
    return type && type->maximumInputs == 0;
}

bool isTarget(const BlockType* type)
{
    return type && !type->hasOutput;
}

bool isUsable(const Shape& shape)
{
    return !shape.isEmpty() && std::ranges::all_of(shape.sizes(), [](qint64 n) { return n > 0; }) &&
           saturatedProduct(shape) <= MaximumElements;
}

BlockCost operator+(const BlockCost& left, const BlockCost& right)
{
    return {saturatedSum(left.parameters, right.parameters),
            saturatedSum(left.multiplyAdds, right.multiplyAdds),
            saturatedSum(left.activationBytes, right.activationBytes)};
}

} // namespace

GraphAnalyzer::GraphAnalyzer(const ModelGraph& graph, const QList<FeatureDescription>& features)
    : m_graph(graph)
    , m_features(features)
    , m_index(graph)
{
}

GraphAnalysis GraphAnalyzer::run()
{
    for (const Block& block : m_graph.blocks())
        readParameters(block);
    checkCycle();
    checkDataset();
    checkEnds();
    for (const Block& block : m_graph.blocks())
        checkConnections(block.id);
    followTarget();
    for (BlockId id : m_index.order())
        computeBlock(id);
    checkTarget();
    checkTraining();
    sortIssues();
    return std::move(m_result);
}

void GraphAnalyzer::report(IssueLevel level, const QString& text, BlockId about)
{
    m_result.issues.append({level, nameOf(about), text, about.value()});
}

QString GraphAnalyzer::nameOf(BlockId id) const
{
    const Block* block = m_graph.block(id);
    return block ? block->name : QString();
}

const FeatureDescription* GraphAnalyzer::featureOf(BlockId end) const
{
    return m_endFeatures.value(end);
}

void GraphAnalyzer::readParameters(const Block& block)
{
    BlockAnalysis& analysis = m_result.blocks[block.id];
    const BlockType* type = blockType(block.type);
    if (!type)
        return report(IssueLevel::Error, u"has the unknown type '%1'; delete it"_s.arg(block.type),
                      block.id);
    m_types.insert(block.id, type);
    analysis.parameters = parametersOf(block, *type);
    for (auto own = block.parameters.begin(); own != block.parameters.end(); ++own) {
        const ParameterSpec* spec = type->parameter(own.key());
        if (!spec) {
            report(IssueLevel::Error, u"has no parameter '%1'"_s.arg(own.key()), block.id);
        } else if (const auto value = spec->normalized(own.value()); !value) {
            report(IssueLevel::Error, value.error().message, block.id);
        }
    }
    if (type->parameter(u"trainable"_s) && !analysis.parameters.flag(u"trainable"_s))
        report(IssueLevel::Note, u"is not trained: Trainable is off"_s, block.id);
}

void GraphAnalyzer::checkCycle()
{
    const BlockId block = m_index.blockOnCycle();
    if (block.isValid())
        report(IssueLevel::Error,
               u"the graph has a cycle through this block; remove one of its connections"_s, block);
    else
        m_result.order = m_index.order();
}

void GraphAnalyzer::checkDataset()
{
    if (m_features.isEmpty())
        report(IssueLevel::Hint, u"choose a saved dataset version in Settings"_s);
}

void GraphAnalyzer::checkEnds()
{
    QList<BlockId> targets;
    for (const Block& block : m_graph.blocks()) {
        if (isInput(typeOf(block.id)))
            m_result.inputs.append(block.id);
        if (isTarget(typeOf(block.id)))
            targets.append(block.id);
    }
    if (m_result.inputs.isEmpty())
        report(IssueLevel::Error, u"add an Input block"_s);
    if (targets.isEmpty())
        report(IssueLevel::Error, u"add a Target block"_s);
    if (targets.size() == 1)
        m_result.target = targets.first();
    for (BlockId target : targets.mid(1))
        report(IssueLevel::Error, u"is one Target too many; keep one alone"_s, target);
    for (BlockId end : m_result.inputs + targets)
        checkFeature(end);
    for (BlockId input : m_result.inputs)
        reportInput(input);
}

void GraphAnalyzer::checkFeature(BlockId end)
{
    const QString name = m_result.blocks[end].parameters.text(u"feature"_s);
    if (const QString problem = featureProblem(name); !problem.isEmpty())
        return report(IssueLevel::Error, problem, end);
    m_endFeatures.insert(end, &*std::ranges::find(m_features, name, &FeatureDescription::name));
}

QString GraphAnalyzer::featureProblem(const QString& name) const
{
    constexpr qsizetype shown = 8;
    if (name.isEmpty())
        return u"choose a feature"_s;
    if (m_features.isEmpty())
        return u"'%1' is not known before a dataset is chosen"_s.arg(name);
    const auto feature = std::ranges::find(m_features, name, &FeatureDescription::name);
    if (feature == m_features.end()) {
        QStringList names;
        std::ranges::transform(m_features, std::back_inserter(names), &FeatureDescription::name);
        return u"'%1' is not in the dataset; choose one of %2%3"_s.arg(
            name, names.mid(0, shown).join(u", "_s), names.size() > shown ? u", …"_s : QString());
    }
    if (feature->encoding == Encoding::Text)
        return u"'%1' is Text, which a network cannot read yet; choose another feature"_s.arg(name);
    if (feature->encoding == Encoding::Image && feature->shape.isEmpty())
        return u"'%1' has images of different sizes; choose a transformation for it in the "
               u"Datasets "
               "view"_s.arg(name);
    if (!isUsable(feature->shape))
        return u"'%1' has the shape %2, which a network cannot read; choose another feature"_s.arg(
            name, feature->shape.toString());
    return {};
}

void GraphAnalyzer::reportInput(BlockId input)
{
    const FeatureDescription* feature = featureOf(input);
    if (!feature)
        return;
    report(IssueLevel::Done, u"reads %1 (%2)"_s.arg(feature->name, feature->shape.toString()),
           input);
    if (feature->encoding != Encoding::Image &&
        m_result.blocks[input].parameters.flag(u"augmentation"_s))
        report(IssueLevel::Hint,
               u"Augmentation changes images alone; '%1' is %2"_s.arg(feature->name,
                                                                      enumLabel(feature->encoding)),
               input);
}

void GraphAnalyzer::checkConnections(BlockId id)
{
    const BlockType* type = typeOf(id);
    if (!type)
        return;
    const qsizetype inputs = m_index.sources(id).size();
    const bool fed = inputs > 0 || type->minimumInputs == 0;
    const bool used = !type->hasOutput || !m_index.targets(id).isEmpty();
    const bool alone = inputs == 0 && m_index.targets(id).isEmpty();
    if (alone)
        report(IssueLevel::Error, u"is not connected"_s, id);
    else if (!fed)
        report(IssueLevel::Error, u"is not connected to a block before it"_s, id);
    else if (!used)
        report(IssueLevel::Error, u"is not connected to a block after it"_s, id);
    if (inputs > 0 && inputs < type->minimumInputs)
        report(IssueLevel::Error,
               u"needs %1 or more inputs, has %2"_s.arg(type->minimumInputs).arg(inputs), id);
}

void GraphAnalyzer::computeBlock(BlockId id)
{
    const BlockType* type = typeOf(id);
    BlockAnalysis& analysis = m_result.blocks[id];
    for (BlockId source : m_index.sources(id))
        analysis.inputs.append(m_result.blocks[source].output);
    if (!type)
        return;
    QList<Shape> arguments = analysis.inputs;
    if (isInput(type) && featureOf(id))
        arguments = {featureOf(id)->shape};
    if (arguments.size() < std::max(1, type->minimumInputs) ||
        std::ranges::any_of(arguments, &Shape::isEmpty))
        return;
    const Result<Shape> output = type->shape(arguments, analysis.parameters);
    if (!output)
        return report(IssueLevel::Error, output.error().message, id);
    if (type->hasOutput && !isUsable(*output))
        return report(IssueLevel::Error,
                      u"gives %1, more values than can be computed; make it smaller"_s.arg(
                          output->toString()),
                      id);
    analysis.output = *output;
    analysis.cost = type->cost(arguments, *output, analysis.parameters);
    m_result.total = m_result.total + analysis.cost;
}

void GraphAnalyzer::checkTraining()
{
    if (m_result.canRun() && m_result.total.parameters == 0)
        report(IssueLevel::Error, u"nothing can be trained: add a Dense or a Convolution block, or "
                                  "turn Trainable on"_s);
}

void GraphAnalyzer::sortIssues()
{
    std::ranges::stable_sort(m_result.issues, {}, &Issue::level);
}

} // namespace espalier
