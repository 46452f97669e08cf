#include "ui/evaluation/curves/axis_ticks.h"
#include "ui/evaluation/curves/chart_content.h"
#include "ui/evaluation/curves/chart_viewport.h"
#include "ui/evaluation/curves/curve_math.h"

#include <QLocale>
#include <QTest>
#include <cmath>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

QList<QPointF> wave(int count)
{
    QList<QPointF> points;
    for (int i = 0; i < count; ++i)
        points.append(QPointF(i, std::sin(i * 0.37)));
    return points;
}

QStringList textsOf(const QList<AxisTick>& ticks)
{
    QStringList texts;
    for (const AxisTick& tick : ticks)
        texts.append(tick.text);
    return texts;
}

} // namespace

class TestCurveMath : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void keepsFewPoints();
    void keepsExtremesOfManyPoints();
    void keepsTheNeighboursOfAPart();
    void leavesOutWhatIsNoNumber();
    void smoothsAndCorrectsTheStart();
    void findsTheNearest();

    void placesLinearTicks_data();
    void placesLinearTicks();
    void placesWholeTicks();
    void placesLogTicks();
    void padsRanges();
    void neverPlacesTooManyTicks();

    void followsWhatThereIs();
    void keepsAZoom();
    void zoomsAroundAPoint();
    void pansWithinWhatThereIs();

    void knowsWhetherALogScaleHidesNothing();
};

void TestCurveMath::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void TestCurveMath::keepsFewPoints()
{
    const QList<QPointF> points = wave(50);
    QCOMPARE(decimated(points, 0, 49, 100), points);
    QVERIFY(decimated({}, 0, 1, 100).isEmpty());
}

void TestCurveMath::keepsExtremesOfManyPoints()
{
    QList<QPointF> points = wave(100'000);
    points[77'777].setY(9);
    points[12'345].setY(-9);
    const QList<QPointF> few = decimated(points, 0, 99'999, 600);
    QVERIFY2(few.size() <= 2 * 600 + 4, qPrintable(QString::number(few.size())));
    QVERIFY(few.size() >= 1000);
    QVERIFY(few.contains(points[77'777]));
    QVERIFY(few.contains(points[12'345]));
    QVERIFY(std::ranges::is_sorted(few, {}, &QPointF::x));
    for (const QPointF& point : few)
        QCOMPARE(point, points[int(point.x())]);
}

void TestCurveMath::keepsTheNeighboursOfAPart()
{
    const QList<QPointF> points = wave(1000);
    const QList<QPointF> part = decimated(points, 100.5, 102.5, 100);
    QCOMPARE(part, points.mid(100, 4)); // one more at each side: the line runs to the edge
}

void TestCurveMath::leavesOutWhatIsNoNumber()
{
    const QList<QPointF> points{{1, 1}, {2, NaN}, {3, INFINITY}, {4, 4}};
    const QList<QPointF> drawable{{1, 1}, {4, 4}};
    QCOMPARE(decimated(points, 0, 5, 100), drawable);
    QCOMPARE(decimated(points, 0, 5, 1).size(), 2);
    QCOMPARE(smoothed(points, 0), drawable);
}

void TestCurveMath::smoothsAndCorrectsTheStart()
{
    const QList<QPointF> flat{{1, 5}, {2, 5}, {3, 5}};
    for (const QPointF& point : smoothed(flat, 0.9))
        QVERIFY(std::abs(point.y() - 5) < 1e-12);
    const QList<QPointF> step{{1, 0}, {2, 1}};
    QVERIFY(std::abs(smoothed(step, 0.5)[1].y() - 0.5 / 0.75) < 1e-12);
    const QList<QPointF> points = wave(100);
    QCOMPARE(smoothed(points, 0), points);
}

void TestCurveMath::findsTheNearest()
{
    const QList<QPointF> points{{1, 0}, {2, 0}, {4, 0}};
    QCOMPARE(nearestIndex(points, -5), 0);
    QCOMPARE(nearestIndex(points, 1.6), 1);
    QCOMPARE(nearestIndex(points, 3.1), 2);
    QCOMPARE(nearestIndex(points, 99), 2);
    QCOMPARE(nearestIndex({}, 1), -1);
}

void TestCurveMath::placesLinearTicks_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("accuracy") << 0.72 << 0.96
                              << QStringList{u"0.75"_s, u"0.80"_s, u"0.85"_s, u"0.90"_s, u"0.95"_s};
    QTest::newRow("around 0") << -1.0 << 1.0
                              << QStringList{u"−1.0"_s, u"−0.5"_s, u"0.0"_s, u"0.5"_s, u"1.0"_s};
    QTest::newRow("tiny") << 1e-7 << 4e-7
                          << QStringList{u"1E−07"_s, u"2E−07"_s, u"3E−07"_s, u"4E−07"_s};
    QTest::newRow("empty") << 1.0 << 1.0 << QStringList{};
    QTest::newRow("no number") << 0.0 << double(INFINITY) << QStringList{};
}

void TestCurveMath::placesLinearTicks()
{
    QFETCH(double, from);
    QFETCH(double, to);
    QFETCH(QStringList, texts);
    QCOMPARE(textsOf(linearTicks({from, to}, 5)).join(u' ').toUpper(), texts.join(u' '));
}

void TestCurveMath::placesWholeTicks()
{
    const QStringList ten = textsOf(wholeTicks({0.6, 10.4}, 11));
    QCOMPARE(ten.size(), 10);
    QCOMPARE(ten.first(), u"1"_s);
    QCOMPARE(textsOf(wholeTicks({0.6, 1.4}, 11)), QStringList{u"1"_s});
    QCOMPARE(textsOf(wholeTicks({0, 1000}, 5)),
             (QStringList{u"0"_s, u"250"_s, u"500"_s, u"750"_s, u"1,000"_s}));
}

void TestCurveMath::placesLogTicks()
{
    const QList<AxisTick> decades = logTicks({-3, 1}, 5);
    QCOMPARE(textsOf(decades), (QStringList{u"0.001"_s, u"0.01"_s, u"0.1"_s, u"1"_s, u"10"_s}));
    QCOMPARE(decades[0].value, -3.0);
    const QList<AxisTick> one = logTicks({std::log10(0.09), std::log10(1.1)}, 5);
    QCOMPARE(textsOf(one), (QStringList{u"0.1"_s, u"0.2"_s, u"0.5"_s, u"1"_s}));
    const QList<AxisTick> part = logTicks({std::log10(0.25), std::log10(0.45)}, 5);
    QCOMPARE(textsOf(part), (QStringList{u"0.25"_s, u"0.30"_s, u"0.35"_s, u"0.40"_s, u"0.45"_s}));
    for (const AxisTick& tick : part)
        QVERIFY(std::abs(std::pow(10, tick.value) - tick.text.toDouble()) < 1e-9);
    QVERIFY(logTicks({-30, 30}, 5).size() <= 5);
}

void TestCurveMath::padsRanges()
{
    QCOMPARE(padded({0, 10}, 0.1), (AxisRange{-1, 11}));
    QCOMPARE(padded({3, 3}, 0.1), (AxisRange{2.7, 3.3}));
    QCOMPARE(padded({0, 0}, 0.1), (AxisRange{-0.5, 0.5}));
}

void TestCurveMath::neverPlacesTooManyTicks()
{
    for (double length = 1e-6; length < 1e7; length *= 1.7)
        for (const double from : {-0.37 * length, 0.0, 12.3}) {
            const AxisRange range{from, from + length};
            QVERIFY(linearTicks(range, 5).size() <= 5);
            QVERIFY(wholeTicks(range, 7).size() <= 7);
        }
}

void TestCurveMath::followsWhatThereIs()
{
    ChartViewport view;
    view.setFull({0, 10}, {0, 1});
    QCOMPARE(view.x(), (AxisRange{0, 10}));
    view.setFull({0, 20}, {0, 2});
    QCOMPARE(view.x(), (AxisRange{0, 20}));
    QCOMPARE(view.y(), (AxisRange{0, 2}));
    QVERIFY(!view.isZoomed());
}

void TestCurveMath::keepsAZoom()
{
    ChartViewport view;
    view.setFull({0, 10}, {0, 1});
    view.select({2, 4}, {0.25, 0.5});
    QVERIFY(view.isZoomed());
    view.setFull({0, 20}, {-1, 3});
    QCOMPARE(view.x(), (AxisRange{2, 4}));
    QCOMPARE(view.y(), (AxisRange{0.25, 0.5}));
    view.reset();
    QCOMPARE(view.x(), (AxisRange{0, 20}));
}

void TestCurveMath::zoomsAroundAPoint()
{
    ChartViewport view;
    view.setFull({0, 8}, {0, 1});
    view.zoomAt(0.25, 0.5, 2, 1);
    QCOMPARE(view.x(), (AxisRange{1, 5})); // 2 stays at a quarter
    QCOMPARE(view.y(), (AxisRange{0, 1}));
    view.zoomAt(0.25, 0.5, 0.5, 1);
    QVERIFY(!view.isZoomed());
    view.zoomAt(0.5, 0.5, 1e30, 1e30);
    QVERIFY(view.x().length() > 0);
}

void TestCurveMath::pansWithinWhatThereIs()
{
    ChartViewport view;
    view.setFull({0, 10}, {0, 1});
    view.pan(0.5, 0);
    QVERIFY(!view.isZoomed());
    view.select({2, 4}, {0, 1});
    view.pan(0.5, 0);
    QCOMPARE(view.x(), (AxisRange{3, 5}));
    view.pan(100, 0);
    QCOMPARE(view.x(), (AxisRange{8, 10}));
    view.pan(-100, 0);
    QCOMPARE(view.x(), (AxisRange{0, 2}));
}

void TestCurveMath::knowsWhetherALogScaleHidesNothing()
{
    ChartContent content;
    QVERIFY(!content.allPositive());
    content.series.append({u"a"_s, {}, {{1, 0.1}, {2, 10}, {3, NaN}}});
    QVERIFY(content.allPositive());
    content.logScale = true;
    QCOMPARE(content.valueRange(), (AxisRange{-1, 1}));
    content.series.append({u"b"_s, {}, {{1, 0}}});
    QVERIFY(!content.allPositive());
    QCOMPARE(content.valueRange(), (AxisRange{-1, 1}));
    content.logScale = false;
    QCOMPARE(content.valueRange(), (AxisRange{0, 10}));
}

QTEST_GUILESS_MAIN(TestCurveMath)
#include "tst_curve_math.moc"
