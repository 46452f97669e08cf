#include "tests/core/graph/random_edits.h"
#include "tests/ui/modeling/canvas/canvas_fixture.h"
#include "ui/modeling/canvas/canvas_commands.h"
#include "ui/modeling/canvas/edits/canvas_edits.h"
#include "ui/modeling/canvas/group_commands.h"
#include "ui/modeling/canvas/items/connection_item.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

const BlockId Input(1), Dense(2), Dense2(3), Target(4);

} // namespace

class ModelCanvasTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void followsTheDocument();
    void showsShapesAndErrors();
    void clickedBlocksFormAChain();
    void snippetsStandBesideWhatIsThere();
    void deleteClosesTheChain();
    void copiesWithinAnExperiment();
    void copiesToAnotherExperimentAndAsText();
    void cutTakesAwayAndKeeps();
    void duplicates();
    void pastesNothingFromOtherText();
    void tidyIsOneStep();
    void arrowsFollowConnections();
    void altAndArrowsNudgeInOneStep();
    void tabGoesThroughTheBlocks();
    void enterAsksForTheInspector();
    void saysWhatIsSelected();
    void everyCommandIsReachable();
    void anEmptyCanvasSaysHowToBegin();
};

void ModelCanvasTest::followsTheDocument()
{
    CanvasFixture fixture(columnOfFour());
    const ModelScene& scene = fixture.canvas.modelScene();
    Random random(2);
    const auto verify = [&] {
        qsizetype blocks = 0;
        qsizetype connections = 0;
        for (const QGraphicsItem* item : scene.items()) {
            blocks += dynamic_cast<const BlockItem*>(item) != nullptr;
            connections += dynamic_cast<const ConnectionItem*>(item) != nullptr;
        }
        QCOMPARE(blocks, fixture.graph().blocks().size());
        QCOMPARE(connections, fixture.graph().connections().size());
        QCOMPARE(scene.items().size(), blocks + connections + fixture.graph().groups().size());
        for (const Block& block : fixture.graph().blocks()) {
            QCOMPARE(scene.blockItem(block.id)->pos(), block.position);
            QCOMPARE(scene.blockItem(block.id)->content().name, block.name);
        }
    };
    for (int step = 0; step < 200; ++step) {
        fixture.experiment().edit(u"Edit"_s,
                                  [&](ModelGraph& graph) { editAtRandom(graph, random); });
        verify();
        if (step % 5 == 0) {
            fixture.undoStack().undo();
            verify();
        }
    }
    fixture.undoStack().setIndex(0);
    verify();
}

void ModelCanvasTest::showsShapesAndErrors()
{
    CanvasFixture fixture(pointGraph());
    const ModelScene& scene = fixture.canvas.modelScene();
    QCOMPARE(scene.blockItem(Dense)->content().shape, u"2"_s);
    QVERIFY(!scene.blockItem(Dense)->content().hasError);
    fixture.experiment().edit(u"Set"_s,
                              [](ModelGraph& graph) { graph.setParameter(Dense, u"nodes"_s, 5); });
    QCOMPARE(scene.blockItem(Dense)->content().shape, u"5"_s);
    QVERIFY(scene.blockItem(Dense)->content().summary.contains(u'5'));
    const auto wrong = std::ranges::count_if(fixture.graph().blocks(), [&](const Block& block) {
        return scene.blockItem(block.id)->content().hasError;
    });
    QCOMPARE(wrong, 1);
}

void ModelCanvasTest::clickedBlocksFormAChain()
{
    CanvasFixture fixture;
    for (const QString& type : {u"input"_s, u"flatten"_s, u"dense"_s, u"target"_s})
        fixture.canvas.addBlock(type);
    QCOMPARE(fixture.graph().blocks().size(), 4);
    QCOMPARE(fixture.graph().connections().size(), 3);
    QCOMPARE(fixture.undoStack().count(), 4);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{fixture.graph().blocks().last().id});
    for (const Block& block : fixture.graph().blocks())
        QVERIFY(fixture.canvas.visibleArea().contains(blockRect(block.position)));
}

void ModelCanvasTest::snippetsStandBesideWhatIsThere()
{
    CanvasFixture fixture(columnOfFour());
    const QSignalSpy spy(&fixture.canvas, &ModelCanvas::snippetAdded);
    fixture.canvas.addSnippet(u"cnn"_s);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(fixture.undoStack().count(), 1);
    for (const Block& block : fixture.graph().blocks())
        if (block.id > Target)
            QVERIFY(block.position.x() >= canvas::ColumnWidth);
}

void ModelCanvasTest::deleteClosesTheChain()
{
    CanvasFixture fixture(columnOfFour());
    const ModelGraph before = fixture.graph();
    fixture.canvas.select({Dense, Dense2});
    fixture.key(Qt::Key_Delete);
    QCOMPARE(fixture.graph().connections(), (QList<Connection>{{Input, Target, 0}}));
    QVERIFY(fixture.canvas.selection().isEmpty());
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), before);
}

void ModelCanvasTest::copiesWithinAnExperiment()
{
    CanvasFixture fixture(columnOfFour());
    fixture.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(fixture.canvas.selection().size(), 4);
    fixture.key(Qt::Key_C, Qt::ControlModifier);
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.graph().blocks().size(), 8);
    QCOMPARE(fixture.graph().connections().size(), 6);
    QCOMPARE(fixture.canvas.selection().size(), 4);
    QVERIFY(!fixture.canvas.selection().contains(Dense));
    QCOMPARE(fixture.undoStack().count(), 1);
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), columnOfFour());
}

void ModelCanvasTest::copiesToAnotherExperimentAndAsText()
{
    CanvasFixture fixture(columnOfFour());
    const ExperimentId id = fixture.add(u"Other"_s, {});
    ExperimentDocument& other = *fixture.document().experimentDocument(id);
    fixture.canvas.select({Dense, Dense2});
    fixture.key(Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    fixture.canvas.setDocument(&other);
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(other.graph().blocks().size(), 2);
    QCOMPARE(other.graph().connections().size(), 1);
    QGuiApplication::clipboard()->setText(text);
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(other.graph().blocks().size(), 4);
}

void ModelCanvasTest::cutTakesAwayAndKeeps()
{
    CanvasFixture fixture(columnOfFour());
    fixture.canvas.select({Dense});
    fixture.key(Qt::Key_X, Qt::ControlModifier);
    QVERIFY(!fixture.graph().block(Dense));
    QVERIFY(fixture.graph().connections().contains({Input, Dense2, 0}));
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.graph().blocks().size(), 4);
}

void ModelCanvasTest::duplicates()
{
    CanvasFixture fixture(columnOfFour());
    QGuiApplication::clipboard()->setText(u"kept"_s);
    fixture.canvas.select({Dense, Dense2});
    fixture.key(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(fixture.graph().blocks().size(), 6);
    QCOMPARE(fixture.graph().block(fixture.canvas.selection().first())->position,
             fixture.graph().block(Dense)->position + QPointF(canvas::ColumnWidth, 0));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"kept"_s);
}

void ModelCanvasTest::pastesNothingFromOtherText()
{
    CanvasFixture fixture(columnOfFour());
    const QSignalSpy spy(&fixture.canvas, &ModelCanvas::messaged);
    QGuiApplication::clipboard()->setText(u"a poem"_s);
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.undoStack().count(), 0);
    QCOMPARE(spy.count(), 1);
}

void ModelCanvasTest::tidyIsOneStep()
{
    ModelGraph graph = columnOfFour();
    graph.setPosition(Dense2, {317, -200});
    CanvasFixture fixture(graph);
    fixture.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(fixture.graph(), columnOfFour());
    QCOMPARE(fixture.undoStack().count(), 1);
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), graph);
}

void ModelCanvasTest::arrowsFollowConnections()
{
    ModelGraph graph = columnOfFour();
    const BlockId side = graph.addBlock(u"dense"_s, {canvas::ColumnWidth, canvas::RowHeight});
    CanvasFixture fixture(graph);
    fixture.key(Qt::Key_Down);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Input});
    fixture.key(Qt::Key_Down);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Dense});
    fixture.key(Qt::Key_Right);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{side});
    fixture.key(Qt::Key_Down);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{side});
    fixture.key(Qt::Key_Left);
    fixture.key(Qt::Key_Up);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Input});
    QCOMPARE(fixture.undoStack().count(), 0);
}

void ModelCanvasTest::altAndArrowsNudgeInOneStep()
{
    CanvasFixture fixture(columnOfFour());
    fixture.canvas.select({Dense});
    for (int i = 0; i < 3; ++i)
        fixture.key(Qt::Key_Right, Qt::AltModifier);
    fixture.key(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(fixture.graph().block(Dense)->position, QPointF(30, canvas::RowHeight - 10));
    QCOMPARE(fixture.undoStack().count(), 1);
    fixture.canvas.select({Dense2});
    fixture.key(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(fixture.undoStack().count(), 2);
    fixture.undoStack().setIndex(0);
    QCOMPARE(fixture.graph(), columnOfFour());
}

void ModelCanvasTest::tabGoesThroughTheBlocks()
{
    CanvasFixture fixture(columnOfFour());
    fixture.canvas.clearFocus();
    fixture.canvas.setFocus(Qt::TabFocusReason);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Input});
    for (BlockId id : {Dense, Dense2, Target}) {
        fixture.key(Qt::Key_Tab);
        QCOMPARE(fixture.canvas.selection(), QList<BlockId>{id});
    }
    fixture.key(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Dense2});
}

void ModelCanvasTest::enterAsksForTheInspector()
{
    CanvasFixture fixture(columnOfFour());
    const QSignalSpy spy(&fixture.canvas, &ModelCanvas::inspectorRequested);
    fixture.key(Qt::Key_Return);
    QCOMPARE(spy.count(), 0);
    fixture.canvas.select({Dense});
    fixture.key(Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QTest::mouseDClick(fixture.canvas.viewport(), Qt::LeftButton, {}, fixture.middleOf(Dense));
    QCOMPARE(spy.count(), 2);
}

void ModelCanvasTest::saysWhatIsSelected()
{
    CanvasFixture fixture(columnOfFour());
    const auto description = [&] {
        return QAccessible::queryAccessibleInterface(&fixture.canvas)
            ->text(QAccessible::Description);
    };
    QVERIFY2(description().contains(u"4 blocks"_s), qPrintable(description()));
    fixture.canvas.select({Dense2});
    QVERIFY2(description().startsWith(u"Dense 2"_s), qPrintable(description()));
    fixture.canvas.select({Dense, Dense2});
    QVERIFY2(description().contains(u"2 blocks selected"_s), qPrintable(description()));
}

void ModelCanvasTest::everyCommandIsReachable()
{
    CanvasFixture fixture(columnOfFour());
    QSet<QKeySequence> taken;
    for (const QAction* action :
         fixture.canvas.commands().all() + fixture.canvas.groupCommands().all()) {
        QVERIFY(!action->text().isEmpty() && !action->icon().isNull());
        QVERIFY2(action->shortcuts().size() || action->isCheckable(), qPrintable(action->text()));
        for (const QKeySequence& shortcut : action->shortcuts()) {
            QVERIFY2(!taken.contains(shortcut), qPrintable(shortcut.toString()));
            taken.insert(shortcut);
        }
    }
}

void ModelCanvasTest::anEmptyCanvasSaysHowToBegin()
{
    CanvasFixture fixture;
    const QSignalSpy spy(&fixture.canvas, &ModelCanvas::buildRequested);
    auto* button = fixture.canvas.findChild<QAbstractButton*>();
    QVERIFY(button && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    fixture.canvas.addBlock(u"input"_s);
    QVERIFY(!button->isVisible());
    fixture.undoStack().undo();
    QVERIFY(button->isVisible());
}

} // namespace espalier

QTEST_MAIN(espalier::ModelCanvasTest)
#include "tst_model_canvas.moc"
