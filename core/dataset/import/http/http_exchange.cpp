#include "core/dataset/import/http/http_exchange.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QTimer>
#include <array>
#include <memory>

namespace espalier {

namespace {

constexpr qint64 PieceBytes = qint64(64) * 1024;
constexpr qint64 BufferBytes = 16 * PieceBytes;

HttpHead headOf(const QNetworkReply& reply)
{
    HttpHead head;
    head.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    bool isNumber = false;
    const qint64 length = reply.rawHeader("Content-Length").trimmed().toLongLong(&isNumber);
    head.length = isNumber && length >= 0 ? length : -1;
    head.entityTag = reply.rawHeader("ETag").trimmed();
    head.lastModified = reply.rawHeader("Last-Modified").trimmed();
    head.contentType = reply.rawHeader("Content-Type").trimmed();
    head.contentRange = reply.rawHeader("Content-Range").trimmed();
    head.retryAfter = reply.rawHeader("Retry-After").trimmed();
    head.location = reply.rawHeader("Location").trimmed();
    return head;
}

class Exchange final {
public:
    Exchange(QNetworkAccessManager& manager, const QNetworkRequest& request,
             const HttpReceiver& receiver, const HttpPatience& patience)
        : m_receiver(receiver)
        , m_patience(patience)
        , m_reply(manager.get(request))
    {
        m_stall.setSingleShot(true);
        m_stall.setInterval(patience.time);
        m_reply->setReadBufferSize(BufferBytes);
        QObject::connect(m_reply.get(), &QNetworkReply::metaDataChanged, &m_loop,
                         [this] { takeHead(); });
        QObject::connect(m_reply.get(), &QNetworkReply::readyRead, &m_loop, [this] { takeBody(); });
        QObject::connect(m_reply.get(), &QNetworkReply::finished, &m_loop,
                         [this] { m_loop.quit(); });
        QObject::connect(&m_stall, &QTimer::timeout, &m_loop, [this] {
            m_result.stalled = true;
            m_loop.quit();
        });
    }

    HttpExchange run(const std::stop_token& stop)
    {
        const std::stop_callback quit(stop, [this] {
            QMetaObject::invokeMethod(&m_loop, &QEventLoop::quit, Qt::QueuedConnection);
        });
        m_stall.start();
        if (!m_reply->isFinished())
            m_loop.exec(QEventLoop::ExcludeUserInputEvents);
        if (m_reply->isFinished() && !m_result.endedByReceiver) {
            takeHead();
            takeBody();
            m_result.error = m_reply->error();
            m_result.errorText = m_reply->errorString();
        }
        return m_result;
    }

private:
    void takeHead()
    {
        if (m_hasHead || m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isNull())
            return;
        m_hasHead = true;
        m_result.head = headOf(*m_reply);
        m_stall.start();
        if (!m_receiver.head(m_result.head))
            endByReceiver();
    }

    void takeBody()
    {
        takeHead();
        while (!m_result.endedByReceiver) {
            const qint64 count = m_reply->read(m_piece.data(), PieceBytes);
            if (count <= 0)
                return;
            noteBytes(count);
            if (!m_receiver.body(QByteArrayView(m_piece.data(), count)))
                endByReceiver();
        }
    }

    /// Single bytes now and then would keep a download alive for years.
    void noteBytes(qint64 count)
    {
        m_bytesSinceStart += count;
        if (m_bytesSinceStart < m_patience.bytes)
            return;
        m_bytesSinceStart = 0;
        m_stall.start();
    }

    void endByReceiver()
    {
        m_result.endedByReceiver = true;
        m_loop.quit();
    }

    const HttpReceiver& m_receiver;
    const HttpPatience m_patience;
    QEventLoop m_loop;
    QTimer m_stall;
    std::unique_ptr<QNetworkReply> m_reply;
    std::array<char, PieceBytes> m_piece{};
    HttpExchange m_result;
    bool m_hasHead = false;
    qint64 m_bytesSinceStart = 0; ///< of the timer
};

} // namespace

HttpExchange exchange(QNetworkAccessManager& manager, const QNetworkRequest& request,
                      const HttpReceiver& receiver, const HttpPatience& patience,
                      const std::stop_token& stop)
{
    return std::make_unique<Exchange>(manager, request, receiver, patience)->run(stop);
}

void waitFor(std::chrono::milliseconds duration, const std::stop_token& stop)
{
    QEventLoop loop;
    const std::stop_callback quit(stop, [&loop] {
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    QTimer::singleShot(duration, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeUserInputEvents);
}

} // namespace espalier
