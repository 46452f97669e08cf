#include "tests/ui/evaluation/predictions/prediction_samples.h"
#include "ui/evaluation/predictions/matrix/matrix_names.h"
#include "ui/evaluation/predictions/matrix/matrix_painter.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QLocale>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

std::shared_ptr<const ConfusionContent> contentOf(int classes)
{
    ConfusionMatrix matrix(sampleClasses(classes));
    for (int i = 0; i < classes; ++i) {
        matrix.add(i, i, 900 + i);
        matrix.add(i, (i + 1) % classes, 20);
    }
    return std::make_shared<ConfusionContent>(matrix, MatrixUnit::Counts);
}

MatrixSelection block(int size, MatrixCell from, MatrixCell to)
{
    MatrixSelection selection(size);
    selection.addBlock(from, to);
    return selection;
}

} // namespace

class TestMatrix final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init();
    void cleanup() { m_view.reset(); }

    void scales_data();
    void scales();
    void valuesAndColours();
    void emptyCellsAreSunken();
    void describesACell();
    void showsSums();
    void fitsCells_data();
    void fitsCells();
    void findsWhatIsAtAPoint();
    void findsVisibleCells();
    void wrapsNames_data();
    void wrapsNames();
    void turnsNamesOfNarrowColumns();
    void keepsNamesOnOneLine_data();
    void keepsNamesOnOneLine();
    void selects();
    void saysWhatIsSelected();

    void clicksSelectOneCell();
    void dragsSelectABlock();
    void controlAddsAndTakesAway();
    void shiftExtends();
    void namesSelectRowsAndColumns();
    void arrowsMoveTheFocus();
    void keysSelect();
    void scrollsToTheFocus();
    void tellsTheScreenReader();
    void keepsTheSelectionOfTheSameClasses();
    void hoversTwoHundredClassesAtOnce();

private:
    [[nodiscard]] QPoint at(int row, int column) const
    {
        return m_view->geometryOfCells().cellRect({row, column}).center();
    }
    void click(QPoint point, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, modifiers, point);
    }

    std::unique_ptr<MatrixView> m_view;
};

void TestMatrix::init()
{
    m_view = std::make_unique<MatrixView>();
    m_view->resize(900, 500);
    m_view->setContent(contentOf(10));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestMatrix::scales_data()
{
    QTest::addColumn<MatrixUnit>("unit");
    QTest::addColumn<double>("right");
    QTest::addColumn<double>("wrong");
    QTest::newRow("counts") << MatrixUnit::Counts << 8.0 << 4.0;
    QTest::newRow("of actual") << MatrixUnit::OfActual << 0.8 << 0.4;
    QTest::newRow("of predicted") << MatrixUnit::OfPredicted << 0.75 << 4.0 / 12;
}

void TestMatrix::scales()
{
    QFETCH(MatrixUnit, unit);
    const ConfusionMatrix matrix = matrixOf({u"a"_s, u"b"_s}, {8, 2, 4, 6});
    const MatrixScale scale = scaleOf(matrix, unit);
    QTEST(scale.right, "right");
    QTEST(scale.wrong, "wrong");
    QCOMPARE(joined(scale, {0.1, 100}), (MatrixScale{scale.right, 100}));
}

void TestMatrix::valuesAndColours()
{
    const ConfusionMatrix matrix = matrixOf({u"a"_s, u"b"_s}, {1445, 5, 20, 723});
    const ConfusionContent counts(matrix, MatrixUnit::Counts);
    QCOMPARE(counts.value({0, 0}), (HeatValue{u"1,445"_s, Ramp::Right, 1}));
    QCOMPARE(counts.value({1, 1}).level, 723.0 / 1445);
    QCOMPARE(counts.value({1, 0}), (HeatValue{u"20"_s, Ramp::Wrong, 1}));
    QCOMPARE(counts.value({0, 1}).level, 0.5); // √(5 / 20)
    const ConfusionContent shares(matrix, MatrixUnit::OfActual);
    QCOMPARE(shares.value({0, 0}).text, u"100"_s);
    QCOMPARE(shares.value({1, 0}).text, u"2.7"_s);
    QCOMPARE(shares.value({0, 1}).text, u"0.3"_s);
    const ConfusionContent shared(matrix, MatrixUnit::Counts, {2890, 80});
    QCOMPARE(shared.value({0, 0}).level, 0.5);
    QCOMPARE(shared.value({1, 0}).level, 0.5);
}

void TestMatrix::emptyCellsAreSunken()
{
    const ConfusionContent content(matrixOf({u"a"_s, u"b"_s}, {3, 0, 0, 0}), MatrixUnit::OfActual);
    QVERIFY(content.value({0, 1}).text.isEmpty());
    for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
        QCOMPARE(heatColor(content.value({1, 1}), *theme), theme->color(Role::Sunken));
        QCOMPARE(heatColor(content.value({0, 0}), *theme), theme->ramp(Ramp::Right, 1));
    }
    QVERIFY(content.description({0, 1}).contains(u"0 examples"_s));
    QCOMPARE(content.shareOfActual({1, 1}), 0.0);
}

void TestMatrix::describesACell()
{
    const ConfusionContent content(matrixOf({u"Shirt"_s, u"Coat"_s}, {90, 10, 0, 50}),
                                   MatrixUnit::Counts);
    QCOMPARE(content.description({0, 1}),
             u"Actual Shirt\nPredicted Coat\n10 examples\n10.0 % of actual, 16.7 % of predicted"_s);
}

void TestMatrix::showsSums()
{
    const ConfusionContent content(matrixOf({u"a"_s, u"b"_s}, {1000, 2, 3, 4}),
                                   MatrixUnit::OfPredicted);
    QCOMPARE(content.rowSum(0), u"1,002"_s);
    QCOMPARE(content.columnSum(1), u"6"_s);
    QCOMPARE(content.total(), u"1,009"_s);
}

void TestMatrix::fitsCells_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<QSize>("viewport");
    QTest::addColumn<QSize>("cell");
    QTest::newRow("as the room") << 10 << QSize(668, 336) << QSize(52, 26);
    QTest::newRow("never below 36") << 10 << QSize(300, 200) << QSize(36, 26);
    QTest::newRow("many scroll") << 200 << QSize(1600, 900) << QSize(36, 26);
    QTest::newRow("bounded above") << 10 << QSize(3000, 2000) << QSize(96, 40);
    QTest::newRow("two are larger") << 2 << QSize(3000, 2000) << QSize(112, 52);
}

void TestMatrix::fitsCells()
{
    QFETCH(int, classes);
    QFETCH(QSize, viewport);
    const auto geometry = MatrixGeometry::fitting(classes, {92, 48}, {56, 28}, viewport);
    QTEST(geometry.cell, "cell");
    QCOMPARE(geometry.contentSize(), QSize(92, 48) + geometry.cell * classes + QSize(56, 28));
    QCOMPARE(MatrixGeometry::fitting(0, {92, 48}, QSize(0, 0), viewport).contentSize(),
             QSize(92, 48));
}

void TestMatrix::findsWhatIsAtAPoint()
{
    auto geometry = MatrixGeometry::fitting(50, {90, 40}, {50, 28}, {600, 400});
    geometry.offset = {72, 52};
    const MatrixCell cell{7, 5};
    const QRect rect = geometry.cellRect(cell);
    QCOMPARE(geometry.cellAt(rect.topLeft()), cell);
    QCOMPARE(geometry.cellAt(rect.bottomRight()), cell);
    QCOMPARE(geometry.cellAt({89, rect.y()}), std::nullopt);
    QCOMPARE(geometry.cellAt({rect.x(), 39}), std::nullopt);
    QCOMPARE(geometry.rowNameAt({10, rect.y()}), 7);
    QCOMPARE(geometry.rowNameAt({10, 10}), std::nullopt);
    QCOMPARE(geometry.columnNameAt({rect.x(), 10}), 5);
    QCOMPARE(geometry.columnNameAt({10, 10}), std::nullopt);
    QCOMPARE(geometry.nearestCell({-500, 100000}), (MatrixCell{49, 0}));
    QCOMPARE(geometry.rowSumRect(3).x(), geometry.cellRect({3, 50}).x());
    QCOMPARE(geometry.columnSumRect(3).y(), geometry.cellRect({50, 3}).y());
}

void TestMatrix::findsVisibleCells()
{
    auto geometry = MatrixGeometry::fitting(200, {90, 40}, {}, {450, 300});
    geometry.offset = {360, 260};
    const auto shown = geometry.cellsIn({90, 40, 360, 260});
    QVERIFY(shown);
    QCOMPARE(shown->first, (MatrixCell{10, 10}));
    QCOMPARE(shown->second, (MatrixCell{19, 19}));
    QVERIFY(!MatrixGeometry::fitting(0, {}, {}, {9, 9}).cellsIn({0, 0, 9, 9}));
}

void TestMatrix::wrapsNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("letters");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("fits") << u"Coat"_s << 8 << QStringList{u"Coat"_s};
    QTest::newRow("at a space") << u"Ankle boot"_s << 6 << QStringList{u"Ankle"_s, u"boot"_s};
    QTest::newRow("after a slash") << u"T-shirt/top"_s << 7 << QStringList{u"T-shirt/"_s, u"top"_s};
    QTest::newRow("empty") << QString() << 8 << QStringList();
}

void TestMatrix::wrapsNames()
{
    QFETCH(QString, name);
    QFETCH(int, letters);
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    QTEST(wrappedName(name, metrics, metrics.horizontalAdvance(QString(letters, u'n'))), "lines");
}

void TestMatrix::turnsNamesOfNarrowColumns()
{
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    QCOMPARE(nameLayout({u"0"_s, u"1"_s}, metrics, 36), NameLayout::Wrapped);
    QCOMPARE(nameLayout(QStringList(9, u"Rhododendron"_s), metrics, 36), NameLayout::Turned);
    const QString cut = wrappedName(QString(500, u'x'), metrics, 60).join(QString());
    QVERIFY(cut.endsWith(u'…'));
    QVERIFY(nameRoom({QString(500, u'x')}, metrics, metrics, NameLayout::Turned).height() < 140);
    QVERIFY(nameRoom({QString(500, u'x')}, metrics, metrics, NameLayout::Wrapped).width() < 200);
}

void TestMatrix::keepsNamesOnOneLine_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("line");
    QTest::newRow("plain") << u"Coat"_s << u"Coat"_s;
    QTest::newRow("newlines") << u"a\n\tb\r\nc"_s << u"a⏎ b⏎c"_s;
    QTest::newRow("emoji") << u"🧥 coat"_s << u"🧥 coat"_s;
    QTest::newRow("long") << QString(500, u'x') << QString(300, u'x') + u"…"_s;
    QTest::newRow("emoji at the cut")
        << QString(299, u'x') + u"🧥🧥"_s << QString(299, u'x') + u"🧥…"_s;
}

void TestMatrix::keepsNamesOnOneLine()
{
    QFETCH(QString, name);
    QTEST(oneLine(name), "line");
}

void TestMatrix::selects()
{
    MatrixSelection selection(4);
    QVERIFY(selection.isEmpty());
    selection.addBlock({2, 3}, {1, 1});
    QCOMPARE(selection.count(), 6);
    QVERIFY(selection.contains({1, 2}) && !selection.contains({0, 2}));
    QVERIFY(selection.touchesRow(2) && !selection.touchesRow(3));
    QVERIFY(selection.touchesColumn(1) && !selection.touchesColumn(0));
    selection.toggle({1, 1});
    selection.toggle({1, 1});
    selection.set({1, 1}, true);
    QCOMPARE(selection, block(4, {1, 1}, {2, 3}));
    selection.selectWrong();
    QCOMPARE(selection.count(), 12);
    selection.clear();
    QCOMPARE(selection, MatrixSelection(4));
    selection.set({3, 1}, true);
    QCOMPARE(selection.single(), (MatrixCell{3, 1}));
}

void TestMatrix::saysWhatIsSelected()
{
    const QStringList classes{u"Shirt"_s, u"Coat"_s, u"Bag"_s};
    MatrixSelection wrong(3);
    wrong.selectWrong();
    QCOMPARE(block(3, {0, 1}, {0, 1}).text(classes), u"Actual Shirt, predicted Coat"_s);
    QCOMPARE(block(3, {1, 0}, {1, 2}).text(classes), u"Actual Coat"_s);
    QCOMPARE(block(3, {0, 2}, {2, 2}).text(classes), u"Predicted Bag"_s);
    QCOMPARE(block(3, {0, 0}, {2, 2}).text(classes), u"All cells"_s);
    QCOMPARE(block(3, {0, 0}, {1, 1}).text(classes), u"4 cells"_s);
    QCOMPARE(wrong.text(classes), u"All wrong ones"_s);
}

void TestMatrix::clicksSelectOneCell()
{
    QSignalSpy changed(m_view.get(), &MatrixView::selectionChanged);
    click(at(2, 3));
    QCOMPARE(m_view->selection().single(), (MatrixCell{2, 3}));
    QCOMPARE(m_view->focusCell(), (MatrixCell{2, 3}));
    click(at(9, 9));
    QCOMPARE(m_view->selection().single(), (MatrixCell{9, 9}));
    QCOMPARE(changed.size(), 2);
    click(QPoint(m_view->viewport()->width() - 2, m_view->viewport()->height() - 2));
    QVERIFY(m_view->selection().isEmpty());
}

void TestMatrix::dragsSelectABlock()
{
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, at(4, 5));
    QTest::mouseMove(m_view->viewport(), at(2, 7));
    QMouseEvent move(QEvent::MouseMove, QPointF(at(2, 7)), QPointF(), Qt::LeftButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(m_view->viewport(), &move);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at(2, 7));
    QCOMPARE(m_view->selection(), block(10, {2, 5}, {4, 7}));
}

void TestMatrix::controlAddsAndTakesAway()
{
    click(at(1, 1));
    click(at(3, 4), Qt::ControlModifier);
    QCOMPARE(m_view->selection().count(), 2);
    click(at(1, 1), Qt::ControlModifier);
    QCOMPARE(m_view->selection().single(), (MatrixCell{3, 4}));
}

void TestMatrix::shiftExtends()
{
    click(at(1, 1));
    click(at(3, 2), Qt::ShiftModifier);
    QCOMPARE(m_view->selection(), block(10, {1, 1}, {3, 2}));
    click(at(0, 0), Qt::ShiftModifier);
    QCOMPARE(m_view->selection(), block(10, {0, 0}, {1, 1}));
}

void TestMatrix::namesSelectRowsAndColumns()
{
    click(m_view->geometryOfCells().rowNameRect(3).center());
    QCOMPARE(m_view->selection(), block(10, {3, 0}, {3, 9}));
    click(m_view->geometryOfCells().columnNameRect(4).center());
    QCOMPARE(m_view->selection(), block(10, {0, 4}, {9, 4}));
    click(m_view->geometryOfCells().rowNameRect(3).center(), Qt::ControlModifier);
    QCOMPARE(m_view->selection().count(), 19);
    click(QPoint(4, 4));
    QCOMPARE(m_view->selection().count(), 100);
}

void TestMatrix::arrowsMoveTheFocus()
{
    click(at(0, 0));
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->focusCell(), (MatrixCell{1, 1}));
    QCOMPARE(m_view->selection().single(), (MatrixCell{0, 0}));
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QCOMPARE(m_view->focusCell(), (MatrixCell{1, 0}));
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(m_view->focusCell(), (MatrixCell{1, 9}));
    QTest::keyClick(m_view.get(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(m_view->focusCell(), (MatrixCell{9, 9}));
}

void TestMatrix::keysSelect()
{
    QSignalSpy activated(m_view.get(), &MatrixView::activated);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(m_view->selection().single(), (MatrixCell{1, 0}));
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_view->selection(), block(10, {1, 0}, {2, 1}));
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(m_view->selection().count(), 3);
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_view->selection().count(), 100);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(m_view->selection().isEmpty());
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(m_view->selection().single(), (MatrixCell{2, 1}));
    QCOMPARE(activated.size(), 1);
}

void TestMatrix::scrollsToTheFocus()
{
    m_view->setContent(contentOf(200));
    QTest::keyClick(m_view.get(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(m_view->focusCell(), (MatrixCell{199, 199}));
    QVERIFY(m_view->viewport()->rect().contains(m_view->geometryOfCells().cellRect({199, 199})));
    QTest::keyClick(m_view.get(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(m_view->horizontalScrollBar()->value(), 0);
    QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    QVERIFY(m_view->horizontalScrollBar()->maximum() > 0);
}

void TestMatrix::tellsTheScreenReader()
{
    QVERIFY(!m_view->accessibleName().isEmpty());
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(m_view->accessibleDescription(), m_view->content()->description({0, 1}));
}

void TestMatrix::keepsTheSelectionOfTheSameClasses()
{
    click(at(2, 2));
    m_view->setContent(contentOf(10));
    QCOMPARE(m_view->selection().single(), (MatrixCell{2, 2}));
    QSignalSpy changed(m_view.get(), &MatrixView::selectionChanged);
    m_view->setContent(contentOf(3));
    QVERIFY(m_view->selection().isEmpty());
    QCOMPARE(m_view->selection().size(), 3);
    QCOMPARE(changed.size(), 1);
    m_view->setContent(nullptr);
    m_view->grab();
    QCOMPARE(m_view->selection().size(), 0);
}

void TestMatrix::hoversTwoHundredClassesAtOnce()
{
    m_view->setContent(contentOf(200));
    QSignalSpy lookedAt(m_view.get(), &MatrixView::lookedAt);
    const CpuTimer timer;
    constexpr int Moves = 50;
    for (int i = 0; i < Moves; ++i) {
        QMouseEvent move(QEvent::MouseMove, QPointF(at(i % 10, i % 9)), QPointF(), Qt::NoButton,
                         Qt::NoButton, {});
        QApplication::sendEvent(m_view->viewport(), &move);
        m_view->viewport()->grab();
    }
    QCOMPARE(lookedAt.size(), Moves);
    QVERIFY2(timer.milliseconds() < Moves * 50, qPrintable(QString::number(timer.milliseconds())));
}

QTEST_MAIN(TestMatrix)
#include "tst_matrix.moc"
