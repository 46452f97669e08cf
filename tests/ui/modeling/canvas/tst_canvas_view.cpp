#include "tests/ui/modeling/canvas/canvas_fixture.h"
#include "ui/modeling/canvas/canvas_commands.h"
#include "ui/modeling/canvas/minimap.h"

#include <QAction>
#include <QDir>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

void wheel(ModelCanvas& canvas, QPoint at, QPoint angle, Qt::KeyboardModifiers modifiers = {})
{
    QWheelEvent event(at, canvas.viewport()->mapToGlobal(at), {}, angle, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(canvas.viewport(), &event);
}

/// Five hundred blocks and more, in columns.
ModelGraph hugeGraph()
{
    ModelGraph graph;
    const ModelGraph part = findSnippet(u"resnetv2"_s)->build();
    for (int column = 0; graph.blocks().size() < 500; ++column)
        insertGraph(graph, part, {column * 2 * canvas::ColumnWidth, 0});
    return graph;
}

bool isNear(QPointF left, QPointF right)
{
    return (left - right).manhattanLength() < 2.5;
}

} // namespace

class CanvasViewTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { applyTheme(*qApp, ThemeChoice::Light); }
    void zoomsAtThePointer();
    void pinchingZooms();
    void wheelPans();
    void middleButtonPans();
    void spaceAndDragPans();
    void keysZoom();
    void fitShowsAll();
    void contentIsNeverLost();
    void placesAreKeptByExperiment();
    void minimapMovesTheView();
    void revealedBlocksAreInTheMiddle();
    void looks_data();
    void looks();
};

void CanvasViewTest::zoomsAtThePointer()
{
    CanvasFixture fixture(columnOfFour());
    const QPoint at(250, 120);
    const QPointF before = fixture.canvas.mapToScene(at);
    wheel(fixture.canvas, at, {0, 240}, Qt::ControlModifier);
    QCOMPARE(fixture.canvas.zoom(), 1.25 * 1.25);
    QVERIFY(isNear(fixture.canvas.mapToScene(at), before));
    for (int i = 0; i < 40; ++i)
        wheel(fixture.canvas, at, {0, -120}, Qt::ControlModifier);
    QCOMPARE(fixture.canvas.zoom(), CanvasView::MinimumZoom);
    QVERIFY(!fixture.canvas.commands().zoomOut->isEnabled());
}

void CanvasViewTest::pinchingZooms()
{
    CanvasFixture fixture(columnOfFour());
    const QPointF at(250, 120);
    const QPointF before = fixture.canvas.mapToScene(at.toPoint());
    const auto pinch = [&](Qt::NativeGestureType type, double value) {
        QWidget& viewport = *fixture.canvas.viewport();
        QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, at, at,
                                  viewport.mapToGlobal(at), value, {});
        return QApplication::sendEvent(&viewport, &event);
    };
    pinch(Qt::BeginNativeGesture, 0);
    QCOMPARE(fixture.canvas.zoom(), 1.0);
    QVERIFY(pinch(Qt::ZoomNativeGesture, 0.2));
    QVERIFY(pinch(Qt::ZoomNativeGesture, 0.5));
    QCOMPARE(fixture.canvas.zoom(), 1.2 * 1.5);
    QVERIFY(isNear(fixture.canvas.mapToScene(at.toPoint()), before));
    QVERIFY(pinch(Qt::ZoomNativeGesture, -0.5));
    QCOMPARE(fixture.canvas.zoom(), 1.2 * 1.5 * 0.5);
    pinch(Qt::RotateNativeGesture, 45);
    QCOMPARE(fixture.canvas.zoom(), 1.2 * 1.5 * 0.5);
    for (int i = 0; i < 20; ++i)
        pinch(Qt::ZoomNativeGesture, 1);
    QCOMPARE(fixture.canvas.zoom(), CanvasView::MaximumZoom);
}

void CanvasViewTest::wheelPans()
{
    CanvasFixture fixture(columnOfFour());
    const QPointF before = fixture.canvas.place().centre;
    wheel(fixture.canvas, {100, 100}, {0, -120});
    QVERIFY(isNear(fixture.canvas.place().centre, before + QPointF(0, canvas::RowHeight)));
    wheel(fixture.canvas, {100, 100}, {0, -120}, Qt::ShiftModifier);
    QVERIFY(isNear(fixture.canvas.place().centre,
                   before + QPointF(canvas::RowHeight, canvas::RowHeight)));
    QCOMPARE(fixture.canvas.zoom(), 1);
}

void CanvasViewTest::middleButtonPans()
{
    CanvasFixture fixture(columnOfFour());
    const QPointF before = fixture.canvas.place().centre;
    QTest::mousePress(fixture.canvas.viewport(), Qt::MiddleButton, {}, {300, 300});
    fixture.moveTo({340, 280}, Qt::MiddleButton);
    QTest::mouseRelease(fixture.canvas.viewport(), Qt::MiddleButton, {}, {340, 280});
    QVERIFY(isNear(fixture.canvas.place().centre, before + QPointF(-40, 20)));
    fixture.moveTo({400, 400}, Qt::NoButton);
    QVERIFY(isNear(fixture.canvas.place().centre, before + QPointF(-40, 20)));
}

void CanvasViewTest::spaceAndDragPans()
{
    CanvasFixture fixture(columnOfFour());
    const QPointF before = fixture.canvas.place().centre;
    QTest::keyPress(&fixture.canvas, Qt::Key_Space);
    fixture.drag(fixture.middleOf(BlockId(2)), fixture.middleOf(BlockId(2)) + QPoint(30, 30));
    QTest::keyRelease(&fixture.canvas, Qt::Key_Space);
    QVERIFY(isNear(fixture.canvas.place().centre, before - QPointF(30, 30)));
    QVERIFY(fixture.canvas.selection().isEmpty());
    QCOMPARE(fixture.undoStack().count(), 0);
}

void CanvasViewTest::keysZoom()
{
    CanvasFixture fixture(columnOfFour());
    fixture.key(Qt::Key_Plus);
    QTRY_COMPARE(fixture.canvas.zoom(), 1.25);
    fixture.key(Qt::Key_Minus);
    QTRY_COMPARE(fixture.canvas.zoom(), 1.0);
    fixture.key(Qt::Key_Minus, Qt::ControlModifier);
    QTRY_COMPARE(fixture.canvas.zoom(), 0.8);
    fixture.key(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(fixture.canvas.zoom(), 1.0);
}

void CanvasViewTest::fitShowsAll()
{
    CanvasFixture fixture(hugeGraph());
    QVERIFY(!fixture.canvas.visibleArea().contains(fixture.canvas.modelScene().contentRect()));
    fixture.key(Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY(fixture.canvas.visibleArea().contains(fixture.canvas.modelScene().contentRect()) ||
                fixture.canvas.zoom() == CanvasView::MinimumZoom);
    fixture.experiment().edit(u"Few"_s, [](ModelGraph& graph) { graph = columnOfFour(); });
    fixture.key(Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE(fixture.canvas.zoom(), 1.0);
}

void CanvasViewTest::contentIsNeverLost()
{
    CanvasFixture fixture(columnOfFour());
    for (const QPoint& direction : {QPoint(0, 1), QPoint(0, -1), QPoint(1, 0), QPoint(-1, 0)}) {
        for (int i = 0; i < 50; ++i)
            wheel(fixture.canvas, {100, 100}, direction * 600);
        QVERIFY(fixture.canvas.visibleArea().intersects(fixture.canvas.modelScene().contentRect()));
    }
}

void CanvasViewTest::placesAreKeptByExperiment()
{
    CanvasFixture fixture(columnOfFour());
    const ExperimentId other = fixture.add(u"Other"_s, columnOfFour());
    fixture.canvas.setPlace({0.5, {50, 60}});
    fixture.canvas.setDocument(fixture.document().experimentDocument(other));
    QCOMPARE(fixture.canvas.zoom(), 1);
    fixture.canvas.setDocument(&fixture.experiment());
    QCOMPARE(fixture.canvas.zoom(), 0.5);
    QVERIFY(isNear(fixture.canvas.place().centre, {50, 60}));
}

void CanvasViewTest::minimapMovesTheView()
{
    CanvasFixture fixture(hugeGraph());
    auto* map = fixture.canvas.findChild<Minimap*>();
    QVERIFY(map && map->isVisible());
    QVERIFY(map->width() <= 160 && map->height() <= 220);
    const QPointF before = fixture.canvas.place().centre;
    QTest::mousePress(map, Qt::LeftButton, {}, {map->width() - 14, map->height() / 2});
    const QPointF pressed = fixture.canvas.place().centre;
    QVERIFY(pressed.x() > before.x() + 1000);
    QMouseEvent move(QEvent::MouseMove, QPointF(20, 30), map->mapToGlobal(QPointF(20, 30)),
                     Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(map, &move);
    QTest::mouseRelease(map, Qt::LeftButton, {}, {20, 30});
    QVERIFY(fixture.canvas.place().centre.x() < pressed.x() - 1000);
    fixture.canvas.commands().minimap->trigger();
    QVERIFY(!map->isVisible());
}

void CanvasViewTest::revealedBlocksAreInTheMiddle()
{
    CanvasFixture fixture(hugeGraph());
    const Block block = fixture.graph().blocks().last();
    fixture.canvas.setPlace({0.2, {0, 0}});
    fixture.canvas.reveal(block.id);
    QCOMPARE(fixture.canvas.selection(), QList<BlockId>{block.id});
    QTRY_VERIFY(isNear(fixture.canvas.place().centre, blockRect(block.position).center()));
    QTRY_COMPARE(fixture.canvas.zoom(), canvas::NameOnlyZoom);
}

void CanvasViewTest::looks_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    for (const QString& content : {u"empty"_s, u"cnn"_s, u"resnet"_s, u"huge"_s, u"far"_s})
        for (const bool dark : {false, true})
            QTest::addRow("%s %s", qPrintable(content), dark ? "dark" : "light")
                << content << dark << QSize(700, 540);
}

/// Pictures for people, where the environment names a folder for them.
void CanvasViewTest::looks()
{
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    if (folder.isEmpty())
        QSKIP("ESPALIER_SCREENSHOTS names no folder");
    QFETCH(QString, content);
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
    ModelGraph graph;
    if (content == u"cnn")
        graph = findSnippet(u"cnn"_s)->build();
    else if (content == u"resnet")
        graph = findSnippet(u"resnetv2"_s)->build();
    else if (content != u"empty")
        graph = hugeGraph();
    CanvasFixture fixture(graph);
    fixture.canvas.resize(size);
    if (content == u"cnn")
        fixture.canvas.select({BlockId(5)});
    if (content == u"huge")
        fixture.canvas.setPlace({0.5, fixture.canvas.place().centre});
    if (content == u"far")
        fixture.canvas.setPlace({0.2, fixture.canvas.place().centre});
    const QString name = u"canvas-%1-%2.png"_s.arg(content, dark ? u"dark"_s : u"light"_s);
    QVERIFY(fixture.canvas.grab().save(QDir(folder).filePath(name)));
}

} // namespace espalier

QTEST_MAIN(espalier::CanvasViewTest)
#include "tst_canvas_view.moc"
