#include "ui/widgets/number_text.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>
#include <limits>

using namespace Qt::StringLiterals;
using namespace espalier;

class TestNumberText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void counts_data();
    void counts();
    void metrics_data();
    void metrics();
    void bytes_data();
    void bytes();
    void durations_data();
    void durations();
    void percents();
    void times_data();
    void times();
    void followsTheLocale();
};

void TestNumberText::counts_data()
{
    QTest::addColumn<qint64>("count");
    QTest::addColumn<QString>("full");
    QTest::addColumn<QString>("compact");
    QTest::newRow("zero") << qint64(0) << u"0"_s << u"0"_s;
    QTest::newRow("thousands") << qint64(70000) << u"70,000"_s << u"70,000"_s;
    QTest::newRow("below a million") << qint64(999999) << u"999,999"_s << u"999,999"_s;
    QTest::newRow("million") << qint64(1000000) << u"1,000,000"_s << u"1.00 M"_s;
    QTest::newRow("millions") << qint64(7468032) << u"7,468,032"_s << u"7.47 M"_s;
    QTest::newRow("ten millions") << qint64(12345678) << u"12,345,678"_s << u"12.3 M"_s;
    QTest::newRow("almost a billion") << qint64(999999999) << u"999,999,999"_s << u"1.00 G"_s;
    QTest::newRow("billions") << qint64(4100000000) << u"4,100,000,000"_s << u"4.10 G"_s;
    QTest::newRow("negative") << qint64(-70000) << u"−70,000"_s << u"−70,000"_s;
}

void TestNumberText::counts()
{
    QFETCH(const qint64, count);
    QTEST(countText(count), "full");
    QTEST(compactCountText(count), "compact");
}

void TestNumberText::metrics_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("precise");
    QTest::newRow("accuracy") << 0.91204 << u"0.9120"_s << u"0.91204"_s;
    QTest::newRow("one") << 1.0 << u"1.0000"_s << u"1.00000"_s;
    QTest::newRow("zero") << 0.0 << u"0.0000"_s << u"0.00000"_s;
    QTest::newRow("negative") << -0.5 << u"−0.5000"_s << u"−0.50000"_s;
    QTest::newRow("tens") << 12.34567 << u"12.346"_s << u"12.3457"_s;
    QTest::newRow("thousands") << 1234.567 << u"1,234.6"_s << u"1,234.57"_s;
    QTest::newRow("tiny") << 0.00001234 << u"1.234E−05"_s << u"1.2340E−05"_s;
    QTest::newRow("huge") << 12345678.0 << u"1.235E+07"_s << u"1.2346E+07"_s;
    QTest::newRow("none") << qQNaN() << u"–"_s << u"–"_s;
    QTest::newRow("infinite") << qInf() << u"∞"_s << u"∞"_s;
    QTest::newRow("minus infinite") << -qInf() << u"−∞"_s << u"−∞"_s;
}

void TestNumberText::metrics()
{
    QFETCH(const double, value);
    QTEST(metricText(value), "text");
    QTEST(preciseMetricText(value), "precise");
}

void TestNumberText::bytes_data()
{
    QTest::addColumn<double>("size");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0.0 << u"0 B"_s;
    QTest::newRow("bytes") << 512.0 << u"512 B"_s;
    QTest::newRow("small") << 1500.0 << u"1.5 kB"_s;
    QTest::newRow("kilobytes") << 50176.0 << u"50 kB"_s;
    QTest::newRow("rounds up") << 999600.0 << u"1.00 MB"_s;
    QTest::newRow("megabytes") << 12.4e6 << u"12.4 MB"_s;
    QTest::newRow("hundreds") << 412e6 << u"412 MB"_s;
    QTest::newRow("gigabytes") << 1.25e9 << u"1.25 GB"_s;
    QTest::newRow("beyond") << 2e15 << u"2,000 TB"_s;
    QTest::newRow("unknown") << qQNaN() << u"–"_s;
}

void TestNumberText::bytes()
{
    QFETCH(const double, size);
    QTEST(bytesText(size), "text");
}

void TestNumberText::durations_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0.0 << u"0.0 s"_s;
    QTest::newRow("short") << 0.42 << u"0.4 s"_s;
    QTest::newRow("almost a second") << 0.97 << u"1 s"_s;
    QTest::newRow("seconds") << 46.2 << u"46 s"_s;
    QTest::newRow("rounds to a minute") << 59.7 << u"1 min"_s;
    QTest::newRow("minutes") << 81.0 << u"1 min 21 s"_s;
    QTest::newRow("hours") << 7500.0 << u"2 h 5 min"_s;
    QTest::newRow("days") << 97200.0 << u"1 d 3 h"_s;
    QTest::newRow("unknown") << qQNaN() << u"–"_s;
}

void TestNumberText::durations()
{
    QFETCH(const double, seconds);
    QTEST(durationText(seconds), "text");
}

void TestNumberText::percents()
{
    QCOMPARE(percentText(0.64), u"64 %"_s);
    QCOMPARE(percentText(1), u"100 %"_s);
    QCOMPARE(percentText(qQNaN()), u"–"_s);
}

void TestNumberText::times_data()
{
    QTest::addColumn<QDateTime>("time");
    QTest::addColumn<QString>("text");
    const auto at = [](int year, int month, int day, int hour, int minute) {
        return QDateTime(QDate(year, month, day), QTime(hour, minute));
    };
    QTest::newRow("today") << at(2026, 11, 24, 14, 2) << u"Today, 14:02"_s;
    QTest::newRow("just before midnight") << at(2026, 11, 23, 23, 59) << u"Yesterday, 23:59"_s;
    QTest::newRow("this year") << at(2026, 11, 14, 9, 0) << u"14 November"_s;
    QTest::newRow("another year") << at(2025, 11, 14, 9, 0) << u"14 November 2025"_s;
    QTest::newRow("never") << QDateTime() << u"–"_s;
}

void TestNumberText::times()
{
    QFETCH(const QDateTime, time);
    const QDateTime now(QDate(2026, 11, 24), QTime(15, 0));
    QTEST(dateTimeText(time, now), "text");
    QTEST(dateTimeText(time.toUTC(), now), "text");
}

void TestNumberText::followsTheLocale()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(countText(70000), u"70.000"_s);
    QCOMPARE(metricText(0.912), u"0,9120"_s);
    // Bare systems: thousands all the same.
    QLocale::setDefault(QLocale::c());
    QCOMPARE(countText(70000), u"70,000"_s);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

QTEST_APPLESS_MAIN(TestNumberText)
#include "tst_number_text.moc"
