#include "core/dataset/import/http/http_rules.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

bool isWebScheme(const QUrl& link)
{
    return link.scheme() == u"http"_s || link.scheme() == u"https"_s;
}

bool sameOrigin(const QUrl& a, const QUrl& b)
{
    const auto port = [](const QUrl& url) {
        return url.port(url.scheme() == u"https"_s ? 443 : 80);
    };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

bool isRedirection(int status)
{
    constexpr std::array Redirections{301, 302, 303, 307, 308};
    return std::find(Redirections.begin(), Redirections.end(), status) != Redirections.end();
}

bool isWebPage(const HttpHead& head)
{
    const QByteArray type = head.contentType.toLower();
    return type.startsWith("text/html") || type.startsWith("application/xhtml");
}

QByteArray validatorOf(const HttpHead& head)
{
    const bool isStrong = !head.entityTag.isEmpty() && !head.entityTag.startsWith("W/");
    return isStrong ? head.entityTag : head.lastModified;
}

ContentRange contentRangeOf(const HttpHead& head)
{
    static const QRegularExpression pattern(uR"(^bytes (\d+)-\d+/(\d+|\*)$)"_s);
    const auto match = pattern.match(QString::fromLatin1(head.contentRange));
    if (!match.hasMatch())
        return {};
    bool isKnown = false;
    const qint64 total = match.captured(2).toLongLong(&isKnown);
    bool isPlace = false;
    const qint64 first = match.captured(1).toLongLong(&isPlace);
    return {isPlace ? first : -1, isKnown ? total : -1};
}

QString localNameOf(const QUrl& link)
{
    constexpr qsizetype Longest = 80; // UTF-8 may take three bytes for each, and names have 255
    QString name;
    for (const QChar c : link.fileName(QUrl::FullyDecoded))
        if (c.isPrint() && !u"\\/:*?\"<>|"_s.contains(c))
            name.append(c);
    name = name.right(Longest).trimmed();
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    return name.isEmpty() ? u"download"_s : name;
}

} // namespace espalier
