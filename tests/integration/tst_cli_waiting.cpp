#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// How long threads of OpenMP spin in the program, as libgomp itself tells it.
class CliWaitingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threadsSleepSoon_data();
    void threadsSleepSoon();
};

void CliWaitingTest::threadsSleepSoon_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("told");
    QTest::newRow("unless said otherwise")
        << QString() << QString() << u"GOMP_SPINCOUNT = '1000'"_s;
    QTest::newRow("another count") << u"GOMP_SPINCOUNT"_s << u"7"_s << u"GOMP_SPINCOUNT = '7'"_s;
    QTest::newRow("never") << u"OMP_WAIT_POLICY"_s << u"active"_s
                           << u"OMP_WAIT_POLICY = 'ACTIVE'"_s;
}

void CliWaitingTest::threadsSleepSoon()
{
    QFETCH(QString, variable);
    QFETCH(QString, value);
    QFETCH(QString, told);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"GOMP_SPINCOUNT"_s);
    environment.remove(u"OMP_WAIT_POLICY"_s);
    environment.insert(u"OMP_DISPLAY_ENV"_s, u"verbose"_s);
    if (!variable.isEmpty())
        environment.insert(variable, value);
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(ESPALIER_CLI), {u"--version"_s});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(program.readAllStandardOutput().startsWith("espalier-cli "));
    const QString text = QString::fromUtf8(program.readAllStandardError());
    QVERIFY2(text.contains(told), qPrintable(text));
    QCOMPARE(text.contains(u"GOMP_SPINCOUNT = '1000'"_s), variable.isEmpty());
}

QTEST_GUILESS_MAIN(CliWaitingTest)
#include "tst_cli_waiting.moc"
