#include "core/dataset/import/download.h"
#include "core/dataset/import/http/http_failure.h"
#include "core/dataset/import/http/http_rules.h"
#include "tests/reliability/fuzz/fuzz_targets.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>
#include <atomic>
#include <memory>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace espalier::fuzz {

namespace {

constexpr qint64 LargestDownload = 1 << 20;
/// Between the answers to one try and the next.
constexpr char Separator[] = "\n%%%%\n";

/// Answers every request with the next of some texts, whatever they are, and closes.
class RawServer final {
public:
    RawServer()
    {
        m_server->listen(QHostAddress::LocalHost);
        m_port = m_server->serverPort();
        QObject::connect(m_server.get(), &QTcpServer::newConnection, m_server.get(), [this] {
            while (QTcpSocket* socket = m_server->nextPendingConnection())
                serve(socket);
        });
        m_server->moveToThread(&m_thread);
        m_thread.start();
    }
    ~RawServer()
    {
        m_thread.quit();
        m_thread.wait();
    }

    void setAnswers(const QList<QByteArray>& answers)
    {
        const std::scoped_lock lock(m_mutex);
        m_answers = answers;
        m_next = 0;
    }
    [[nodiscard]] QUrl url() const { return QUrl(u"http://127.0.0.1:%1/a"_s.arg(m_port)); }

private:
    void serve(QTcpSocket* socket)
    {
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
            if (!socket->readAll().contains("\r\n\r\n"))
                return;
            socket->write(nextAnswer());
            socket->disconnectFromHost();
        });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
    QByteArray nextAnswer()
    {
        const std::scoped_lock lock(m_mutex);
        return m_answers.value(m_next++);
    }

    std::mutex m_mutex;
    QList<QByteArray> m_answers;
    qsizetype m_next = 0;
    quint16 m_port = 0;
    /// Goes when its thread has ended: at the end of the program nobody deletes later.
    std::unique_ptr<QTcpServer> m_server = std::make_unique<QTcpServer>();
    QThread m_thread;
};

QList<QByteArray> splitAnswers(const QByteArray& bytes)
{
    QList<QByteArray> answers;
    qsizetype begin = 0;
    for (qsizetype end = 0; end >= 0 && answers.size() < 4; begin = end + 6) {
        end = bytes.indexOf(Separator, begin);
        answers.append(bytes.mid(begin, end < 0 ? -1 : end - begin));
    }
    return answers;
}

} // namespace

void fuzzHttp(const QByteArray& bytes)
{
    static RawServer server;
    static const QTemporaryDir folder;
    server.setAnswers(splitAnswers(bytes));
    const QString path = folder.filePath(u"file"_s);
    const DownloadOptions options{.retries = 2,
                                  .firstWait = 1ms,
                                  .stallTimeout = 2s,
                                  .maximumBytes = LargestDownload,
                                  .maximumRedirects = 2};
    const Status fetched = download(server.url(), path, options);
    const QStringList left = QDir(folder.path()).entryList(QDir::Files | QDir::Hidden);
    if (!fetched)
        require(left.isEmpty() && !fetched.error().message.isEmpty(),
                "a download that fails says why and leaves nothing");
    else
        require(left == QStringList{u"file"_s} && QFile(path).size() <= LargestDownload,
                "a download leaves one file within the limit");
    QFile::remove(path);
}

/// Links and single fields of an answer, line by line.
void fuzzLink(const QByteArray& bytes)
{
    const QList<QByteArray> lines = bytes.split('\n');
    QUrl link(QString::fromUtf8(lines.value(0)));
    if (link.isValid() && !link.host().isEmpty()) {
        link.setUserName(u"kate"_s);
        link.setPassword(u"Zs3cretZ"_s);
        require(!displayLink(link).contains(u"Zs3cretZ"_s), "no password is shown");
    }
    HttpHead head;
    head.contentRange = lines.value(1);
    head.entityTag = lines.value(2);
    head.lastModified = lines.value(3);
    head.contentType = lines.value(4);
    const ContentRange range = contentRangeOf(head);
    require(range.first >= -1 && range.total >= -1, "no place of a file is negative");
    (void)validatorOf(head);
    (void)isWebPage(head);
    const HttpFailure failure = failureOfStatus(503, lines.value(5), link);
    require(failure.wait >= 0ms && failure.wait <= 60s, "no server makes anybody wait for long");
}

} // namespace espalier::fuzz
