#include "tests/ui/evaluation/predictions/prediction_samples.h"
#include "ui/evaluation/predictions/compare/difference.h"
#include "ui/evaluation/predictions/curves/binary_view.h"
#include "ui/evaluation/predictions/curves/number_view.h"
#include "ui/evaluation/predictions/curves/value_spread.h"
#include "ui/evaluation/predictions/details/class_model.h"
#include "ui/evaluation/predictions/details/prediction_details.h"
#include "ui/evaluation/predictions/examples/example_dialog.h"
#include "ui/evaluation/predictions/examples/example_model.h"
#include "ui/evaluation/predictions/examples/examples_panel.h"
#include "ui/evaluation/predictions/examples/image_loader.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"
#include "ui/evaluation/predictions/newfiles/file_model.h"
#include "ui/evaluation/predictions/prediction_export.h"
#include "ui/evaluation/predictions/predictions_content.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPixmap>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <algorithm>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

using Kind = ExampleColumn::Kind;

ExampleList listOf(std::initializer_list<quint32> examples)
{
    return ExampleList(examples);
}

/// Predictions of two classes without data behind them.
std::shared_ptr<PredictionSet> tinySet(const QList<std::pair<qint64, qint64>>& cells)
{
    auto set = std::make_shared<PredictionSet>();
    set->target = {u"kind"_s, Encoding::Categorical, {2}, {u"a"_s, u"b"_s}};
    set->result.confusion = ConfusionMatrix(set->target.classes);
    for (const auto& [actual, predicted] : cells) {
        const auto row = RowIndex(set->result.predictions.size() * 2);
        set->result.predictions.push_back({row, actual, predicted, 0.5F, 1.0F, 0, 0});
        set->result.confusion->add(actual, predicted);
    }
    return set;
}

MatrixSelection cellOf(int size, MatrixCell cell)
{
    MatrixSelection selection(size);
    selection.set(cell, true);
    return selection;
}

} // namespace

class TestPredictionExamples final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void findsTheExamplesOfCells();
    void sortsExamples_data();
    void sortsExamples();
    void ranksTheClasses();
    void movesTheThreshold();
    void modelShowsExamples();
    void modelSortsByLossAtFirst();
    void modelKeepsItsPlaceWhenSorted();
    void modelLoadsPictures();
    void modelShowsNumbers();
    void modelHoldsFourteenThousand();
    void classModelSorts();
    void fileModelFollowsResults();
    void panelSaysHowToGetExamples();
    void panelOpensAnExample();
    void dialogLeadsToNeighbours();
    void writesExamplesAsCsv();
    void writesTheMatrixAsCsv();

    void differenceHasASignAndAWinner();
    void differenceLeadsToExamples();
    void differenceNeedsTheSameRows();
    void countsAtAThreshold();
    void thresholdFollowsSliderAndBox();
    void thinsOutPoints();
    void distributesErrors();
    void drawsNumbers();
    void contentFollowsTheTarget();
    void contentFollowsTheThreshold();
    void pictures_data();
    void pictures();
};

void TestPredictionExamples::findsTheExamplesOfCells()
{
    const auto set = tinySet({{0, 0}, {0, 1}, {1, 0}, {-1, 0}, {0, 1}});
    MatrixSelection selection(2);
    QCOMPARE(examplesIn(set->result, selection), ExampleList());
    selection.set({0, 1}, true);
    QCOMPARE(examplesIn(set->result, selection), listOf({1, 4}));
    selection.selectAll();
    QCOMPARE(examplesIn(set->result, selection), listOf({0, 1, 2, 4}));
    QCOMPARE(allExamples(set->result).size(), 5U);
}

void TestPredictionExamples::sortsExamples_data()
{
    QTest::addColumn<ExampleKey>("key");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<ExampleList>("sorted");
    QTest::newRow("loss") << ExampleKey::Loss << Qt::DescendingOrder << listOf({3, 0, 2, 1});
    QTest::newRow("loss ascending")
        << ExampleKey::Loss << Qt::AscendingOrder << listOf({2, 0, 3, 1});
    QTest::newRow("confidence") << ExampleKey::Probability << Qt::DescendingOrder
                                << listOf({1, 2, 0, 3});
    QTest::newRow("ties by row") << ExampleKey::Actual << Qt::AscendingOrder
                                 << listOf({0, 1, 2, 3});
}

void TestPredictionExamples::sortsExamples()
{
    QFETCH(ExampleKey, key);
    QFETCH(Qt::SortOrder, order);
    auto set = tinySet({{0, 0}, {0, 1}, {0, 1}, {0, 1}});
    const QList<float> losses{2, std::numeric_limits<float>::quiet_NaN(), 1, 3};
    const QList<float> probabilities{0.6F, 0.9F, 0.8F, 0.5F};
    for (size_t i = 0; i < 4; ++i) {
        set->result.predictions[i].loss = losses.at(qsizetype(i));
        set->result.predictions[i].probability = probabilities.at(qsizetype(i));
    }
    ExampleList examples = listOf({3, 2, 1, 0});
    sortExamples(examples, *set, key, order);
    QTEST(examples, "sorted");
}

void TestPredictionExamples::ranksTheClasses()
{
    const PredictionsPtr set = classSample(10, 20);
    const QList<ClassShare> top = topClasses(*set, 3, 4);
    QCOMPARE(top.size(), 4);
    QCOMPARE(top.first().index, set->result.predictions[3].predicted);
    QVERIFY(std::ranges::is_sorted(top, std::ranges::greater(), &ClassShare::probability));
    const PredictionsPtr binary = binarySample(10);
    const QList<ClassShare> both = topClasses(*binary, 1, 4);
    QCOMPARE(both.size(), 2);
    QCOMPARE(both.first().probability + both.last().probability, 1.0);
}

void TestPredictionExamples::movesTheThreshold()
{
    const PredictionsPtr set = binarySample(300);
    const PredictionsPtr none = atThreshold(set, 1.1);
    QCOMPARE(none->result.confusion->predictedCount(1), 0);
    const PredictionsPtr all = atThreshold(set, 0);
    QCOMPARE(all->result.confusion->predictedCount(1), 300);
    QCOMPARE(*atThreshold(set, 0.5)->result.confusion, *set->result.confusion);
    for (const Prediction& p : all->result.predictions)
        QCOMPARE(p.probability, set->result.outputs.values[p.row]);
}

void TestPredictionExamples::modelShowsExamples()
{
    ImageLoader images(36);
    ExampleModel model(images);
    const QAbstractItemModelTester tester(&model);
    const PredictionsPtr set = classSample(10, 50);
    model.setExamples(set, listOf({4, 7}));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.columnCount(), 6);
    QCOMPARE(model.headerData(model.columnOf(Kind::Loss), Qt::Horizontal, Qt::DisplayRole),
             u"Loss"_s);
    const quint32 first = model.examples().front();
    const Prediction& prediction = set->result.predictions[first];
    const auto text = [&](Kind kind) {
        return model.index(0, model.columnOf(kind)).data().toString();
    };
    QCOMPARE(text(Kind::Row), QString::number(prediction.row + 1));
    QCOMPARE(text(Kind::Actual), set->target.classes.at(prediction.actual));
    QCOMPARE(text(Kind::Predicted), set->target.classes.at(prediction.predicted));
    const QModelIndex bar = model.index(0, model.columnOf(Kind::Probability));
    QCOMPARE(bar.data(ExampleModel::ShareRole).toDouble(), double(prediction.probability));
    model.setExamples(set, listOf({4}), {classSample(10, 50, 2), u"One"_s, u"Other"_s});
    QCOMPARE(model.headerData(model.columnOf(Kind::Predicted), Qt::Horizontal, Qt::DisplayRole),
             u"One"_s);
    QVERIFY(set->target.classes.contains(text(Kind::Rival)));
    model.setExamples(nullptr, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestPredictionExamples::modelSortsByLossAtFirst()
{
    ImageLoader images(36);
    ExampleModel model(images);
    const PredictionsPtr set = classSample(10, 50);
    model.setExamples(set, allExamples(set->result));
    QCOMPARE(model.sortColumn(), model.columnOf(Kind::Loss));
    QVERIFY(std::ranges::is_sorted(model.examples(), std::ranges::greater(),
                                   [&](quint32 i) { return set->result.predictions[i].loss; }));
}

void TestPredictionExamples::modelKeepsItsPlaceWhenSorted()
{
    ImageLoader images(36);
    ExampleModel model(images);
    const QAbstractItemModelTester tester(&model);
    const PredictionsPtr set = classSample(10, 50);
    model.setExamples(set, allExamples(set->result));
    const QPersistentModelIndex place = model.index(20, model.columnOf(Kind::Row));
    const QString row = place.data().toString();
    model.sort(model.columnOf(Kind::Row), Qt::AscendingOrder);
    QCOMPARE(place.data().toString(), row);
    QCOMPARE(place.row(), row.toInt() - 1);
    model.sort(model.columnOf(Kind::Image), Qt::AscendingOrder);
    QCOMPARE(model.sortColumn(), model.columnOf(Kind::Row));
}

void TestPredictionExamples::modelLoadsPictures()
{
    ImageLoader images(36);
    ExampleModel model(images);
    const PredictionsPtr set = classSample(3, 9);
    model.setExamples(set, allExamples(set->result));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QModelIndex index = model.index(5, model.columnOf(Kind::Image));
    QVERIFY(index.data(Qt::DecorationRole).value<QPixmap>().isNull());
    QVERIFY(changed.wait());
    QCOMPARE(changed.first().first().toModelIndex(), index);
    QCOMPARE(index.data(Qt::DecorationRole).value<QPixmap>().deviceIndependentSize(),
             QSizeF(36, 36));
}

void TestPredictionExamples::modelShowsNumbers()
{
    ImageLoader images(36);
    ExampleModel model(images);
    const QAbstractItemModelTester tester(&model);
    const PredictionsPtr set = numberSample(30);
    model.setExamples(set, allExamples(set->result));
    QCOMPARE(model.columnOf(Kind::Image), -1);
    QCOMPARE(model.columnOf(Kind::Probability), -1);
    QCOMPARE(model.headerData(model.columnOf(Kind::Feature), Qt::Horizontal, Qt::DisplayRole),
             u"area"_s);
    model.sort(model.columnOf(Kind::Error), Qt::DescendingOrder);
    const Prediction& worst = set->result.predictions[model.examples().front()];
    QCOMPARE(model.index(0, model.columnOf(Kind::Error)).data().toString(),
             valueText(errorOf(worst)));
    QCOMPARE(valueText(-1234.5), u"−1,234.5"_s);
}

void TestPredictionExamples::modelHoldsFourteenThousand()
{
    ImageLoader images(36);
    ExampleModel model(images);
    const PredictionsPtr set = classSample(10, 14000);
    const CpuTimer timer;
    model.setExamples(set, allExamples(set->result));
    QCOMPARE(model.rowCount(), 14000);
    QVERIFY2(timer.milliseconds() < 200, qPrintable(QString::number(timer.milliseconds())));
}

void TestPredictionExamples::classModelSorts()
{
    ClassModel model;
    const QAbstractItemModelTester tester(&model);
    model.setScores(
        {{u"b"_s, 0.9, 0.5, 0.6, 10}, {u"a"_s, 0.2, 0.8, 0.3, 20}, {u"c"_s, 0.5, 0.6, 0.5, 5}});
    QCOMPARE(model.classAt(0), 1);
    QCOMPARE(model.index(0, ClassModel::F1).data().toString(), u"0.300"_s);
    model.sort(ClassModel::Name, Qt::AscendingOrder);
    QCOMPARE(model.index(0, ClassModel::Name).data().toString(), u"a"_s);
    model.sort(ClassModel::Support, Qt::DescendingOrder);
    QCOMPARE(model.classAt(2), 2);
    QCOMPARE(model.rowOfClass(0), 1);
}

void TestPredictionExamples::fileModelFollowsResults()
{
    FileModel model;
    const QAbstractItemModelTester tester(&model);
    model.add({u"/x/a.png"_s, u"/x/b.png"_s, u"/x/a.png"_s});
    model.add({u"/x/b.png"_s});
    QCOMPARE(model.rowCount(), 2);
    model.setResult(u"/x/b.png"_s, PredictedExample{{{u"Coat"_s, 0.75}, {u"Bag"_s, 0.25}}, {}},
                    QImage(4, 4, QImage::Format_RGB32));
    model.addFailure(u"/x"_s, u"Nothing here."_s);
    QCOMPARE(model.doneCount(), 2);
    QCOMPARE(model.failedCount(), 1);
    QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(),
             u"b.png: Coat 0.7500, Bag 0.2500"_s);
    QCOMPARE(model.index(2).data(Qt::AccessibleTextRole).toString(), u"x: Nothing here."_s);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.doneCount(), 0);
}

void TestPredictionExamples::panelSaysHowToGetExamples()
{
    ExamplesPanel panel;
    panel.showNothing(u"Select cells"_s, {});
    QVERIFY(!panel.isShowingExamples());
    const PredictionsPtr set = classSample(10, 50);
    panel.setExamples(set, listOf({1, 2, 3}), u"Actual Coat"_s);
    QVERIFY(panel.isShowingExamples());
    panel.setExamples(set, {}, u"Actual Coat"_s);
    QVERIFY(!panel.isShowingExamples());
}

void TestPredictionExamples::panelOpensAnExample()
{
    ExamplesPanel panel;
    panel.resize(800, 400);
    const PredictionsPtr set = classSample(10, 50);
    panel.setExamples(set, listOf({1, 2, 3}), {});
    panel.show();
    auto* table = panel.findChild<QTableView*>();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    auto* dialog = panel.findChild<ExampleDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->position(), 0);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTest::keyClick(dialog, Qt::Key_Right);
    QCOMPARE(table->currentIndex().row(), 1);
    dialog->close();
}

void TestPredictionExamples::dialogLeadsToNeighbours()
{
    const PredictionsPtr set = numberSample(5);
    ExampleDialog dialog(set, listOf({4, 2, 0}), 1);
    QSignalSpy moved(&dialog, &ExampleDialog::moved);
    dialog.showExample(2);
    dialog.showExample(3);
    QCOMPARE(dialog.position(), 2);
    for (auto* button : dialog.findChildren<QPushButton*>())
        if (button->text() == u"Previous"_s) {
            button->click();
            button->click();
            QVERIFY(!button->isEnabled());
        }
    QCOMPARE(dialog.position(), 0);
    QCOMPARE(moved.size(), 3);
}

void TestPredictionExamples::writesExamplesAsCsv()
{
    auto set = tinySet({{0, 1}, {-1, 0}});
    set->target.classes = {u"a, \"b\""_s, u"ü\n"_s};
    set->result.outputs = {2, 2, {0.25F, 0.75F, 0.5F, 0.5F}};
    QCOMPARE(QString::fromUtf8(examplesCsv(*set, listOf({1, 0}))),
             u"row,actual,predicted,probability,loss,\"p(a, \"\"b\"\")\",\"p(ü\n)\"\n"
             "3,,\"a, \"\"b\"\"\",0.5,1,0.5,0.5\n"
             "1,\"a, \"\"b\"\"\",\"ü\n\",0.5,1,0.25,0.75\n"_s);
    const PredictionsPtr numbers = numberSample(2);
    QVERIFY(examplesCsv(*numbers, listOf({0})).startsWith("row,actual,predicted,error,loss\n1,"));
}

void TestPredictionExamples::writesTheMatrixAsCsv()
{
    QCOMPARE(matrixCsv(matrixOf({u"a"_s, u"b,c"_s}, {1, 2, 3, 4})),
             QByteArray("actual \\ predicted,a,\"b,c\"\na,1,2\n\"b,c\",3,4\n"));
}

void TestPredictionExamples::differenceHasASignAndAWinner()
{
    const QStringList classes{u"a"_s, u"b"_s};
    const DifferenceContent content(matrixOf(classes, {10, 4, 1, 30}),
                                    matrixOf(classes, {8, 4, 10, 5}), u"One"_s, u"Two"_s);
    QCOMPARE(content.value({0, 0}).text, u"+2"_s);
    QCOMPARE(content.value({0, 0}).ramp, Ramp::FirstBetter);
    QCOMPARE(content.value({1, 0}).text, u"−9"_s);
    QCOMPARE(content.value({1, 0}).ramp, Ramp::FirstBetter);
    QCOMPARE(content.value({1, 0}).level, 0.6); // √(9 / 25)
    QVERIFY(content.value({0, 1}).text.isEmpty());
    QCOMPARE(content.description({1, 1}),
             u"Actual b\nPredicted b\nOne: 30\nTwo: 5\n+25, One is better"_s);
    const DifferenceContent turned(matrixOf(classes, {8, 4, 10, 5}),
                                   matrixOf(classes, {10, 4, 1, 30}), u"Two"_s, u"One"_s);
    QCOMPARE(turned.value({0, 0}).ramp, Ramp::SecondBetter);
    QCOMPARE(turned.value({1, 0}).ramp, Ramp::SecondBetter);
}

void TestPredictionExamples::differenceLeadsToExamples()
{
    const PredictionPair pair{tinySet({{0, 1}, {0, 1}, {0, 0}, {0, 1}, {1, 1}}),
                              tinySet({{0, 0}, {0, 1}, {0, 1}, {0, 0}, {1, 0}}), u"One"_s,
                              u"Two"_s};
    // One says b of three a's, Two of two: those where Two is right.
    QCOMPARE(differingExamples(pair, cellOf(2, {0, 1})), listOf({0, 3}));
    // Two has more hits of a: the same rows.
    QCOMPARE(differingExamples(pair, cellOf(2, {0, 0})), listOf({0, 3}));
    QCOMPARE(differingExamples(pair, cellOf(2, {1, 1})), listOf({4}));
    QCOMPARE(differingExamples(pair, cellOf(2, {1, 0})), listOf({4}));
    QCOMPARE(differingExamples(pair, MatrixSelection(2)), ExampleList());
    const PredictionPair even{tinySet({{0, 1}, {0, 0}}), tinySet({{0, 0}, {0, 1}}), {}, {}};
    QCOMPARE(differingExamples(even, cellOf(2, {0, 1})), listOf({0, 1}));
}

void TestPredictionExamples::differenceNeedsTheSameRows()
{
    const PredictionsPtr a = classSample(10, 40, 1);
    QCOMPARE(whyNotComparable({a, classSample(10, 40, 2), u"A"_s, u"B"_s}), QString());
    const auto refused = [&](const PredictionsPtr& b, const QString& reason) {
        const QString sentence = whyNotComparable({a, b, u"A"_s, u"B"_s});
        return sentence.startsWith(u"'A' and 'B' cannot"_s) && sentence.contains(reason);
    };
    QVERIFY(refused(classSample(10, 39), u"different dataset versions or subsets"_s));
    QVERIFY(refused(classSample(5, 40), u"different classes"_s));
    QVERIFY(refused(numberSample(40), u"needs classes"_s));
}

void TestPredictionExamples::countsAtAThreshold()
{
    auto set = tinySet({{0, 0}, {0, 0}, {1, 0}, {1, 0}, {-1, 0}});
    set->target.encoding = Encoding::Binary;
    set->result.outputs = {5, 1, {0.1F, 0.6F, 0.4F, 0.9F, 0.99F}};
    const ThresholdTable table(*set);
    QCOMPARE(table.at(0.5), (ThresholdCounts{1, 1, 1, 1}));
    QCOMPARE(table.at(0), (ThresholdCounts{2, 2, 0, 0}));
    QCOMPARE(table.at(1), (ThresholdCounts{0, 0, 2, 2}));
    QCOMPARE(table.at(0.4).recall(), 1.0);
    QCOMPARE(table.at(0.4).precision(), 2.0 / 3);
    QCOMPARE(table.at(0.4).f1(), 0.8);
    QCOMPARE(table.at(0.4).falsePositiveRate(), 0.5);
    QCOMPARE(table.at(0.4).accuracy(), 0.75);
    QCOMPARE(ThresholdCounts().f1(), 0.0);
    QCOMPARE(table.scores().size(), 4U);
}

void TestPredictionExamples::thresholdFollowsSliderAndBox()
{
    BinaryView view;
    QSignalSpy changed(&view, &BinaryView::thresholdChanged);
    const PredictionsPtr set = binarySample(200);
    view.setPredictions(set);
    QCOMPARE(view.threshold(), 0.5);
    QCOMPARE(view.counts().truePositives, set->result.confusion->at(1, 1));
    view.setThreshold(0.25);
    view.setThreshold(0.75);
    QVERIFY(changed.wait());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toDouble(), 0.75);
    view.setPredictions(binarySample(100));
    QCOMPARE(view.threshold(), 0.75);
    view.setPredictions(nullptr);
    QCOMPARE(view.counts(), ThresholdCounts());
}

void TestPredictionExamples::thinsOutPoints()
{
    QCOMPARE(scatterPoints(numberSample(1500)->result).size(), 1500);
    const PredictionsPtr many = numberSample(100000);
    const QList<QPointF> points = scatterPoints(many->result, 1000);
    QVERIFY(points.size() >= 1000);
    QVERIFY(points.size() <= 1000 + 2 * 40 * 40);
    const auto highest = [](const QList<QPointF>& list) {
        return std::ranges::max_element(list, {}, &QPointF::y)->y();
    };
    QCOMPARE(highest(points), highest(scatterPoints(many->result, 100000)));
    auto broken = std::make_shared<PredictionSet>(*numberSample(10));
    broken->result.predictions[3].actualValue = std::numeric_limits<float>::quiet_NaN();
    QCOMPARE(scatterPoints(broken->result).size(), 9);
}

void TestPredictionExamples::distributesErrors()
{
    const ErrorHistogram histogram = errorHistogram(numberSample(5000)->result, 40);
    QCOMPARE(std::accumulate(histogram.counts.begin(), histogram.counts.end(), qint64(0)), 5000);
    QVERIFY(histogram.counts.size() <= 42);
    // 0 is the border of two bins.
    const double border = -histogram.first / histogram.width;
    QVERIFY(std::abs(border - std::round(border)) < 1e-9);
    QVERIFY(errorHistogram({}).isEmpty());
    EvaluationResult exact;
    exact.predictions.resize(3);
    QCOMPARE(errorHistogram(exact).counts, QList<qint64>{3});
}

void TestPredictionExamples::drawsNumbers()
{
    NumberView view;
    view.resize(700, 300);
    view.setPredictions(numberSample(100000));
    const CpuTimer timer;
    QVERIFY(!view.grab().isNull());
    QVERIFY2(timer.milliseconds() < 1500, qPrintable(QString::number(timer.milliseconds())));
    view.setPredictions(nullptr);
}

void TestPredictionExamples::contentFollowsTheTarget()
{
    PredictionDetails details;
    PredictionsContent content(&details);
    const auto* matrix = content.findChild<MatrixView*>();
    const auto* examples = content.findChild<ExamplesPanel*>();
    content.setPredictions(classSample(10, 300));
    QVERIFY(content.hasMatrix());
    QVERIFY(!examples->isShowingExamples());
    content.setPredictions(numberSample(50));
    QVERIFY(!content.hasMatrix());
    QVERIFY(!matrix->isVisibleTo(&content));
    QVERIFY(content.findChild<NumberView*>()->isVisibleTo(&content));
    QCOMPARE(examples->model().rowCount(), 50);
    content.setPredictions(binarySample(50));
    QVERIFY(content.findChild<BinaryView*>()->isVisibleTo(&content));
    content.setPredictions(nullptr);
    QVERIFY(!examples->isShowingExamples());
}

void TestPredictionExamples::contentFollowsTheThreshold()
{
    PredictionsContent content(nullptr);
    const PredictionsPtr set = binarySample(200);
    content.setPredictions(set);
    auto* matrix = content.findChild<MatrixView*>();
    const auto shown = [&] {
        return std::dynamic_pointer_cast<const ConfusionContent>(matrix->content())->matrix();
    };
    QCOMPARE(shown(), *set->result.confusion);
    content.findChild<BinaryView*>()->setThreshold(0);
    QTRY_COMPARE(shown().predictedCount(1), 200);
    matrix->setSelection(cellOf(2, {0, 1}));
    QCOMPARE(content.findChild<ExamplesPanel*>()->model().rowCount(),
             int(set->result.confusion->actualCount(0)));
}

void TestPredictionExamples::pictures_data()
{
    QTest::addColumn<PredictionsPtr>("set");
    QTest::newRow("2 classes") << classSample(2, 500);
    QTest::newRow("10 classes") << classSample(10, 3000);
    QTest::newRow("200 classes") << classSample(200, 3000);
    QTest::newRow("binary") << binarySample(800);
    QTest::newRow("numeric") << numberSample(20000);
}

/// For people to look at, into the folder that ESPALIER_SCREENSHOTS names.
void TestPredictionExamples::pictures()
{
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    QFETCH(PredictionsPtr, set);
    for (const bool dark : {false, true})
        for (const QSize size : {QSize(1020, 700), QSize(1660, 980)}) {
            applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
            QWidget window;
            auto* details = new PredictionDetails;
            auto* content = new PredictionsContent(details);
            auto* layout = new QHBoxLayout(&window);
            layout->setContentsMargins({});
            layout->setSpacing(0);
            content->setAutoFillBackground(true);
            content->setBackgroundRole(QPalette::Base);
            details->setFixedWidth(320);
            layout->addWidget(content, 1);
            layout->addWidget(details);
            window.resize(size);
            window.show();
            content->setPredictions(set);
            auto* matrix = content->findChild<MatrixView*>();
            if (content->hasMatrix())
                matrix->setSelection(cellOf(matrix->selection().size(), {0, 1}));
            QTest::qWait(250);
            const QPixmap picture = window.grab();
            QCOMPARE(picture.size(), size);
            if (!folder.isEmpty())
                picture.save(u"%1/%2 %3 %4.png"_s.arg(
                    folder, QString::fromLatin1(QTest::currentDataTag()),
                    dark ? u"dark"_s : u"light"_s, QString::number(size.width())));
        }
    applyTheme(*qApp, ThemeChoice::Light);
}

QTEST_MAIN(TestPredictionExamples)
#include "tst_prediction_examples.moc"
