#pragma once

#include "core/dataset/import/http/http_exchange.h"

#include <QUrl>

namespace espalier {

/// What the fields of an answer and the parts of a link mean for a download (RFC 9110).

[[nodiscard]] bool isWebScheme(const QUrl& link);
[[nodiscard]] bool sameOrigin(const QUrl& a, const QUrl& b);
[[nodiscard]] bool isRedirection(int status);
[[nodiscard]] bool isWebPage(const HttpHead& head);

/// What If-Range may carry: a strong entity tag, else the date of the last change; may be empty.
[[nodiscard]] QByteArray validatorOf(const HttpHead& head);

struct ContentRange {
    qint64 first = -1;
    qint64 total = -1; ///< -1: the server does not say
};

[[nodiscard]] ContentRange contentRangeOf(const HttpHead& head);

/// What a file that is fetched may be called, whatever its link holds: no folder, nothing hidden,
/// no sign that a file system refuses, not too long; its suffix stays. "download" if nothing does.
[[nodiscard]] QString localNameOf(const QUrl& link);

} // namespace espalier
