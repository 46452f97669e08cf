#include "ui/evaluation/predictions/matrix/matrix_names.h"

#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/widgets/one_line.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int LongestLeft = 168;
constexpr int ShortestLeft = 76; // "Predicted →" stands in the corner
constexpr int TallestTop = 112;
constexpr int Gap = 12;
constexpr qsizetype LookedAt = 400; // of thousands of classes

QStringList pieces(const QString& name)
{
    QStringList parts;
    QString part;
    for (const QChar c : name) {
        part += c;
        if (c == u' ' || c == u'-' || c == u'/' || c == u'_') {
            parts.append(part);
            part.clear();
        }
    }
    if (!part.isEmpty())
        parts.append(part);
    return parts;
}

int longestWidth(const QStringList& names, const QFontMetrics& metrics, int bound)
{
    int widest = 0;
    for (const QString& name : names.mid(0, LookedAt)) {
        widest = std::max(widest, metrics.horizontalAdvance(oneLine(name)));
        if (widest >= bound)
            return bound;
    }
    return widest;
}

} // namespace

QStringList wrappedName(const QString& name, const QFontMetrics& metrics, int width, int lines)
{
    QStringList wrapped;
    for (const QString& part : pieces(oneLine(name))) {
        const bool fits = !wrapped.isEmpty() &&
                          metrics.horizontalAdvance((wrapped.last() + part).trimmed()) <= width;
        if (fits || (!wrapped.isEmpty() && wrapped.size() == lines))
            wrapped.last() += part;
        else
            wrapped.append(part);
    }
    for (QString& line : wrapped) {
        line = line.trimmed();
        if (metrics.horizontalAdvance(line) > width)
            line = metrics.elidedText(line, Qt::ElideRight, width);
    }
    return wrapped;
}

NameLayout nameLayout(const QStringList& names, const QFontMetrics& metrics, int width)
{
    const QStringList seen = names.mid(0, LookedAt);
    const auto cut = std::ranges::count_if(seen, [&](const QString& name) {
        return wrappedName(name, metrics, width).join(QString()).contains(QChar(u'…'));
    });
    return cut * 3 > seen.size() ? NameLayout::Turned : NameLayout::Wrapped;
}

QSize nameRoom(const QStringList& names, const QFontMetrics& left, const QFontMetrics& top,
               NameLayout layout)
{
    const int width = std::max(ShortestLeft, longestWidth(names, left, LongestLeft - Gap) + Gap);
    const int height = layout == NameLayout::Wrapped ? 2 * top.height()
                                                     : longestWidth(names, top, TallestTop - Gap);
    return {width, std::max(2 * top.height(), height) + 8};
}

} // namespace espalier
