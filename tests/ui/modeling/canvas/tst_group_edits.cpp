#include "ui/modeling/canvas/edits/group_edits.h"

#include "core/graph/snippets.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/edits/canvas_edits.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// `count` Dense blocks between Input and Target, in a column.
ModelGraph column(int count)
{
    ModelGraph graph;
    BlockId last = graph.addBlock(u"input"_s);
    for (int row = 1; row <= count + 1; ++row) {
        const BlockId id =
            graph.addBlock(row > count ? u"target"_s : u"dense"_s, {0, row * canvas::RowHeight});
        graph.connect({last, id, 0});
        last = id;
    }
    return graph;
}

double topOf(const ModelGraph& graph, qint64 id)
{
    return graph.block(BlockId(id))->position.y();
}

bool hasOverlap(const ModelGraph& graph)
{
    const ModelGraph seen = foldedGraph(graph);
    for (const Block& block : seen.blocks())
        for (const Block& other : seen.blocks())
            if (block.id < other.id &&
                blockRect(block.position).intersects(blockRect(other.position)))
                return true;
    return false;
}

} // namespace

class GroupEditsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void foldingClosesUpAndUnfoldingMakesRoom();
    void foldingKeepsWhatStandsWide();
    void whatABranchHoldsUpStays();
    void groupingUnfoldsWhatItTakes();
    void ungroupingAFoldedGroupMakesRoom();
    void blocksBehindAFoldedGroup();
    void blocksBetweenMembersJoin();
    void aFoldedGroupIsTidiedAsOne();
    void aFoldedGroupCoversOnlyItsPlace();
    void wholeGroupsAreCopied();
    void foldingEverythingAndBack();
};

void GroupEditsTest::foldingClosesUpAndUnfoldingMakesRoom()
{
    ModelGraph graph = column(4);
    const GroupId id = groupBlocks(graph, {BlockId(2), BlockId(3), BlockId(4)});
    const ModelGraph before = graph;
    foldGroup(graph, id, true);
    QCOMPARE(topOf(graph, 5), 2 * canvas::RowHeight);
    QCOMPARE(topOf(graph, 6), 3 * canvas::RowHeight);
    QCOMPARE(topOf(graph, 3), 2 * canvas::RowHeight); // its own blocks keep their places
    QCOMPARE(shownRect(graph, BlockId(4)), blockRect({0, canvas::RowHeight}));
    foldGroup(graph, id, false);
    QCOMPARE(graph, before);
}

void GroupEditsTest::foldingKeepsWhatStandsWide()
{
    ModelGraph graph = column(3);
    graph.setPosition(BlockId(5), {0, 900});
    const GroupId id = groupBlocks(graph, {BlockId(2), BlockId(3), BlockId(4)});
    const ModelGraph before = graph;
    foldGroup(graph, id, true);
    QCOMPARE(topOf(graph, 5), 900);
    foldGroup(graph, id, false);
    QCOMPARE(graph, before);
}

void GroupEditsTest::whatABranchHoldsUpStays()
{
    // Input, then three Dense beside one that is as long, into one Add.
    ModelGraph graph = column(3);
    const BlockId add = graph.addBlock(u"add"_s, {0, 4 * canvas::RowHeight});
    const BlockId side = graph.addBlock(u"dense"_s, {canvas::ColumnWidth, 3 * canvas::RowHeight});
    graph.setPosition(BlockId(5), {0, 5 * canvas::RowHeight});
    graph.connect({BlockId(4), add, 0});
    graph.connect({BlockId(1), side, 0});
    graph.connect({side, add, 1});
    graph.connect({add, BlockId(5), 0});
    const GroupId id = groupBlocks(graph, {BlockId(2), BlockId(3), BlockId(4)});
    const ModelGraph before = graph;
    foldGroup(graph, id, true);
    QCOMPARE(graph.block(add)->position, before.block(add)->position);
    foldGroup(graph, id, false);
    QCOMPARE(graph, before);
}

void GroupEditsTest::groupingUnfoldsWhatItTakes()
{
    ModelGraph graph = column(4);
    const GroupId first = groupBlocks(graph, {BlockId(2), BlockId(3)});
    const double bottom = topOf(graph, 6);
    foldGroup(graph, first, true);
    const GroupId second = groupBlocks(graph, {BlockId(2), BlockId(3), BlockId(4)});
    QVERIFY(!graph.group(first));
    QVERIFY(!graph.group(second)->folded);
    QCOMPARE(topOf(graph, 6), bottom);
    QVERIFY(!hasOverlap(graph));
}

void GroupEditsTest::ungroupingAFoldedGroupMakesRoom()
{
    ModelGraph graph = column(4);
    const ModelGraph before = graph;
    foldGroup(graph, groupBlocks(graph, {BlockId(2), BlockId(3), BlockId(4)}), true);
    ungroupBlocks(graph, {BlockId(3)});
    QCOMPARE(graph, before);
}

void GroupEditsTest::blocksBehindAFoldedGroup()
{
    ModelGraph graph = column(4);
    const GroupId id = groupBlocks(graph, {BlockId(2), BlockId(3)});
    foldGroup(graph, id, true);
    const BlockId added = addBlockAfter(graph, u"dropout"_s, BlockId(2), {});
    QCOMPARE(graph.inputsOf(added), QList<BlockId>{BlockId(3)});
    QCOMPARE(graph.outputsOf(added), QList<BlockId>{BlockId(4)});
    QVERIFY(!graph.groupOf(added));
    QCOMPARE(graph.block(added)->position, QPointF(0, 2 * canvas::RowHeight));
    QVERIFY(!hasOverlap(graph));
    foldGroup(graph, id, false);
    QVERIFY(!hasOverlap(graph));
}

void GroupEditsTest::blocksBetweenMembersJoin()
{
    ModelGraph graph = column(4);
    const GroupId id = groupBlocks(graph, {BlockId(2), BlockId(3)});
    const BlockId within = addBlockAfter(graph, u"dropout"_s, BlockId(2), {});
    QCOMPARE(graph.group(id)->blocks, (QList<BlockId>{BlockId(2), BlockId(3), within}));
    const BlockId behind = addBlockAfter(graph, u"dropout"_s, BlockId(3), {});
    QVERIFY(!graph.groupOf(behind));
}

void GroupEditsTest::aFoldedGroupIsTidiedAsOne()
{
    ModelGraph graph = column(4);
    const GroupId id = groupBlocks(graph, {BlockId(3), BlockId(4)});
    foldGroup(graph, id, true);
    const QPointF apart = graph.block(BlockId(4))->position - graph.block(BlockId(3))->position;
    graph.setPosition(BlockId(5), {400, -300});
    for (BlockId member : {BlockId(3), BlockId(4)})
        graph.setPosition(member, graph.block(member)->position + QPointF(70, 500));
    tidy(graph);
    QCOMPARE(graph.block(BlockId(4))->position - graph.block(BlockId(3))->position, apart);
    QCOMPARE(shownRect(graph, BlockId(3)), blockRect({0, 2 * canvas::RowHeight}));
    QCOMPARE(topOf(graph, 5), 3 * canvas::RowHeight);
    QCOMPARE(topOf(graph, 6), 4 * canvas::RowHeight);
}

void GroupEditsTest::aFoldedGroupCoversOnlyItsPlace()
{
    ModelGraph graph = column(4);
    foldGroup(graph, groupBlocks(graph, {BlockId(2), BlockId(3), BlockId(4)}), true);
    const QPointF hidden(0, 4 * canvas::RowHeight);
    QCOMPARE(freePlace(graph, hidden), hidden);
    QVERIFY(freePlace(graph, {0, canvas::RowHeight}) != QPointF(0, canvas::RowHeight));
}

void GroupEditsTest::wholeGroupsAreCopied()
{
    ModelGraph graph = column(4);
    const GroupId id = groupBlocks(graph, {BlockId(2), BlockId(3)});
    foldGroup(graph, id, true);
    QVERIFY(partOf(graph, {BlockId(2), BlockId(4)}).groups().isEmpty());
    const ModelGraph part = partOf(graph, {BlockId(2), BlockId(3), BlockId(4)});
    QCOMPARE(part.groups().size(), 1);
    QVERIFY(part.groups().first().folded);
    QCOMPARE(fromMimeData(toMimeData(part).get()).value(), part);
    insertGraph(graph, part, freeOffset(graph, part, {}));
    QCOMPARE(graph.groups().last().name, u"Group 2"_s);
    QVERIFY(!hasOverlap(graph));
}

void GroupEditsTest::foldingEverythingAndBack()
{
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    const QList<Block> blocks = graph.blocks();
    QList<GroupId> groups;
    for (qsizetype i = 1; i + 3 < blocks.size(); i += 3)
        groups.append(
            groupBlocks(graph, {blocks.at(i).id, blocks.at(i + 1).id, blocks.at(i + 2).id}));
    const ModelGraph before = graph;
    for (GroupId id : std::as_const(groups)) {
        foldGroup(graph, id, true);
        QVERIFY(!hasOverlap(graph));
    }
    QVERIFY(graph.isSameNetwork(before));
    for (GroupId id : std::as_const(groups)) {
        foldGroup(graph, id, false);
        QVERIFY(!hasOverlap(graph));
    }
    QCOMPARE(graph, before);
}

} // namespace espalier

QTEST_GUILESS_MAIN(espalier::GroupEditsTest)
#include "tst_group_edits.moc"
