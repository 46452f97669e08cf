#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QString>
#include <chrono>
#include <functional>
#include <stop_token>

class QNetworkAccessManager;

namespace espalier {

/// The status and those header fields of an answer that a download depends on; fields that were
/// not sent are empty.
struct HttpHead {
    int status = 0;
    qint64 length = -1; ///< of the body; -1: not said
    QByteArray entityTag;
    QByteArray lastModified;
    QByteArray contentType;
    QByteArray contentRange;
    QByteArray retryAfter;
    QByteArray location;
};

/// What takes an answer in. Either function ends the exchange by returning false.
struct HttpReceiver {
    std::function<bool(const HttpHead&)> head;
    std::function<bool(QByteArrayView)> body;
};

struct HttpExchange {
    HttpHead head;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QString errorText;
    bool endedByReceiver = false;
    bool stalled = false; ///< it tried one's patience
};

/// How little a server may send before it counts as one that does not answer.
struct HttpPatience {
    std::chrono::milliseconds time{};
    qint64 bytes = 1; ///< of the body, at least, in that time
};

/// One GET without redirections. Blocks in a local event loop until the answer is complete, fails,
/// stalls or `stop` is requested. Holds a bounded part of the body in memory.
[[nodiscard]] HttpExchange exchange(QNetworkAccessManager& manager, const QNetworkRequest& request,
                                    const HttpReceiver& receiver, const HttpPatience& patience,
                                    const std::stop_token& stop);

/// Waits, but no longer than until `stop` is requested.
void waitFor(std::chrono::milliseconds duration, const std::stop_token& stop);

} // namespace espalier
