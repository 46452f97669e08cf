#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMetaType>
#include <QMutex>
#include <QSslConfiguration>
#include <QString>
#include <QThread>
#include <QUrl>
#include <functional>
#include <memory>
#include <optional>

struct HttpTestRequest {
    QByteArray target; ///< "/path", or the whole link when the server is asked as a proxy
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    int visit = 0;                         ///< how often the target was asked for before
};

/// What the server does with one request.
struct HttpTestAnswer {
    int status = 200;
    QList<QByteArray> headers = {}; ///< "Name: value"
    QByteArray body = {};
    qint64 declaredLength = -2; ///< -2: that of the body; -1: none at all
    qint64 sendOnly = -1;       ///< bytes of the body after which the connection is cut
    bool cut = true;            ///< false: after `sendOnly` bytes nothing comes any more
    bool chunked = false;
    QByteArray chunkEnd = "0\r\n\r\n"; ///< after the chunks; any other: then the connection is cut
    bool endless = false;              ///< the body over and over
    bool endlessHead = false;          ///< field after field; never a body
    qint64 bytesPerTick = 0;           ///< every 5 ms; 0: all at once
};

using HttpTestHandler = std::function<HttpTestAnswer(const HttpTestRequest&)>;

/// The answer of a good server: honours Range and If-Range.
[[nodiscard]] HttpTestAnswer fileAnswer(const HttpTestRequest& request, const QByteArray& body,
                                        const QByteArray& entityTag);

/// A small HTTP server on the loopback in a thread of its own, which does what the handlers say.
class HttpTestServer final {
public:
    /// `tls`: with its certificate and key; speaks https then.
    explicit HttpTestServer(const std::optional<QSslConfiguration>& tls = std::nullopt);
    ~HttpTestServer();

    /// Handlers run in the server's thread.
    void on(const QByteArray& target, HttpTestHandler handler);
    void on(const QByteArray& target, const HttpTestAnswer& answer);

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl url(const QString& target) const;
    [[nodiscard]] QList<HttpTestRequest> requests() const;
    [[nodiscard]] int openConnections() const;

private:
    friend class HttpTestConnection;
    HttpTestAnswer answerTo(HttpTestRequest& request);

    mutable QMutex m_mutex;
    QHash<QByteArray, HttpTestHandler> m_handlers;
    QHash<QByteArray, int> m_visits;
    QList<HttpTestRequest> m_requests;
    int m_connections = 0;
    quint16 m_port = 0;
    bool m_isSecure = false;
    QThread m_thread;
};
