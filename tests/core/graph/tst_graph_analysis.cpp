#include "tests/core/graph/graph_samples.h"

#include <QElapsedTimer>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

QList<FeatureDescription> features()
{
    return {{u"image"_s, Encoding::Image, {28, 28, 1}, {}},
            {u"category"_s, Encoding::Categorical, {3}, {u"a"_s, u"b"_s, u"c"_s}},
            {u"age"_s, Encoding::Numeric, {1}, {}},
            {u"title"_s, Encoding::Text, {}, {}},
            {u"photo"_s, Encoding::Image, {}, {}},
            {u"empty"_s, Encoding::Numeric, {0}, {}},
            {u"vast"_s, Encoding::Numeric, {1'000'000, 1'000'000, 1'000'000}, {}}};
}

const Link InputLink{u"input"_s, {{u"feature"_s, u"image"_s}}};
const Link SoftmaxLink{u"dense"_s, {{u"activation"_s, u"softmax"_s}}};
const Link TargetLink{u"target"_s, {{u"feature"_s, u"category"_s}}};

Link inputOf(const QString& feature)
{
    return {u"input"_s, {{u"feature"_s, feature}}};
}

/// Input -> `middle` -> Flatten -> Dense Softmax -> Target.
ModelGraph modelWith(const QList<Link>& middle, const Link& input = InputLink)
{
    return chainOf(QList<Link>{input} + middle +
                   QList<Link>{{u"flatten"_s, {}}, SoftmaxLink, TargetLink});
}

ModelGraph withoutConnection(ModelGraph graph, qint64 from, qint64 to)
{
    graph.disconnect({BlockId(from), BlockId(to)});
    return graph;
}

ModelGraph withBlock(ModelGraph graph, const QString& type)
{
    graph.addBlock(type);
    return graph;
}

ModelGraph withRawBlock(const QString& type, const ParameterValues& values)
{
    ModelGraph graph = modelWith({});
    Block dense = *graph.blockByName(u"Dense"_s);
    graph.removeBlock(dense.id);
    dense.type = type;
    dense.parameters.insert(values);
    graph.insertBlock(dense);
    graph.connect({BlockId(2), dense.id});
    graph.connect({dense.id, BlockId(4)});
    return graph;
}

ModelGraph withCycle()
{
    ModelGraph graph = modelWith({{u"add"_s, {}}, {u"dropout"_s, {}}});
    graph.connect({BlockId(3), BlockId(2), 1});
    return graph;
}

ModelGraph withLoneAdd()
{
    return modelWith({{u"add"_s, {}}});
}

} // namespace

class GraphAnalysisTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reportsErrors_data();
    void reportsErrors();
    void aSoundModelHasNoErrors();
    void asTheTutorialShowsIt();
    void reportsOthers_data();
    void reportsOthers();
    void errorsComeFirst();
    void namesTheBlock();
    void computesShapesAndCosts();
    void unknownShapesSpread();
    void aCycleLeavesTheRestKnown();
    void hugeNetworksAreRefused();
    void nothingToTrainIsAnError();
    void severalInputsAreInOrder();
    void fiveHundredBlocksAreFast();

private:
    void addEnds();
    void addConnections();
    void addBlocks();
};

namespace {

void errorRow(const char* name, const ModelGraph& graph, const QString& line)
{
    QTest::newRow(name) << graph << line;
}

} // namespace

void GraphAnalysisTest::reportsErrors_data()
{
    QTest::addColumn<ModelGraph>("graph");
    QTest::addColumn<QString>("line");
    addEnds();
    addConnections();
    addBlocks();
}

void GraphAnalysisTest::addEnds()
{
    errorRow("empty: Input", {}, u"error add an Input block"_s);
    errorRow("empty: Target", {}, u"error add a Target block"_s);
    errorRow("no Input", chainOf({SoftmaxLink, TargetLink}), u"error add an Input block"_s);
    errorRow("no Target", chainOf({InputLink, SoftmaxLink}), u"error add a Target block"_s);
    errorRow("two Targets", withBlock(modelWith({}), u"target"_s),
             u"error Target 2: is one Target too many; keep one alone"_s);
    errorRow("Input without a feature", modelWith({}, {u"input"_s, {}}),
             u"error Input: choose a feature"_s);
    errorRow("Target without a feature", chainOf({InputLink, SoftmaxLink, {u"target"_s, {}}}),
             u"error Target: choose a feature"_s);
    errorRow("not in the dataset", modelWith({}, inputOf(u"colour"_s)),
             u"error Input: 'colour' is not in the dataset; choose one of image, category, age, "
             "title, photo, empty, vast"_s);
    errorRow("case matters", modelWith({}, inputOf(u"Image"_s)),
             u"error Input: 'Image' is not in the dataset; choose one of image, category, age, "
             "title, photo, empty, vast"_s);
    errorRow("text", modelWith({}, inputOf(u"title"_s)),
             u"error Input: 'title' is Text, which a network cannot read yet; choose another "
             "feature"_s);
    errorRow("sizes differ", modelWith({}, inputOf(u"photo"_s)),
             u"error Input: 'photo' has images of different sizes; choose a transformation for it "
             "in the Datasets view"_s);
    errorRow("empty feature", modelWith({}, inputOf(u"empty"_s)),
             u"error Input: 'empty' has the shape 0, which a network cannot read; choose another "
             "feature"_s);
    errorRow("vast feature", modelWith({}, inputOf(u"vast"_s)),
             u"error Input: 'vast' has the shape 1000000×1000000×1000000, which a network cannot "
             "read; choose another feature"_s);
}

void GraphAnalysisTest::addConnections()
{
    errorRow("alone", withBlock(modelWith({}), u"dense"_s), u"error Dense 2: is not connected"_s);
    errorRow("an Input alone", withBlock(modelWith({}), u"input"_s),
             u"error Input 2: is not connected"_s);
    errorRow("nothing before", withoutConnection(modelWith({}), 1, 2),
             u"error Flatten: is not connected to a block before it"_s);
    errorRow("nothing after", withoutConnection(modelWith({{u"dropout"_s, {}}}), 2, 3),
             u"error Dropout: is not connected to a block after it"_s);
    errorRow("Target open", withoutConnection(modelWith({}), 3, 4),
             u"error Target: is not connected"_s);
    errorRow("one input", withLoneAdd(), u"error Add: needs 2 or more inputs, has 1"_s);
    errorRow("cycle", withCycle(),
             u"error Add: the graph has a cycle through this block; remove one of its "
             "connections"_s);
}

void GraphAnalysisTest::addBlocks()
{
    errorRow("shape", modelWith({{u"flatten"_s, {}}, {u"max_pooling2d"_s, {}}}),
             u"error 2D Max pooling: needs H×W×C, got 784"_s);
    errorRow("unknown type", withRawBlock(u"lstm"_s, {}),
             u"error Dense: has the unknown type 'lstm'; delete it"_s);
    errorRow("unknown parameter", withRawBlock(u"dense"_s, {{u"rate"_s, 1}}),
             u"error Dense: has no parameter 'rate'"_s);
    errorRow("out of range", withRawBlock(u"dense"_s, {{u"nodes"_s, -5}}),
             u"error Dense: Nodes takes a whole number from 1 to 1000000, not '-5'."_s);
    errorRow("too large",
             modelWith({{u"upsampling2d"_s, {{u"factor"_s, 64}}},
                        {u"upsampling2d"_s, {{u"factor"_s, 64}}}}),
             u"error 2D Upsampling 2: gives 114688×114688×1, more values than can be computed; "
             "make it smaller"_s);
}

void GraphAnalysisTest::reportsErrors()
{
    QFETCH(ModelGraph, graph);
    QFETCH(QString, line);
    const GraphAnalysis analysis = analyzeGraph(graph, features());
    QVERIFY2(linesOf(analysis).contains(line), qPrintable(linesOf(analysis).join(QChar(u'\n'))));
    QVERIFY(!analysis.canRun());
    QCOMPARE(analysis.blocks.size(), graph.blocks().size());
}

void GraphAnalysisTest::aSoundModelHasNoErrors()
{
    const GraphAnalysis analysis = analyzeGraph(modelWith({}), features());
    QVERIFY(analysis.canRun());
    QCOMPARE(linesOf(analysis), (QStringList{u"done Input: reads image (28×28×1)"_s,
                                             u"done Target: learns category (3 classes)"_s,
                                             u"note Dense: follows the target: 3 nodes, 'category' "
                                             "has 3 classes"_s}));
}

void GraphAnalysisTest::asTheTutorialShowsIt()
{
    const ModelGraph graph = chainOf({InputLink,
                                      {u"flatten"_s, {}},
                                      {u"dense"_s, {{u"nodes"_s, 128}}},
                                      SoftmaxLink,
                                      {u"target"_s, {}}});
    const GraphAnalysis analysis = analyzeGraph(graph, features());
    QCOMPARE(linesOf(analysis),
             (QStringList{u"error Target: choose a feature"_s,
                          u"hint Dense 2: 10 nodes for now; follows the number of classes once "
                          "Target has a feature"_s,
                          u"done Input: reads image (28×28×1)"_s}));
    QCOMPARE(analysis.blocks[BlockId(4)].output, Shape({10}));
}

void GraphAnalysisTest::reportsOthers_data()
{
    QTest::addColumn<ModelGraph>("graph");
    QTest::addColumn<QString>("line");

    errorRow("frozen", modelWith({{u"batch_normalization"_s, {{u"trainable"_s, false}}}}),
             u"note Batch normalization: is not trained: Trainable is off"_s);
    errorRow("augmented numbers",
             modelWith({}, {u"input"_s, {{u"feature"_s, u"age"_s}, {u"augmentation"_s, true}}}),
             u"hint Input: Augmentation changes images alone; 'age' is Numeric"_s);
    errorRow("leak", modelWith({}, inputOf(u"category"_s)),
             u"warning Input: reads 'category', which the network shall learn to predict"_s);
    errorRow("numbers", modelWith({}, inputOf(u"age"_s)), u"done Input: reads age (1)"_s);
}

void GraphAnalysisTest::reportsOthers()
{
    QFETCH(ModelGraph, graph);
    QFETCH(QString, line);
    const GraphAnalysis analysis = analyzeGraph(graph, features());
    QVERIFY2(linesOf(analysis).contains(line), qPrintable(linesOf(analysis).join(QChar(u'\n'))));
    QVERIFY(analysis.canRun());
}

void GraphAnalysisTest::errorsComeFirst()
{
    const GraphAnalysis analysis = analyzeGraph(modelWith({}), {});
    QCOMPARE(
        linesOf(analysis),
        (QStringList{u"error Input: 'image' is not known before a dataset is chosen"_s,
                     u"error Target: 'category' is not known before a dataset is chosen"_s,
                     u"hint choose a saved dataset version in Settings"_s,
                     u"hint Dense: 10 nodes for now; follows the number of classes once Target "
                     "has a feature"_s}));
    QCOMPARE(analysis.count(IssueLevel::Error), 2);
    QCOMPARE(analysis.count(IssueLevel::Hint), 2);
    QCOMPARE(analysis.count(IssueLevel::Note), 0);
}

void GraphAnalysisTest::namesTheBlock()
{
    const GraphAnalysis analysis = analyzeGraph(withBlock(modelWith({}), u"dense"_s), features());
    QCOMPARE(analysis.issues.first(),
             (Issue{IssueLevel::Error, u"Dense 2"_s, u"is not connected"_s, 5}));
    QCOMPARE(analyzeGraph({}, features()).issues.first().blockId, 0);
}

void GraphAnalysisTest::computesShapesAndCosts()
{
    const GraphAnalysis analysis = analyzeGraph(modelWith({{u"conv2d"_s, {}}}), features());
    QCOMPARE(analysis.order.size(), 5);
    QCOMPARE(analysis.target, BlockId(5));
    QCOMPARE(analysis.inputs, QList<BlockId>{BlockId(1)});
    QCOMPARE(analysis.blocks[BlockId(1)].inputs, QList<Shape>());
    QCOMPARE(analysis.blocks[BlockId(2)].inputs, (QList<Shape>{{28, 28, 1}}));
    QCOMPARE(analysis.blocks[BlockId(2)].output, Shape({28, 28, 32}));
    QCOMPARE(analysis.blocks[BlockId(5)].inputs, (QList<Shape>{{3}}));
    QVERIFY(analysis.blocks[BlockId(5)].output.isEmpty());
    BlockCost sum;
    for (const BlockAnalysis& block : analysis.blocks) {
        sum.parameters += block.cost.parameters;
        sum.multiplyAdds += block.cost.multiplyAdds;
        sum.activationBytes += block.cost.activationBytes;
    }
    QCOMPARE(analysis.total, sum);
    QCOMPARE(sum.parameters, 320 + 28 * 28 * 32 * 3 + 3);
}

void GraphAnalysisTest::unknownShapesSpread()
{
    const GraphAnalysis analysis =
        analyzeGraph(modelWith({{u"conv2d"_s, {}}}, {u"input"_s, {}}), features());
    for (const BlockAnalysis& block : analysis.blocks)
        QVERIFY(block.output.isEmpty());
    QCOMPARE(analysis.count(IssueLevel::Error), 1);
    QCOMPARE(analysis.total, BlockCost());
}

void GraphAnalysisTest::aCycleLeavesTheRestKnown()
{
    const GraphAnalysis analysis = analyzeGraph(withCycle(), features());
    QVERIFY(analysis.order.isEmpty());
    QCOMPARE(analysis.blocks[BlockId(1)].output, Shape({28, 28, 1}));
    QVERIFY(analysis.blocks[BlockId(2)].output.isEmpty());
    QCOMPARE(analysis.count(IssueLevel::Error), 1);
}

void GraphAnalysisTest::hugeNetworksAreRefused()
{
    QList<Link> middle;
    for (int i = 0; i < 40; ++i)
        middle.append({u"upsampling2d"_s, {{u"factor"_s, 64}}});
    const GraphAnalysis analysis = analyzeGraph(modelWith(middle), features());
    QCOMPARE(analysis.count(IssueLevel::Error), 1);
    QVERIFY(analysis.issues.first().text.contains(u"more values than can be computed"_s));
}

void GraphAnalysisTest::nothingToTrainIsAnError()
{
    const GraphAnalysis analysis = analyzeGraph(
        chainOf({InputLink,
                 {u"flatten"_s, {}},
                 {u"dense"_s, {{u"activation"_s, u"softmax"_s}, {u"trainable"_s, false}}},
                 TargetLink}),
        features());
    QCOMPARE(linesOf(analysis).first(),
             u"error nothing can be trained: add a Dense or a Convolution block, or turn Trainable "
             "on"_s);
    QCOMPARE(analysis.count(IssueLevel::Error), 1);
}

void GraphAnalysisTest::severalInputsAreInOrder()
{
    ModelGraph graph = modelWith({{u"flatten"_s, {}}, {u"concatenate"_s, {}}});
    const BlockId age = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"age"_s}});
    graph.connect({age, graph.blockByName(u"Concatenate"_s)->id, 1});
    const GraphAnalysis analysis = analyzeGraph(graph, features());
    QVERIFY2(analysis.canRun(), qPrintable(linesOf(analysis).join(QChar(u'\n'))));
    QCOMPARE(analysis.inputs, (QList<BlockId>{BlockId(1), age}));
    QCOMPARE(analysis.blocks[graph.blockByName(u"Concatenate"_s)->id].output, Shape({785}));
}

void GraphAnalysisTest::fiveHundredBlocksAreFast()
{
    QList<Link> middle;
    for (int i = 0; i < 500; ++i)
        middle.append({i % 2 == 0 ? u"conv2d"_s : u"batch_normalization"_s, {}});
    const ModelGraph graph = modelWith(middle);
    QElapsedTimer timer;
    timer.start();
    const GraphAnalysis analysis = analyzeGraph(graph, features());
    const qint64 milliseconds = timer.elapsed();
    QVERIFY(analysis.canRun());
    QVERIFY2(milliseconds < 100, qPrintable(QString::number(milliseconds)));
}

QTEST_GUILESS_MAIN(GraphAnalysisTest)
#include "tst_graph_analysis.moc"
