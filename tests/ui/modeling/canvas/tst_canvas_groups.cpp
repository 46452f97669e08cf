#include "tests/ui/modeling/canvas/canvas_fixture.h"
#include "ui/modeling/canvas/canvas_commands.h"
#include "ui/modeling/canvas/edits/group_edits.h"
#include "ui/modeling/canvas/group_commands.h"
#include "ui/modeling/canvas/items/connection_item.h"
#include "ui/modeling/canvas/items/group_item.h"
#include "ui/modeling/canvas/rename_group_dialog.h"

#include <QAccessible>
#include <QAction>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

const BlockId Input(1), Dense(2), Dense2(3), Target(4);
const QList<BlockId> Both{Dense, Dense2};

ModelGraph groupedColumn(bool folded = false)
{
    ModelGraph graph = columnOfFour();
    foldGroup(graph, graph.addGroup(Both, u"Head"_s), folded);
    return graph;
}

/// What the tests look at again and again.
struct GroupFixture : CanvasFixture {
    explicit GroupFixture(bool folded = false)
        : CanvasFixture(groupedColumn(folded))
    {
    }
    [[nodiscard]] const GraphGroup& group() { return graph().groups().first(); }
    [[nodiscard]] const GroupItem& item()
    {
        return *canvas.modelScene().groupItem(canvas.modelScene().graph().groups().first().id);
    }
    [[nodiscard]] QPoint title() { return onScreen(item().handle().center() + QPointF(6, 0)); }
    [[nodiscard]] QPoint button() { return onScreen(item().button().center()); }
    [[nodiscard]] QStringList drawnConnections()
    {
        QStringList names;
        for (const QGraphicsItem* each : canvas.modelScene().items())
            if (const auto* line = dynamic_cast<const ConnectionItem*>(each);
                line && line->isVisible())
                names.append(graph().block(line->connection().from)->name + u">"_s +
                             graph().block(line->connection().to)->name);
        names.sort();
        return names;
    }
};

} // namespace

class CanvasGroupsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void keysGroupAndUngroup();
    void theButtonFolds();
    void theNameSelectsAndMoves();
    void aFoldedGroupIsOneBlock();
    void aFoldedGroupIsSelectedWhole();
    void aFoldedGroupMoves();
    void enterFolds();
    void doubleClicksFold();
    void arrowsAndTabTakeAFoldedGroupForOne();
    void aFoldedGroupIsDeletedCopiedAndDuplicated();
    void droppedOnAConnectionOfAFoldedGroup();
    void revealingUnfolds();
    void errorsShowThrough();
    void groupsAreRenamed();
    void theMenuOffersWhatCanBeDone();
    void aLockedExperimentFoldsForTheEyeOnly();
    void foldsAreWritten();
    void looks_data();
    void looks();
};

void CanvasGroupsTest::keysGroupAndUngroup()
{
    CanvasFixture fixture(columnOfFour());
    fixture.canvas.select({Dense});
    fixture.key(Qt::Key_G, Qt::ControlModifier);
    QVERIFY2(fixture.graph().groups().isEmpty(), "one block is no group");
    fixture.canvas.select(Both);
    fixture.key(Qt::Key_G, Qt::ControlModifier);
    QCOMPARE(fixture.graph().groups().size(), 1);
    QCOMPARE(fixture.graph().groups().first().blocks, Both);
    QCOMPARE(fixture.canvas.selection(), Both);
    const ModelGraph grouped = fixture.graph();
    QVERIFY(!fixture.canvas.groupCommands().group->isEnabled());
    fixture.key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(fixture.graph(), columnOfFour());
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), grouped);
    QVERIFY(fixture.canvas.modelScene().groupItem(grouped.groups().first().id));
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), columnOfFour());
    fixture.undoStack().redo();
    QCOMPARE(fixture.graph(), grouped);
}

void CanvasGroupsTest::theButtonFolds()
{
    GroupFixture fixture;
    const ModelGraph before = fixture.graph();
    fixture.press(fixture.button());
    fixture.release({5, 5});
    QVERIFY2(fixture.undoStack().count() == 0, "let go elsewhere");
    fixture.click(fixture.button());
    QVERIFY(fixture.group().folded);
    QVERIFY(fixture.graph().isSameNetwork(before));
    const ModelGraph folded = fixture.graph();
    fixture.click(fixture.button());
    QCOMPARE(fixture.graph(), before);
    QCOMPARE(fixture.undoStack().count(), 2);
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), folded);
    QVERIFY(fixture.item().isFolded());
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), before);
    QVERIFY(!fixture.item().isFolded());
}

void CanvasGroupsTest::theNameSelectsAndMoves()
{
    GroupFixture fixture;
    fixture.click(fixture.title());
    QCOMPARE(fixture.canvas.selection(), Both);
    fixture.click(fixture.title(), Qt::ControlModifier);
    QVERIFY(fixture.canvas.selection().isEmpty());
    const ModelGraph before = fixture.graph();
    fixture.drag(fixture.title(), fixture.title() + QPoint(150, 90));
    for (BlockId id : Both)
        QCOMPARE(fixture.graph().block(id)->position - before.block(id)->position,
                 fixture.graph().block(Dense)->position - before.block(Dense)->position);
    QVERIFY(fixture.graph().block(Dense)->position.x() > 100);
    QVERIFY(fixture.item().frame().contains(blockRect(fixture.graph().block(Dense2)->position)));
    QCOMPARE(fixture.undoStack().count(), 1);
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), before);
}

void CanvasGroupsTest::aFoldedGroupIsOneBlock()
{
    GroupFixture fixture(true);
    const ModelScene& scene = fixture.canvas.modelScene();
    QCOMPARE(fixture.item().frame(), blockRect({0, canvas::RowHeight}));
    QCOMPARE(fixture.item().content().name, u"Head"_s);
    QVERIFY2(fixture.item().content().summary.startsWith(u"2 blocks"_s),
             qPrintable(fixture.item().content().summary));
    QCOMPARE(fixture.item().content().shape, scene.blockItem(Dense2)->content().shape);
    QCOMPARE(fixture.drawnConnections(), (QStringList{u"Dense 2>Target"_s, u"Input>Dense"_s}));
    QCOMPARE(scene.placeOf({Dense2, true, 0}), fixture.item().outputPort());
    QCOMPARE(scene.placeOf({Dense, false, 0}), fixture.item().inputPort());
    QVERIFY(!scene.blockAt(fixture.item().frame().center()).isValid());
    QCOMPARE(scene.nodeAt(fixture.item().frame().center()), Both);
    QCOMPARE(fixture.graph().block(Target)->position, QPointF(0, 2 * canvas::RowHeight));
}

void CanvasGroupsTest::aFoldedGroupIsSelectedWhole()
{
    GroupFixture fixture(true);
    fixture.click(fixture.title());
    QCOMPARE(fixture.canvas.selection(), Both);
    fixture.click(fixture.middleOf(Target), Qt::ShiftModifier);
    QCOMPARE(fixture.canvas.selection(), (QList<BlockId>{Dense, Dense2, Target}));
    fixture.click(fixture.title(), Qt::ControlModifier);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Target});
    const QPoint outside = fixture.onScreen({-60, canvas::RowHeight - 8});
    fixture.drag(outside, fixture.onScreen({20, canvas::RowHeight + 10}));
    QCOMPARE(fixture.canvas.selection(), Both);
    fixture.canvas.select({Dense2});
    QCOMPARE(fixture.canvas.selection(), Both);
    const QString said =
        QAccessible::queryAccessibleInterface(&fixture.canvas)->text(QAccessible::Description);
    QVERIFY2(said.contains(u"Head"_s) && said.contains(u"2 blocks"_s), qPrintable(said));
}

void CanvasGroupsTest::aFoldedGroupMoves()
{
    GroupFixture fixture(true);
    const ModelGraph before = fixture.graph();
    fixture.drag(fixture.title(), fixture.title() + QPoint(200, 0));
    for (BlockId id : Both)
        QCOMPARE(fixture.graph().block(id)->position, before.block(id)->position + QPointF(200, 0));
    QCOMPARE(fixture.item().frame(), blockRect({200, canvas::RowHeight}));
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), before);
    QCOMPARE(fixture.item().frame(), blockRect({0, canvas::RowHeight}));
}

void CanvasGroupsTest::enterFolds()
{
    GroupFixture fixture;
    const QSignalSpy inspector(&fixture.canvas, &ModelCanvas::inspectorRequested);
    fixture.canvas.select(Both);
    fixture.key(Qt::Key_Return);
    QVERIFY(fixture.group().folded);
    QCOMPARE(fixture.canvas.selection(), Both);
    fixture.key(Qt::Key_Return);
    QVERIFY(!fixture.group().folded);
    QCOMPARE(inspector.count(), 0);
    fixture.canvas.select({Dense});
    fixture.key(Qt::Key_Period, Qt::ControlModifier);
    QVERIFY(fixture.group().folded);
    QCOMPARE(fixture.canvas.selection(), Both);
    fixture.undoStack().setIndex(0);
    QCOMPARE(fixture.graph(), groupedColumn());
}

void CanvasGroupsTest::doubleClicksFold()
{
    GroupFixture fixture;
    QTest::mouseDClick(fixture.canvas.viewport(), Qt::LeftButton, {}, fixture.title());
    QVERIFY(fixture.group().folded);
    QTest::mouseDClick(fixture.canvas.viewport(), Qt::LeftButton, {}, fixture.title());
    QVERIFY(!fixture.group().folded);
}

void CanvasGroupsTest::arrowsAndTabTakeAFoldedGroupForOne()
{
    GroupFixture fixture(true);
    fixture.canvas.select({Input});
    fixture.key(Qt::Key_Down);
    QCOMPARE(fixture.canvas.selection(), Both);
    fixture.key(Qt::Key_Down);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Target});
    fixture.key(Qt::Key_Up);
    QCOMPARE(fixture.canvas.selection(), Both);
    fixture.key(Qt::Key_Up);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Input});
    fixture.key(Qt::Key_Tab);
    QCOMPARE(fixture.canvas.selection(), Both);
    fixture.key(Qt::Key_Tab);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Target});
}

void CanvasGroupsTest::aFoldedGroupIsDeletedCopiedAndDuplicated()
{
    GroupFixture fixture(true);
    const ModelGraph before = fixture.graph();
    fixture.click(fixture.title());
    fixture.key(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(fixture.graph().groups().size(), 2);
    QVERIFY(fixture.graph().groups().last().folded);
    QCOMPARE(fixture.canvas.selection(), fixture.graph().groups().last().blocks);
    fixture.undoStack().undo();
    fixture.click(fixture.title());
    fixture.key(Qt::Key_X, Qt::ControlModifier);
    QVERIFY(fixture.graph().groups().isEmpty());
    QCOMPARE(fixture.graph().connections(), (QList<Connection>{{Input, Target, 0}}));
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.graph().groups().size(), 1);
    QCOMPARE(fixture.graph().groups().first().blocks.size(), 2);
    QVERIFY(fixture.graph().groups().first().folded);
    fixture.undoStack().setIndex(0);
    QCOMPARE(fixture.graph(), before);
}

void CanvasGroupsTest::droppedOnAConnectionOfAFoldedGroup()
{
    GroupFixture fixture(true);
    fixture.canvas.select(Both);
    fixture.canvas.addBlock(u"dropout"_s);
    const BlockId added = fixture.canvas.selection().value(0);
    QCOMPARE(fixture.graph().inputsOf(added), QList<BlockId>{Dense2});
    QCOMPARE(fixture.graph().outputsOf(added), QList<BlockId>{Target});
    QVERIFY(!fixture.graph().groupOf(added));
    QCOMPARE(fixture.graph().block(added)->position, QPointF(0, 2 * canvas::RowHeight));
}

void CanvasGroupsTest::revealingUnfolds()
{
    GroupFixture fixture(true);
    fixture.canvas.reveal(Dense2);
    QVERIFY(!fixture.group().folded);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Dense2});
    QCOMPARE(fixture.undoStack().count(), 1);
    fixture.canvas.reveal(Input);
    QCOMPARE(fixture.undoStack().count(), 1);
}

void CanvasGroupsTest::errorsShowThrough()
{
    CanvasFixture fixture(pointGraph());
    const BlockId last(2);
    fixture.experiment().edit(u"Fold"_s, [&](ModelGraph& graph) {
        graph.setFolded(graph.addGroup({BlockId(1), last}), true);
    });
    const GroupId id = fixture.graph().groups().first().id;
    QVERIFY(!fixture.canvas.modelScene().groupItem(id)->content().hasError);
    fixture.experiment().edit(u"Set"_s, [&](ModelGraph& graph) {
        graph.setParameter(BlockId(1), u"feature"_s, u"no such feature"_s);
    });
    QVERIFY(fixture.canvas.modelScene().groupItem(id)->content().hasError);
}

void CanvasGroupsTest::groupsAreRenamed()
{
    GroupFixture fixture;
    fixture.canvas.select({Dense});
    fixture.key(Qt::Key_F2);
    auto* dialog = fixture.canvas.findChild<RenameGroupDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    auto* name = dialog->findChild<QLineEdit*>();
    QCOMPARE(name->text(), u"Head"_s);
    name->setText(u"Classifier"_s);
    dialog->QDialog::accept();
    QCOMPARE(fixture.group().name, u"Head"_s);
    fixture.key(Qt::Key_F2);
    dialog = fixture.canvas.findChildren<RenameGroupDialog*>().last();
    dialog->findChild<QLineEdit*>()->setText(u"Classifier"_s);
    QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
    QCOMPARE(fixture.group().name, u"Classifier"_s);
    QCOMPARE(fixture.item().group().name, u"Classifier"_s);
    fixture.undoStack().undo();
    QCOMPARE(fixture.group().name, u"Head"_s);
}

void CanvasGroupsTest::theMenuOffersWhatCanBeDone()
{
    GroupFixture fixture;
    const GroupCommands& commands = fixture.canvas.groupCommands();
    const auto offered = [&](const QList<BlockId>& blocks) {
        fixture.canvas.select(blocks);
        QMenu menu;
        commands.fill(menu);
        return menu.actions();
    };
    QVERIFY(offered({Target}).isEmpty());
    QCOMPARE(offered({Input, Target}), QList<QAction*>{commands.group});
    QCOMPARE(offered(Both), (QList<QAction*>{commands.ungroup, commands.fold, commands.rename}));
    QCOMPARE(offered({Dense, Target}).size(), 4);
}

void CanvasGroupsTest::aLockedExperimentFoldsForTheEyeOnly()
{
    GroupFixture fixture;
    const ModelGraph before = fixture.graph();
    fixture.lock();
    fixture.click(fixture.button());
    QVERIFY(fixture.item().isFolded());
    QCOMPARE(fixture.graph(), before);
    QCOMPARE(fixture.canvas.modelScene().frameOf(Target), blockRect({0, 2 * canvas::RowHeight}));
    QVERIFY(!fixture.canvas.groupCommands().ungroup->isEnabled());
    fixture.canvas.reveal(Dense);
    QVERIFY(!fixture.item().isFolded());
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Dense});
    QCOMPARE(fixture.canvas.modelScene().frameOf(Target), blockRect({0, 3 * canvas::RowHeight}));
}

void CanvasGroupsTest::foldsAreWritten()
{
    GroupFixture fixture;
    fixture.click(fixture.button());
    require(fixture.experiment().flush());
    QCOMPARE(fixture.stored().graph, fixture.graph());
    QVERIFY(fixture.stored().graph.groups().first().folded);
}

void CanvasGroupsTest::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("state");
    for (const bool dark : {false, true})
        for (const QString& state : {u"open"_s, u"folded"_s, u"selected"_s, u"far"_s})
            QTest::addRow("%s %s", qPrintable(state), dark ? "dark" : "light") << dark << state;
}

/// Pictures for people, where the environment names a folder for them.
void CanvasGroupsTest::looks()
{
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    if (folder.isEmpty())
        QSKIP("ESPALIER_SCREENSHOTS names no folder");
    QFETCH(bool, dark);
    QFETCH(QString, state);
    applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
    ModelGraph graph = findSnippet(u"cnn"_s)->build();
    const auto blocks = [&](qsizetype from, qsizetype count) {
        QList<BlockId> ids;
        for (const Block& block : graph.blocks().mid(from, count))
            ids.append(block.id);
        return ids;
    };
    const GroupId first = groupBlocks(graph, blocks(1, 3));
    const GroupId second = groupBlocks(graph, blocks(4, 3));
    graph.setGroupName(second, u"Second convolution with pooling"_s);
    foldGroup(graph, first, state != u"open");
    CanvasFixture fixture(graph);
    fixture.canvas.resize(700, 720);
    if (state == u"selected")
        fixture.canvas.select(fixture.graph().group(first)->blocks +
                              fixture.graph().group(second)->blocks);
    if (state == u"far")
        fixture.canvas.setPlace({0.5, fixture.canvas.place().centre});
    const QString name = u"groups-%1-%2.png"_s.arg(state, dark ? u"dark"_s : u"light"_s);
    QVERIFY(fixture.canvas.grab().save(QDir(folder).filePath(name)));
}

} // namespace espalier

QTEST_MAIN(espalier::CanvasGroupsTest)
#include "tst_canvas_groups.moc"
