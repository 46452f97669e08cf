#include "ui/modeling/canvas/edits/canvas_edits.h"

#include "core/graph/snippets.h"
#include "ui/modeling/canvas/canvas_geometry.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

bool hasOverlap(const ModelGraph& graph)
{
    const QList<Block>& blocks = graph.blocks();
    for (qsizetype i = 0; i < blocks.size(); ++i)
        for (qsizetype j = 0; j < i; ++j)
            if (blockRect(blocks.at(i).position).intersects(blockRect(blocks.at(j).position)))
                return true;
    return false;
}

QStringList chainOf(const ModelGraph& graph)
{
    QStringList names;
    for (BlockId id : graph.topologicalOrder().value_or(QList<BlockId>()))
        names.append(graph.block(id)->name);
    return names;
}

} // namespace

class CanvasEditsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocksAreAddedBehindEachOther();
    void aBlockGoesIntoTheOnlyConnection();
    void aBlockBehindABranchingOneIsAFurtherBranch();
    void aBlockAfterTheTargetGoesInFrontOfIt();
    void aBlockAloneCoversNoOther();
    void insertingRefusesCyclesAndEnds();
    void partnersLeadToNoCycle();
    void removingClosesChains();
    void removingConnectionsOfAMerge();
    void aPartSurvivesTheClipboard();
    void otherTextIsNoPart();
    void pastedPartsCoverNothing();
};

void CanvasEditsTest::blocksAreAddedBehindEachOther()
{
    ModelGraph graph;
    BlockId last;
    for (const QString& type : {u"input"_s, u"conv2d"_s, u"flatten"_s, u"dense"_s, u"target"_s}) {
        const BlockId id = addBlockAfter(graph, type, last, {30, 40});
        QVERIFY(id.isValid());
        if (last.isValid())
            QCOMPARE(graph.inputsOf(id), QList<BlockId>{last});
        last = id;
    }
    QCOMPARE(graph.connections().size(), 4);
    QCOMPARE(graph.block(last)->position, QPointF(30, 40 + 4 * canvas::RowHeight));
    QVERIFY(!addBlockAfter(graph, u"no such type"_s, last, {}).isValid());
}

void CanvasEditsTest::aBlockGoesIntoTheOnlyConnection()
{
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    const QStringList before = chainOf(graph);
    const BlockId second = graph.blocks().at(1).id;
    const double bottom = graph.blocks().last().position.y();
    const BlockId added = addBlockAfter(graph, u"dropout"_s, second, {});
    QStringList expected = before;
    expected.insert(2, graph.block(added)->name);
    QCOMPARE(chainOf(graph), expected);
    QVERIFY(!hasOverlap(graph));
    QCOMPARE(graph.blockByName(u"Target"_s)->position.y(), bottom + canvas::RowHeight);
}

void CanvasEditsTest::aBlockBehindABranchingOneIsAFurtherBranch()
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s);
    addBlockAfter(graph, u"dense"_s, input, {});
    graph.connect({input, graph.addBlock(u"dense"_s, {canvas::ColumnWidth, canvas::RowHeight})});
    const BlockId third = addBlockAfter(graph, u"dense"_s, input, {});
    QCOMPARE(graph.outputsOf(input).size(), 3);
    QCOMPARE(graph.inputsOf(third), QList<BlockId>{input});
    QVERIFY(!hasOverlap(graph));
}

void CanvasEditsTest::aBlockAfterTheTargetGoesInFrontOfIt()
{
    ModelGraph graph = findSnippet(u"fully_connected"_s)->build();
    const QStringList before = chainOf(graph);
    const BlockId target = graph.blockByName(u"Target"_s)->id;
    const BlockId added = addBlockAfter(graph, u"dropout"_s, target, {});
    QStringList expected = before;
    expected.insert(expected.size() - 1, graph.block(added)->name);
    QCOMPARE(chainOf(graph), expected);
    QVERIFY(!hasOverlap(graph));
}

void CanvasEditsTest::aBlockAloneCoversNoOther()
{
    ModelGraph graph;
    for (int i = 0; i < 12; ++i)
        addBlockAfter(graph, u"dense"_s, {}, {0, 0});
    QVERIFY(graph.connections().isEmpty());
    QVERIFY(!hasOverlap(graph));
}

void CanvasEditsTest::insertingRefusesCyclesAndEnds()
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s);
    const BlockId first = graph.addBlock(u"dense"_s);
    const BlockId second = graph.addBlock(u"dense"_s);
    const BlockId other = graph.addBlock(u"input"_s);
    graph.connect({input, first});
    graph.connect({first, second});
    const ModelGraph before = graph;
    QVERIFY(!insertIntoConnection(graph, other, {first, second, 0}));
    QVERIFY(!insertIntoConnection(graph, first, {first, second, 0}));
    QVERIFY(!insertIntoConnection(graph, second, {input, first, 0}));
    QVERIFY(!insertIntoConnection(graph, second, {input, second, 0}));
    QCOMPARE(graph, before);
}

void CanvasEditsTest::partnersLeadToNoCycle()
{
    const ModelGraph graph = findSnippet(u"resnetv2"_s)->build();
    for (const Block& block : graph.blocks())
        for (const bool ofOutput : {true, false}) {
            const QSet<BlockId> partners = partnersOf(graph, block.id, ofOutput);
            for (const Block& other : graph.blocks()) {
                const BlockId from = ofOutput ? block.id : other.id;
                const BlockId to = ofOutput ? other.id : block.id;
                QCOMPARE(partners.contains(other.id), canConnect(graph, from, to));
                ModelGraph joined = graph;
                if (partners.contains(other.id) && joined.connect({from, to, portFor(graph, to)}))
                    QVERIFY(joined.topologicalOrder().has_value());
            }
        }
}

void CanvasEditsTest::removingClosesChains()
{
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    QList<BlockId> inner;
    for (const Block& block : graph.blocks())
        if (block.type != u"input" && block.type != u"target")
            inner.append(block.id);
    removeParts(graph, inner, {});
    QCOMPARE(graph.blocks().size(), 2);
    QCOMPARE(graph.connections().size(), 1);
}

void CanvasEditsTest::removingConnectionsOfAMerge()
{
    ModelGraph graph;
    const BlockId add = graph.addBlock(u"add"_s);
    QList<BlockId> sources;
    for (int port = 0; port < 4; ++port) {
        sources.append(graph.addBlock(u"dense"_s));
        graph.connect({sources.last(), add, port});
    }
    removeParts(graph, {}, {{sources.at(0), add, 0}, {sources.at(2), add, 2}});
    QCOMPARE(graph.inputsOf(add), (QList<BlockId>{sources.at(1), sources.at(3)}));
}

void CanvasEditsTest::aPartSurvivesTheClipboard()
{
    const ModelGraph graph = findSnippet(u"resnetv2"_s)->build();
    QList<BlockId> some;
    for (qsizetype i = 2; i < 9; ++i)
        some.append(graph.blocks().at(i).id);
    const ModelGraph part = partOf(graph, some);
    QCOMPARE(part.blocks().size(), 7);
    QVERIFY(!part.connections().isEmpty());
    QCOMPARE(fromMimeData(toMimeData(part).get()).value(), part);
    QMimeData text;
    text.setText(toMimeData(part)->text());
    QCOMPARE(fromMimeData(&text).value(), part);
}

void CanvasEditsTest::otherTextIsNoPart()
{
    QMimeData data;
    for (const QString& text : {u""_s, u"Dense"_s, u"{}"_s, u"[1]"_s,
                                u"{\"version\":1,\"blocks\":[],\"connections\":[]}"_s}) {
        data.setText(text);
        QVERIFY2(!fromMimeData(&data), qPrintable(text));
    }
    QVERIFY(!fromMimeData(nullptr));
}

void CanvasEditsTest::pastedPartsCoverNothing()
{
    ModelGraph graph = findSnippet(u"resnetv2"_s)->build();
    const ModelGraph part = graph;
    for (int copy = 0; copy < 3; ++copy)
        insertGraph(graph, part, freeOffset(graph, part, {}));
    QCOMPARE(graph.blocks().size(), 4 * part.blocks().size());
    QVERIFY(!hasOverlap(graph));
}

} // namespace espalier

QTEST_GUILESS_MAIN(espalier::CanvasEditsTest)
#include "tst_canvas_edits.moc"
