#include "tests/core/dataset/download_samples.h"
#include "tests/core/dataset/http_test_server.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>
#include <thread>

using namespace espalier;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using testing::contentOf;
using testing::randomBytes;

DownloadOptions quickOptions()
{
    return testing::quickOptions(3);
}

} // namespace

class TestDownload : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void refusesLinks_data();
    void refusesLinks();
    void saysWhatTheServerRefused_data();
    void saysWhatTheServerRefused();
    void saysWhenNobodyAnswers();
    void saysWhenTheHostDoesNotExist();
    void refusesAnUnverifiedServer();
    void refusesAnAnswerThatIsNoHttp();
    void refusesTooManyRedirections_data();
    void refusesTooManyRedirections();
    void refusesMoreThanTheMaximum_data();
    void refusesMoreThanTheMaximum();
    void saysWhenTheFolderIsMissing();
    void saysWhenTheDiskIsFull();
    void givesUpAfterTheRetries();
    void givesUpOnAServerThatIsSilent();

    void fetchesAFile_data();
    void fetchesAFile();
    void replacesAnOlderFile();
    void followsRedirections();
    void noticesChunksThatAreCutOff_data();
    void noticesChunksThatAreCutOff();
    void resumesWhereItBrokeOff_data();
    void resumesWhereItBrokeOff();
    void keepsTryingWhileItAdvances();
    void startsOverWhenItCannotResume_data();
    void startsOverWhenItCannotResume();
    void resumesAfterAStall();
    void waitsAsTheServerAsks();
    void sendsCredentialsToTheirServerAlone();
    void asksTheProxyOfTheSystem();
    void doesNotInflate();
    void reportsGrowingProgress();
    void isCancelledQuickly_data();
    void isCancelledQuickly();
    void worksInAThreadWithoutLoop();
    void hidesSecrets_data();
    void hidesSecrets();

private:
    Status fetch(const QString& target, const DownloadOptions& options = quickOptions())
    {
        return download(m_server->url(target), m_path, options);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HttpTestServer> m_server;
    QString m_path;
};

void TestDownload::initTestCase()
{
    for (const char* name :
         {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        qunsetenv(name);
}

void TestDownload::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<HttpTestServer>();
    m_path = m_folder->filePath(u"file.zip"_s);
}

/// Whatever happened: no half file under either name, and never a file beside a failure.
void TestDownload::cleanup()
{
    QVERIFY(!QFile::exists(m_path + u".part"_s));
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).size() <= 1);
    m_server.reset();
}

void TestDownload::refusesLinks_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("word");
    QTest::newRow("empty") << u""_s << ErrorCode::InvalidInput << u"https://"_s;
    QTest::newRow("no host") << u"http:///x"_s << ErrorCode::InvalidInput << u"https://"_s;
    QTest::newRow("a word") << u"fashion"_s << ErrorCode::InvalidInput << u"https://"_s;
    QTest::newRow("ftp") << u"ftp://host/a.zip"_s << ErrorCode::Unsupported << u"ftp"_s;
    QTest::newRow("bad port") << u"http://host:99999/"_s << ErrorCode::InvalidInput << u"link"_s;
}

void TestDownload::refusesLinks()
{
    QFETCH(QString, link);
    QFETCH(ErrorCode, code);
    QFETCH(QString, word);
    const Status status = download(QUrl(link), m_path);
    QVERIFY(!status);
    QCOMPARE(status.error().code, code);
    QVERIFY2(status.error().message.contains(word), qPrintable(status.error().message));
    QVERIFY(!QFile::exists(m_path));
}

void TestDownload::saysWhatTheServerRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("visits");
    QTest::newRow("400") << 400 << QByteArray() << u"status 400"_s << 1;
    QTest::newRow("401") << 401 << QByteArray("WWW-Authenticate: Basic realm=\"x\"")
                         << u"user name and a password"_s << 1;
    QTest::newRow("403") << 403 << QByteArray() << u"refuses access"_s << 1;
    QTest::newRow("404") << 404 << QByteArray() << u"check the link"_s << 1;
    QTest::newRow("410") << 410 << QByteArray() << u"no file"_s << 1;
    QTest::newRow("500") << 500 << QByteArray() << u"try again later"_s << 4;
    QTest::newRow("503") << 503 << QByteArray("Retry-After: 0") << u"try again later"_s << 4;
    QTest::newRow("page") << 200 << QByteArray("Content-Type: text/html; charset=utf-8")
                          << u"web page, not to a file"_s << 1;
    QTest::newRow("nowhere") << 302 << QByteArray("X-None: 1") << u"no web link"_s << 1;
    QTest::newRow("mail") << 302 << QByteArray("Location: mailto:a@b") << u"no web link"_s << 1;
    QTest::newRow("local file") << 302 << QByteArray("Location: file:///etc/passwd")
                                << u"no web link"_s << 1;
}

void TestDownload::saysWhatTheServerRefused()
{
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    QFETCH(QString, word);
    QFETCH(int, visits);
    m_server->on("/a", {.status = status, .headers = {header}, .body = "<html>no</html>"});
    const Status result = fetch(u"/a"_s);
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(word), qPrintable(result.error().message));
    QVERIFY(result.error().message.endsWith(u'.'));
    QCOMPARE(m_server->requests().size(), visits);
    QVERIFY(!QFile::exists(m_path));
}

void TestDownload::saysWhenNobodyAnswers()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QUrl link(u"http://127.0.0.1:%1/a.zip"_s.arg(closed.serverPort()));
    closed.close();
    const Status status = download(link, m_path, quickOptions());
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Network);
    QVERIFY2(status.error().message.contains(u"does not accept connections"_s),
             qPrintable(status.error().message));
}

void TestDownload::saysWhenTheHostDoesNotExist()
{
    const Status status =
        download(QUrl(u"http://espalier.invalid/a.zip"_s), m_path, quickOptions());
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Network);
    QVERIFY2(status.error().message.contains(u"no server named espalier.invalid"_s),
             qPrintable(status.error().message));
}

void TestDownload::refusesAnUnverifiedServer()
{
    const QString openssl = QStandardPaths::findExecutable(u"openssl"_s);
    if (openssl.isEmpty() || !QSslSocket::supportsSsl())
        QSKIP("A certificate is made with openssl, which is not here.");
    const QString key = m_folder->filePath(u"certificates/key.pem"_s);
    const QString certificate = m_folder->filePath(u"certificates/certificate.pem"_s);
    QVERIFY(QDir(m_folder->path()).mkdir(u"certificates"_s));
    QProcess process;
    process.start(openssl,
                  {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s,
                   u"/CN=127.0.0.1"_s, u"-keyout"_s, key, u"-out"_s, certificate});
    QVERIFY(process.waitForFinished() && process.exitCode() == 0);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(contentOf(key), QSsl::Rsa));
    configuration.setLocalCertificate(QSslCertificate(contentOf(certificate)));
    QSslServer server;
    server.setSslConfiguration(configuration);
    QVERIFY(server.listen(QHostAddress::LocalHost));

    const QUrl link(u"https://127.0.0.1:%1/a.zip"_s.arg(server.serverPort()));
    const Status status = download(link, m_path, quickOptions());
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Network);
    QVERIFY2(status.error().message.contains(u"No secure connection"_s),
             qPrintable(status.error().message));
    QVERIFY(!QFile::exists(m_path));
}

void TestDownload::refusesAnAnswerThatIsNoHttp()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket* socket = server.nextPendingConnection();
        socket->write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        socket->disconnectFromHost();
    });
    const QUrl link(u"http://127.0.0.1:%1/a.zip"_s.arg(server.serverPort()));
    const Status status = download(link, m_path, quickOptions());
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Network);
    QVERIFY2(status.error().message.contains(displayLink(link)),
             qPrintable(status.error().message));
}

void TestDownload::refusesTooManyRedirections_data()
{
    QTest::addColumn<int>("maximum");
    QTest::newRow("none allowed") << 0;
    QTest::newRow("three allowed") << 3;
    QTest::newRow("ten allowed") << 10;
}

void TestDownload::refusesTooManyRedirections()
{
    QFETCH(int, maximum);
    m_server->on("/a", {.status = 302, .headers = {"Location: /b"}});
    m_server->on("/b", {.status = 307, .headers = {"Location: /a"}});
    DownloadOptions options = quickOptions();
    options.maximumRedirects = maximum;
    const Status status = fetch(u"/a"_s, options);
    QVERIFY(!status);
    QVERIFY2(status.error().message.contains(u"more than %1 times"_s.arg(maximum)),
             qPrintable(status.error().message));
    QCOMPARE(m_server->requests().size(), maximum + 1);
}

void TestDownload::refusesMoreThanTheMaximum_data()
{
    QTest::addColumn<qint64>("declared");
    QTest::addColumn<bool>("chunked");
    QTest::addColumn<bool>("endless");
    QTest::newRow("declared") << qint64(-2) << false << false;
    QTest::newRow("until closed") << qint64(-1) << false << false;
    QTest::newRow("chunked") << qint64(-1) << true << false;
    QTest::newRow("endless") << qint64(-1) << false << true;
    QTest::newRow("endless chunks") << qint64(-1) << true << true;
    QTest::newRow("absurd") << std::numeric_limits<qint64>::max() << false << false;
}

void TestDownload::refusesMoreThanTheMaximum()
{
    QFETCH(qint64, declared);
    QFETCH(bool, chunked);
    QFETCH(bool, endless);
    m_server->on("/a", {.body = randomBytes(300'000),
                        .declaredLength = declared,
                        .chunked = chunked,
                        .endless = endless});
    DownloadOptions options = quickOptions();
    options.maximumBytes = 200'000;
    const Status status = fetch(u"/a"_s, options);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::InvalidInput);
    QVERIFY2(status.error().message.contains(u"larger than the allowed"_s),
             qPrintable(status.error().message));
    QVERIFY(!QFile::exists(m_path));
}

void TestDownload::saysWhenTheFolderIsMissing()
{
    const Status status = download(m_server->url(u"/a"_s), m_folder->filePath(u"no/a.zip"_s));
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Io);
    QCOMPARE(m_server->requests().size(), 0);
}

void TestDownload::saysWhenTheDiskIsFull()
{
    if (!QFile::exists(u"/dev/full"_s))
        QSKIP("This system has no device that is always full.");
    QVERIFY(QFile::link(u"/dev/full"_s, m_path + u".part"_s));
    m_server->on("/a", {.body = randomBytes(300'000)});
    const Status status = fetch(u"/a"_s);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::DiskFull);
    QVERIFY(status.error().message.contains(u"disk is full"_s));
    QVERIFY(QFile::exists(u"/dev/full"_s));
}

void TestDownload::givesUpAfterTheRetries()
{
    const QByteArray body = randomBytes(50'000);
    m_server->on("/a", [body](const HttpTestRequest& request) {
        HttpTestAnswer answer = fileAnswer(request, body, "\"v1\"");
        answer.declaredLength = answer.body.size();
        answer.sendOnly = 1000;
        return answer;
    });
    const Status status = fetch(u"/a"_s);
    QVERIFY(!status);
    QVERIFY2(status.error().message.contains(u"broke off"_s), qPrintable(status.error().message));
    QVERIFY(m_server->requests().size() >= 4);
}

void TestDownload::givesUpOnAServerThatIsSilent()
{
    m_server->on("/a", {.body = randomBytes(5000), .sendOnly = 100, .cut = false});
    DownloadOptions options = quickOptions();
    options.stallTimeout = 80ms;
    options.retries = 1;
    QElapsedTimer timer;
    timer.start();
    const Status status = fetch(u"/a"_s, options);
    QVERIFY(!status);
    QVERIFY2(status.error().message.contains(u"stopped sending"_s),
             qPrintable(status.error().message));
    QVERIFY(timer.elapsed() >= 140);
}

void TestDownload::fetchesAFile_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<qint64>("declared");
    QTest::addColumn<bool>("chunked");
    QTest::addColumn<qint64>("bytesPerTick");
    QTest::newRow("empty") << qsizetype(0) << qint64(-2) << false << qint64(0);
    QTest::newRow("one byte") << qsizetype(1) << qint64(-2) << false << qint64(0);
    QTest::newRow("large") << qsizetype(12 << 20) << qint64(-2) << false << qint64(0);
    QTest::newRow("slow") << qsizetype(20'000) << qint64(-2) << false << qint64(1000);
    QTest::newRow("until closed") << qsizetype(3 << 20) << qint64(-1) << false << qint64(0);
    QTest::newRow("chunked") << qsizetype(3 << 20) << qint64(-1) << true << qint64(100'000);
}

void TestDownload::fetchesAFile()
{
    QFETCH(qsizetype, size);
    QFETCH(qint64, declared);
    QFETCH(bool, chunked);
    QFETCH(qint64, bytesPerTick);
    const QByteArray body = randomBytes(size);
    m_server->on("/a", {.body = body,
                        .declaredLength = declared,
                        .chunked = chunked,
                        .bytesPerTick = bytesPerTick});
    const Status status = fetch(u"/a"_s);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QVERIFY(QFile::exists(m_path));
    QVERIFY(contentOf(m_path) == body);
    QCOMPARE(m_server->requests().size(), 1);
}

void TestDownload::replacesAnOlderFile()
{
    QFile old(m_path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    m_server->on("/a", {.body = "new"});
    QVERIFY(fetch(u"/a"_s));
    QCOMPARE(contentOf(m_path), "new");
    QVERIFY(!fetch(u"/missing"_s));
    QVERIFY(!QFile::exists(m_path));
}

void TestDownload::followsRedirections()
{
    HttpTestServer other;
    other.on("/end?x=1", {.body = "content"});
    m_server->on("/a", {.status = 301, .headers = {"Location: b/c"}, .body = "moved"});
    m_server->on("/b/c", {.status = 303, .headers = {"Location: ../d"}});
    m_server->on("/d",
                 {.status = 308, .headers = {"Location: " + other.url(u"/end?x=1"_s).toEncoded()}});
    const Status status = fetch(u"/a"_s);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QCOMPARE(contentOf(m_path), "content");
    QCOMPARE(other.requests().size(), 1);
}

void TestDownload::noticesChunksThatAreCutOff_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<qint64>("bytesPerTick");
    QTest::addColumn<QByteArray>("end");
    const auto rows = [](const QByteArray& how, qsizetype size, qint64 bytesPerTick) {
        const auto row = [&](const QByteArray& where, const QByteArray& end) {
            QTest::newRow(where + ", " + how) << size << bytesPerTick << end;
        };
        row("between chunks", {});
        row("within a chunk", "1000\r\nabc");
        row("before the end of a chunk", "3\r\nabc");
        row("within a size", "10");
        row("within the last size", "0");
        row("after a size", "1000\r\n");
        row("no size", "what?\r\n");
        row("negative size", "-5\r\n");
    };
    rows("small", 1'000, 400);
    rows("more than is buffered", 5'000'000, 400'000);
    rows("faster than it is read", 5'000'000, 0);
}

void TestDownload::noticesChunksThatAreCutOff()
{
    QFETCH(qsizetype, size);
    QFETCH(qint64, bytesPerTick);
    QFETCH(QByteArray, end);
    const QByteArray body = randomBytes(size);
    m_server->on("/a", [=](const HttpTestRequest& request) {
        return HttpTestAnswer{.body = body,
                              .chunked = true,
                              .chunkEnd = request.visit == 0 ? end : "0\r\n\r\n",
                              .bytesPerTick = bytesPerTick};
    });
    const Status status = fetch(u"/a"_s);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QVERIFY(contentOf(m_path) == body);
    QCOMPARE(m_server->requests().size(), 2);
}

void TestDownload::resumesWhereItBrokeOff_data()
{
    QTest::addColumn<bool>("chunked");
    QTest::newRow("length declared") << false;
    QTest::newRow("chunked") << true;
}

void TestDownload::resumesWhereItBrokeOff()
{
    QFETCH(bool, chunked);
    const QByteArray body = randomBytes(900'000);
    m_server->on("/a", [body, chunked](const HttpTestRequest& request) {
        HttpTestAnswer answer = fileAnswer(request, body, "\"v1\"");
        answer.declaredLength = answer.body.size();
        answer.sendOnly = request.visit < 2 ? 400'000 : -1;
        answer.chunked = chunked;
        return answer;
    });
    const Status status = fetch(u"/a"_s);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QVERIFY(contentOf(m_path) == body);
    const QList<HttpTestRequest> requests = m_server->requests();
    QCOMPARE(requests.size(), 3);
    QVERIFY(!requests[0].headers.contains("range"));
    QCOMPARE(requests[1].headers.value("if-range"), "\"v1\"");
    QCOMPARE(requests[1].headers.value("range"), "bytes=400000-");
    QCOMPARE(requests[2].headers.value("range"), "bytes=800000-");
}

void TestDownload::keepsTryingWhileItAdvances()
{
    const QByteArray body = randomBytes(9 << 20);
    m_server->on("/a", [body](const HttpTestRequest& request) {
        HttpTestAnswer answer = fileAnswer(request, body, "\"v1\"");
        answer.declaredLength = answer.body.size();
        answer.sendOnly = std::min<qint64>(answer.body.size(), 3 << 19);
        return answer;
    });
    DownloadOptions options = quickOptions();
    options.retries = 1;
    const Status status = fetch(u"/a"_s, options);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QVERIFY(contentOf(m_path) == body);
}

void TestDownload::startsOverWhenItCannotResume_data()
{
    QTest::addColumn<QByteArrayList>("firstHeaders");
    QTest::addColumn<int>("secondStatus");
    QTest::addColumn<QByteArrayList>("secondHeaders");
    QTest::addColumn<bool>("asksForRange");
    const QByteArrayList tag{"ETag: \"v1\""};
    QTest::newRow("no validator") << QByteArrayList() << 200 << QByteArrayList() << false;
    QTest::newRow("weak tag") << QByteArrayList{"ETag: W/\"v1\""} << 200 << QByteArrayList()
                              << false;
    QTest::newRow("range ignored") << tag << 200 << tag << true;
    QTest::newRow("changed") << tag << 200 << QByteArrayList{"ETag: \"v2\""} << true;
    QTest::newRow("dated") << QByteArrayList{"Last-Modified: Wed, 01 Jan 2020 00:00:00 GMT"} << 200
                           << QByteArrayList() << true;
    QTest::newRow("other tag in part")
        << tag << 206 << QByteArrayList{"ETag: \"v2\"", "Content-Range: bytes 3000-4999/5000"}
        << true;
    QTest::newRow("other size in part")
        << tag << 206 << QByteArrayList{"Content-Range: bytes 3000-9999/10000"} << true;
    QTest::newRow("other part") << tag << 206 << QByteArrayList{"Content-Range: bytes 0-4999/5000"}
                                << true;
    QTest::newRow("part without range") << tag << 206 << QByteArrayList() << true;
    QTest::newRow("not satisfiable") << tag << 416 << QByteArrayList() << true;
}

void TestDownload::startsOverWhenItCannotResume()
{
    QFETCH(QByteArrayList, firstHeaders);
    QFETCH(int, secondStatus);
    QFETCH(QByteArrayList, secondHeaders);
    QFETCH(bool, asksForRange);
    const QByteArray first = randomBytes(5000, 1);
    const QByteArray second = randomBytes(5000, 2);
    m_server->on("/a", [=](const HttpTestRequest& request) -> HttpTestAnswer {
        if (request.visit == 0)
            return {.headers = firstHeaders, .body = first, .sendOnly = 3000};
        if (request.visit == 1)
            return {.status = secondStatus, .headers = secondHeaders, .body = second};
        return {.body = second};
    });
    const Status status = fetch(u"/a"_s);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QVERIFY(contentOf(m_path) == second);
    QCOMPARE(m_server->requests().at(1).headers.contains("range"), asksForRange);
    QCOMPARE(m_server->requests().at(1).headers.contains("if-range"), asksForRange);
}

void TestDownload::resumesAfterAStall()
{
    const QByteArray body = randomBytes(60'000);
    m_server->on("/a", [body](const HttpTestRequest& request) {
        HttpTestAnswer answer = fileAnswer(request, body, "\"v1\"");
        if (request.visit == 0) {
            answer.sendOnly = 20'000;
            answer.cut = false;
        }
        return answer;
    });
    DownloadOptions options = quickOptions();
    options.stallTimeout = 150ms;
    const Status status = fetch(u"/a"_s, options);
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QVERIFY(contentOf(m_path) == body);
    QCOMPARE(m_server->requests().at(1).headers.value("range"), "bytes=20000-");
}

void TestDownload::waitsAsTheServerAsks()
{
    m_server->on("/a", [](const HttpTestRequest& request) -> HttpTestAnswer {
        if (request.visit == 0)
            return {.status = 503, .headers = {"Retry-After: 1"}};
        return {.body = "content"};
    });
    QElapsedTimer timer;
    timer.start();
    QVERIFY(fetch(u"/a"_s));
    QVERIFY(timer.elapsed() >= 990);
    QCOMPARE(contentOf(m_path), "content");
}

void TestDownload::sendsCredentialsToTheirServerAlone()
{
    HttpTestServer other;
    other.on("/end", {.body = "content"});
    m_server->on("/a",
                 {.status = 302, .headers = {"Location: " + other.url(u"/end"_s).toEncoded()}});
    QUrl link = m_server->url(u"/a"_s);
    link.setUserName(u"käthe"_s);
    link.setPassword(u"p@ss:word"_s);
    QVERIFY(download(link, m_path, quickOptions()));
    QCOMPARE(m_server->requests().first().headers.value("authorization"),
             "Basic " + u"käthe:p@ss:word"_s.toUtf8().toBase64());
    QVERIFY(!other.requests().first().headers.contains("authorization"));

    m_server->on("/b", {.status = 401, .headers = {"WWW-Authenticate: Basic realm=\"x\""}});
    link.setPath(u"/b"_s);
    const Status status = download(link, m_path, quickOptions());
    QVERIFY(!status);
    QVERIFY(status.error().message.contains(u"did not accept"_s));
    QVERIFY(!status.error().message.contains(u"p@ss"_s));
    QVERIFY(!status.error().message.contains(u"käthe"_s));
}

void TestDownload::asksTheProxyOfTheSystem()
{
#ifdef Q_OS_WIN
    QSKIP("The proxy of Windows is not set by the environment.");
#endif
    m_server->on("http://espalier.invalid/a.zip", {.body = "through the proxy"});
    qputenv("http_proxy", m_server->url(u""_s).toEncoded());
    const Status status =
        download(QUrl(u"http://espalier.invalid/a.zip"_s), m_path, quickOptions());
    qunsetenv("http_proxy");
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QCOMPARE(contentOf(m_path), "through the proxy");
}

void TestDownload::doesNotInflate()
{
    const QByteArray packed = qCompress(QByteArray(1 << 20, 'x')).mid(4);
    m_server->on("/a", {.headers = {"Content-Encoding: deflate"}, .body = packed});
    QVERIFY(fetch(u"/a"_s));
    QVERIFY(contentOf(m_path) == packed);
    QCOMPARE(m_server->requests().first().headers.value("accept-encoding"), "identity");
}

void TestDownload::reportsGrowingProgress()
{
    const QByteArray body = randomBytes(100'000);
    m_server->on("/a", [body](const HttpTestRequest& request) -> HttpTestAnswer {
        return {.body = body, .sendOnly = request.visit == 0 ? 60'000 : -1, .bytesPerTick = 2000};
    });
    QList<Progress> reports;
    QVERIFY(download(m_server->url(u"/a"_s), m_path, quickOptions(),
                     [&](const Progress& progress) { reports.append(progress); }));
    QVERIFY(reports.size() >= 2 && reports.size() < 30);
    for (qsizetype i = 1; i < reports.size(); ++i)
        QVERIFY(reports[i].bytes >= reports[i - 1].bytes);
    QCOMPARE(reports.last().bytes, body.size());
    QCOMPARE(reports.last().totalBytes, body.size());
}

void TestDownload::isCancelledQuickly_data()
{
    QTest::addColumn<HttpTestAnswer>("answer");
    QTest::newRow("before the answer") << HttpTestAnswer{.declaredLength = 10};
    QTest::newRow("while it comes") << HttpTestAnswer{
        .body = QByteArray(1000, 'x'), .declaredLength = -1, .endless = true, .bytesPerTick = 100};
    QTest::newRow("between two tries")
        << HttpTestAnswer{.status = 503, .headers = {"Retry-After: 30"}};
}

void TestDownload::isCancelledQuickly()
{
    QFETCH(HttpTestAnswer, answer);
    answer.sendOnly = answer.declaredLength == 10 ? 0 : -1;
    answer.cut = false;
    m_server->on("/a", answer);
    std::stop_source stop;
    QElapsedTimer timer;
    const std::jthread canceller([&] {
        std::this_thread::sleep_for(150ms);
        timer.start();
        stop.request_stop();
    });
    const Status status =
        download(m_server->url(u"/a"_s), m_path, quickOptions(), {}, stop.get_token());
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!QFile::exists(m_path));
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestDownload::worksInAThreadWithoutLoop()
{
    m_server->on("/a", {.body = "content"});
    Status status;
    std::jthread([&] { status = fetch(u"/a"_s); }).join();
    QVERIFY2(status, status ? "" : qPrintable(status.error().message));
    QCOMPARE(contentOf(m_path), "content");
}

void TestDownload::hidesSecrets_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"https://host/a.zip"_s << u"https://host/a.zip"_s;
    QTest::newRow("port") << u"http://host:81/a b.zip"_s << u"http://host:81/a b.zip"_s;
    QTest::newRow("user") << u"https://me@host/a"_s << u"https://host/a"_s;
    QTest::newRow("password") << u"https://me:pw@host/a"_s << u"https://host/a"_s;
    QTest::newRow("query") << u"https://host/a?token=s3cret&b=1"_s
                           << u"https://host/a?token=…&b=…"_s;
    QTest::newRow("bare query") << u"https://host/a?s3cret"_s << u"https://host/a?…"_s;
    QTest::newRow("fragment") << u"https://host/a#s3cret"_s << u"https://host/a"_s;
}

void TestDownload::hidesSecrets()
{
    QFETCH(QString, link);
    QFETCH(QString, shown);
    QCOMPARE(displayLink(QUrl(link)), shown);
}

QTEST_GUILESS_MAIN(TestDownload)
#include "tst_download.moc"
