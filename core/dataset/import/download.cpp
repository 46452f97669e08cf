#include "core/dataset/import/download.h"

#include "core/base/files.h"
#include "core/dataset/import/http/http_exchange.h"
#include "core/dataset/import/http/http_failure.h"
#include "core/dataset/import/http/http_rules.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QRegularExpression>
#include <QUrlQuery>
#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace espalier {

namespace {

constexpr std::chrono::milliseconds LongestPause = 30s;
constexpr qint64 ReportMilliseconds = 100;
/// A try that brought this much more than all before it does not count as failed: a long download
/// over a bad line breaks more often than a link that leads nowhere.
constexpr qint64 WorthwhileBytes = 1 << 20;
/// How often a file of unknown length is measured against the disk.
constexpr qint64 RoomCheckBytes = qint64(64) << 20;

using Tried = tl::expected<void, HttpFailure>;

/// The proxies of the system for one manager, without changing them for the whole program.
class SystemProxies final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        return systemProxyForQuery(query);
    }
};

Status checkLink(const QUrl& link)
{
    if (!link.isValid() || link.host().isEmpty())
        return failure(ErrorCode::InvalidInput,
                       u"\"%1\" is no complete link: write it as https://server/path."_s.arg(
                           displayLink(link)));
    if (!isWebScheme(link))
        return failure(ErrorCode::Unsupported,
                       u"Links that begin with %1:// cannot be opened: use an http:// or https:// "
                       "link, or download the file and import it."_s.arg(link.scheme()));
    return {};
}

class Download final {
public:
    Download(const QUrl& link, const QString& path, const DownloadOptions& options,
             const ProgressSink& progress, std::stop_token stop)
        : m_link(link)
        , m_path(path)
        , m_options(options)
        , m_progress(progress)
        , m_stop(std::move(stop))
        , m_file(path + u".part"_s)
    {
        m_manager.setProxyFactory(new SystemProxies);
        m_lastReport.start();
    }

    Status run()
    {
        if (QFile::exists(m_path) && !QFile::remove(m_path))
            return failure(ErrorCode::Io,
                           u"Could not replace %1: close what uses it."_s.arg(m_path));
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return tl::unexpected(fileError(m_file, u"write"_s));
        Status done = fetch();
        if (done)
            done = finish();
        if (!done)
            m_file.remove();
        return done;
    }

private:
    Status fetch()
    {
        for (int failures = 0;;) {
            const qint64 furthest = m_furthest;
            const Tried tried = tryOnce();
            if (m_stop.stop_requested())
                return cancelled();
            if (tried)
                return {};
            const HttpFailure& problem = tried.error();
            failures = m_furthest - furthest >= WorthwhileBytes ? 1 : failures + 1;
            const bool canRetry = problem.retry == Retry::Always ||
                                  (problem.retry == Retry::IfBegun && m_furthest > 0);
            if (!canRetry || failures > m_options.retries)
                return tl::unexpected(problem.error);
            waitFor(std::max(problem.wait, pauseAfter(failures)), m_stop);
            if (m_stop.stop_requested())
                return cancelled();
        }
    }

    std::chrono::milliseconds pauseAfter(int failures) const
    {
        const std::chrono::milliseconds doubled =
            m_options.firstWait * (qint64(1) << std::min(failures - 1, 20));
        return std::min(doubled, LongestPause);
    }

    Tried tryOnce()
    {
        if (m_received > 0 && m_validator.isEmpty() && !startOver())
            return tl::unexpected(*m_refusal);
        QUrl url = m_link;
        for (int redirects = 0;; ++redirects) {
            const HttpExchange answer = get(url);
            if (m_refusal)
                return tl::unexpected(*m_refusal);
            if (!isRedirection(answer.head.status))
                return verdictOf(answer, url);
            if (redirects >= m_options.maximumRedirects)
                return refused(u"%1 leads on to other links more than %2 times: check the link."_s
                                   .arg(displayLink(m_link))
                                   .arg(m_options.maximumRedirects));
            const auto next = redirectionOf(url, answer.head.location);
            if (!next)
                return tl::unexpected(next.error());
            url = *next;
        }
    }

    HttpExchange get(const QUrl& url)
    {
        m_refusal.reset();
        const HttpReceiver receiver{[this](const HttpHead& head) { return takeHead(head); },
                                    [this](QByteArrayView piece) { return takePiece(piece); }};
        return exchange(m_manager, requestFor(url), receiver,
                        {m_options.stallTimeout, m_options.stallBytes}, m_stop);
    }

    QNetworkRequest requestFor(const QUrl& url) const
    {
        QNetworkRequest request(url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                             QNetworkRequest::ManualRedirectPolicy);
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        request.setRawHeader("User-Agent", "Espalier");
        request.setRawHeader("Accept-Encoding", "identity");
        if (!m_link.userInfo().isEmpty() && sameOrigin(url, m_link)) {
            const QString pair =
                m_link.userName(QUrl::FullyDecoded) + u':' + m_link.password(QUrl::FullyDecoded);
            request.setRawHeader("Authorization", "Basic " + pair.toUtf8().toBase64());
        }
        if (m_received > 0) {
            request.setRawHeader("Range", "bytes=" + QByteArray::number(m_received) + '-');
            request.setRawHeader("If-Range", m_validator);
        }
        return request;
    }

    tl::expected<QUrl, HttpFailure> redirectionOf(const QUrl& from, const QByteArray& location)
    {
        const QUrl to = from.resolved(QUrl::fromEncoded(location));
        const QString shown = displayLink(m_link);
        if (location.isEmpty() || !to.isValid() || to.host().isEmpty() || !isWebScheme(to))
            return refused(
                u"%1 leads on to something that is no web link: check the link."_s.arg(shown));
        if (from.scheme() == u"https"_s && to.scheme() == u"http"_s)
            return refused(u"%1 leads on to an insecure link: use the link %2 itself if you trust "
                           "it."_s.arg(shown, displayLink(to)));
        return to;
    }

    Tried verdictOf(const HttpExchange& answer, const QUrl& url)
    {
        const int status = answer.head.status;
        if (status == 416 && m_received > 0)
            return contentChanged();
        if (status != 0 && status != 200 && status != 206)
            return tl::unexpected(failureOfStatus(status, answer.head.retryAfter, m_link));
        if (answer.stalled)
            return tl::unexpected(HttpFailure{
                {ErrorCode::Network,
                 u"The server of %1 stopped sending, or sends next to nothing: check the network "
                 "and try again."_s.arg(displayLink(url))},
                Retry::Always});
        if (answer.error != QNetworkReply::NoError)
            return tl::unexpected(failureOfConnection(answer.error, answer.errorText, url));
        if (m_received < m_total)
            return tl::unexpected(
                failureOfConnection(QNetworkReply::RemoteHostClosedError, {}, url));
        return {};
    }

    bool takeHead(const HttpHead& head)
    {
        if (head.status != 200 && head.status != 206)
            return false;
        if (isWebPage(head))
            return refuse({ErrorCode::InvalidInput,
                           u"%1 leads to a web page, not to a file: open it in a browser and copy "
                           "the link of the file itself."_s.arg(displayLink(m_link))});
        const ContentRange range = contentRangeOf(head);
        if (head.status == 206 && !continues(head, range)) {
            m_refusal = contentChanged().error();
            return false;
        }
        if (head.status == 200) {
            if (!startOver())
                return false;
            m_entityTag = head.entityTag;
            m_lastModified = head.lastModified;
            m_validator = validatorOf(head);
            m_total = head.length;
        }
        if (head.status == 206 && m_total < 0)
            m_total = range.total;
        return hasRoom();
    }

    bool continues(const HttpHead& head, const ContentRange& range) const
    {
        const bool sameTotal = m_total < 0 || range.total < 0 || m_total == range.total;
        const bool knownTotal = m_total >= 0 || range.total >= 0; // else nobody knows the end
        const bool sameTag = head.entityTag.isEmpty() || head.entityTag == m_entityTag;
        const bool sameDate =
            head.lastModified.isEmpty() || m_received == 0 || head.lastModified == m_lastModified;
        return range.first == m_received && sameTotal && knownTotal && sameTag && sameDate;
    }

    bool hasRoom()
    {
        if (m_total > m_options.maximumBytes)
            return refuseSize();
        m_nextRoomCheck = m_received + RoomCheckBytes;
        const qint64 needed =
            m_total < 0 ? m_options.freeBytes : std::max<qint64>(m_total - m_received, 0);
        const Status room = requireDiskSpace(QFileInfo(m_path).absolutePath(), needed);
        return room ? true : refuse(room.error());
    }

    bool takePiece(QByteArrayView piece)
    {
        if (m_total >= 0 && piece.size() > m_total - m_received)
            return refuse(
                {ErrorCode::Network,
                 u"The server of %1 sends more bytes than it announced: try again later."_s.arg(
                     displayLink(m_link))});
        if (piece.size() > m_options.maximumBytes - m_received)
            return refuseSize();
        if (m_file.write(piece.data(), piece.size()) != piece.size())
            return refuse(fileError(m_file, u"write"_s));
        m_received += piece.size();
        m_furthest = std::max(m_furthest, m_received);
        if (m_total < 0 && m_received >= m_nextRoomCheck && !hasRoom())
            return false;
        if (m_lastReport.elapsed() >= ReportMilliseconds)
            report();
        return true;
    }

    /// After a change of the content on the server, what is there already is of no use.
    Tried contentChanged()
    {
        if (!startOver())
            return tl::unexpected(*m_refusal);
        return tl::unexpected(
            HttpFailure{{ErrorCode::Network,
                         u"The file at %1 changes while it is downloaded: try again later."_s.arg(
                             displayLink(m_link))},
                        Retry::Always});
    }

    bool startOver()
    {
        if (m_received > 0 && (!m_file.seek(0) || !m_file.resize(0)))
            return refuse(fileError(m_file, u"write"_s));
        m_received = 0;
        m_total = -1;
        m_validator.clear();
        m_entityTag.clear();
        m_lastModified.clear();
        return true;
    }

    bool refuse(const Error& error)
    {
        m_refusal = HttpFailure{error};
        return false;
    }

    bool refuseSize()
    {
        return refuse(
            {ErrorCode::InvalidInput,
             u"The file at %1 is larger than the allowed %2: check the link."_s.arg(
                 displayLink(m_link), QLocale().formattedDataSize(m_options.maximumBytes))});
    }

    static tl::unexpected<HttpFailure> refused(const QString& message)
    {
        return tl::unexpected(HttpFailure{{ErrorCode::Network, message}});
    }

    void report()
    {
        m_lastReport.restart();
        if (m_progress)
            m_progress({.bytes = m_furthest, .totalBytes = m_total});
    }

    Status finish()
    {
        if (const Status flushed = flushToDisk(m_file); !flushed)
            return flushed;
        m_total = m_received;
        report();
        m_file.close();
        if (!m_file.rename(m_path))
            return tl::unexpected(fileError(m_file, u"rename"_s));
        return {};
    }

    const QUrl m_link;
    const QString m_path;
    const DownloadOptions m_options;
    const ProgressSink& m_progress;
    const std::stop_token m_stop;
    QNetworkAccessManager m_manager;
    QFile m_file;
    QElapsedTimer m_lastReport;
    qint64 m_received = 0; ///< what the file holds
    qint64 m_furthest = 0; ///< what it ever held
    qint64 m_total = -1;
    qint64 m_nextRoomCheck = 0; ///< of `m_received`
    QByteArray m_entityTag;
    QByteArray m_lastModified;
    QByteArray m_validator; ///< for If-Range; empty: the download cannot be continued
    std::optional<HttpFailure> m_refusal;
};

} // namespace

Status download(const QUrl& link, const QString& path, const DownloadOptions& options,
                const ProgressSink& progress, std::stop_token stop)
{
    if (const Status usable = checkLink(link); !usable)
        return usable;
    if (stop.stop_requested())
        return cancelled();
    return Download(link, path, options, progress, std::move(stop)).run();
}

QString displayLink(const QUrl& link)
{
    QUrl shown = link.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    if (!shown.hasQuery())
        return shown.toDisplayString();
    QStringList keys;
    for (const auto& [key, value] : QUrlQuery(shown).queryItems())
        keys.append(value.isEmpty() ? u"…"_s : key + u"=…"_s);
    shown.setQuery(QString());
    return shown.toDisplayString() + u'?' + keys.join(u'&');
}

QString displaySource(const QString& source)
{
    static const QRegularExpression scheme(u"^\\s*[a-z][a-z0-9+.-]*://"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    const QUrl link(source.trimmed());
    if (link.isLocalFile() || !scheme.match(source).hasMatch())
        return source;
    if (link.isValid() && !link.host().isEmpty())
        return displayLink(link);
    static const QRegularExpression secrets(u"(?<=://).*@|[?#].*$"_s);
    return QString(source).remove(secrets);
}

} // namespace espalier
