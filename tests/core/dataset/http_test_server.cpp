#include "tests/core/dataset/http_test_server.h"

#include <QMutexLocker>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

using namespace Qt::StringLiterals;

/// One connection, one request after the other.
class HttpTestConnection final : public QObject {
public:
    HttpTestConnection(HttpTestServer& server, QTcpSocket* socket)
        : QObject(socket)
        , m_server(server)
        , m_socket(socket)
    {
        const QMutexLocker lock(&m_server.m_mutex);
        ++m_server.m_connections;
        m_timer.setInterval(5);
        connect(&m_timer, &QTimer::timeout, this, [this] { sendPiece(); });
        connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

    ~HttpTestConnection() override
    {
        const QMutexLocker lock(&m_server.m_mutex);
        --m_server.m_connections;
    }

private:
    void read()
    {
        m_input += m_socket->readAll();
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QList<QByteArray> lines = m_input.first(end).split('\n');
        m_input.remove(0, end + 4);
        HttpTestRequest request;
        request.target = lines.first().split(' ').value(1);
        for (const QByteArray& line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.first(colon).toLower(), line.mid(colon + 1).trimmed());
        }
        answer(m_server.answerTo(request));
    }

    void answer(const HttpTestAnswer& answer)
    {
        m_answer = answer;
        m_sent = 0;
        QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Status\r\n";
        if (answer.endlessHead)
            return startHead(head);
        for (const QByteArray& field : answer.headers)
            head += field + "\r\n";
        const qint64 length =
            answer.declaredLength == -2 ? answer.body.size() : answer.declaredLength;
        if (answer.chunked)
            head += "Transfer-Encoding: chunked\r\n";
        else if (length >= 0)
            head += "Content-Length: " + QByteArray::number(length) + "\r\n";
        else
            head += "Connection: close\r\n";
        m_socket->write(head + "\r\n");
        if (answer.bytesPerTick > 0 || answer.endless)
            m_timer.start();
        else if (answer.sendOnly >= 0) // Qt asks again by itself when head and cut come at once
            QTimer::singleShot(20, this, [this] { sendPiece(); });
        else
            sendPiece();
    }

    void startHead(const QByteArray& firstLine)
    {
        m_socket->write(firstLine);
        m_answer.body = "X-Filler: " + QByteArray(4000, 'x') + "\r\n";
        m_answer.endless = true;
        m_timer.start();
    }

    void sendPiece()
    {
        if (m_socket->bytesToWrite() > 1 << 20)
            return;
        const qint64 whole = m_answer.body.size();
        const qint64 limit = m_answer.sendOnly >= 0 ? m_answer.sendOnly : whole;
        const qint64 from = m_answer.endless ? 0 : m_sent;
        qint64 size = (m_answer.endless ? whole : limit) - from;
        if (m_answer.bytesPerTick > 0)
            size = std::min(size, m_answer.bytesPerTick);
        sendBytes(m_answer.body.mid(from, size));
        m_sent += size;
        if (!m_answer.endless && m_sent >= limit)
            endBody();
    }

    void sendBytes(const QByteArray& bytes)
    {
        if (!m_answer.chunked)
            m_socket->write(bytes);
        else if (!bytes.isEmpty())
            m_socket->write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
    }

    void endBody()
    {
        m_timer.stop();
        const bool isWhole = m_answer.sendOnly < 0;
        if (isWhole && m_answer.chunked)
            m_socket->write(m_answer.chunkEnd);
        const bool closesAtEnd = m_answer.declaredLength == -1 && !m_answer.chunked;
        const bool isShort = m_answer.declaredLength > m_answer.body.size() ||
                             (m_answer.chunked && m_answer.chunkEnd != "0\r\n\r\n");
        if ((!isWhole && m_answer.cut) || (isWhole && (closesAtEnd || isShort)))
            QTimer::singleShot(20, m_socket, &QTcpSocket::disconnectFromHost);
    }

    HttpTestServer& m_server;
    QTcpSocket* m_socket;
    QByteArray m_input;
    HttpTestAnswer m_answer;
    qint64 m_sent = 0;
    QTimer m_timer{this};
};

HttpTestAnswer fileAnswer(const HttpTestRequest& request, const QByteArray& body,
                          const QByteArray& entityTag)
{
    HttpTestAnswer answer{.headers = {"Content-Type: application/zip", "ETag: " + entityTag},
                          .body = body};
    const QByteArray range = request.headers.value("range");
    if (range.isEmpty() || request.headers.value("if-range") != entityTag)
        return answer;
    const qint64 first = range.mid(6).chopped(1).toLongLong();
    answer.status = 206;
    answer.body = body.mid(first);
    answer.headers.append("Content-Range: bytes " + QByteArray::number(first) + '-' +
                          QByteArray::number(body.size() - 1) + '/' +
                          QByteArray::number(body.size()));
    return answer;
}

namespace {

QTcpServer* makeServer(const std::optional<QSslConfiguration>& tls)
{
    if (!tls)
        return new QTcpServer;
    auto* server = new QSslServer;
    server->setSslConfiguration(*tls);
    return server;
}

} // namespace

HttpTestServer::HttpTestServer(const std::optional<QSslConfiguration>& tls)
    : m_isSecure(tls.has_value())
{
    QTcpServer* server = makeServer(tls);
    server->listen(QHostAddress::LocalHost);
    m_port = server->serverPort();
    QObject::connect(server, &QTcpServer::pendingConnectionAvailable, server, [this, server] {
        while (QTcpSocket* socket = server->nextPendingConnection())
            new HttpTestConnection(*this, socket);
    });
    server->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, server, &QObject::deleteLater);
    m_thread.start();
}

HttpTestServer::~HttpTestServer()
{
    m_thread.quit();
    m_thread.wait();
}

void HttpTestServer::on(const QByteArray& target, HttpTestHandler handler)
{
    const QMutexLocker lock(&m_mutex);
    m_handlers.insert(target, std::move(handler));
}

void HttpTestServer::on(const QByteArray& target, const HttpTestAnswer& answer)
{
    on(target, [answer](const HttpTestRequest&) { return answer; });
}

QUrl HttpTestServer::url(const QString& target) const
{
    return QUrl(
        u"%1://127.0.0.1:%2%3"_s.arg(m_isSecure ? u"https"_s : u"http"_s).arg(m_port).arg(target));
}

QList<HttpTestRequest> HttpTestServer::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

int HttpTestServer::openConnections() const
{
    const QMutexLocker lock(&m_mutex);
    return m_connections;
}

HttpTestAnswer HttpTestServer::answerTo(HttpTestRequest& request)
{
    QMutexLocker lock(&m_mutex);
    request.visit = m_visits[request.target]++;
    m_requests.append(request);
    const HttpTestHandler handler = m_handlers.value(request.target);
    lock.unlock();
    return handler ? handler(request) : HttpTestAnswer{.status = 404};
}
