#include "tests/core/dataset/download_samples.h"
#include "tests/core/dataset/http_test_server.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>

using namespace espalier;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using testing::contentOf;
using testing::randomBytes;

DownloadOptions quickOptions()
{
    return testing::quickOptions(2);
}

bool runTool(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    const bool done = process.waitForFinished() && process.exitCode() == 0;
    if (!done)
        qWarning("%s", process.readAllStandardError().constData());
    return done;
}

} // namespace

/// What servers do that mean harm, or that are broken as if they did: a download is the file that
/// the server has, or a sentence and nothing.
class TestHostileServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void givesUpOnSingleBytes_data();
    void givesUpOnSingleBytes();
    void givesUpOnAnEndlessHead();
    void leavesRoomOnTheDisk_data();
    void leavesRoomOnTheDisk();
    void takesPackedContentAsItIs();
    void startsOverWhenAPartLies_data();
    void startsOverWhenAPartLies();
    void neverJoinsTwoFiles();
    void takesNoNameFromTheServer();
    void refusesALoopOfRedirections();
    void refusesToLeaveForAnInsecureLink();
    void trustsWhomTheSystemTrusts();
    void refusesCertificates_data();
    void refusesCertificates();
    void keepsSecretsOutOfSentences_data();
    void keepsSecretsOutOfSentences();

private:
    Status fetch(const QString& target, const DownloadOptions& options = quickOptions())
    {
        return download(m_server->url(target), m_path, options);
    }
    /// A server with a fresh certificate for `names` (as openssl takes them); skips the test where
    /// none can be made.
    void startSecureServer(const QString& names, bool outOfDate, bool trusted);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HttpTestServer> m_server;
    QSslConfiguration m_systemTls;
    QString m_path;
};

void TestHostileServer::initTestCase()
{
    for (const char* name :
         {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        qunsetenv(name);
    m_systemTls = QSslConfiguration::defaultConfiguration();
}

void TestHostileServer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<HttpTestServer>();
    m_path = m_folder->filePath(u"file.zip"_s);
}

void TestHostileServer::cleanup()
{
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size() <= 1);
    QVERIFY(!QFile::exists(m_path + u".part"_s));
    m_server.reset();
    QSslConfiguration::setDefaultConfiguration(m_systemTls);
}

void TestHostileServer::givesUpOnSingleBytes_data()
{
    QTest::addColumn<bool>("chunked");
    QTest::addColumn<qint64>("declared");
    QTest::newRow("length declared") << false << qint64(1 << 30);
    QTest::newRow("until closed") << false << qint64(-1);
    QTest::newRow("chunked") << true << qint64(-1);
}

void TestHostileServer::givesUpOnSingleBytes()
{
    QFETCH(bool, chunked);
    QFETCH(qint64, declared);
    m_server->on("/a", {.headers = {"ETag: \"v1\""},
                        .body = "x",
                        .declaredLength = declared,
                        .chunked = chunked,
                        .endless = true,
                        .bytesPerTick = 1});
    DownloadOptions options = quickOptions();
    options.stallTimeout = 200ms;
    options.retries = 1;
    const Status status = fetch(u"/a"_s, options);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Network);
    QVERIFY2(status.error().message.contains(u"next to nothing"_s),
             qPrintable(status.error().message));
    QVERIFY(!QFile::exists(m_path));
}

void TestHostileServer::givesUpOnAnEndlessHead()
{
    m_server->on("/a", {.endlessHead = true});
    DownloadOptions options = quickOptions();
    options.stallTimeout = 500ms;
    options.retries = 1;
    const Status status = fetch(u"/a"_s, options);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Network);
    QVERIFY(!QFile::exists(m_path));
}

void TestHostileServer::leavesRoomOnTheDisk_data()
{
    QTest::addColumn<bool>("chunked");
    QTest::newRow("until closed") << false;
    QTest::newRow("chunked") << true;
}

/// A body without an end must not take the last byte from everybody else.
void TestHostileServer::leavesRoomOnTheDisk()
{
    QFETCH(bool, chunked);
    m_server->on("/a", {.body = QByteArray(1 << 16, 'x'),
                        .declaredLength = -1,
                        .chunked = chunked,
                        .endless = true});
    DownloadOptions options = quickOptions();
    options.freeBytes = std::numeric_limits<qint64>::max();
    const Status status = fetch(u"/a"_s, options);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::DiskFull);
    QVERIFY2(status.error().message.contains(u"Free some space"_s),
             qPrintable(status.error().message));
    QVERIFY(!QFile::exists(m_path));
}

/// What says to be packed is a file like any other: nothing is unpacked on the way, so that a
/// thousand bytes stay a thousand bytes.
void TestHostileServer::takesPackedContentAsItIs()
{
    const QByteArray packed = qCompress(QByteArray(64 << 20, '\0'), 9).mid(4);
    QVERIFY(packed.size() < 100'000);
    for (const char* coding : {"gzip", "deflate", "br", "gzip, gzip", "identity"}) {
        m_server->on("/a",
                     {.headers = {QByteArray("Content-Encoding: ") + coding}, .body = packed});
        DownloadOptions options = quickOptions();
        options.maximumBytes = 100'000;
        const Status status = fetch(u"/a"_s, options);
        QVERIFY2(status, status ? "" : qPrintable(status.error().message));
        QVERIFY(contentOf(m_path) == packed);
    }
}

void TestHostileServer::startsOverWhenAPartLies_data()
{
    QTest::addColumn<QByteArrayList>("first");
    QTest::addColumn<QByteArrayList>("second");
    const QByteArrayList tag{"ETag: \"v1\""};
    const QByteArrayList date{"Last-Modified: Wed, 01 Jan 2020 00:00:00 GMT"};
    QTest::newRow("other date") << date
                                << QByteArrayList{"Last-Modified: Thu, 02 Jan 2020 00:00:00 GMT",
                                                  "Content-Range: bytes 3000-4999/5000"};
    QTest::newRow("same tag, other date")
        << tag + date
        << QByteArrayList{"ETag: \"v1\"", "Last-Modified: Thu, 02 Jan 2020 00:00:00 GMT",
                          "Content-Range: bytes 3000-4999/5000"};
    QTest::newRow("other place") << tag << QByteArrayList{"Content-Range: bytes 2999-4999/5000"};
    QTest::newRow("beyond all numbers")
        << tag << QByteArrayList{"Content-Range: bytes 99999999999999999999-5/5000"};
    QTest::newRow("negative") << tag << QByteArrayList{"Content-Range: bytes -3000-4999/5000"};
    QTest::newRow("other unit") << tag << QByteArrayList{"Content-Range: rows 3000-4999/5000"};
    QTest::newRow("two ranges") << tag
                                << QByteArrayList{
                                       "Content-Range: bytes 3000-3999/5000, 4000-4999/5000"};
}

void TestHostileServer::startsOverWhenAPartLies()
{
    QFETCH(QByteArrayList, first);
    QFETCH(QByteArrayList, second);
    const QByteArray before = randomBytes(5000, 1);
    const QByteArray after = randomBytes(5000, 2);
    m_server->on("/a", [=](const HttpTestRequest& request) -> HttpTestAnswer {
        if (request.visit == 0)
            return {.headers = first, .body = before, .sendOnly = 3000};
        if (request.headers.contains("range"))
            return {.status = 206, .headers = second, .body = after.mid(3000)};
        return {.body = after};
    });
    const Status status = fetch(u"/a"_s);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QVERIFY(contentOf(m_path) == after);
}

/// A part of something whose size nobody tells may be any part of it.
void TestHostileServer::neverJoinsTwoFiles()
{
    const QByteArray body = randomBytes(5000);
    m_server->on("/a", [=](const HttpTestRequest& request) -> HttpTestAnswer {
        if (request.visit == 0)
            return {.headers = {"ETag: \"v1\""}, .body = body, .sendOnly = 3000, .chunked = true};
        if (request.headers.contains("range"))
            return {.status = 206,
                    .headers = {"ETag: \"v1\"", "Content-Range: bytes 3000-3999/*"},
                    .body = body.mid(3000, 1000)};
        return {.body = body};
    });
    const Status status = fetch(u"/a"_s);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QVERIFY(contentOf(m_path) == body);
}

void TestHostileServer::takesNoNameFromTheServer()
{
    QFile mine(m_folder->filePath(u"mine"_s));
    QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("mine") == 4);
    mine.close();
    QVERIFY(QDir(m_folder->path()).mkdir(u"downloads"_s));
    for (const char* name : {"../mine", "mine", "/etc/passwd", "..%2Fmine", "C:\\mine"}) {
        m_server->on("/a", {.headers = {QByteArray("Content-Disposition: attachment; filename=\"") +
                                        name + '"'},
                            .body = "theirs"});
        const QString path = m_folder->filePath(u"downloads/a"_s);
        QVERIFY(download(m_server->url(u"/a"_s), path, quickOptions()));
        QCOMPARE(contentOf(path), "theirs");
        QCOMPARE(contentOf(mine.fileName()), "mine");
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden),
                 QStringList{u"mine"_s});
    }
}

void TestHostileServer::refusesALoopOfRedirections()
{
    m_server->on("/a", [](const HttpTestRequest& request) -> HttpTestAnswer {
        return {.status = 302, .headers = {"Location: /a?x=" + QByteArray::number(request.visit)}};
    });
    m_server->on("/a?x=0", {.status = 308, .headers = {"Location: /a?x=0"}});
    const Status status = fetch(u"/a"_s);
    QVERIFY(!status);
    QVERIFY2(status.error().message.contains(u"more than 10 times"_s),
             qPrintable(status.error().message));
    QCOMPARE(m_server->requests().size(), 11);
}

void TestHostileServer::startSecureServer(const QString& names, bool outOfDate, bool trusted)
{
    const QString openssl = QStandardPaths::findExecutable(u"openssl"_s);
    if (openssl.isEmpty() || !QSslSocket::supportsSsl())
        QSKIP("A certificate is made with openssl, which is not here.");
    const QString key = m_folder->filePath(u"tls/key.pem"_s);
    const QString certificate = m_folder->filePath(u"tls/certificate.pem"_s);
    QVERIFY(QDir(m_folder->path()).mkpath(u"tls"_s));
    QVERIFY(runTool(openssl,
                    {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s,
                     u"/CN=espalier test"_s, u"-addext"_s, u"subjectAltName="_s + names, u"-days"_s,
                     u"2"_s, u"-keyout"_s, key, u"-out"_s, certificate}));
    if (outOfDate)
        QVERIFY(runTool(openssl, {u"x509"_s, u"-in"_s, certificate, u"-signkey"_s, key, u"-days"_s,
                                  u"-1"_s, u"-out"_s, certificate}));
    const QSslCertificate own(contentOf(certificate));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(contentOf(key), QSsl::Rsa));
    configuration.setLocalCertificate(own);
    if (trusted) {
        QSslConfiguration trusting = m_systemTls;
        trusting.setCaCertificates({own});
        QSslConfiguration::setDefaultConfiguration(trusting);
    }
    m_server = std::make_unique<HttpTestServer>(configuration);
    m_server->on("/a", {.body = "content"});
}

void TestHostileServer::refusesToLeaveForAnInsecureLink()
{
    HttpTestServer other;
    other.on("/end", {.body = "content"});
    startSecureServer(u"IP:127.0.0.1"_s, false, true);
    if (QTest::currentTestFailed() || m_server->url({}).scheme() != u"https"_s)
        return;
    m_server->on("/down",
                 {.status = 302, .headers = {"Location: " + other.url(u"/end"_s).toEncoded()}});
    const Status status = fetch(u"/down"_s);
    QVERIFY(!status);
    QVERIFY2(status.error().message.contains(u"insecure link"_s),
             qPrintable(status.error().message));
    QVERIFY(other.requests().isEmpty());
}

void TestHostileServer::trustsWhomTheSystemTrusts()
{
    startSecureServer(u"IP:127.0.0.1"_s, false, true);
    if (QTest::currentTestFailed() || m_server->url({}).scheme() != u"https"_s)
        return;
    const Status status = fetch(u"/a"_s);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QCOMPARE(contentOf(m_path), "content");
}

void TestHostileServer::refusesCertificates_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<bool>("outOfDate");
    QTest::addColumn<bool>("trusted");
    QTest::newRow("nobody vouches for it") << u"IP:127.0.0.1"_s << false << false;
    QTest::newRow("for somebody else") << u"DNS:example.org"_s << false << true;
    QTest::newRow("out of date") << u"IP:127.0.0.1"_s << true << true;
}

void TestHostileServer::refusesCertificates()
{
    QFETCH(QString, names);
    QFETCH(bool, outOfDate);
    QFETCH(bool, trusted);
    startSecureServer(names, outOfDate, trusted);
    if (QTest::currentTestFailed() || m_server->url({}).scheme() != u"https"_s)
        return;
    const Status status = fetch(u"/a"_s);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Network);
    QVERIFY2(status.error().message.contains(u"No secure connection"_s),
             qPrintable(status.error().message));
    QVERIFY(m_server->requests().isEmpty());
    QVERIFY(!QFile::exists(m_path));
}

void TestHostileServer::keepsSecretsOutOfSentences_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("shown");
    QTest::newRow("path") << u"/data/a@b#1?.csv"_s << u"/data/a@b#1?.csv"_s;
    QTest::newRow("drive") << u"C:\\data\\a.csv"_s << u"C:\\data\\a.csv"_s;
    QTest::newRow("local link") << u"file:///a/b.csv"_s << u"file:///a/b.csv"_s;
    QTest::newRow("link") << u"https://kate:Zs3cret@espalier.invalid/a?key=Zs3cret"_s
                          << u"https://espalier.invalid/a?key=…"_s;
    QTest::newRow("in capitals") << u"HTTPS://kate:Zs3cret@espalier.invalid/a"_s
                                 << u"https://espalier.invalid/a"_s;
    QTest::newRow("other scheme") << u"ftp://kate:Zs3cret@espalier.invalid/a"_s
                                  << u"ftp://espalier.invalid/a"_s;
    QTest::newRow("bad port") << u"http://kate:Zs3cret@espalier.invalid:99999/a"_s
                              << u"http://espalier.invalid:99999/a"_s;
    QTest::newRow("slash in it") << u"http://kate:Zs3cret/@espalier.invalid/a"_s
                                 << u"http://espalier.invalid/a"_s;
    QTest::newRow("no host") << u"http://kate:Zs3cret@/a?Zs3cret"_s << u"http:///a"_s;
}

void TestHostileServer::keepsSecretsOutOfSentences()
{
    QFETCH(QString, source);
    QFETCH(QString, shown);
    QCOMPARE(displaySource(source), shown);
    const Status status = download(QUrl(source), m_path, quickOptions());
    QVERIFY(!status);
    QVERIFY2(!status.error().message.contains(u"Zs3cret"_s), qPrintable(status.error().message));
}

QTEST_GUILESS_MAIN(TestHostileServer)
#include "tst_hostile_server.moc"
