#include "core/dataset/import/http/http_failure.h"

#include "core/dataset/import/download.h"

#include <QDateTime>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace espalier {

namespace {

constexpr std::chrono::milliseconds LongestWait = 60s;

HttpFailure failed(const QString& message, Retry retry = Retry::Never)
{
    return {{ErrorCode::Network, message}, retry, 0ms};
}

/// Seconds or a date (RFC 9110, 10.2.3).
std::chrono::milliseconds waitOf(const QByteArray& retryAfter)
{
    bool isNumber = false;
    const qint64 seconds = retryAfter.trimmed().toLongLong(&isNumber);
    if (isNumber)
        return std::clamp<std::chrono::milliseconds>(
            std::chrono::seconds(std::clamp<qint64>(seconds, 0, 3600)), 0ms, LongestWait);
    const QDateTime date =
        QDateTime::fromString(QString::fromLatin1(retryAfter.trimmed()), Qt::RFC2822Date);
    if (!date.isValid())
        return 0ms;
    const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(date);
    return std::clamp<std::chrono::milliseconds>(std::chrono::milliseconds(left), 0ms, LongestWait);
}

bool passesByItself(int status)
{
    constexpr std::array Passing{408, 425, 429, 500, 502, 503, 504};
    return std::find(Passing.begin(), Passing.end(), status) != Passing.end();
}

QString refusalSentence(int status, const QUrl& link)
{
    const QString shown = displayLink(link);
    if (status == 401 && !link.userInfo().isEmpty())
        return u"The server did not accept the user name and password of %1: correct them."_s.arg(
            shown);
    if (status == 401)
        return u"%1 asks for a user name and a password: write the link as "
               "https://user:password@…, or download the file with a browser and import it."_s.arg(
                   shown);
    if (status == 403)
        return u"The server refuses access to %1 (403): make the link public, or download the "
               "file with a browser and import it."_s.arg(shown);
    if (status == 404 || status == 410)
        return u"There is no file at %1 (%2): check the link."_s.arg(shown).arg(status);
    if (status == 407)
        return u"The proxy asks for a user name and a password (407): check the proxy settings of "
               "the system."_s;
    return u"The server answered the request for %1 with status %2: check the link."_s.arg(shown)
        .arg(status);
}

} // namespace

HttpFailure failureOfStatus(int status, const QByteArray& retryAfter, const QUrl& link)
{
    if (!passesByItself(status))
        return failed(refusalSentence(status, link));
    return {{ErrorCode::Network,
             u"The server of %1 is out of order or overloaded (%2): try again later."_s
                 .arg(displayLink(link))
                 .arg(status)},
            Retry::Always,
            waitOf(retryAfter)};
}

HttpFailure failureOfConnection(QNetworkReply::NetworkError error, const QString& detail,
                                const QUrl& link)
{
    const QString shown = displayLink(link);
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return failed(u"There is no server named %1: check the link and the connection to the "
                      "network."_s.arg(link.host()),
                      Retry::IfBegun);
    case QNetworkReply::ConnectionRefusedError:
        return failed(u"The server of %1 does not accept connections: check the link, or try again "
                      "later."_s.arg(shown),
                      Retry::IfBegun);
    case QNetworkReply::SslHandshakeFailedError:
        return failed(u"No secure connection to %1 (%2): check the link and the clock of this "
                      "computer."_s.arg(shown, detail));
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return failed(u"The proxy cannot be reached: check the proxy settings of the system."_s,
                      Retry::IfBegun);
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return failed(u"This build cannot open %1: download the file with a browser and import "
                      "it."_s.arg(shown));
    case QNetworkReply::ProtocolFailure:
        return failed(u"%1 does not answer like a web server: check the link."_s.arg(shown));
    default:
        return failed(
            u"The connection to %1 broke off: check the network and try again."_s.arg(shown),
            Retry::Always);
    }
}

} // namespace espalier
