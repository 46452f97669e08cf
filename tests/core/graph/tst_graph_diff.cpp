#include "core/graph/graph_diff.h"
#include "core/graph/snippets.h"
#include "tests/core/graph/random_edits.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace espalier {

class GraphDiffTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalGraphsDifferInNothing();
    void holdsOnlyWhatDiffers();
    void keepsPortsWhenABranchReturns();
    void leadsThereAndBack();
    void joinsToOneStep();
    void stepAndItsInverseAreNothing();
};

void GraphDiffTest::equalGraphsDifferInNothing()
{
    const ModelGraph graph = findSnippet(u"cnn"_s)->build();
    QVERIFY(differenceOf(graph, graph).isEmpty());
}

void GraphDiffTest::holdsOnlyWhatDiffers()
{
    const ModelGraph before = findSnippet(u"cnn"_s)->build();
    ModelGraph after = before;
    const BlockId moved = before.blocks().at(3).id;
    after.setPosition(moved, {7, 8});
    const GraphDiff diff = differenceOf(before, after);
    QCOMPARE(diff.before, QList<Block>{*before.block(moved)});
    QCOMPARE(diff.after, QList<Block>{*after.block(moved)});
    QVERIFY(diff.connected.isEmpty() && diff.disconnected.isEmpty());
}

void GraphDiffTest::keepsPortsWhenABranchReturns()
{
    ModelGraph before;
    const BlockId add = before.addBlock(u"add"_s);
    QList<BlockId> branches;
    for (int port = 0; port < 3; ++port) {
        branches.append(before.addBlock(u"dense"_s));
        QVERIFY(before.connect({branches.last(), add, port}));
    }
    ModelGraph graph = before;
    graph.removeBlock(branches.first());
    const GraphDiff diff = differenceOf(before, graph);
    graph.apply(diff.inverted());
    QCOMPARE(graph, before);
    QCOMPARE(graph.inputsOf(add), branches);
}

void GraphDiffTest::leadsThereAndBack()
{
    Random random(3);
    ModelGraph graph;
    for (int round = 0; round < 300; ++round) {
        const ModelGraph before = graph;
        for (int edits = 1 + int(random.below(4)); edits > 0; --edits)
            editAtRandom(graph, random);
        const GraphDiff diff = differenceOf(before, graph);
        ModelGraph walked = before;
        walked.apply(diff);
        QCOMPARE(walked, graph);
        walked.apply(diff.inverted());
        QCOMPARE(walked, before);
        QCOMPARE(ModelGraph::fromJson(graph.toJson()).value(), graph);
    }
}

void GraphDiffTest::joinsToOneStep()
{
    Random random(4);
    ModelGraph graph;
    for (int round = 0; round < 300; ++round) {
        const ModelGraph first = graph;
        editAtRandom(graph, random);
        editAtRandom(graph, random);
        const ModelGraph second = graph;
        editAtRandom(graph, random);
        editAtRandom(graph, random);
        const GraphDiff both = differenceOf(first, second).followedBy(differenceOf(second, graph));
        ModelGraph walked = first;
        walked.apply(both);
        QCOMPARE(walked, graph);
        walked.apply(both.inverted());
        QCOMPARE(walked, first);
    }
}

void GraphDiffTest::stepAndItsInverseAreNothing()
{
    Random random(5);
    ModelGraph graph = findSnippet(u"resnetv2"_s)->build();
    const ModelGraph before = graph;
    for (int edit = 0; edit < 20; ++edit)
        editAtRandom(graph, random);
    const GraphDiff diff = differenceOf(before, graph);
    QVERIFY(!diff.isEmpty());
    QVERIFY(diff.followedBy(diff.inverted()).isEmpty());
}

} // namespace espalier

QTEST_GUILESS_MAIN(espalier::GraphDiffTest)
#include "tst_graph_diff.moc"
