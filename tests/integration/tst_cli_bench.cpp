#include "core/base/system.h"
#include "core/nn/executor.h"
#include "tests/integration/cli_runner.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

/// What `espalier-cli bench` measures; not how fast.
class CliBenchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresWhatThisMachineCan();
    void wantsANumberOfSeconds();

private:
    CliRunner m_cli;
};

void CliBenchTest::measuresWhatThisMachineCan()
{
    const CliResult result = m_cli.json({u"bench"_s, u"--seconds"_s, u"0.01"_s});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject all = result.object();
    QSet<QString> rows;
    for (const QJsonValue& row : all[u"measurements"_s].toArray()) {
        QVERIFY(row[u"examples_per_second"_s].toDouble() > 0);
        rows.insert(u"%1 %2 %3 %4"_s
                        .arg(row[u"what"_s].toString(), row[u"engine"_s].toString(),
                             row[u"precision"_s].toString())
                        .arg(row[u"threads"_s].toInt()));
    }
    QVERIFY(rows.contains(u"data path   1"_s));
    QVERIFY(rows.contains(u"import of images   %1"_s.arg(usableProcessors())));
    for (const QString& what : {u"training"_s, u"evaluation"_s})
        for (const QString& engine : {u"reference"_s, u"compiled"_s})
            for (const int threads : {1, usableProcessors()}) {
                const QString row = u"%1 %2 float32 %3"_s.arg(what, engine).arg(threads);
                QVERIFY2(rows.contains(row), qPrintable(row));
            }
    const QString rough = u"training reference bfloat16 1"_s;
    QCOMPARE(rows.contains(rough), supportsPrecision(Device::Cpu, Precision::BFloat16));
    QVERIFY(all[u"peak_memory_bytes"_s].toDouble() > 1e6);
}

void CliBenchTest::wantsANumberOfSeconds()
{
    const CliResult result = m_cli.run({u"bench"_s, u"--seconds"_s, u"some"_s});
    QCOMPARE(result.status, 2);
    QVERIFY(result.error.contains(u"seconds"_s));
}

QTEST_GUILESS_MAIN(CliBenchTest)
#include "tst_cli_bench.moc"
