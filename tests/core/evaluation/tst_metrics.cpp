#include "core/base/random.h"
#include "core/evaluation/metrics.h"

#include <QTest>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr float NaN = std::numeric_limits<float>::quiet_NaN();

FeatureDescription classTarget(qint64 classes)
{
    FeatureDescription target{u"kind"_s, Encoding::Categorical, {classes}, {}};
    for (qint64 i = 0; i < classes; ++i)
        target.classes.append(u"class %1"_s.arg(i));
    return target;
}

const FeatureDescription binaryTarget{u"ill"_s, Encoding::Binary, {1}, {u"no"_s, u"yes"_s}};
const FeatureDescription numberTarget{u"price"_s, Encoding::Numeric, {1}, {}};

Outputs outputsOf(std::vector<float> values, qint64 width)
{
    return {qint64(values.size()) / width, width, std::move(values)};
}

BatchColumn classColumn(std::vector<qint64> classes)
{
    return {{1}, {}, std::move(classes)};
}

BatchColumn valueColumn(std::vector<float> values, qint64 width = 1)
{
    return {{width}, std::move(values), {}};
}

/// Class outputs whose highest is the given class.
std::vector<float> oneHot(const std::vector<qint64>& predicted, qint64 width)
{
    std::vector<float> values;
    for (qint64 p : predicted)
        for (qint64 i = 0; i < width; ++i)
            values.push_back(i == p ? 0.9F : 0.1F / float(width));
    return values;
}

} // namespace

using Floats = std::vector<float>;
using Classes = std::vector<qint64>;
Q_DECLARE_METATYPE(Floats)
Q_DECLARE_METATYPE(Classes)

class TestMetrics final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingMeasured_data();
    void nothingMeasured();
    void missingTargetsDoNotCount_data();
    void missingTargetsDoNotCount();
    void nanOutputsAreWrong();
    void outputsNarrowerThanClasses();
    void tableIsConsistent();
    void classes_data();
    void classes();
    void topK_data();
    void topK();
    void tiesGoToTheFirst();
    void binary_data();
    void binary();
    void binaryThreshold();
    void numbers_data();
    void numbers();
    void severalNumbers();
    void numbersInUnitsOfTheFeature();
    void lossIsWeightedByRows();
    void batchesDoNotMatter();
    void cheapAgreesWithFull_data();
    void cheapAgreesWithFull();
    void resetForgets();
    void classAucIsOneAgainstRest();
};

void TestMetrics::nothingMeasured_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("cheap");
    for (const bool cheap : {false, true}) {
        QTest::newRow(cheap ? "classes cheap" : "classes") << 0 << cheap;
        QTest::newRow(cheap ? "binary cheap" : "binary") << 1 << cheap;
        QTest::newRow(cheap ? "numbers cheap" : "numbers") << 2 << cheap;
    }
}

void TestMetrics::nothingMeasured()
{
    QFETCH(int, kind);
    QFETCH(bool, cheap);
    const FeatureDescription targets[] = {classTarget(6), binaryTarget, numberTarget};
    const MetricValues values = createMetrics(targets[kind], cheap)->values();
    QVERIFY(values.contains(u"loss"_s));
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        QCOMPARE(it.value(), 0.0);
}

void TestMetrics::missingTargetsDoNotCount_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("classes") << 0;
    QTest::newRow("binary") << 1;
    QTest::newRow("numbers") << 2;
}

void TestMetrics::missingTargetsDoNotCount()
{
    QFETCH(int, kind);
    const FeatureDescription targets[] = {classTarget(2), binaryTarget, numberTarget};
    const Outputs outputs[] = {outputsOf({0.1F, 0.9F, 0.9F, 0.1F}, 2), outputsOf({0.9F, 0.9F}, 1),
                               outputsOf({5, 100}, 1)};
    const BatchColumn columns[] = {classColumn({1, -1}), classColumn({1, -1}),
                                   valueColumn({5, NaN})};
    const BatchColumn missing[] = {classColumn({-1, -1}), classColumn({-1, -1}),
                                   valueColumn({NaN, NaN})};
    const auto metrics = createMetrics(targets[kind]);
    metrics->add(outputs[kind], columns[kind], 0.5);
    metrics->add(outputs[kind], missing[kind], double(NaN));
    QCOMPARE(metrics->values().value(u"loss"_s), 0.5);
    if (kind == 2)
        QCOMPARE(metrics->values().value(u"mae"_s), 0.0);
    else
        QCOMPARE(metrics->values().value(u"accuracy"_s), 1.0);
}

void TestMetrics::nanOutputsAreWrong()
{
    QCOMPARE(predictedClass({}), -1);
    QCOMPARE(predictedClass(std::vector<float>{NaN, NaN}), 0);
    QCOMPARE(predictedClass(std::vector<float>{NaN, 0.1F, NaN, 0.3F}), 3);
    const auto metrics = createMetrics(classTarget(3));
    metrics->add(outputsOf({NaN, NaN, NaN, NaN, 0.4F, NaN}, 3), classColumn({2, 1}), 1);
    QCOMPARE(metrics->values().value(u"accuracy"_s), 0.5);
    QVERIFY(!qIsNaN(metrics->values().value(u"auc"_s)));
    const auto binary = createMetrics(binaryTarget);
    binary->add(outputsOf({NaN, 0.8F}, 1), classColumn({1, 1}), 1);
    QCOMPARE(binary->values().value(u"accuracy"_s), 0.5);
}

void TestMetrics::outputsNarrowerThanClasses()
{
    const auto metrics = createMetrics(classTarget(4));
    metrics->add(outputsOf({0.2F, 0.8F, 0.6F, 0.4F}, 2), classColumn({1, 3}), 0.25);
    QCOMPARE(metrics->values().value(u"accuracy"_s), 1.0);
    QCOMPARE(metrics->values().value(u"loss"_s), 0.25);
}

void TestMetrics::tableIsConsistent()
{
    QStringList keys;
    for (const MetricDescription& metric : metricDescriptions()) {
        QVERIFY(!metric.label.isEmpty());
        QVERIFY2(metric.help.endsWith(u'.'), qPrintable(metric.key));
        QCOMPARE(findMetric(metric.key), &metric);
        keys.append(metric.key);
    }
    QCOMPARE(keys.removeDuplicates(), 0);
    QCOMPARE(findMetric(u"speed"_s), nullptr);
    QStringList given;
    for (const FeatureDescription& target : {classTarget(5), binaryTarget, numberTarget}) {
        given += createMetrics(target)->values().keys();
        QVERIFY(keys.contains(primaryMetric(targetKindOf(target))));
    }
    for (const QString& key : keys)
        QVERIFY2(given.contains(key), qPrintable(key));
    for (const QString& key : given)
        QVERIFY2(keys.contains(key), qPrintable(key));
}

void TestMetrics::classes_data()
{
    QTest::addColumn<Classes>("actual");
    QTest::addColumn<Classes>("predicted");
    QTest::addColumn<QString>("key");
    QTest::addColumn<double>("expected");
    // Confusion: a 2 of 3 right (1 as b), b 1 of 2 (1 as c), c 1 of 1.
    const Classes actual = {0, 0, 0, 1, 1, 2};
    const Classes predicted = {0, 0, 1, 1, 2, 2};
    const auto row = [&](const char* key, double value) {
        QTest::newRow(key) << actual << predicted << QString::fromLatin1(key) << value;
    };
    row("accuracy", 4.0 / 6);
    row("precision_macro", (1.0 + 0.5 + 0.5) / 3);
    row("recall_macro", (2.0 / 3 + 0.5 + 1.0) / 3);
    row("f1_macro", (0.8 + 0.5 + 2.0 / 3) / 3);
    row("precision_micro", 4.0 / 6);
    row("recall_micro", 4.0 / 6);
    row("f1_micro", 4.0 / 6);
    QTest::newRow("absent class is left out of the macro mean")
        << Classes{0, 1} << Classes{0, 1} << u"f1_macro"_s << 1.0;
    QTest::newRow("only one class: no ranking")
        << Classes{1, 1} << Classes{1, 0} << u"auc"_s << 0.5;
}

void TestMetrics::classes()
{
    QFETCH(Classes, actual);
    QFETCH(Classes, predicted);
    QFETCH(QString, key);
    QFETCH(double, expected);
    const auto metrics = createMetrics(classTarget(3));
    metrics->add(outputsOf(oneHot(predicted, 3), 3), classColumn(actual), 1);
    QCOMPARE(metrics->values().value(key, -1), expected);
}

void TestMetrics::topK_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<qint64>("actual");
    QTest::addColumn<double>("top3");
    QTest::addColumn<double>("top5");
    QTest::newRow("two classes have neither") << 2 << qint64(0) << -1.0 << -1.0;
    QTest::newRow("three classes have top 3") << 3 << qint64(0) << 1.0 << -1.0;
    QTest::newRow("third of seven") << 7 << qint64(4) << 1.0 << 1.0;
    QTest::newRow("fourth of seven") << 7 << qint64(3) << 0.0 << 1.0;
    QTest::newRow("fifth of seven") << 7 << qint64(2) << 0.0 << 1.0;
    QTest::newRow("sixth of seven") << 7 << qint64(1) << 0.0 << 0.0;
}

void TestMetrics::topK()
{
    QFETCH(int, classes);
    QFETCH(qint64, actual);
    QFETCH(double, top3);
    QFETCH(double, top5);
    std::vector<float> ascending;
    for (int i = 0; i < classes; ++i)
        ascending.push_back(float(i) / 10);
    const auto metrics = createMetrics(classTarget(classes));
    metrics->add(outputsOf(ascending, classes), classColumn({actual}), 1);
    QCOMPARE(metrics->values().value(u"top_3"_s, -1), top3);
    QCOMPARE(metrics->values().value(u"top_5"_s, -1), top5);
}

void TestMetrics::tiesGoToTheFirst()
{
    const auto metrics = createMetrics(classTarget(6));
    const std::vector<float> equal(12, 0.25F);
    metrics->add(outputsOf(equal, 6), classColumn({0, 3}), 1);
    QCOMPARE(metrics->values().value(u"accuracy"_s), 0.5);
    QCOMPARE(metrics->values().value(u"top_3"_s), 0.5);
    QCOMPARE(metrics->values().value(u"auc"_s), 0.5);
}

void TestMetrics::binary_data()
{
    QTest::addColumn<Floats>("scores");
    QTest::addColumn<Classes>("actual");
    QTest::addColumn<QString>("key");
    QTest::addColumn<double>("expected");
    // True positives 2, false positives 1, false negatives 1, true negatives 1.
    const Floats scores = {0.9F, 0.5F, 0.7F, 0.2F, 0.1F};
    const Classes actual = {1, 1, 0, 1, 0};
    const auto row = [&](const char* key, double value) {
        QTest::newRow(key) << scores << actual << QString::fromLatin1(key) << value;
    };
    row("accuracy", 0.6);
    row("precision", 2.0 / 3);
    row("recall", 2.0 / 3);
    row("f1", 2.0 / 3);
    row("auc", 4.0 / 6);
    QTest::newRow("never predicted")
        << Floats{0.1F, 0.2F} << Classes{1, 0} << u"precision"_s << 0.0;
    QTest::newRow("never predicted f1") << Floats{0.1F, 0.2F} << Classes{0, 0} << u"f1"_s << 0.0;
    QTest::newRow("ties count half")
        << Floats{0.5F, 0.5F, 0.5F, 0.9F} << Classes{1, 0, 0, 1} << u"auc"_s << 0.75;
    QTest::newRow("one class") << Floats{0.5F, 0.7F} << Classes{1, 1} << u"auc"_s << 0.5;
}

void TestMetrics::binary()
{
    QFETCH(Floats, scores);
    QFETCH(Classes, actual);
    QFETCH(QString, key);
    QFETCH(double, expected);
    const auto metrics = createMetrics(binaryTarget);
    metrics->add(outputsOf(scores, 1), classColumn(actual), 1);
    QCOMPARE(metrics->values().value(key, -1), expected);
}

void TestMetrics::binaryThreshold()
{
    const auto metrics = createMetrics(binaryTarget, false, {{}, 0.0F});
    metrics->add(outputsOf({-0.4F, 0.2F}, 1), classColumn({0, 1}), 1);
    QCOMPARE(metrics->values().value(u"accuracy"_s), 1.0);
}

void TestMetrics::numbers_data()
{
    QTest::addColumn<Floats>("predicted");
    QTest::addColumn<Floats>("actual");
    QTest::addColumn<QString>("key");
    QTest::addColumn<double>("expected");
    const Floats predicted = {2.5F, 0.0F, 2.0F, 8.0F};
    const Floats actual = {3.0F, -0.5F, 2.0F, 7.0F};
    const auto row = [&](const char* key, double value) {
        QTest::newRow(key) << predicted << actual << QString::fromLatin1(key) << value;
    };
    row("mae", 0.5);
    row("mse", 0.375);
    row("rmse", std::sqrt(0.375));
    row("r2", 1 - 1.5 / 29.1875);
    QTest::newRow("constant target, right") << Floats{4, 4} << Floats{4, 4} << u"r2"_s << 1.0;
    QTest::newRow("constant target, wrong") << Floats{4, 5} << Floats{4, 4} << u"r2"_s << 0.0;
    QTest::newRow("one example") << Floats{3} << Floats{1} << u"mse"_s << 4.0;
    QTest::newRow("large offset keeps its digits")
        << Floats{1e6F, 1e6F} << Floats{1e6F + 1, 1e6F - 1} << u"r2"_s << 0.0;
}

void TestMetrics::numbers()
{
    QFETCH(Floats, predicted);
    QFETCH(Floats, actual);
    QFETCH(QString, key);
    QFETCH(double, expected);
    const auto metrics = createMetrics(numberTarget);
    metrics->add(outputsOf(predicted, 1), valueColumn(actual), 1);
    QCOMPARE(metrics->values().value(key, -99), expected);
}

void TestMetrics::severalNumbers()
{
    const FeatureDescription target{u"place"_s, Encoding::Numeric, {2}, {}};
    const auto metrics = createMetrics(target);
    // First number perfect, second always the mean: R² is the mean of 1 and 0.
    metrics->add(outputsOf({1, 5, 2, 5, 9, 9}, 2), valueColumn({1, 4, 2, 6, NaN, 9}, 2), 1);
    QCOMPARE(metrics->values().value(u"r2"_s), 0.5);
    QCOMPARE(metrics->values().value(u"mae"_s), 0.5);
    QCOMPARE(metrics->values().value(u"mse"_s), 0.5);
}

void TestMetrics::numbersInUnitsOfTheFeature()
{
    const ValueScale scale = valueScale(Normalization::Standardization, {100, 20, 0, 1, 0, {}});
    const auto metrics = createMetrics(numberTarget, false, {scale, 0.5F});
    metrics->add(outputsOf({0.5F, -1}, 1), valueColumn({1, -1}), 0.125);
    QCOMPARE(metrics->values().value(u"mae"_s), 5.0);
    QCOMPARE(metrics->values().value(u"mse"_s), 50.0);
    QCOMPARE(metrics->values().value(u"loss"_s), 0.125);
    QCOMPARE(scale.toUnits(scale.toNetwork(37)), 37.0);
    QCOMPARE(valueScale(Normalization::None, {100, 20, 0, 1, 0, {}}), ValueScale());
    QCOMPARE(valueScale(Normalization::MinMax, {5, 1, 3, 7, 0, {}}).toUnits(0.5), 5.0);
    QCOMPARE(valueScale(Normalization::MinMax, {3, 1, 3, 3, 0, {}}).toNetwork(3), 0.0);
}

void TestMetrics::lossIsWeightedByRows()
{
    const auto metrics = createMetrics(binaryTarget, true);
    metrics->add(outputsOf({1, 1, 1}, 1), classColumn({1, 1, 1}), 1);
    metrics->add(outputsOf({1}, 1), classColumn({1}), 5);
    QCOMPARE(metrics->values().value(u"loss"_s), 2.0);
}

void TestMetrics::batchesDoNotMatter()
{
    Random random(7);
    std::vector<float> values;
    Classes actual;
    for (int i = 0; i < 60; ++i) {
        actual.push_back(qint64(random.below(4)));
        for (int c = 0; c < 4; ++c)
            values.push_back(float(random.below(10)) / 10);
    }
    const auto whole = createMetrics(classTarget(4));
    whole->add(outputsOf(values, 4), classColumn(actual), 1);
    const auto pieces = createMetrics(classTarget(4));
    for (int from = 0; from < 60; from += 7) {
        const int to = std::min(from + 7, 60);
        pieces->add(outputsOf({values.begin() + from * 4, values.begin() + to * 4}, 4),
                    classColumn({actual.begin() + from, actual.begin() + to}), 1);
    }
    QCOMPARE(pieces->values(), whole->values());
}

void TestMetrics::cheapAgreesWithFull_data()
{
    missingTargetsDoNotCount_data();
}

void TestMetrics::cheapAgreesWithFull()
{
    QFETCH(int, kind);
    const FeatureDescription targets[] = {classTarget(2), binaryTarget, numberTarget};
    const Outputs outputs[] = {outputsOf({0.1F, 0.9F, 0.9F, 0.1F}, 2), outputsOf({0.9F, 0.2F}, 1),
                               outputsOf({5, 100}, 1)};
    const BatchColumn columns[] = {classColumn({1, 1}), classColumn({1, 1}), valueColumn({4, 98})};
    const auto cheap = createMetrics(targets[kind], true);
    const auto full = createMetrics(targets[kind], false);
    cheap->add(outputs[kind], columns[kind], 0.5);
    full->add(outputs[kind], columns[kind], 0.5);
    const MetricValues expected = full->values();
    const MetricValues given = cheap->values();
    QVERIFY(given.size() < expected.size());
    for (auto it = given.cbegin(); it != given.cend(); ++it)
        QCOMPARE(it.value(), expected.value(it.key(), -1));
}

void TestMetrics::resetForgets()
{
    for (const FeatureDescription& target : {classTarget(3), binaryTarget}) {
        const auto metrics = createMetrics(target);
        metrics->add(outputsOf(std::vector<float>(6, 0.9F), target.shape.channels()),
                     classColumn({1, 0}), 3);
        const MetricValues first = metrics->values();
        metrics->reset();
        QCOMPARE(metrics->values(), createMetrics(target)->values());
        metrics->add(outputsOf(std::vector<float>(6, 0.9F), target.shape.channels()),
                     classColumn({1, 0}), 3);
        QCOMPARE(metrics->values(), first);
    }
}

void TestMetrics::classAucIsOneAgainstRest()
{
    // Class 0: 1 of 2 pairs and a tie; class 1: both; class 2: both.
    const std::vector<float> values = {0.5F, 0.3F, 0.2F, 0.5F, 0.4F, 0.1F, 0.1F, 0.2F, 0.7F};
    const auto metrics = createMetrics(classTarget(3));
    metrics->add(outputsOf(values, 3), classColumn({0, 1, 2}), 1);
    QCOMPARE(metrics->values().value(u"auc"_s), (0.75 + 1.0 + 1.0) / 3);
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
