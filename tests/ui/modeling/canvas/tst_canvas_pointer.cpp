#include "tests/ui/modeling/canvas/canvas_fixture.h"
#include "ui/modeling/canvas/block_tooltip.h"
#include "ui/modeling/canvas/canvas_commands.h"

#include <QAction>
#include <QMimeData>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

const BlockId Input(1), Dense(2), Dense2(3), Target(4);

/// A drag from a list of the Inspector that is let go over the canvas.
bool dropOn(ModelCanvas& canvas, const char* type, const QString& key, QPoint at)
{
    QMimeData data;
    data.setData(QLatin1String(type), key.toUtf8());
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(canvas.viewport(), &enter);
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(canvas.viewport(), &move);
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(canvas.viewport(), &drop);
    return enter.isAccepted() && move.isAccepted() && drop.isAccepted();
}

} // namespace

class CanvasPointerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void clicksSelect();
    void rubberBandSelects();
    void draggedBlocksMoveInOneStep();
    void escapeGivesAMoveUp();
    void movedBlocksSnap();
    void theEdgeScrollsWhileDragging();
    void theEdgeScrollsForAConnection();
    void portsAreJoined();
    void connectionsCanBeginAtTheInput();
    void cyclesAreNotOffered();
    void aSelectedConnectionIsDeleted();
    void aLooseBlockIsPutIntoAConnection();
    void droppedBlocksLand();
    void droppedBlocksAreInserted();
    void droppedSnippetsAreWholeNetworks();
    void foreignDropsAreRefused();
    void aLockedExperimentIsOnlyLookedAt();
    void aDocumentThatGoesEndsTheGesture();
    void restingShowsWhatABlockCosts();
};

void CanvasPointerTest::clicksSelect()
{
    CanvasFixture fixture(columnOfFour());
    const QSignalSpy spy(&fixture.canvas, &ModelCanvas::selectionChanged);
    fixture.click(fixture.middleOf(Dense));
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Dense});
    fixture.click(fixture.middleOf(Target), Qt::ControlModifier);
    QCOMPARE(fixture.canvas.selection(), (QList<BlockId>{Dense, Target}));
    fixture.click(fixture.middleOf(Dense), Qt::ControlModifier);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Target});
    fixture.click(fixture.middleOf(Input), Qt::ShiftModifier);
    QCOMPARE(fixture.canvas.selection(), (QList<BlockId>{Input, Target}));
    fixture.click(fixture.middleOf(Input));
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Input});
    fixture.click({5, 5});
    QVERIFY(fixture.canvas.selection().isEmpty());
    QCOMPARE(spy.count(), 6);
    QCOMPARE(fixture.undoStack().count(), 0);
}

void CanvasPointerTest::rubberBandSelects()
{
    CanvasFixture fixture(columnOfFour());
    const QPoint outside = fixture.onScreen({-60, canvas::RowHeight - 8});
    fixture.drag(outside, fixture.onScreen({20, 2 * canvas::RowHeight + 10}));
    QCOMPARE(fixture.canvas.selection(), (QList<BlockId>{Dense, Dense2}));
    fixture.drag(fixture.onScreen({-60, -10}), fixture.onScreen({20, 10}), Qt::ShiftModifier);
    QCOMPARE(fixture.canvas.selection(), (QList<BlockId>{Input, Dense, Dense2}));
}

void CanvasPointerTest::draggedBlocksMoveInOneStep()
{
    CanvasFixture fixture(columnOfFour());
    const ModelGraph before = fixture.graph();
    fixture.click(fixture.middleOf(Dense));
    fixture.click(fixture.middleOf(Dense2), Qt::ControlModifier);
    const QPoint from = fixture.middleOf(Dense);
    fixture.drag(from, from + QPoint(150, 100));
    QCOMPARE(fixture.graph().block(Dense)->position.x(), 150);
    QCOMPARE(fixture.graph().block(Dense2)->position - fixture.graph().block(Dense)->position,
             QPointF(0, canvas::RowHeight));
    QCOMPARE(fixture.graph().connections(), before.connections());
    QCOMPARE(fixture.undoStack().count(), 1);
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), before);
    QCOMPARE(fixture.canvas.modelScene().blockItem(Dense)->pos(), before.block(Dense)->position);
}

void CanvasPointerTest::escapeGivesAMoveUp()
{
    CanvasFixture fixture(columnOfFour());
    const ModelGraph before = fixture.graph();
    const QPoint from = fixture.middleOf(Dense);
    fixture.press(from);
    fixture.moveTo(from + QPoint(100, 30));
    QVERIFY(fixture.canvas.modelScene().blockItem(Dense)->pos() != before.block(Dense)->position);
    fixture.key(Qt::Key_Escape);
    fixture.release(from + QPoint(100, 30));
    QCOMPARE(fixture.graph(), before);
    QCOMPARE(fixture.canvas.modelScene().blockItem(Dense)->pos(), before.block(Dense)->position);
    QCOMPARE(fixture.undoStack().count(), 0);
}

void CanvasPointerTest::movedBlocksSnap()
{
    CanvasFixture fixture(columnOfFour());
    const QPoint from = fixture.middleOf(Target);
    fixture.drag(from, from + QPoint(283, 4));
    QCOMPARE(fixture.graph().block(Target)->position,
             QPointF(280,
                     3 * canvas::RowHeight)); // grid across, the row of its neighbour down
}

void CanvasPointerTest::theEdgeScrollsWhileDragging()
{
    CanvasFixture fixture(columnOfFour());
    const QPointF before = fixture.graph().block(Dense)->position;
    const QPoint edge(fixture.canvas.viewport()->width() - 4, 200);
    const QRectF seen = fixture.canvas.visibleArea();
    fixture.press(fixture.middleOf(Dense));
    fixture.moveTo(edge);
    QTRY_VERIFY(fixture.canvas.visibleArea().left() > seen.left() + 60);
    const double scrolled = fixture.canvas.visibleArea().left();
    // The block stays under the pointer.
    const QRectF frame = fixture.canvas.modelScene().blockItem(Dense)->frame();
    QVERIFY(frame.contains(fixture.canvas.mapToScene(edge)));
    fixture.moveTo(QPoint(300, 200));
    const double rested = fixture.canvas.visibleArea().left();
    QVERIFY(rested >= scrolled);
    QTest::qWait(60);
    QCOMPARE(fixture.canvas.visibleArea().left(), rested);
    fixture.moveTo(edge);
    fixture.release(edge);
    QVERIFY(fixture.graph().block(Dense)->position.x() > before.x() + 60);
    QCOMPARE(fixture.undoStack().count(), 1);
    const double left = fixture.canvas.visibleArea().left();
    QTest::qWait(60);
    QCOMPARE(fixture.canvas.visibleArea().left(), left);
}

void CanvasPointerTest::theEdgeScrollsForAConnection()
{
    ModelGraph graph = columnOfFour();
    const BlockId far = graph.addBlock(u"dense"_s, {0, 620});
    CanvasFixture fixture(graph);
    const QPoint edge =
        QPoint(fixture.outputOf(Input).x(), fixture.canvas.viewport()->height() - 3);
    QVERIFY(!fixture.canvas.visibleArea().contains(blockRect({0, 620})));
    fixture.press(fixture.outputOf(Input));
    fixture.moveTo(edge);
    QTRY_VERIFY(fixture.canvas.visibleArea().contains(blockRect({0, 620}).adjusted(0, 0, 0, 40)));
    fixture.moveTo(fixture.inputOf(far));
    fixture.release(fixture.inputOf(far));
    QVERIFY(fixture.graph().connections().contains({Input, far, 0}));
}

void CanvasPointerTest::portsAreJoined()
{
    CanvasFixture fixture(columnOfFour());
    const ModelGraph before = fixture.graph();
    fixture.press(fixture.outputOf(Dense));
    fixture.moveTo(fixture.inputOf(Target) + QPoint(2, 2));
    fixture.release(fixture.inputOf(Target) + QPoint(2, 2));
    QVERIFY(fixture.graph().connections().contains({Dense, Target, 0}));
    QVERIFY(!fixture.graph().connections().contains({Dense2, Target, 0}));
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), before);
    // Let go over the block itself: the same.
    fixture.drag(fixture.outputOf(Dense), fixture.middleOf(Target));
    QVERIFY(fixture.graph().connections().contains({Dense, Target, 0}));
    // Let go over nothing: nothing.
    fixture.drag(fixture.outputOf(Input), {10, 300});
    QCOMPARE(fixture.undoStack().count(), 1);
}

void CanvasPointerTest::connectionsCanBeginAtTheInput()
{
    CanvasFixture fixture(columnOfFour());
    fixture.drag(fixture.inputOf(Target), fixture.outputOf(Input));
    QVERIFY(fixture.graph().connections().contains({Input, Target, 0}));
}

void CanvasPointerTest::cyclesAreNotOffered()
{
    CanvasFixture fixture(columnOfFour());
    fixture.press(fixture.outputOf(Dense2));
    fixture.moveTo(fixture.inputOf(Dense));
    const ModelScene& scene = fixture.canvas.modelScene();
    QVERIFY(scene.blockItem(Dense)->opacity() < 0.5);
    QVERIFY(scene.blockItem(Input)->opacity() < 0.5);
    QCOMPARE(scene.blockItem(Target)->opacity(), 1);
    fixture.release(fixture.inputOf(Dense));
    QCOMPARE(fixture.undoStack().count(), 0);
    QCOMPARE(scene.blockItem(Dense)->opacity(), 1);
}

void CanvasPointerTest::aSelectedConnectionIsDeleted()
{
    CanvasFixture fixture(columnOfFour());
    const double x = canvas::BlockWidth / 2;
    fixture.click(fixture.onScreen({x, canvas::RowHeight - 9}));
    // Half way between two ports that are 18 px apart is a port: the line is hit
    // where it is free.
    fixture.experiment().edit(u"Move"_s, [](ModelGraph& graph) {
        graph.setPosition(Dense, {0, 200});
        graph.setPosition(Dense2, {0, 262});
        graph.setPosition(Target, {0, 324});
    });
    fixture.click(fixture.onScreen({x, 120}));
    QCOMPARE(fixture.canvas.modelScene().selectedConnections(),
             (QList<Connection>{{Input, Dense, 0}}));
    fixture.key(Qt::Key_Delete);
    QVERIFY(!fixture.graph().connections().contains({Input, Dense, 0}));
    QCOMPARE(fixture.graph().connections().size(), 2);
}

void CanvasPointerTest::aLooseBlockIsPutIntoAConnection()
{
    ModelGraph graph = columnOfFour();
    const BlockId loose = graph.addBlock(u"dropout"_s, {-300, 0});
    CanvasFixture fixture(graph);
    const QPointF between(0, canvas::RowHeight * 1.5);
    const QPoint from = fixture.middleOf(loose);
    fixture.drag(from, from + QPoint(300, int(between.y())));
    QVERIFY(fixture.graph().connections().contains({Dense, loose, 0}));
    QVERIFY(fixture.graph().connections().contains({loose, Dense2, 0}));
    QCOMPARE(fixture.undoStack().count(), 1);
    fixture.undoStack().undo();
    QCOMPARE(fixture.graph(), graph);
}

void CanvasPointerTest::droppedBlocksLand()
{
    CanvasFixture fixture;
    QVERIFY(dropOn(fixture.canvas, canvas::BlockMimeType, u"dense"_s, {300, 200}));
    QCOMPARE(fixture.graph().blocks().size(), 1);
    const Block& block = fixture.graph().blocks().first();
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{block.id});
    const QPointF centre = blockRect(block.position).center();
    const QPointF wanted = fixture.canvas.mapToScene(300, 200);
    QVERIFY((centre - wanted).manhattanLength() < 2 * canvas::SnapStep);
    QCOMPARE(block.position, snappedToGrid(block.position));
}

void CanvasPointerTest::droppedBlocksAreInserted()
{
    CanvasFixture fixture(columnOfFour());
    const QPoint at = fixture.onScreen({canvas::BlockWidth / 2, 2 * canvas::RowHeight - 9});
    QVERIFY(dropOn(fixture.canvas, canvas::BlockMimeType, u"dropout"_s, at));
    const BlockId added = fixture.canvas.selection().value(0);
    QVERIFY(fixture.graph().connections().contains({Dense, added, 0}));
    QVERIFY(fixture.graph().connections().contains({added, Dense2, 0}));
    const QList<Block>& blocks = fixture.graph().blocks();
    for (const Block& block : blocks)
        for (const Block& other : blocks)
            QVERIFY(block.id == other.id ||
                    !blockRect(block.position).intersects(blockRect(other.position)));
    QCOMPARE(fixture.undoStack().count(), 1);
}

void CanvasPointerTest::droppedSnippetsAreWholeNetworks()
{
    CanvasFixture fixture;
    const QSignalSpy spy(&fixture.canvas, &ModelCanvas::snippetAdded);
    QVERIFY(dropOn(fixture.canvas, canvas::SnippetMimeType, u"cnn"_s, {300, 60}));
    QCOMPARE(fixture.graph().blocks().size(), findSnippet(u"cnn"_s)->build().blocks().size());
    QCOMPARE(spy.count(), 1);
    QCOMPARE(fixture.undoStack().count(), 1);
}

void CanvasPointerTest::foreignDropsAreRefused()
{
    CanvasFixture fixture;
    QVERIFY(!dropOn(fixture.canvas, "text/plain", u"dense"_s, {300, 200}));
    QVERIFY(!dropOn(fixture.canvas, canvas::BlockMimeType, u"no such type"_s, {300, 200}));
    QVERIFY(fixture.graph().isEmpty());
}

void CanvasPointerTest::aLockedExperimentIsOnlyLookedAt()
{
    CanvasFixture fixture(columnOfFour());
    const ModelGraph before = fixture.graph();
    fixture.lock();
    fixture.drag(fixture.middleOf(Dense), fixture.middleOf(Dense) + QPoint(100, 50));
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{Dense});
    fixture.drag(fixture.outputOf(Input), fixture.inputOf(Target));
    QVERIFY(!dropOn(fixture.canvas, canvas::BlockMimeType, u"dense"_s, {20, 20}));
    fixture.canvas.select({Dense});
    for (const Qt::Key key : {Qt::Key_Delete, Qt::Key_Backspace})
        fixture.key(key);
    for (const Qt::Key key : {Qt::Key_X, Qt::Key_D})
        fixture.key(key, Qt::ControlModifier);
    fixture.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    fixture.key(Qt::Key_Left, Qt::AltModifier);
    fixture.canvas.addBlock(u"dense"_s);
    fixture.canvas.addSnippet(u"cnn"_s);
    QCOMPARE(fixture.graph(), before);
    QVERIFY(fixture.canvas.commands().copy->isEnabled());
    QVERIFY(!fixture.canvas.commands().paste->isEnabled());
}

void CanvasPointerTest::aDocumentThatGoesEndsTheGesture()
{
    CanvasFixture fixture(columnOfFour());
    const ExperimentId other = fixture.add(u"Other"_s, columnOfFour());
    fixture.canvas.setDocument(fixture.document().experimentDocument(other));
    const QPoint from = fixture.middleOf(Dense);
    fixture.press(from);
    fixture.moveTo(from + QPoint(40, 40));
    require(fixture.document().deleteExperiment(other));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(fixture.canvas.document(), nullptr);
    fixture.moveTo(from + QPoint(60, 60));
    fixture.release(from + QPoint(60, 60));
    fixture.key(Qt::Key_Down);
    QVERIFY(fixture.canvas.selection().isEmpty());
}

void CanvasPointerTest::restingShowsWhatABlockCosts()
{
    CanvasFixture fixture(columnOfFour());
    const auto* tooltip = fixture.canvas.findChild<BlockTooltip*>();
    fixture.moveTo(fixture.middleOf(Dense), Qt::NoButton);
    QTRY_VERIFY_WITH_TIMEOUT(tooltip->isVisible(), 3000);
    QVERIFY(fixture.canvas.rect().contains(tooltip->geometry()));
    QVERIFY(!tooltip->geometry().contains(fixture.middleOf(Dense)));
    fixture.press(fixture.middleOf(Dense));
    QVERIFY(!tooltip->isVisible());
    fixture.release(fixture.middleOf(Dense));
}

} // namespace espalier

QTEST_MAIN(espalier::CanvasPointerTest)
#include "tst_canvas_pointer.moc"
