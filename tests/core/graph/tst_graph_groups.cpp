#include "core/graph/graph_diff.h"
#include "core/graph/snippets.h"
#include "tests/core/graph/graph_samples.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

const BlockId Input(1), First(2), Second(3), Target(4);

ModelGraph column()
{
    return chainOf({{u"input"_s, {}}, {u"dense"_s, {}}, {u"dense"_s, {}}, {u"target"_s, {}}});
}

} // namespace

class GraphGroupsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupsHaveFreeNames();
    void aBlockIsInOneGroup();
    void removedBlocksLeave();
    void unknownBlocksMakeNoGroup();
    void addedBlocksJoin();
    void foldingChangesNoNetwork();
    void diffsHoldTheGroupsThatDiffer();
    void insertedGraphsBringTheirGroups();
};

void GraphGroupsTest::groupsHaveFreeNames()
{
    ModelGraph graph = column();
    const GroupId first = graph.addGroup({Second, First, First});
    const GroupId second = graph.addGroup({Input});
    QCOMPARE(graph.group(first)->blocks, (QList<BlockId>{First, Second}));
    QCOMPARE(graph.group(first)->name, u"Group"_s);
    QCOMPARE(graph.group(second)->name, u"Group 2"_s);
    QVERIFY(!graph.setGroupName(second, u" group "_s));
    QVERIFY(!graph.setGroupName(second, u" "_s));
    QVERIFY(graph.setGroupName(second, u" The  start "_s));
    QCOMPARE(graph.group(second)->name, u"The start"_s);
    QVERIFY(graph.setGroupName(second, u"the start"_s));
}

void GraphGroupsTest::aBlockIsInOneGroup()
{
    ModelGraph graph = column();
    const GroupId first = graph.addGroup({First, Second});
    const GroupId second = graph.addGroup({Second, Target});
    QCOMPARE(graph.group(first)->blocks, QList<BlockId>{First});
    QCOMPARE(graph.groupOf(Second)->id, second);
    const GroupId third = graph.addGroup({First});
    QVERIFY(!graph.group(first));
    QCOMPARE(graph.groupOf(First)->id, third);
    QVERIFY(third > second);
}

void GraphGroupsTest::removedBlocksLeave()
{
    ModelGraph graph = column();
    graph.addGroup({First, Second});
    graph.removeBlock(First, true);
    QCOMPARE(graph.groupOf(Second)->blocks, QList<BlockId>{Second});
    graph.removeBlock(Second, true);
    QVERIFY(graph.groups().isEmpty());
}

void GraphGroupsTest::unknownBlocksMakeNoGroup()
{
    ModelGraph graph = column();
    QVERIFY(!graph.addGroup({}).isValid());
    QVERIFY(!graph.addGroup({BlockId(77)}).isValid());
    QVERIFY(graph.groups().isEmpty());
}

void GraphGroupsTest::addedBlocksJoin()
{
    ModelGraph graph = column();
    const GroupId group = graph.addGroup({First, Second});
    const GroupId other = graph.addGroup({Input});
    graph.addToGroup(group, Input);
    QCOMPARE(graph.group(group)->blocks, (QList<BlockId>{Input, First, Second}));
    QVERIFY(!graph.group(other));
    graph.addToGroup(other, Target);
    QVERIFY(!graph.groupOf(Target));
}

void GraphGroupsTest::foldingChangesNoNetwork()
{
    const ModelGraph before = column();
    ModelGraph graph = before;
    const GroupId group = graph.addGroup({First, Second});
    ModelGraph folded = graph;
    folded.setFolded(group, true);
    QVERIFY(graph != before && folded != graph);
    folded.setPosition(First, {300, 200});
    QVERIFY(graph.isSameNetwork(before) && folded.isSameNetwork(before));
    folded.setParameter(First, u"nodes"_s, 7);
    QVERIFY(!folded.isSameNetwork(before));
}

void GraphGroupsTest::diffsHoldTheGroupsThatDiffer()
{
    ModelGraph before = column();
    const GroupId kept = before.addGroup({Input});
    const GroupId gone = before.addGroup({First});
    ModelGraph after = before;
    after.removeGroup(gone);
    const GroupId made = after.addGroup({Second, Target}, u"Head"_s, true);
    const GraphDiff diff = differenceOf(before, after);
    QCOMPARE(diff.groupsBefore, QList<GraphGroup>{*before.group(gone)});
    QCOMPARE(diff.groupsAfter, QList<GraphGroup>{*after.group(made)});
    QVERIFY(diff.before.isEmpty() && diff.after.isEmpty());
    ModelGraph walked = before;
    walked.apply(diff);
    QCOMPARE(walked, after);
    walked.apply(diff.inverted());
    QCOMPARE(walked, before);
    QVERIFY(walked.group(kept));
    QVERIFY(diff.followedBy(diff.inverted()).isEmpty());
}

void GraphGroupsTest::insertedGraphsBringTheirGroups()
{
    ModelGraph part = column();
    part.addGroup({First, Second}, u"Head 2"_s, true);
    ModelGraph graph = part;
    const QList<BlockId> added = insertGraph(graph, part);
    QCOMPARE(graph.groups().size(), 2);
    const GraphGroup& copy = graph.groups().last();
    QCOMPARE(copy.blocks, (QList<BlockId>{added.at(1), added.at(2)}));
    QCOMPARE(copy.name, u"Head"_s);
    QVERIFY(copy.folded);
}

} // namespace espalier

QTEST_GUILESS_MAIN(espalier::GraphGroupsTest)
#include "tst_graph_groups.moc"
