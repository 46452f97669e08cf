#include "core/base/files.h"
#include "core/base/logging.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace espalier;

class LoggingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesAFolderThatCannotBe();
    void writesToTheFile();
    void remembersTheLastLines();
};

void LoggingTest::refusesAFolderThatCannotBe()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"file"_s);
    QVERIFY(writeFileAtomically(file, "x"));
    const Status status = startLogging(file + u"/logs"_s);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Io);
}

void LoggingTest::writesToTheFile()
{
    static QTemporaryDir folder; // outlives the logger, which is closed at exit
    QVERIFY(startLogging(folder.path()));
    logInfo(u"Grüße"_s);
    logError(u"a %d failure"_s);
    const Result<QByteArray> content = readFile(folder.filePath(u"espalier.log"_s));
    QVERIFY(content);
    QVERIFY(content->contains("info Grüße"));
    QVERIFY(content->contains("error a %d failure"));
}

void LoggingTest::remembersTheLastLines()
{
    log(LogLevel::Debug, u"not kept"_s);
    logWarning(u"Öl"_s);
    const QList<LogEntry> entries = recentLog();
    QCOMPARE(entries.constLast().message, u"Öl"_s);
    QCOMPARE(entries.constLast().level, LogLevel::Warning);
    QVERIFY(qAbs(entries.constLast().time.msecsTo(QDateTime::currentDateTime())) < 60'000);
    for (int line = 0; line < 600; ++line)
        logInfo(QString::number(line));
    QCOMPARE(recentLog().size(), 500);
    QCOMPARE(recentLog().constFirst().message, u"100"_s);
    QCOMPARE(recentLog().constLast().message, u"599"_s);
}

QTEST_GUILESS_MAIN(LoggingTest)
#include "tst_logging.moc"
