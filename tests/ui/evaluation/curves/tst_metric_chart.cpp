#include "core/graph/model_graph.h"
#include "ui/evaluation/curves/curve_export.h"
#include "ui/evaluation/curves/metric_chart.h"
#include "ui/evaluation/curves/metric_curves.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

EpochRecord epochOf(int number, double training, double validation, bool best = false)
{
    EpochRecord epoch;
    epoch.epoch = number;
    epoch.seconds = 2;
    epoch.learningRate = 0.001;
    epoch.training = {{u"accuracy"_s, training}, {u"loss"_s, 1 - training}};
    epoch.validation = {{u"accuracy"_s, validation},
                        {u"loss"_s, 1 - validation},
                        {u"f1_macro"_s, validation - 0.01}};
    epoch.best = best;
    return epoch;
}

ModelGraph classGraph()
{
    ModelGraph graph;
    graph.addBlock(u"target"_s, {}, {});
    return graph;
}

ExperimentRecord experimentOf(int epochs)
{
    ExperimentRecord experiment;
    experiment.id = ExperimentId(1);
    experiment.name = u"CNN"_s;
    experiment.graph = classGraph();
    for (int i = 1; i <= epochs; ++i)
        experiment.epochs.append(
            epochOf(i, 0.9 - 0.5 / i, 0.88 - 0.4 / i - (i > 6 ? 0.01 : 0), i <= 6));
    return experiment;
}

std::vector<BatchSample> samplesOf(int epochs, int batches)
{
    std::vector<BatchSample> samples;
    for (int epoch = 1; epoch <= epochs; ++epoch)
        for (int batch = 1; batch <= batches; ++batch) {
            const double at = epoch - 1 + double(batch) / batches;
            const double noise = 0.1 * std::sin(batch * 12.9898 + epoch * 78.233);
            samples.push_back({epoch, batch, 2 * std::exp(-at / 3) + 0.2 + noise,
                               1 - 0.6 * std::exp(-at / 3) + noise / 2, 1});
        }
    return samples;
}

} // namespace

class TestMetricChart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void namesTabs();
    void makesTheChartOfEpochs();
    void smoothsManyEpochsAlone();
    void makesTheChartOfSteps();
    void countsEpochsWithoutBetter();

    void keepsAZoomWhileLive();
    void zoomsWithWheelAndRubberBand();
    void resetsByDoubleClick();
    void movesTheCursorByKey();
    void hoversWithFiveDigits();
    void reportsClicks();

    void writesCsv();
    void writesPictures();
};

void TestMetricChart::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestMetricChart::namesTabs()
{
    const QList<MetricCurves::Tab> tabs = MetricCurves::tabs(experimentOf(3));
    QCOMPARE(tabs.size(), 3);
    QCOMPARE(tabs[0], (MetricCurves::Tab{u"accuracy"_s, u"Accuracy"_s}));
    QCOMPARE(tabs[1], (MetricCurves::Tab{u"loss"_s, u"Categorical crossentropy"_s}));
    QCOMPARE(tabs[2].key, u"f1_macro"_s);

    ExperimentRecord numbers = experimentOf(0);
    EpochRecord epoch;
    epoch.epoch = 1;
    epoch.training = epoch.validation = {{u"loss"_s, 0.5}, {u"mae"_s, 0.3}};
    numbers.epochs = {epoch};
    QCOMPARE(MetricCurves::tabs(numbers)[0].key, u"loss"_s);
    QCOMPARE(MetricCurves::primaryMetric(experimentOf(0)), u"accuracy"_s);
}

void TestMetricChart::makesTheChartOfEpochs()
{
    ExperimentRecord experiment = experimentOf(8);
    const ChartContent content = MetricCurves::epochContent(experiment, u"accuracy"_s, 0.6);
    QCOMPARE(content.series.size(), 2);
    QCOMPARE(content.series[0].color, SeriesColor{Role::MetricTraining});
    QCOMPARE(content.series[1].color, SeriesColor{Role::MetricValidation});
    QCOMPARE(content.series[1].points.size(), 8);
    QVERIFY(content.x.contains(10)); // all that will be
    QVERIFY(content.reached.value_or(0) > 8 && content.reached.value_or(9) < 9);
    QCOMPARE(content.marks.size(), 1);
    QCOMPARE(content.marks[0].at.x(), 6.0);
    QVERIFY2(content.marks[0].text.contains(u"6 · 0.8133"_s), qPrintable(content.marks[0].text));

    experiment.epochs[2].validation.insert(u"loss"_s, std::nan(""));
    const ChartContent loss = MetricCurves::epochContent(experiment, u"loss"_s, 0);
    QCOMPARE(loss.series[1].points.size(), 7);
    QVERIFY(MetricCurves::epochContent(experimentOf(0), u"accuracy"_s, 0).series.isEmpty());
}

void TestMetricChart::smoothsManyEpochsAlone()
{
    const ExperimentRecord many = experimentOf(MetricCurves::LeastSmoothed);
    const ChartContent content = MetricCurves::epochContent(many, u"accuracy"_s, 0.6);
    QCOMPARE(content.series.size(), 4); // the originals stay, faint
    QVERIFY(content.series[0].opacity < 1);
    QVERIFY(content.series[0].inHover);
    QVERIFY(!content.series[1].inHover);
    QCOMPARE(MetricCurves::epochContent(many, u"accuracy"_s, 0).series.size(), 2);
}

void TestMetricChart::makesTheChartOfSteps()
{
    const std::vector<BatchSample> samples = samplesOf(2, 50);
    const ChartContent one = MetricCurves::batchContent(samples, true, 2, 80, 0.5);
    QCOMPARE(one.series.size(), 2);
    QCOMPARE(one.series[0].points.size(), 50);
    QCOMPARE(one.series[0].points.first().y(), samples[50].loss);
    QCOMPARE(one.x.to, 80.0);
    QCOMPARE(one.reached, std::optional(50.0));
    const ChartContent all = MetricCurves::allBatchesContent(samples, false, 4, 50, 0);
    QCOMPARE(all.series.size(), 1);
    QCOMPARE(all.series[0].points.size(), 100);
    QCOMPARE(all.series[0].points.last().x(), 2.0);
    QCOMPARE(all.series[0].points.last().y(), samples.back().metric);
    QCOMPARE(all.x, (AxisRange{0, 4}));
    QVERIFY(MetricCurves::batchContent({}, true, 1, 0, 0.5).series.isEmpty());
}

void TestMetricChart::countsEpochsWithoutBetter()
{
    QCOMPARE(MetricCurves::epochsWithoutBetter(experimentOf(0)), 0);
    QCOMPARE(MetricCurves::epochsWithoutBetter(experimentOf(6)), 0);
    QCOMPARE(MetricCurves::epochsWithoutBetter(experimentOf(8)), 2);
}

void TestMetricChart::keepsAZoomWhileLive()
{
    MetricChart chart;
    chart.resize(700, 300);
    chart.show();
    const std::vector<BatchSample> samples = samplesOf(1, 100);
    const auto content = [&](int count) {
        return MetricCurves::batchContent({samples.begin(), samples.begin() + count}, true, 1, 100,
                                          0.5);
    };
    chart.setContent(content(20));
    chart.zoom(2);
    const AxisRange x = chart.viewportOfData().x();
    const AxisRange y = chart.viewportOfData().y();
    for (int count = 21; count <= 60; ++count)
        chart.setContent(content(count));
    QCOMPARE(chart.viewportOfData().x(), x);
    QCOMPARE(chart.viewportOfData().y(), y);
    chart.resetZoom();
    QCOMPARE(chart.viewportOfData().x().to, 100.0);
}

void TestMetricChart::zoomsWithWheelAndRubberBand()
{
    MetricChart chart;
    chart.resize(700, 300);
    chart.show();
    chart.setContent(MetricCurves::epochContent(experimentOf(8), u"accuracy"_s, 0));
    const QSignalSpy spy(&chart, &MetricChart::zoomChanged);
    const QPointF at(350, 120);
    QWheelEvent wheel(at, chart.viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(chart.viewport(), &wheel);
    QVERIFY(chart.isZoomed());
    QCOMPARE(spy.size(), 1);
    chart.resetZoom();
    QTest::mousePress(chart.viewport(), Qt::LeftButton, {}, {200, 60});
    QTest::mouseMove(chart.viewport(), {400, 200});
    QTest::mouseRelease(chart.viewport(), Qt::LeftButton, {}, {400, 200});
    QVERIFY(chart.isZoomed());
    const AxisRange x = chart.viewportOfData().x();
    QVERIFY(x.from > 2 && x.to < 8);
    QTest::mousePress(chart.viewport(), Qt::RightButton, {}, {400, 100});
    QTest::mouseMove(chart.viewport(), {350, 100});
    QTest::mouseRelease(chart.viewport(), Qt::RightButton, {}, {350, 100});
    QVERIFY(chart.viewportOfData().x().from > x.from);
}

void TestMetricChart::resetsByDoubleClick()
{
    MetricChart chart;
    chart.resize(700, 300);
    chart.show();
    chart.setContent(MetricCurves::epochContent(experimentOf(8), u"accuracy"_s, 0));
    chart.zoom(3);
    QTest::mouseDClick(chart.viewport(), Qt::LeftButton, {}, {300, 100});
    QVERIFY(!chart.isZoomed());
    chart.zoom(3);
    QTest::keyClick(&chart, Qt::Key_Home);
    QVERIFY(!chart.isZoomed());
}

void TestMetricChart::movesTheCursorByKey()
{
    MetricChart chart;
    chart.resize(700, 300);
    chart.show();
    chart.setContent(MetricCurves::epochContent(experimentOf(8), u"accuracy"_s, 0));
    QVERIFY(!chart.cursorX());
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.cursorX(), std::optional(8.0));
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.cursorX(), std::optional(7.0));
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chart.cursorX(), std::optional(8.0));
    QVERIFY(chart.accessibleDescription().contains(u"Epoch 8"_s));
    QTest::keyClick(&chart, Qt::Key_Escape);
    QVERIFY(!chart.cursorX());
}

void TestMetricChart::hoversWithFiveDigits()
{
    MetricChart chart;
    chart.resize(700, 300);
    chart.show();
    chart.setContent(MetricCurves::epochContent(experimentOf(8), u"accuracy"_s, 0));
    chart.setCursor(3.2);
    const QList<HoverLine> lines = chart.hoverLines();
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0].name, u"Epoch 3"_s);
    QCOMPARE(lines[1].value, u"0.73333"_s);
    QCOMPARE(lines[2].value, u"0.74667"_s);
    QVERIFY(!chart.grab().toImage().isNull());
}

void TestMetricChart::reportsClicks()
{
    MetricChart chart;
    chart.resize(700, 300);
    chart.show();
    chart.setContent(MetricCurves::epochContent(experimentOf(8), u"accuracy"_s, 0));
    double clicked = 0;
    connect(&chart, &MetricChart::clicked, this, [&](double x) { clicked = x; });
    QTest::mouseClick(chart.viewport(), Qt::LeftButton, {}, {360, 100});
    QVERIFY(clicked > 1 && clicked < 10);
    QVERIFY(!chart.isZoomed());
}

void TestMetricChart::writesCsv()
{
    ExperimentRecord experiment = experimentOf(2);
    experiment.epochs[0].validation.remove(u"f1_macro"_s);
    const QStringList lines =
        QString::fromUtf8(curvesCsv(experiment)).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], u"epoch,training_loss,training_accuracy,validation_loss,"
                       "validation_accuracy,validation_f1_macro,learning_rate,seconds,best"_s);
    const QStringList first = lines[1].split(u',');
    QCOMPARE(first.size(), 9);
    QCOMPARE(first[0], u"1"_s);
    QCOMPARE(first[2].toDouble(), experiment.epochs[0].training[u"accuracy"_s]);
    QCOMPARE(first[4].toDouble(), experiment.epochs[0].validation[u"accuracy"_s]);
    QCOMPARE(first[5], QString());
    QCOMPARE(lines[2].split(u',')[5].toDouble(), experiment.epochs[1].validation[u"f1_macro"_s]);
    QCOMPARE(first[6], u"0.001"_s);
}

void TestMetricChart::writesPictures()
{
    MetricChart chart;
    chart.resize(700, 300);
    chart.show();
    chart.setContent(MetricCurves::epochContent(experimentOf(8), u"accuracy"_s, 0));
    chart.setCursor(3);
    const auto paint = [&](QPainter& painter) { chart.paintInto(painter, {0, 0, 700, 300}); };
    const QImage png = QImage::fromData(pngPicture({700, 300}, paint), "PNG");
    QCOMPARE(png.size(), QSize(1400, 600));
    const QColor validation = Theme::light().color(Role::MetricValidation);
    bool found = false;
    for (int y = 0; y < png.height() && !found; ++y)
        for (int x = 0; x < png.width() && !found; ++x)
            found = png.pixelColor(x, y) == validation;
    QVERIFY(found);

    const QByteArray svg = svgPicture({700, 300}, u"CNN"_s, paint);
    QXmlStreamReader reader(svg);
    QStringList texts;
    bool drawn = false;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.name() == u"text"_s)
            texts.append(reader.readElementText(QXmlStreamReader::IncludeChildElements));
        drawn = drawn || reader.name() == u"polyline"_s || reader.name() == u"path"_s;
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(drawn);
    QVERIFY2(texts.contains(u"Epoch"_s), qPrintable(texts.join(u'|')));
    QVERIFY(!texts.join(u' ').contains(u"0.73333"_s)); // the cursor is no part of the picture
}

QTEST_MAIN(TestMetricChart)
#include "tst_metric_chart.moc"
