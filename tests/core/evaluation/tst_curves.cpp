#include "core/base/random.h"
#include "core/evaluation/confusion_matrix.h"
#include "core/evaluation/curves.h"

#include <QTest>
#include <limits>
#include <vector>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr double Infinity = std::numeric_limits<double>::infinity();

struct Scored {
    std::vector<float> scores;
    std::vector<quint8> positives;
};

Scored randomScores(quint64 seed, int count, int levels)
{
    Random random(seed);
    Scored scored;
    for (int i = 0; i < count; ++i) {
        const bool positive = random.below(3) == 0;
        scored.positives.push_back(positive ? 1 : 0);
        scored.scores.push_back(float(random.below(quint64(levels)) + (positive ? 2 : 0)));
    }
    return scored;
}

/// The definition: all pairs compared.
double pairwiseArea(const Scored& s)
{
    double wins = 0;
    double pairs = 0;
    for (size_t i = 0; i < s.scores.size(); ++i)
        for (size_t j = 0; j < s.scores.size(); ++j)
            if (s.positives[i] != 0 && s.positives[j] == 0) {
                ++pairs;
                wins += s.scores[i] > s.scores[j] ? 1 : s.scores[i] == s.scores[j] ? 0.5 : 0;
            }
    return wins / pairs;
}

double trapezoidArea(const QList<CurvePoint>& points)
{
    double area = 0;
    for (qsizetype i = 1; i < points.size(); ++i)
        area += (points[i].x - points[i - 1].x) * (points[i].y + points[i - 1].y) / 2;
    return area;
}

ConfusionMatrix randomMatrix(quint64 seed)
{
    Random random(seed);
    ConfusionMatrix matrix({u"a"_s, u"b"_s, u"c"_s, u"d"_s});
    for (int i = 0; i < 200; ++i)
        matrix.add(qint64(random.below(4)), qint64(random.below(3)));
    return matrix;
}

} // namespace

class TestCurves final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void degenerate_data();
    void degenerate();
    void rocByHand();
    void precisionRecallByHand();
    void areaEqualsAllPairs_data();
    void areaEqualsAllPairs();
    void thinning_data();
    void thinning();
    void nanScoresComeLast();

    void matrixIgnoresUnknownClasses();
    void emptyMatrix();
    void matrixByHand();
    void matrixSums_data();
    void matrixSums();
};

void TestCurves::degenerate_data()
{
    QTest::addColumn<int>("positives");
    QTest::addColumn<int>("negatives");
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("only positive") << 2 << 0;
    QTest::newRow("only negative") << 0 << 2;
}

void TestCurves::degenerate()
{
    QFETCH(int, positives);
    QFETCH(int, negatives);
    Scored s;
    for (int i = 0; i < positives + negatives; ++i) {
        s.scores.push_back(0.25F * float(i));
        s.positives.push_back(i < positives ? 1 : 0);
    }
    QVERIFY(rocCurve(s.scores, s.positives).isEmpty());
    QCOMPARE(areaUnderRoc(s.scores, s.positives), 0.5);
    QCOMPARE(precisionRecallCurve(s.scores, s.positives).isEmpty(), positives == 0);
    QCOMPARE(averagePrecision(s.scores, s.positives), positives > 0 ? 1.0 : 0.0);
}

void TestCurves::rocByHand()
{
    const std::vector<float> scores = {0.1F, 0.4F, 0.35F, 0.8F};
    const std::vector<quint8> positives = {0, 0, 1, 1};
    const QList<CurvePoint> expected = {{0, 0, Infinity},
                                        {0, 0.5, double(0.8F)},
                                        {0.5, 0.5, double(0.4F)},
                                        {0.5, 1, double(0.35F)},
                                        {1, 1, double(0.1F)}};
    QCOMPARE(rocCurve(scores, positives), expected);
    QCOMPARE(areaUnderRoc(scores, positives), 0.75);
}

void TestCurves::precisionRecallByHand()
{
    const std::vector<float> scores = {0.1F, 0.4F, 0.35F, 0.8F};
    const std::vector<quint8> positives = {0, 0, 1, 1};
    const QList<CurvePoint> points = precisionRecallCurve(scores, positives);
    QCOMPARE(points.size(), 5);
    QCOMPARE(points[0], (CurvePoint{0, 1, Infinity}));
    QCOMPARE(points[1], (CurvePoint{0.5, 1, double(0.8F)}));
    QCOMPARE(points[2], (CurvePoint{0.5, 0.5, double(0.4F)}));
    QCOMPARE(points[3], (CurvePoint{1, 2.0 / 3, double(0.35F)}));
    QCOMPARE(points[4], (CurvePoint{1, 0.5, double(0.1F)}));
    QCOMPARE(averagePrecision(scores, positives), 0.5 + 0.5 * 2 / 3);
}

void TestCurves::areaEqualsAllPairs_data()
{
    QTest::addColumn<int>("levels");
    for (int levels : {1, 2, 5, 40, 1000})
        QTest::addRow("%d levels", levels) << levels;
}

void TestCurves::areaEqualsAllPairs()
{
    QFETCH(int, levels);
    for (quint64 seed = 1; seed <= 5; ++seed) {
        const Scored s = randomScores(seed, 150, levels);
        const double area = areaUnderRoc(s.scores, s.positives);
        QVERIFY(qAbs(area - pairwiseArea(s)) < 1e-12);
        QVERIFY(qAbs(area - trapezoidArea(rocCurve(s.scores, s.positives))) < 1e-12);
    }
}

void TestCurves::thinning_data()
{
    QTest::addColumn<int>("limit");
    for (int limit : {0, 2, 3, 50, 100})
        QTest::addRow("%d points", limit) << limit;
}

void TestCurves::thinning()
{
    QFETCH(int, limit);
    const Scored s = randomScores(3, 3000, 1'000'000);
    for (const bool roc : {true, false}) {
        const auto curve = roc ? rocCurve : precisionRecallCurve;
        const QList<CurvePoint> all = curve(s.scores, s.positives, 1'000'000);
        const QList<CurvePoint> few = curve(s.scores, s.positives, limit);
        QVERIFY(few.size() <= std::max(limit, 2));
        QVERIFY(few.size() >= std::max(limit, 2) * 3 / 4);
        QCOMPARE(few.first(), all.first());
        QCOMPARE(few.last(), all.last());
        for (const CurvePoint& point : few)
            QVERIFY(all.contains(point));
        if (roc && limit >= 50)
            QVERIFY(qAbs(trapezoidArea(few) - trapezoidArea(all)) < 0.01);
    }
}

void TestCurves::nanScoresComeLast()
{
    const std::vector<float> scores = {std::numeric_limits<float>::quiet_NaN(), 0.2F};
    QCOMPARE(areaUnderRoc(scores, std::vector<quint8>{0, 1}), 1.0);
    QCOMPARE(areaUnderRoc(scores, std::vector<quint8>{1, 0}), 0.0);
}

void TestCurves::matrixIgnoresUnknownClasses()
{
    ConfusionMatrix matrix({u"a"_s, u"b"_s});
    matrix.add(-1, 0);
    matrix.add(0, -1);
    matrix.add(2, 0);
    matrix.add(0, 2);
    QCOMPARE(matrix, ConfusionMatrix({u"a"_s, u"b"_s}));
}

void TestCurves::emptyMatrix()
{
    const ConfusionMatrix none;
    QCOMPARE(none.size(), 0);
    QCOMPARE(none.total(), 0);
    QCOMPARE(none.accuracy(), 0.0);
    QVERIFY(none.classScores().isEmpty());
    const ConfusionMatrix empty({u"a"_s});
    QCOMPARE(empty.accuracy(), 0.0);
    QCOMPARE(empty.classScores(), (QList<ClassScores>{{u"a"_s, 0, 0, 0, 0}}));
}

void TestCurves::matrixByHand()
{
    ConfusionMatrix matrix({u"a"_s, u"b"_s});
    matrix.add(0, 0, 3);
    matrix.add(0, 1, 1);
    matrix.add(1, 0, 2);
    matrix.add(1, 1, 4);
    QCOMPARE(matrix.at(0, 1), 1);
    QCOMPARE(matrix.actualCount(0), 4);
    QCOMPARE(matrix.predictedCount(0), 5);
    QCOMPARE(matrix.accuracy(), 0.7);
    const QList<ClassScores> scores = matrix.classScores();
    QCOMPARE(scores[0], (ClassScores{u"a"_s, 0.6, 0.75, 6.0 / 9, 4}));
    QCOMPARE(scores[1], (ClassScores{u"b"_s, 0.8, 4.0 / 6, 8.0 / 11, 6}));
}

void TestCurves::matrixSums_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %d", int(seed)) << seed;
}

void TestCurves::matrixSums()
{
    QFETCH(quint64, seed);
    const ConfusionMatrix matrix = randomMatrix(seed);
    qint64 actual = 0;
    qint64 predicted = 0;
    double correct = 0;
    for (qint64 i = 0; i < matrix.size(); ++i) {
        actual += matrix.actualCount(i);
        predicted += matrix.predictedCount(i);
        const ClassScores scores = matrix.classScores().at(i);
        QCOMPARE(scores.support, matrix.actualCount(i));
        QVERIFY(scores.f1 <= std::max(scores.precision, scores.recall));
        QVERIFY(scores.f1 >= std::min(scores.precision, scores.recall));
        correct += scores.recall * double(scores.support);
    }
    QCOMPARE(actual, 200);
    QCOMPARE(predicted, 200);
    QCOMPARE(matrix.total(), 200);
    QCOMPARE(matrix.predictedCount(3), 0);
    QCOMPARE(matrix.classScores().at(3).precision, 0.0);
    QCOMPARE(correct / 200, matrix.accuracy());
}

QTEST_GUILESS_MAIN(TestCurves)
#include "tst_curves.moc"
