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

QTEST_GUILESS_MAIN(LoggingTest)
#include "tst_logging.moc"
