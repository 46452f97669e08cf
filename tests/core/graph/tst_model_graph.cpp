#include "core/base/random.h"
#include "core/graph/block_catalogue.h"
#include "core/graph/graph_analysis.h"
#include "core/graph/graph_index.h"
#include "core/graph/model_graph.h"

#include <QSet>
#include <QTest>
#include <algorithm>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

/// Input -> Dense -> Dense 2 -> Target, ids 1 to 4.
ModelGraph chain()
{
    ModelGraph graph;
    BlockId last;
    for (const QString& type : {u"input"_s, u"dense"_s, u"dense"_s, u"target"_s}) {
        const BlockId id = graph.addBlock(type);
        graph.connect({last, id});
        last = id;
    }
    return graph;
}

/// Three Inputs (ids 1 to 3) into Add (id 4), in that order.
ModelGraph sum()
{
    ModelGraph graph;
    QList<BlockId> inputs;
    for (int i = 0; i < 3; ++i)
        inputs.append(graph.addBlock(u"input"_s));
    const BlockId add = graph.addBlock(u"add"_s);
    for (int i = 0; i < 3; ++i)
        graph.connect({inputs.at(i), add, i});
    return graph;
}

QList<BlockId> ids(std::initializer_list<qint64> values)
{
    QList<BlockId> list;
    for (qint64 value : values)
        list.append(BlockId(value));
    return list;
}

/// Empty when all holds that the header promises.
QString brokenInvariant(const ModelGraph& graph)
{
    QSet<QString> names;
    for (const Block& block : graph.blocks())
        names.insert(block.name.toCaseFolded());
    if (names.size() != graph.blocks().size())
        return u"two blocks share a name"_s;
    if (!std::ranges::is_sorted(graph.blocks(), {}, &Block::id))
        return u"blocks are not sorted"_s;
    if (!std::ranges::is_sorted(graph.connections()))
        return u"connections are not sorted"_s;
    QMap<BlockId, QList<int>> ports;
    for (const Connection& connection : graph.connections()) {
        if (!graph.block(connection.from) || !graph.block(connection.to))
            return u"a connection dangles"_s;
        ports[connection.to].append(connection.port);
    }
    for (auto entry = ports.begin(); entry != ports.end(); ++entry) {
        std::ranges::sort(entry.value());
        for (int i = 0; i < entry.value().size(); ++i)
            if (entry.value().at(i) != i)
                return u"ports are not numbered from 0"_s;
    }
    return {};
}

BlockId anyBlock(const ModelGraph& graph, Random& random)
{
    const quint64 count = quint64(graph.blocks().size());
    return count == 0 ? BlockId() : graph.blocks().at(qsizetype(random.below(count))).id;
}

void editAtRandom(ModelGraph& graph, Random& random)
{
    const BlockId block = anyBlock(graph, random);
    switch (random.below(8)) {
    case 0:
    case 1: {
        const QList<BlockType>& types = blockTypes();
        graph.addBlock(types.at(qsizetype(random.below(quint64(types.size())))).key,
                       {random.uniform(-500, 500), random.uniform(-500, 500)});
        break;
    }
    case 2:
        graph.removeBlock(block, random.below(2) == 0);
        break;
    case 3:
    case 4:
    case 5:
        graph.connect({block, anyBlock(graph, random), int(random.below(3))});
        break;
    case 6:
        if (!graph.connections().isEmpty())
            graph.disconnect(Connection(graph.connections().at(
                qsizetype(random.below(quint64(graph.connections().size()))))));
        break;
    default:
        graph.setParameter(block, u"nodes"_s, qlonglong(random.below(100)));
        graph.setName(block, u"name %1"_s.arg(random.below(20)));
        break;
    }
}

} // namespace

class ModelGraphTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unknownTypesAddNothing();
    void namesAndIdsAreFresh();
    void idsAreNotUsedAgain();
    void blocksAreFoundByName();
    void insertionRestoresABlock();
    void refusesConnections_data();
    void refusesConnections();
    void connectingFreesAPort();
    void anyNumberOfInputsAreNumbered();
    void theSameSourceMayFeedTwoPorts();
    void disconnectingIsTheInverse();
    void removalTakesConnections();
    void removalClosesAChain();
    void removalKeepsPortsTogether();
    void removalDoesNotRewireAMerge();
    void parametersAreKeptNormalized();
    void refusesParameters_data();
    void refusesParameters();
    void followedParametersKeepTheDefault();
    void refusesNames();
    void positionsStayFinite();
    void orderFollowsConnections();
    void aCycleHasNoOrder();
    void equalityIgnoresHistory();
    void randomEditsKeepInvariants();
};

void ModelGraphTest::unknownTypesAddNothing()
{
    ModelGraph graph;
    QVERIFY(!graph.addBlock(u"conv4d"_s).isValid());
    QVERIFY(graph.isEmpty());
    graph.removeBlock(BlockId(7));
    graph.setPosition(BlockId(7), {1, 1});
    QVERIFY(graph.isEmpty());
}

void ModelGraphTest::namesAndIdsAreFresh()
{
    ModelGraph graph;
    const BlockId first = graph.addBlock(u"dense"_s, {10, 20}, {{u"nodes"_s, 5}, {u"x"_s, 1}});
    const BlockId second = graph.addBlock(u"dense"_s);
    const BlockId third = graph.addBlock(u"dense"_s);
    QCOMPARE(graph.block(first)->name, u"Dense"_s);
    QCOMPARE(graph.block(second)->name, u"Dense 2"_s);
    QCOMPARE(graph.block(third)->name, u"Dense 3"_s);
    QCOMPARE(graph.block(first)->position, QPointF(10, 20));
    QCOMPARE(graph.block(first)->parameters, (ParameterValues{{u"nodes"_s, 5LL}}));
    graph.setName(third, u"dENSE"_s + u" 4"_s);
    graph.removeBlock(second);
    QCOMPARE(graph.freeName(u"Dense"_s), u"Dense 2"_s);
    QCOMPARE(graph.freeName(u"DENSE 4"_s), u"DENSE 4 2"_s);
    QCOMPARE(graph.freeName(u"Other"_s), u"Other"_s);
}

void ModelGraphTest::idsAreNotUsedAgain()
{
    ModelGraph graph;
    const BlockId first = graph.addBlock(u"dense"_s);
    graph.removeBlock(first);
    QVERIFY(graph.addBlock(u"dense"_s) != first);
}

void ModelGraphTest::blocksAreFoundByName()
{
    const ModelGraph graph = chain();
    QCOMPARE(graph.blockByName(u"dense 2"_s)->id, BlockId(3));
    QCOMPARE(graph.blockByName(u"dense 3"_s), nullptr);
    QCOMPARE(graph.block(BlockId()), nullptr);
    QCOMPARE(graph.block(BlockId(99)), nullptr);
}

void ModelGraphTest::insertionRestoresABlock()
{
    const ModelGraph before = chain();
    ModelGraph graph = before;
    const Block removed = *graph.block(BlockId(2));
    graph.removeBlock(removed.id);
    QVERIFY(graph != before);
    graph.insertBlock(removed);
    graph.connect({BlockId(1), BlockId(2)});
    graph.connect({BlockId(2), BlockId(3)});
    QCOMPARE(graph, before);

    Block intruder = removed;
    intruder.name = u"Intruder"_s;
    graph.insertBlock(intruder);
    intruder.id = BlockId(-3);
    graph.insertBlock(intruder);
    QCOMPARE(graph, before);
}

void ModelGraphTest::refusesConnections_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<int>("port");

    QTest::newRow("it exists") << qint64(1) << qint64(2) << 0;
    QTest::newRow("to itself") << qint64(2) << qint64(2) << 0;
    QTest::newRow("unknown source") << qint64(9) << qint64(2) << 0;
    QTest::newRow("unknown target") << qint64(1) << qint64(9) << 0;
    QTest::newRow("no block") << qint64(0) << qint64(2) << 0;
    QTest::newRow("no such port") << qint64(1) << qint64(3) << 1;
    QTest::newRow("negative port") << qint64(1) << qint64(3) << -1;
    QTest::newRow("into an Input") << qint64(2) << qint64(1) << 0;
    QTest::newRow("out of a Target") << qint64(4) << qint64(2) << 0;
}

void ModelGraphTest::refusesConnections()
{
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QFETCH(int, port);
    ModelGraph graph = chain();
    QVERIFY(!graph.connect({BlockId(from), BlockId(to), port}));
    QCOMPARE(graph, chain());
}

void ModelGraphTest::connectingFreesAPort()
{
    ModelGraph graph = chain();
    QVERIFY(graph.connect({BlockId(1), BlockId(3)}));
    QCOMPARE(graph.inputsOf(BlockId(3)), ids({1}));
    QCOMPARE(graph.outputsOf(BlockId(2)), QList<BlockId>());
    QCOMPARE(graph.outputsOf(BlockId(1)), ids({2, 3}));
}

void ModelGraphTest::anyNumberOfInputsAreNumbered()
{
    ModelGraph graph = sum();
    const BlockId extra = graph.addBlock(u"input"_s);
    QVERIFY(graph.connect({extra, BlockId(4), 1}));
    QCOMPARE(graph.inputsOf(BlockId(4)), ids({1, 5, 2, 3}));
    const BlockId end = graph.addBlock(u"input"_s);
    QVERIFY(graph.connect({end, BlockId(4), 1000}));
    QCOMPARE(graph.inputsOf(BlockId(4)), ids({1, 5, 2, 3, 6}));
    QCOMPARE(brokenInvariant(graph), QString());
}

void ModelGraphTest::theSameSourceMayFeedTwoPorts()
{
    ModelGraph graph = sum();
    QVERIFY(graph.connect({BlockId(1), BlockId(4), 3}));
    QCOMPARE(graph.inputsOf(BlockId(4)), ids({1, 2, 3, 1}));
    QCOMPARE(graph.outputsOf(BlockId(1)), ids({4}));
}

void ModelGraphTest::disconnectingIsTheInverse()
{
    const ModelGraph before = sum();
    ModelGraph graph = before;
    for (const Connection& connection : before.connections()) {
        QVERIFY(graph.disconnect(connection));
        QVERIFY(!graph.disconnect({connection.from, connection.to, 7}));
        QCOMPARE(graph.inputsOf(BlockId(4)).size(), 2);
        QCOMPARE(brokenInvariant(graph), QString());
        QVERIFY(graph.connect(connection));
        QCOMPARE(graph, before);
    }
}

void ModelGraphTest::removalTakesConnections()
{
    ModelGraph graph = chain();
    graph.removeBlock(BlockId(2));
    QCOMPARE(graph.connections(), (QList<Connection>{{BlockId(3), BlockId(4)}}));
    QCOMPARE(graph.block(BlockId(2)), nullptr);
}

void ModelGraphTest::removalClosesAChain()
{
    ModelGraph graph = chain();
    graph.removeBlock(BlockId(2), true);
    graph.removeBlock(BlockId(3), true);
    QCOMPARE(graph.connections(), (QList<Connection>{{BlockId(1), BlockId(4)}}));
    graph.removeBlock(BlockId(1), true);
    QVERIFY(graph.connections().isEmpty());
}

void ModelGraphTest::removalKeepsPortsTogether()
{
    ModelGraph graph = sum();
    graph.connect({BlockId(1), BlockId(4), 3});
    graph.removeBlock(BlockId(1));
    QCOMPARE(graph.inputsOf(BlockId(4)), ids({2, 3}));
    QCOMPARE(brokenInvariant(graph), QString());
}

void ModelGraphTest::removalDoesNotRewireAMerge()
{
    ModelGraph graph = sum();
    const BlockId target = graph.addBlock(u"target"_s);
    graph.connect({BlockId(4), target});
    graph.removeBlock(BlockId(4), true);
    QVERIFY(graph.connections().isEmpty());
}

void ModelGraphTest::parametersAreKeptNormalized()
{
    ModelGraph graph;
    const BlockId id = graph.addBlock(u"conv2d"_s);
    QVERIFY(graph.setParameter(id, u"filters"_s, u"64"_s));
    QVERIFY(graph.setParameter(id, u"activation"_s, u"GELU"_s));
    QVERIFY(graph.setParameter(id, u"use_bias"_s, false));
    const ParameterValues expected{
        {u"filters"_s, 64LL}, {u"activation"_s, u"gelu"_s}, {u"use_bias"_s, false}};
    QCOMPARE(graph.block(id)->parameters, expected);
    QVERIFY(graph.setParameter(id, u"filters"_s, 32));
    QVERIFY(graph.setParameter(id, u"activation"_s, QVariant()));
    QVERIFY(graph.setParameter(id, u"use_bias"_s, u"on"_s));
    QVERIFY(graph.block(id)->parameters.isEmpty());
}

void ModelGraphTest::refusesParameters_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");

    QTest::newRow("unknown") << u"rate"_s << QVariant(1);
    QTest::newRow("not a number") << u"filters"_s << QVariant(u"many"_s);
    QTest::newRow("NaN") << u"filters"_s << QVariant(std::numeric_limits<double>::quiet_NaN());
    QTest::newRow("huge") << u"filters"_s << QVariant(1e308);
    QTest::newRow("below") << u"filters"_s << QVariant(0);
    QTest::newRow("a list") << u"filters"_s << QVariant(QVariantList{1});
    QTest::newRow("no choice") << u"padding"_s << QVariant(u"around"_s);
}

void ModelGraphTest::refusesParameters()
{
    QFETCH(QString, key);
    QFETCH(QVariant, value);
    ModelGraph graph;
    const BlockId id = graph.addBlock(u"conv2d"_s);
    const ModelGraph before = graph;
    QVERIFY(!graph.setParameter(id, key, value));
    QVERIFY(!graph.setParameter(BlockId(99), u"filters"_s, 3));
    QCOMPARE(graph, before);
}

void ModelGraphTest::followedParametersKeepTheDefault()
{
    ModelGraph graph;
    const BlockId id = graph.addBlock(u"dense"_s);
    QVERIFY(graph.setParameter(id, u"nodes"_s, 32));
    QVERIFY(graph.block(id)->parameters.contains(u"nodes"_s));
    QVERIFY(graph.setParameter(id, u"nodes"_s, QVariant()));
    QVERIFY(graph.block(id)->parameters.isEmpty());
}

void ModelGraphTest::refusesNames()
{
    ModelGraph graph = chain();
    QVERIFY(!graph.setName(BlockId(2), u" \n\t"_s));
    QVERIFY(!graph.setName(BlockId(2), u"dense 2"_s));
    QVERIFY(!graph.setName(BlockId(99), u"Free"_s));
    QCOMPARE(graph, chain());
    QVERIFY(graph.setName(BlockId(2), u"  DENSE\n one "_s));
    QCOMPARE(graph.block(BlockId(2))->name, u"DENSE one"_s);
    QVERIFY(graph.setName(BlockId(2), u"Dense ONE"_s));
    QCOMPARE(graph.block(BlockId(2))->name, u"Dense ONE"_s);
}

void ModelGraphTest::positionsStayFinite()
{
    ModelGraph graph = chain();
    graph.setPosition(BlockId(1), {3, 4});
    graph.setPosition(BlockId(1), {std::numeric_limits<double>::quiet_NaN(), 0});
    graph.setPosition(BlockId(1), {0, std::numeric_limits<double>::infinity()});
    QCOMPARE(graph.block(BlockId(1))->position, QPointF(3, 4));
    graph.setPosition(BlockId(1), {1e300, -1e300});
    QCOMPARE(graph.block(BlockId(1))->position,
             QPointF(ModelGraph::MaximumPosition, -ModelGraph::MaximumPosition));
}

void ModelGraphTest::orderFollowsConnections()
{
    QCOMPARE(chain().topologicalOrder(), ids({1, 2, 3, 4}));
    ModelGraph graph = chain();
    const BlockId inserted = graph.addBlock(u"dropout"_s);
    graph.connect({BlockId(2), inserted});
    graph.connect({inserted, BlockId(3)});
    QCOMPARE(graph.topologicalOrder(), ids({1, 2, 5, 3, 4}));
    QCOMPARE(ModelGraph().topologicalOrder(), QList<BlockId>());
}

void ModelGraphTest::aCycleHasNoOrder()
{
    ModelGraph graph = sum();
    const BlockId behind = graph.addBlock(u"dense"_s);
    const BlockId after = graph.addBlock(u"dense"_s);
    graph.connect({BlockId(4), behind});
    graph.connect({behind, after});
    QVERIFY(!GraphIndex(graph).blockOnCycle().isValid());
    graph.connect({behind, BlockId(4), 1});
    QVERIFY(!graph.topologicalOrder());
    QVERIFY(ids({4, 5}).contains(GraphIndex(graph).blockOnCycle()));
    QCOMPARE(GraphIndex(graph).order(), ids({1, 2, 3}));
}

void ModelGraphTest::equalityIgnoresHistory()
{
    ModelGraph graph = chain();
    graph.removeBlock(graph.addBlock(u"flatten"_s));
    QCOMPARE(graph, chain());
}

void ModelGraphTest::randomEditsKeepInvariants()
{
    Random random(7);
    ModelGraph graph;
    for (int step = 0; step < 3000; ++step) {
        editAtRandom(graph, random);
        QCOMPARE(brokenInvariant(graph), QString());
        if (step % 50 > 0)
            continue;
        const auto copy = ModelGraph::fromJson(graph.toJson());
        QVERIFY2(copy.has_value(), copy ? "" : qPrintable(copy.error().message));
        QCOMPARE(*copy, graph);
        const GraphAnalysis analysis = analyzeGraph(graph, {});
        QCOMPARE(analysis.blocks.size(), graph.blocks().size());
        QVERIFY(!analysis.canRun());
        QCOMPARE(analysis.order.isEmpty(), !graph.topologicalOrder() || graph.isEmpty());
    }
    QVERIFY(graph.blocks().size() > 10);
}

QTEST_GUILESS_MAIN(ModelGraphTest)
#include "tst_model_graph.moc"
