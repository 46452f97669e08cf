#include "core/dataset/import/formats/csv_reader.h"

#include <QBuffer>
#include <QStringEncoder>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<QIODevice> deviceOf(const QByteArray& bytes)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(bytes);
    buffer->open(QIODevice::ReadOnly);
    return buffer;
}

/// Every row as "a|b|c", a row that cannot be read as "!number".
QStringList rowsOf(const QByteArray& bytes)
{
    QStringList rows;
    const auto reader = CsvReader::open(deviceOf(bytes), u"t.csv"_s);
    if (!reader)
        return {reader.error().message};
    rows.append(QString::fromUtf8((*reader)->header().join('|')));
    CsvRow row;
    while ((*reader)->next(row).value_or(false)) {
        QStringList cells;
        for (QByteArrayView cell : row.cells)
            cells.append(QString::fromUtf8(cell));
        rows.append(row.problem.isEmpty() ? cells.join(u'|') : u"!%1"_s.arg(row.number));
    }
    return rows;
}

class BrokenDevice final : public QIODevice {
public:
    BrokenDevice() { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char* data, qint64 size) override
    {
        if (m_given)
            return -1;
        m_given = true;
        memset(data, '\n', size_t(size));
        memcpy(data, "a,b\n", 4);
        return size;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    bool m_given = false;
};

} // namespace

class TestCsvReader final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("rows");
        const QStringList plain = {u"a|b"_s, u"1|x"_s, u"2|y"_s};
        const QString umlauts = u"größe,x\nä,1\n"_s;
        QTest::newRow("comma") << QByteArray("a,b\n1,x\n2,y\n") << plain;
        QTest::newRow("semicolon") << QByteArray("a;b\n1;x\n2;y\n") << plain;
        QTest::newRow("tab") << QByteArray("a\tb\n1\tx\n2\ty\n") << plain;
        QTest::newRow("windows lines") << QByteArray("a,b\r\n1,x\r\n2,y\r\n") << plain;
        QTest::newRow("old mac lines") << QByteArray("a,b\r1,x\r2,y\r") << plain;
        QTest::newRow("no last newline") << QByteArray("a,b\n1,x\n2,y") << plain;
        QTest::newRow("blank lines") << QByteArray("\na,b\n\n1,x\n  \n2,y\n\n") << plain;
        QTest::newRow("bom") << QByteArray("\xef\xbb\xbf"
                                           "a,b\n1,x\n2,y\n")
                             << plain;
        QTest::newRow("separator note") << QByteArray("sep=;\na;b\n1;x\n2;y\n") << plain;
        QTest::newRow("empty cells")
            << QByteArray("a\tb\tc\n\t\t\n1\t\t3\n") << QStringList{u"a|b|c"_s, u"||"_s, u"1||3"_s};
        QTest::newRow("quoted") << QByteArray("\"a, b\";c\n\"x;\"\"y\"\"\";\"l1\nl2\"\n")
                                << QStringList{u"a, b|c"_s, u"x;\"y\"|l1\nl2"_s};
        for (auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
            QStringEncoder encoder(encoding, QStringConverter::Flag::WriteBom);
            QTest::addRow("utf-16 %d", int(encoding))
                << QByteArray(encoder(umlauts)) << QStringList{u"größe|x"_s, u"ä|1"_s};
        }
        QTest::newRow("other widths")
            << QByteArray("a,b\n1\n1,2,3\n") << QStringList{u"a|b"_s, u"1"_s, u"1|2|3"_s};
    }
    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, rows);
        QCOMPARE(rowsOf(bytes), rows);
    }

    void goesOnBehindBadRows_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("rows");
        QTest::newRow("never closed") << QByteArray("a,b\n1,x\n2,\"y\n3,z\n")
                                      << QStringList{u"a|b"_s, u"1|x"_s, u"!2"_s, u"3|z"_s};
        QTest::newRow("closed by a later one")
            << QByteArray("a,b\n\"1,x\n\"2\",y\n3,z\n")
            << QStringList{u"a|b"_s, u"!1"_s, u"2|y"_s, u"3|z"_s};
        QTest::newRow("within a cell")
            << QByteArray("a,b\n1,5\" pipe\n2,y\n") << QStringList{u"a|b"_s, u"!1"_s, u"2|y"_s};
        QTest::newRow("last without newline")
            << QByteArray("a,b\n1,x\n2,\"y") << QStringList{u"a|b"_s, u"1|x"_s, u"!2"_s};
        QTest::newRow("not utf-8")
            << QByteArray("a,b\n1,\xe4\n2,y\n") << QStringList{u"a|b"_s, u"!1"_s, u"2|y"_s};
        QTest::newRow("quote behind many blocks")
            << QByteArray("a,b\n") + QByteArray("1,x\n").repeated(50'000) + "2,\"y\n3,z\n"
            << (QStringList{u"a|b"_s} + QStringList(50'000, u"1|x"_s) + QStringList{u"!50001"_s} +
                QStringList{u"3|z"_s});
    }
    void goesOnBehindBadRows()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, rows);
        QCOMPARE(rowsOf(bytes), rows);
    }

    void aQuoteThatIsNeverClosedIsNotKeptInMemory()
    {
        QByteArray bytes = "a,b\n1,\"x\n";
        bytes += QByteArray("2,y\n").repeated(int(CsvReader::LargestRow / 4 + 10));
        auto reader = CsvReader::open(deviceOf(bytes), u"t.csv"_s);
        QVERIFY(reader);
        CsvRow row;
        QVERIFY((*reader)->next(row).value_or(false));
        QVERIFY(!row.problem.isEmpty());
        while ((*reader)->next(row).value_or(false))
            QVERIFY(row.problem.isEmpty());
        QCOMPARE(row.number, CsvReader::LargestRow / 4 + 11);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << u"is empty"_s;
        QTest::newRow("blank") << QByteArray("\n\n") << u"is empty"_s;
        QTest::newRow("binary") << QByteArray("a\0b", 3) << u"no table"_s;
        QTest::newRow("header not utf-8") << QByteArray("\xe4,b\n1,2\n") << u"UTF-8"_s;
        QTest::newRow("header quotes") << QByteArray("\"a,b\n1,2\n") << u"quotation marks"_s;
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto reader = CsvReader::open(deviceOf(bytes), u"t.csv"_s);
        QVERIFY(!reader);
        QVERIFY2(reader.error().message.contains(says), qPrintable(reader.error().message));
        QVERIFY(reader.error().message.startsWith(u"t.csv"_s));
    }

    void aDeviceThatFailsIsNoEnd()
    {
        auto reader = CsvReader::open(std::make_unique<BrokenDevice>(), u"t.csv"_s);
        QVERIFY(reader);
        CsvRow row;
        const auto found = (*reader)->next(row);
        QVERIFY(!found);
    }

    void knowsTheDecimalComma()
    {
        QVERIFY((*CsvReader::open(deviceOf("a;b\n"), u"t"_s))->hasDecimalComma());
        QVERIFY(!(*CsvReader::open(deviceOf("a,b\n"), u"t"_s))->hasDecimalComma());
    }
};

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csv_reader.moc"
