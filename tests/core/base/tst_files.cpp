#include "core/base/files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;
using namespace espalier;

class FilesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesWholeFiles();
    void keepsTheOldFileWhenWritingFails();
    void saysWhyReadingFails();
    void commitsFolders();
    void noticesThatTheLastBytesCannotBeWritten();
    void saysWhenTheDiskIsFull();
    void refusesMoreThanTheDiskHas();
};

void FilesTest::writesWholeFiles()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.json"_s);
    QVERIFY(writeFileAtomically(path, "one"));
    QVERIFY(writeFileAtomically(path, "two"));
    QCOMPARE(*readFile(path), QByteArray("two"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"a.json"_s});
}

void FilesTest::keepsTheOldFileWhenWritingFails()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"missing/a.json"_s);
    const Status status = writeFileAtomically(path, "one");
    QVERIFY(!status);
    QVERIFY(status.error().message.contains(u"a.json"_s));
    QVERIFY(!QFile::exists(path));
}

void FilesTest::saysWhyReadingFails()
{
    const Result<QByteArray> content = readFile(u"/no/such/file"_s);
    QVERIFY(!content);
    QCOMPARE(content.error().code, ErrorCode::Io);
    QVERIFY(content.error().message.startsWith(u"Could not read "_s));
}

void FilesTest::commitsFolders()
{
    QTemporaryDir folder;
    const QDir root(folder.path());
    QVERIFY(root.mkpath(u"new.part"_s));
    QVERIFY(commitFolder(root.filePath(u"new.part"_s), root.filePath(u"new"_s)));
    QVERIFY(root.exists(u"new"_s));
    const Status again = commitFolder(root.filePath(u"new.part"_s), root.filePath(u"other"_s));
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Io);
    QVERIFY(again.error().message.contains(root.filePath(u"new.part"_s)));
    QVERIFY2(again.error().message.endsWith(u"then try again."_s),
             qPrintable(again.error().message));
}

void FilesTest::noticesThatTheLastBytesCannotBeWritten()
{
#ifdef Q_OS_UNIX
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"kept"_s);
    QVERIFY(writeFileAtomically(path, "old"));
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit few{10, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &few);
    const Status written = writeFileAtomically(path, QByteArray(100, 'x'));
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!written);
    QCOMPARE(*readFile(path), QByteArray("old"));
#else
    QSKIP("a limit on the size of files is one of Unix");
#endif
}

void FilesTest::saysWhenTheDiskIsFull()
{
    QFile full(u"/dev/full"_s);
    if (!full.exists())
        QSKIP("this system has no /dev/full");
    QVERIFY(full.open(QIODevice::WriteOnly));
    full.write(QByteArray(1 << 20, 'x'));
    const Status status = flushToDisk(full);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::DiskFull);
    QVERIFY(status.error().message.contains(u"the disk is full"_s));
}

void FilesTest::refusesMoreThanTheDiskHas()
{
    QTemporaryDir folder;
    QVERIFY(requireDiskSpace(folder.path(), 1));
    const Status status = requireDiskSpace(folder.path(), qint64(1) << 60);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::DiskFull);
}

QTEST_GUILESS_MAIN(FilesTest)
#include "tst_files.moc"
