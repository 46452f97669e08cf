#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QString>
#include <QUrl>
#include <chrono>

namespace espalier {

enum class Retry {
    Never,
    IfBegun, ///< only when bytes had come before: else the link itself is wrong
    Always
};

/// Why one try of a download failed, and whether another one makes sense.
struct HttpFailure {
    Error error;
    Retry retry = Retry::Never;
    /// What the server asks to wait, at most a minute; 0 when it asks nothing.
    std::chrono::milliseconds wait{0};
};

/// For a status that is neither 200 nor 206 nor a redirection.
[[nodiscard]] HttpFailure failureOfStatus(int status, const QByteArray& retryAfter,
                                          const QUrl& link);

/// For a connection that did not come about or broke. `detail` is the network library's own text;
/// it is shown only where it cannot hold the link.
[[nodiscard]] HttpFailure failureOfConnection(QNetworkReply::NetworkError error,
                                              const QString& detail, const QUrl& link);

} // namespace espalier
