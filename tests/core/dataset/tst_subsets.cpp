#include "core/dataset/feature_column.h"
#include "core/dataset/subsets.h"
#include "tests/core/dataset/dataset_fixture.h"

#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

constexpr double Missing = std::numeric_limits<double>::quiet_NaN();

std::vector<RowIndex> rowsUpTo(size_t rows)
{
    std::vector<RowIndex> all(rows);
    std::iota(all.begin(), all.end(), RowIndex(0));
    return all;
}

} // namespace

class TestSubsets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void complementsAreDisjointAndAllRows_data();
    void complementsAreDisjointAndAllRows();
    void sizesAreExact_data();
    void sizesAreExact();
    void sameSeedSameRows();
    void conditions_data();
    void conditions();
    void refusesConditions_data();
    void refusesConditions();
    void conditionBeforeRandomPart();

private:
    std::shared_ptr<const PackedStore> m_store;
    std::vector<FeatureColumn> m_features;
    SmallStore m_builder;
};

void TestSubsets::initTestCase()
{
    m_builder.addTensor<double>(u"price"_s, {1}, {1, 2.5, Missing, -3, 10, 2.5});
    m_builder.addTexts(u"label"_s, {u"Bag"_s, u"shoe"_s, u"bag"_s, QString(), u"hat"_s, u"hat"_s});
    m_builder.addTexts(u"grade"_s, {u"9"_s, u"10"_s, u"2"_s, u"2"_s, u"x"_s, u"9"_s});
    m_builder.addTexts(u"count"_s, {u"9"_s, u"10"_s, u"2"_s, u""_s, QString(), u"09"_s},
                       Encoding::Numeric);
    m_builder.addTensor<quint8>(u"image"_s, {1, 2, 1}, std::vector<quint8>(12), Encoding::Image);
    m_store = m_builder.finish();
    for (const FeatureSettings& feature : defaultSettings(m_store->manifest()).features) {
        auto column = FeatureColumn::create(*m_store, feature);
        QVERIFY_OK(column);
        m_features.push_back(std::move(*column));
    }
}

void TestSubsets::complementsAreDisjointAndAllRows_data()
{
    QTest::addColumn<double>("percent");
    for (double percent : {0.0, 0.1, 1.0, 12.5, 33.3, 100.0 / 3, 50.0, 66.7, 80.0, 99.9, 100.0})
        QTest::newRow(qPrintable(QString::number(percent))) << percent;
}

void TestSubsets::complementsAreDisjointAndAllRows()
{
    QFETCH(double, percent);
    for (size_t n = 0; n <= 50; ++n)
        for (quint64 seed : {1ULL, 99ULL}) {
            std::vector<RowIndex> both = randomPart(rowsUpTo(n), {seed, FromEnd::Start, percent});
            const std::vector<RowIndex> end =
                randomPart(rowsUpTo(n), {seed, FromEnd::End, 100 - percent});
            QVERIFY(std::ranges::is_sorted(both) && std::ranges::is_sorted(end));
            both.insert(both.end(), end.begin(), end.end());
            std::ranges::sort(both);
            QCOMPARE(both, rowsUpTo(n));
        }
}

void TestSubsets::sizesAreExact_data()
{
    complementsAreDisjointAndAllRows_data();
}

void TestSubsets::sizesAreExact()
{
    QFETCH(double, percent);
    for (size_t n : {0, 1, 2, 3, 5, 49, 50, 1000, 70'000}) {
        const double exact = double(n) * percent / 100;
        for (FromEnd from : {FromEnd::Start, FromEnd::End}) {
            const auto part = randomPart(rowsUpTo(n), {5, from, percent});
            QVERIFY(std::abs(double(part.size()) - exact) <= 0.5 + 1e-3);
        }
    }
    QCOMPARE(randomPart(rowsUpTo(70'000), {5, FromEnd::Start, 80}).size(), size_t(56'000));
}

void TestSubsets::sameSeedSameRows()
{
    const RandomFilter filter{1, FromEnd::Start, 50};
    const auto part = randomPart(rowsUpTo(20), filter);
    QCOMPARE(randomPart(rowsUpTo(20), filter), part);
    QVERIFY(randomPart(rowsUpTo(20), {2, FromEnd::Start, 50}) != part);
    QVERIFY(part != rowsUpTo(10)); // random, not the first
    QCOMPARE(randomPart({7, 9, 11}, {1, FromEnd::Start, 100}), (std::vector<RowIndex>{7, 9, 11}));
}

void TestSubsets::conditions_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<Comparison>("comparison");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QList<int>>("rows");
    using enum Comparison;
    const auto row = [](const QString& feature, Comparison comparison, const QString& value,
                        const QList<int>& rows) {
        QTest::newRow(qPrintable(feature + u' ' + enumKey(comparison) + u' ' + value))
            << feature << comparison << value << rows;
    };
    row(u"price"_s, Equal, u"2.50"_s, {1, 5});
    row(u"price"_s, NotEqual, u"2.5"_s, {0, 3, 4}); // the missing value passes nothing
    row(u"price"_s, Less, u"2.5"_s, {0, 3});
    row(u"price"_s, Greater, u"-3"_s, {0, 1, 4, 5});
    row(u"price"_s, Contains, u"2"_s, {1, 5});
    row(u"price"_s, Contains, u""_s, {0, 1, 3, 4, 5});
    row(u"label"_s, Equal, u"bag"_s, {2}); // minds the case
    row(u"label"_s, NotEqual, u"hat"_s, {0, 1, 2});
    row(u"label"_s, Contains, u"BA"_s, {0, 2}); // does not
    row(u"label"_s, Contains, u"zzz"_s, {});
    row(u"label"_s, Less, u"b"_s, {0});
    row(u"grade"_s, Less, u"9.5"_s, {0, 2, 3, 5}); // numbers as numbers, "x" by code unit
    row(u"grade"_s, Greater, u"9"_s, {1, 4});
    row(u"count"_s, Equal, u"9"_s, {0, 5});
    row(u"count"_s, Less, u"10"_s, {0, 2, 5});
}

void TestSubsets::conditions()
{
    QFETCH(QString, feature);
    QFETCH(Comparison, comparison);
    QFETCH(QString, value);
    QFETCH(QList<int>, rows);
    const SubsetSettings subset{u"s"_s, ConditionFilter{feature, comparison, value}, {}};
    const auto selected = selectRows(subset, m_store->rows(), m_features);
    QVERIFY_OK(selected);
    QCOMPARE(*selected, std::vector<RowIndex>(rows.begin(), rows.end()));
}

void TestSubsets::refusesConditions_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("part");
    QTest::newRow("unknown feature") << u"cost"_s << u"1"_s << u"“price”, “label”"_s;
    QTest::newRow("image") << u"image"_s << u"1"_s << u"no single value"_s;
    QTest::newRow("no number") << u"price"_s << u"ten"_s << u"no number"_s;
    QTest::newRow("no number for texts of numbers") << u"count"_s << u""_s << u"no number"_s;
}

void TestSubsets::refusesConditions()
{
    QFETCH(QString, feature);
    QFETCH(QString, value);
    QFETCH(QString, part);
    const SubsetSettings subset{u"s"_s, ConditionFilter{feature, Comparison::Less, value}, {}};
    QVERIFY_REFUSED(selectRows(subset, m_store->rows(), m_features), part);
}

void TestSubsets::conditionBeforeRandomPart()
{
    const ConditionFilter hats{u"label"_s, Comparison::Equal, u"hat"_s};
    std::vector<RowIndex> both;
    for (FromEnd from : {FromEnd::Start, FromEnd::End}) {
        const auto half = selectRows({u"s"_s, hats, RandomFilter{1, from, 50}}, 6, m_features);
        QVERIFY_OK(half);
        QCOMPARE(half->size(), size_t(1));
        both.push_back(half->front());
    }
    std::ranges::sort(both);
    QCOMPARE(both, (std::vector<RowIndex>{4, 5}));
}

QTEST_GUILESS_MAIN(TestSubsets)
#include "tst_subsets.moc"
