#include "ui/modeling/canvas/edits/graph_layout.h"

#include "core/graph/snippets.h"
#include "tests/core/graph/random_edits.h"
#include "ui/modeling/canvas/canvas_geometry.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

ModelGraph tidied(ModelGraph graph)
{
    const QHash<BlockId, QPointF> places = tidyPositions(graph);
    for (auto place = places.begin(); place != places.end(); ++place)
        graph.setPosition(place.key(), place.value());
    return graph;
}

void verifyTidy(const ModelGraph& graph)
{
    const QList<Block>& blocks = graph.blocks();
    for (qsizetype i = 0; i < blocks.size(); ++i)
        for (qsizetype j = 0; j < i; ++j)
            QVERIFY(!blockRect(blocks.at(i).position).intersects(blockRect(blocks.at(j).position)));
    if (graph.topologicalOrder())
        for (const Connection& connection : graph.connections())
            QVERIFY(graph.block(connection.to)->position.y() >=
                    graph.block(connection.from)->position.y() + canvas::RowHeight);
}

} // namespace

class GraphLayoutTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void snippetsAreTidy_data();
    void snippetsAreTidy();
    void aChainIsStraight();
    void branchesStandBesideTheLongestChain();
    void partsThatAreNotJoinedStandApart();
    void aSecondInputStandsAboveWhatReadsIt();
    void onlyTheChosenBlocksMove();
    void anyGraphIsTidy();
    void fiveHundredBlocksAreQuick();
};

void GraphLayoutTest::snippetsAreTidy_data()
{
    QTest::addColumn<QString>("key");
    for (const Snippet& snippet : snippets())
        QTest::newRow(qPrintable(snippet.key)) << snippet.key;
}

void GraphLayoutTest::snippetsAreTidy()
{
    QFETCH(QString, key);
    ModelGraph graph = findSnippet(key)->build();
    for (const Block& block : QList<Block>(graph.blocks()))
        graph.setPosition(block.id, {});
    const ModelGraph once = tidied(graph);
    verifyTidy(once);
    QCOMPARE(tidied(once), once);
}

void GraphLayoutTest::aChainIsStraight()
{
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    const QPointF head(123, 456);
    for (const Block& block : QList<Block>(graph.blocks()))
        graph.setPosition(block.id, head + QPointF(block.id.value() * 7, -block.id.value()));
    graph.setPosition(graph.blocks().first().id, head);
    graph = tidied(graph);
    const QPointF anchor = snappedToGrid(head);
    double row = 0;
    for (const Block& block : graph.blocks())
        QCOMPARE(block.position, anchor + QPointF(0, canvas::RowHeight * row++));
}

void GraphLayoutTest::branchesStandBesideTheLongestChain()
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s);
    BlockId last = input;
    for (int i = 0; i < 3; ++i) {
        const BlockId next = graph.addBlock(u"dense"_s);
        graph.connect({last, next});
        last = next;
    }
    const BlockId side = graph.addBlock(u"dense"_s);
    const BlockId add = graph.addBlock(u"add"_s);
    graph.connect({input, side});
    graph.connect({last, add, 0});
    graph.connect({side, add, 1});
    graph = tidied(graph);
    verifyTidy(graph);
    for (BlockId id : {input, last, add})
        QCOMPARE(graph.block(id)->position.x(), 0);
    QCOMPARE(graph.block(side)->position, QPointF(canvas::ColumnWidth, canvas::RowHeight));
}

void GraphLayoutTest::partsThatAreNotJoinedStandApart()
{
    ModelGraph graph;
    for (int i = 0; i < 4; ++i)
        graph.addBlock(u"dense"_s);
    graph.connect({BlockId(1), BlockId(2)});
    graph.connect({BlockId(3), BlockId(4)});
    graph = tidied(graph);
    verifyTidy(graph);
    QCOMPARE(graph.block(BlockId(3))->position.x() - graph.block(BlockId(1))->position.x(),
             canvas::ColumnWidth);
}

void GraphLayoutTest::aSecondInputStandsAboveWhatReadsIt()
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s);
    const BlockId dense = graph.addBlock(u"dense"_s);
    const BlockId deeper = graph.addBlock(u"dense"_s);
    const BlockId join = graph.addBlock(u"concatenate"_s);
    const BlockId second = graph.addBlock(u"input"_s);
    graph.connect({input, dense});
    graph.connect({dense, deeper});
    graph.connect({deeper, join, 0});
    graph.connect({second, join, 1});
    graph = tidied(graph);
    verifyTidy(graph);
    QCOMPARE(graph.block(second)->position,
             QPointF(canvas::ColumnWidth, graph.block(deeper)->position.y()));
}

void GraphLayoutTest::onlyTheChosenBlocksMove()
{
    const ModelGraph graph = findSnippet(u"vgg"_s)->build();
    const QList<BlockId> chosen{graph.blocks().at(2).id, graph.blocks().at(3).id};
    const QHash<BlockId, QPointF> places = tidyPositions(graph, chosen);
    QList<BlockId> moved = places.keys();
    std::ranges::sort(moved);
    QCOMPARE(moved, chosen);
}

void GraphLayoutTest::anyGraphIsTidy()
{
    Random random(11);
    ModelGraph graph;
    for (int round = 0; round < 200; ++round) {
        editAtRandom(graph, random);
        verifyTidy(tidied(graph));
    }
    QVERIFY(tidyPositions({}).isEmpty());
}

void GraphLayoutTest::fiveHundredBlocksAreQuick()
{
    ModelGraph graph;
    const ModelGraph part = findSnippet(u"resnetv2"_s)->build();
    BlockId last;
    while (graph.blocks().size() < 500) {
        const QList<BlockId> added = insertGraph(graph, part);
        last = added.last();
    }
    QElapsedTimer timer;
    timer.start();
    const ModelGraph result = tidied(graph);
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    verifyTidy(result);
}

} // namespace espalier

QTEST_GUILESS_MAIN(espalier::GraphLayoutTest)
#include "tst_graph_layout.moc"
