#include "core/base/feature_description.h"
#include "core/base/id.h"
#include "core/base/issue.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/shape.h"
#include "core/base/system.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QSet>
#include <QTest>
#include <numeric>
#include <vector>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0)
        return failure(ErrorCode::InvalidInput, u"%1 is odd."_s.arg(number));
    return number / 2;
}

Result<QString> halfAsText(int number)
{
    const Result<int> result = half(number);
    if (!result)
        return failureOf(result);
    return QString::number(*result);
}

} // namespace

class BaseTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resultCarriesValueOrError();
    void idsOfOneKindCompare();
    void shapeText_data();
    void shapeText();
    void shapeJson();
    void enumNames();
    void issueSentences();
    void randomIsTheSameEverywhere();
    void randomBelowIsUniform();
    void randomNormalHasMoments();
    void shuffleIsAPermutation();
    void derivedSeedsDiffer();
    void systemTellsProcessorsAndMemory();
    void peakMemoryCanBeForgotten();
};

void BaseTest::resultCarriesValueOrError()
{
    QCOMPARE(*halfAsText(8), u"4"_s);
    QCOMPARE(halfAsText(3).error(), (Error{ErrorCode::InvalidInput, u"3 is odd."_s}));
}

void BaseTest::idsOfOneKindCompare()
{
    using NumberId = Id<struct NumberTag>;
    QVERIFY(!NumberId().isValid());
    QVERIFY(NumberId(3) < NumberId(4));
    const QSet<NumberId> ids{NumberId(3), NumberId(3), NumberId(4)};
    QCOMPARE(ids.size(), 2);
}

void BaseTest::shapeText_data()
{
    QTest::addColumn<QList<qint64>>("sizes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("count");
    QTest::newRow("unknown") << QList<qint64>{} << u"–"_s << qint64(0);
    QTest::newRow("vector") << QList<qint64>{128} << u"128"_s << qint64(128);
    QTest::newRow("image") << QList<qint64>{28, 28, 1} << u"28×28×1"_s << qint64(784);
}

void BaseTest::shapeText()
{
    QFETCH(QList<qint64>, sizes);
    const Shape shape(sizes);
    QTEST(shape.toString(), "text");
    QTEST(shape.elementCount(), "count");
}

void BaseTest::shapeJson()
{
    const Shape shape{7, 7, 64};
    QCOMPARE(Shape::fromJson(shape.toJson()), shape);
    QCOMPARE(shape.channels(), 64);
    QVERIFY(Shape::fromJson({3, -1}).isEmpty());
    QVERIFY(Shape::fromJson({3, u"x"_s}).isEmpty());
    QVERIFY(Shape::fromJson({3, 2.5}).isEmpty());
}

void BaseTest::enumNames()
{
    QCOMPARE(enumKey(Encoding::Binary), u"binary"_s);
    QCOMPARE(enumLabel(Encoding::Binary), u"Binary"_s);
    QCOMPARE(enumFromName<Encoding>(u"IMAGE"_s), std::optional(Encoding::Image));
    QVERIFY(!enumFromName<Encoding>(u"sound"_s));
    QCOMPARE(enumKeys<IssueLevel>(),
             (QStringList{u"error"_s, u"warning"_s, u"hint"_s, u"done"_s, u"note"_s}));
}

void BaseTest::issueSentences()
{
    QCOMPARE(issueSentence({IssueLevel::Error, u"Input"_s, u"choose a feature"_s, 1}),
             u"Input: choose a feature"_s);
    QCOMPARE(issueSentence({IssueLevel::Error, {}, u"the graph has a cycle"_s, 0}),
             u"the graph has a cycle"_s);
}

void BaseTest::randomIsTheSameEverywhere()
{
    Random random(5489);
    quint64 value = 0;
    for (int i = 0; i < 10'000; ++i)
        value = random.next();
    QCOMPARE(value, quint64(9981545732273789042ULL)); // the standard's own check of mt19937_64
}

void BaseTest::randomBelowIsUniform()
{
    Random random(1);
    QList<int> counts(6, 0);
    for (int i = 0; i < 60'000; ++i)
        ++counts[qsizetype(random.below(6))];
    for (int count : counts)
        QVERIFY2(qAbs(count - 10'000) < 500, qPrintable(QString::number(count)));
}

void BaseTest::randomNormalHasMoments()
{
    Random random(2);
    double sum = 0;
    double squares = 0;
    constexpr int Count = 100'000;
    for (int i = 0; i < Count; ++i) {
        const double value = random.normal();
        sum += value;
        squares += value * value;
    }
    QVERIFY(qAbs(sum / Count) < 0.02);
    QVERIFY(qAbs(squares / Count - 1) < 0.02);
}

void BaseTest::shuffleIsAPermutation()
{
    std::vector<int> values(1000);
    std::iota(values.begin(), values.end(), 0);
    const std::vector<int> sorted = values;
    Random(3).shuffle(std::span(values));
    QVERIFY(values != sorted);
    std::ranges::sort(values);
    QCOMPARE(values, sorted);
}

void BaseTest::derivedSeedsDiffer()
{
    QSet<quint64> seeds;
    for (quint64 seed = 0; seed < 30; ++seed)
        for (quint64 use = 0; use < 30; ++use)
            seeds.insert(deriveSeed(seed, use));
    QCOMPARE(seeds.size(), 900);
    QCOMPARE(deriveSeed(1, 2), deriveSeed(1, 2));
}

void BaseTest::systemTellsProcessorsAndMemory()
{
    QVERIFY(usableProcessors() >= 1);
#ifdef Q_OS_LINUX
    QVERIFY(peakMemoryBytes() > 1'000'000);
#endif
}

void BaseTest::peakMemoryCanBeForgotten()
{
#ifdef Q_OS_LINUX
    if (!QFileInfo(u"/proc/self/clear_refs"_s).isWritable())
        QSKIP("this system keeps the peak of the whole process");
    constexpr qsizetype Much = 200'000'000;
    QByteArray(Much, 'x').append('y');
    const qint64 before = peakMemoryBytes();
    QVERIFY(before > Much);
    resetPeakMemory();
    QVERIFY(peakMemoryBytes() < before - Much / 2);
#endif
}

QTEST_GUILESS_MAIN(BaseTest)
#include "tst_base.moc"
