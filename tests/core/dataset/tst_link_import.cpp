#include "core/dataset/import/http/http_rules.h"
#include "tests/core/dataset/http_test_server.h"
#include "tests/core/dataset/import_fixtures.h"

#include <QDirIterator>
#include <QtTest>
#include <memory>
#include <quazip/quagzipfile.h>

using namespace espalier;
using namespace espalier::fixtures;

namespace {

/// `bytes` behind `head` over and over, as one gzip file.
QByteArray gzipOf(const QByteArray& head, const QByteArray& bytes, int times)
{
    const QTemporaryDir folder;
    QuaGzipFile file(folder.filePath(u"packed.gz"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(head) != head.size())
        return {};
    for (int i = 0; i < times; ++i)
        file.write(bytes);
    file.close();
    return bytesOf(folder.filePath(u"packed.gz"_s));
}

} // namespace

/// Import by link, from servers that one would rather not know.
class TestLinkImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void givesFilesHarmlessNames_data();
    void givesFilesHarmlessNames();
    void writesNowhereElse_data();
    void writesNowhereElse();
    void recordsNoSecrets();
    void tellsNoSecrets_data();
    void tellsNoSecrets();
    void survivesBombs_data();
    void survivesBombs();

private:
    ImportBench m_bench;
    std::unique_ptr<HttpTestServer> m_server;
};

void TestLinkImport::initTestCase()
{
    for (const char* name :
         {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        qunsetenv(name);
}

void TestLinkImport::init()
{
    m_bench.startOver();
    m_server = std::make_unique<HttpTestServer>();
}

void TestLinkImport::givesFilesHarmlessNames_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QByteArray("http://h/data/a.zip") << u"a.zip"_s;
    QTest::newRow("blank") << QByteArray("http://h/a%20b.csv") << u"a b.csv"_s;
    QTest::newRow("letters") << QByteArray("http://h/%C3%A4.csv") << u"ä.csv"_s;
    QTest::newRow("none") << QByteArray("http://h") << u"download"_s;
    QTest::newRow("folder") << QByteArray("http://h/data/") << u"download"_s;
    QTest::newRow("folder above") << QByteArray("http://h/data/%2e%2e") << u"download"_s;
    QTest::newRow("packed folders") << QByteArray("http://h/..%2F..%2Fa.csv") << u"a.csv"_s;
    QTest::newRow("backslashes") << QByteArray("http://h/..%5C..%5Ca.csv") << u"a.csv"_s;
    QTest::newRow("drive") << QByteArray("http://h/c:a.csv") << u"ca.csv"_s;
    QTest::newRow("hidden") << QByteArray("http://h/.bashrc") << u"bashrc"_s;
    QTest::newRow("null") << QByteArray("http://h/a%00.csv") << u"a.csv"_s;
    QTest::newRow("line") << QByteArray("http://h/a%0A.csv") << u"a.csv"_s;
    QTest::newRow("long") << "http://h/" + QByteArray(5000, 'a') + ".csv"
                          << QString(76, u'a') + u".csv"_s;
    QTest::newRow("long in bytes") << "http://h/" + QByteArray("%E2%82%AC").repeated(200) + ".csv"
                                   << QString(76, u'€') + u".csv"_s;
}

void TestLinkImport::givesFilesHarmlessNames()
{
    QFETCH(QByteArray, link);
    QFETCH(QString, name);
    QCOMPARE(localNameOf(QUrl(QString::fromLatin1(link))), name);
}

void TestLinkImport::writesNowhereElse_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("folder above") << QByteArray("/x/..");
    QTest::newRow("hidden folder above") << QByteArray("/x/%2e%2e");
    QTest::newRow("packed folders") << QByteArray("/..%2F..%2Fmine.csv");
    QTest::newRow("null") << QByteArray("/mine%00.csv");
    QTest::newRow("long") << "/" + QByteArray("%E2%82%AC").repeated(200) + ".csv";
}

void TestLinkImport::writesNowhereElse()
{
    QFETCH(QByteArray, target);
    writeBytes(m_bench.path(u"mine.csv"_s), "mine");
    HttpTestAnswer answer{.headers = {"Content-Disposition: attachment; filename=../mine.csv"},
                          .body = "a,b\n1,2\n"};
    m_server->on(target, answer);
    m_server->on("/", answer); // what a link to the folder above may be asked as
    const QString link = m_server->url({}).toString() + QString::fromLatin1(target);
    const auto imported = m_bench.import({link});
    QVERIFY2(imported, imported ? "" : qPrintable(imported.error().message));
    QCOMPARE(imported->manifest.rows, 1);
    QCOMPARE(bytesOf(m_bench.path(u"mine.csv"_s)), "mine");
    QCOMPARE(leftIn(m_bench.path({})), (QStringList{u"data"_s, u"mine.csv"_s}));
    QCOMPARE(leftIn(m_bench.dataFolder()).size(), 1);
}

void TestLinkImport::recordsNoSecrets()
{
    m_server->on("/a.csv?key=Zs3cretZ", {.body = "a,b\n1,2\n"});
    QUrl link = m_server->url(u"/a.csv?key=Zs3cretZ"_s);
    link.setUserName(u"kate"_s);
    link.setPassword(u"Zs3cretZ"_s);
    const auto imported = m_bench.import({link.toString()});
    QVERIFY2(imported, imported ? "" : qPrintable(imported.error().message));
    QVERIFY(imported->manifest.origin.endsWith(u"/a.csv?key=…"_s));
    QDirIterator files(m_bench.dataFolder(), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    QVERIFY(files.hasNext());
    while (files.hasNext()) {
        const QByteArray content = bytesOf(files.next());
        QVERIFY2(!content.contains("Zs3cretZ") && !content.contains("kate"),
                 qPrintable(files.filePath()));
    }
}

void TestLinkImport::tellsNoSecrets_data()
{
    QTest::addColumn<QString>("source");
    const QString server = u"espalier.invalid"_s;
    QTest::newRow("no such server") << u"https://kate:Zs3cretZ@%1/a.csv?key=Zs3cretZ"_s.arg(server);
    QTest::newRow("no such scheme") << u"ftp://kate:Zs3cretZ@%1/a.csv?key=Zs3cretZ"_s.arg(server);
    QTest::newRow("no such port") << u"http://kate:Zs3cretZ@%1:99999/a.csv"_s.arg(server);
    QTest::newRow("no host") << u"http://kate:Zs3cretZ@/a.csv"_s;
    QTest::newRow("missing") << QString();
}

void TestLinkImport::tellsNoSecrets()
{
    QFETCH(QString, source);
    if (source.isEmpty())
        source = u"http://kate:Zs3cretZ@127.0.0.1:%1/a.csv?key=Zs3cretZ"_s.arg(m_server->port());
    ImportLimits limits;
    limits.retries = 0;
    const auto imported = m_bench.import({source}, limits);
    QVERIFY(!imported);
    QVERIFY2(!imported.error().message.contains(u"Zs3cretZ"_s),
             qPrintable(imported.error().message));
}

void TestLinkImport::survivesBombs_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QByteArray& head, char filler,
                        const QString& says) {
        QTest::newRow(name) << gzipOf(head, QByteArray(1 << 20, filler), 64) << says;
    };
    row("zeros", {}, '\0', u"no table as text"_s);
    row("one line", {}, 'x', u"column names"_s);
    row("one row", "a,b\n\"", 'x', u"quotation marks"_s);
    row("no lines", {}, '\n', u"is empty"_s);
}

/// Some tens of kilobytes that unpack to some tens of megabytes of nothing.
void TestLinkImport::survivesBombs()
{
    QFETCH(QByteArray, packed);
    QFETCH(QString, says);
    QVERIFY(!packed.isEmpty() && packed.size() < 200'000);
    m_server->on("/a.csv.gz", {.headers = {"Content-Encoding: gzip"}, .body = packed});
    m_bench.refuses({m_server->url(u"/a.csv.gz"_s).toString()}, says);
}

QTEST_GUILESS_MAIN(TestLinkImport)
#include "tst_link_import.moc"
