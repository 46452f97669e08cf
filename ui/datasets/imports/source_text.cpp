#include "ui/datasets/imports/source_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QRegularExpression>
#include <QUrl>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SourceText", text);
}

QString schemeOf(const QString& text)
{
    static const QRegularExpression Scheme(u"^([a-z][a-z0-9+.-]+):"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return Scheme.match(text).captured(1).toLower();
}

tl::unexpected<Error> refusal(const QString& sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

Status checkPath(const QString& path)
{
    if (QFileInfo::exists(path))
        return {};
    return refusal(tr("There is no file or folder “%1”. Give a path, or a link that begins with "
                      "https://.")
                       .arg(QDir::toNativeSeparators(path)));
}

Status checkLink(const QString& text, const QString& scheme)
{
    const QUrl link(text, QUrl::StrictMode);
    if (scheme == u"sample")
        return link.path().compare(u"clothes"_s, Qt::CaseInsensitive) == 0
                   ? Status()
                   : Status(refusal(tr("There is one sample: sample:clothes.")));
    if (scheme == u"file")
        return checkPath(link.toLocalFile());
    if (scheme != u"http" && scheme != u"https")
        return refusal(
            tr("“%1:” cannot be read. Links begin with https://, http:// or file://.").arg(scheme));
    if (!link.isValid() || link.host().isEmpty())
        return refusal(tr("“%1” is no whole link: it needs a host, as in "
                          "https://example.org/data.zip.")
                           .arg(text));
    return {};
}

QString withHome(const QString& path)
{
    return path == u"~" || path.startsWith(u"~/") ? QDir::homePath() + path.sliced(1) : path;
}

QString unquoted(const QString& text)
{
    const bool quoted = text.size() > 1 && text.front() == text.back() &&
                        (text.front() == u'"' || text.front() == u'\'');
    return quoted ? text.sliced(1, text.size() - 2) : text;
}

} // namespace

Result<QStringList> sourcesFromText(const QString& text)
{
    const QString trimmed = unquoted(text.trimmed());
    if (trimmed.isEmpty())
        return QStringList();
    const QString scheme = schemeOf(trimmed);
    const bool isDrive = scheme.isEmpty() || QFileInfo::exists(trimmed);
    if (isDrive) {
        const QString path = withHome(trimmed);
        return checkPath(path).map([&] { return QStringList{QDir::cleanPath(path)}; });
    }
    static const QRegularExpression Blanks(u"\\s+"_s);
    const QStringList parts = trimmed.split(Blanks, Qt::SkipEmptyParts);
    const bool severalLinks =
        std::ranges::none_of(parts, [](const QString& part) { return schemeOf(part).isEmpty(); });
    const QStringList links = severalLinks ? parts : QStringList{trimmed};
    for (const QString& link : links)
        if (const Status checked = checkLink(link, schemeOf(link)); !checked)
            return failureOf(checked);
    return links;
}

QStringList sourcesFromMime(const QMimeData& data)
{
    QStringList sources;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            sources.append(url.toLocalFile());
        else if (url.scheme() == u"http" || url.scheme() == u"https")
            sources.append(url.toString(QUrl::FullyEncoded));
    }
    if (sources.isEmpty() && !data.hasUrls() && data.hasText())
        if (const auto typed = sourcesFromText(data.text()))
            sources = *typed;
    return sources;
}

QString freeName(const QString& wanted, const QStringList& taken)
{
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? wanted : u"%1 %2"_s.arg(wanted).arg(number);
        if (!taken.contains(name, Qt::CaseInsensitive))
            return name;
    }
}

QString nameProblem(const QString& name, const QStringList& taken)
{
    static const QRegularExpression Version(u"@[0-9]{1,9}$"_s);
    const QString tidy = name.trimmed();
    if (tidy.isEmpty())
        return tr("Give the dataset a name.");
    if (taken.contains(tidy, Qt::CaseInsensitive))
        return tr("There is a dataset “%1” already: choose another name.").arg(tidy);
    if (tidy.contains(Version))
        return tr("The name ends like the version of a dataset: leave out the part behind the @.");
    return {};
}

} // namespace espalier
