#include "ui/widgets/one_line.h"

#include <algorithm>

namespace espalier {

namespace {
constexpr qsizetype LongestLine = 300;
} // namespace

QString oneLine(const QString& text)
{
    QString line;
    line.reserve(std::min(text.size(), LongestLine));
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar letter = text[i];
        if (letter == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            continue;
        if (letter == u'\n' || letter == u'\r')
            line += u'⏎';
        else if (letter == u'\t')
            line += u' ';
        else if (letter.category() != QChar::Other_Control)
            line += letter;
        if (line.size() >= LongestLine && !letter.isHighSurrogate() && i + 1 < text.size())
            return line + u'…';
    }
    return line;
}

} // namespace espalier
