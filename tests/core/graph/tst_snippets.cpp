#include "core/graph/block_catalogue.h"
#include "core/graph/graph_analysis.h"
#include "core/graph/snippets.h"

#include <QSet>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

const FeatureDescription Category{
    u"category"_s,
    Encoding::Categorical,
    {10},
    {u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s, u"8"_s, u"9"_s}};

ModelGraph fed(const QString& snippet)
{
    ModelGraph graph = findSnippet(snippet)->build();
    graph.setParameter(graph.blockByName(u"Input"_s)->id, u"feature"_s, u"data"_s);
    graph.setParameter(graph.blockByName(u"Target"_s)->id, u"feature"_s, u"category"_s);
    return graph;
}

GraphAnalysis analysisOf(const ModelGraph& graph, const Shape& shape, Encoding encoding)
{
    return analyzeGraph(graph, {{u"data"_s, encoding, shape, {}}, Category});
}

QString errorsOf(const GraphAnalysis& analysis)
{
    QStringList errors;
    for (const Issue& issue : analysis.issues)
        if (issue.level == IssueLevel::Error)
            errors.append(issueSentence(issue));
    return errors.join(u"; "_s);
}

} // namespace

class SnippetsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void canRun_data();
    void canRun();
    void cnnIsTheOneOfTheTutorial();
    void cnnCosts();
    void keepTheNodesOfTheTarget_data();
    void keepTheNodesOfTheTarget();
    void areFoundByKeyAndName();
    void standOnRows_data();
    void standOnRows();
    void insertionGivesFreshIdsAndNames();
    void insertionKeepsTheOrderOfPorts();
};

void SnippetsTest::canRun_data()
{
    QTest::addColumn<QString>("snippet");
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<qint64>("parameters");

    const auto row = [](const char* name, const QString& key, const Shape& shape, Encoding encoding,
                        qint64 parameters) {
        QTest::newRow(name) << key << shape << encoding << parameters;
    };
    row("cnn, grey", u"cnn"_s, {28, 28, 1}, Encoding::Image, 110'922);
    row("cnn, colour", u"cnn"_s, {32, 32, 3}, Encoding::Image, 110'922 + 2 * 9 * 32);
    row("dense, grey", u"fully_connected"_s, {28, 28, 1}, Encoding::Image,
        784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10);
    row("dense, colour", u"fully_connected"_s, {32, 32, 3}, Encoding::Image,
        3072 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10);
    row("dense, numbers", u"fully_connected"_s, {7}, Encoding::Numeric,
        7 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10);
    row("dense, one number", u"fully_connected"_s, {1}, Encoding::Numeric,
        1 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10);
    row("resnet, grey", u"resnetv2"_s, {28, 28, 1}, Encoding::Image, 0);
    row("resnet, colour", u"resnetv2"_s, {32, 32, 3}, Encoding::Image, 0);
    row("vgg, grey", u"vgg"_s, {28, 28, 1}, Encoding::Image, 0);
    row("vgg, colour", u"vgg"_s, {32, 32, 3}, Encoding::Image, 0);
}

void SnippetsTest::canRun()
{
    QFETCH(QString, snippet);
    QFETCH(Shape, shape);
    QFETCH(Encoding, encoding);
    QFETCH(qint64, parameters);

    const GraphAnalysis analysis = analysisOf(fed(snippet), shape, encoding);
    QCOMPARE(errorsOf(analysis), QString());
    QVERIFY(analysis.canRun());
    QCOMPARE(analysis.count(IssueLevel::Warning), 0);
    QCOMPARE(analysis.count(IssueLevel::Hint), 0);
    if (parameters > 0)
        QCOMPARE(analysis.total.parameters, parameters);
    QVERIFY(analysis.total.parameters > 0);
}

void SnippetsTest::cnnIsTheOneOfTheTutorial()
{
    const ModelGraph graph = findSnippet(u"CNN"_s)->build();
    QStringList names;
    const QList<BlockId> order = graph.topologicalOrder().value();
    for (BlockId id : order)
        names.append(graph.block(id)->name);
    const QStringList expected = {u"Input"_s,
                                  u"2D Convolution"_s,
                                  u"2D Max pooling"_s,
                                  u"Batch normalization"_s,
                                  u"2D Convolution 2"_s,
                                  u"2D Max pooling 2"_s,
                                  u"Batch normalization 2"_s,
                                  u"2D Convolution 3"_s,
                                  u"Batch normalization 3"_s,
                                  u"2D Global average pooling"_s,
                                  u"Dense"_s,
                                  u"Dense 2"_s,
                                  u"Target"_s};
    QCOMPARE(names, expected);
}

void SnippetsTest::cnnCosts()
{
    const ModelGraph graph = fed(u"cnn"_s);
    const GraphAnalysis analysis = analysisOf(graph, {28, 28, 1}, Encoding::Image);
    const BlockAnalysis& second = analysis.blocks[graph.blockByName(u"2D Convolution 2"_s)->id];
    QCOMPARE(second.output, Shape({14, 14, 64}));
    QCOMPARE(second.cost, (BlockCost{18'496, 3'612'672, 50'176}));
    QCOMPARE(analysis.total, (BlockCost{110'922, 7'468'800, 280'168}));
    QCOMPARE(analysis.order.size(), 13);
}

void SnippetsTest::keepTheNodesOfTheTarget_data()
{
    QTest::addColumn<QString>("snippet");
    for (const Snippet& snippet : snippets())
        QTest::newRow(qPrintable(snippet.key)) << snippet.key;
}

void SnippetsTest::keepTheNodesOfTheTarget()
{
    QFETCH(QString, snippet);
    const ModelGraph graph = fed(snippet);
    const BlockId last = graph.inputsOf(graph.blockByName(u"Target"_s)->id).first();
    QVERIFY(!graph.block(last)->parameters.contains(u"nodes"_s));
    const GraphAnalysis twelve =
        analyzeGraph(graph, {{u"data"_s, Encoding::Image, {28, 28, 1}, {}},
                             {u"category"_s, Encoding::Categorical, {12}, {}}});
    QCOMPARE(twelve.blocks[last].parameters.integer(u"nodes"_s), 12);
    QCOMPARE(analyzeGraph(graph, {}).blocks[last].parameters.integer(u"nodes"_s), 10);
}

void SnippetsTest::areFoundByKeyAndName()
{
    QCOMPARE(findSnippet(u"Cnn"_s)->key, u"cnn"_s);
    QCOMPARE(findSnippet(u"fully CONNECTED"_s)->key, u"fully_connected"_s);
    QCOMPARE(findSnippet(u"vgg2"_s), nullptr);
    for (const Snippet& snippet : snippets())
        QVERIFY(!snippet.help.isEmpty());
}

void SnippetsTest::standOnRows_data()
{
    keepTheNodesOfTheTarget_data();
}

void SnippetsTest::standOnRows()
{
    QFETCH(QString, snippet);
    const ModelGraph graph = findSnippet(snippet)->build();
    QSet<QPair<int, int>> places;
    for (const Block& block : graph.blocks()) {
        QCOMPARE(block.position.y(), 62 * std::round(block.position.y() / 62));
        places.insert({int(block.position.x()), int(block.position.y())});
    }
    QCOMPARE(places.size(), graph.blocks().size());
    for (const Connection& connection : graph.connections())
        QVERIFY(graph.block(connection.from)->position.y() <
                graph.block(connection.to)->position.y());
}

void SnippetsTest::insertionGivesFreshIdsAndNames()
{
    const ModelGraph cnn = fed(u"cnn"_s);
    ModelGraph graph = cnn;
    const QList<BlockId> added = insertGraph(graph, cnn, {100, 50});
    QCOMPARE(added.size(), 13);
    QCOMPARE(graph.blocks().size(), 26);
    QCOMPARE(graph.connections().size(), 24);
    QCOMPARE(graph.block(added.first())->name, u"Input 2"_s);
    QCOMPARE(graph.block(added.first())->position, QPointF(100, 50));
    QCOMPARE(graph.block(added.first())->parameters, cnn.blocks().first().parameters);
    QVERIFY(graph.blockByName(u"Dense 4"_s));
    QVERIFY(!graph.blockByName(u"Dense 2 2"_s));
    for (const Block& block : cnn.blocks())
        QCOMPARE(*graph.block(block.id), block);
}

void SnippetsTest::insertionKeepsTheOrderOfPorts()
{
    ModelGraph addition;
    const BlockId first = addition.addBlock(u"input"_s);
    const BlockId second = addition.addBlock(u"input"_s);
    const BlockId third = addition.addBlock(u"input"_s);
    const BlockId joined = addition.addBlock(u"concatenate"_s);
    addition.connect({second, joined, 0});
    addition.connect({third, joined, 1});
    addition.connect({first, joined, 2});
    ModelGraph graph;
    const QList<BlockId> added = insertGraph(graph, addition);
    QCOMPARE(graph.inputsOf(added.at(3)), (QList<BlockId>{added.at(1), added.at(2), added.at(0)}));
}

QTEST_GUILESS_MAIN(SnippetsTest)
#include "tst_snippets.moc"
