#include "ui/shell/commands/fuzzy_match.h"

#include <QList>
#include <algorithm>

namespace espalier {

namespace {

constexpr int Impossible = -1'000'000;
constexpr int WordStart = 10;
constexpr int Adjacent = 12;
constexpr int Letter = 1;

bool startsWord(const QString& text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

} // namespace

std::optional<int> fuzzyScore(const QString& query, const QString& text)
{
    const QString wanted = query.toCaseFolded().remove(u' ');
    const QString letters = text.toCaseFolded();
    if (wanted.isEmpty())
        return 0;
    // best[j]: the best score of the letters so far with the last of them at j.
    QList<int> best(letters.size(), Impossible);
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        QList<int> next(letters.size(), Impossible);
        int before = i == 0 ? 0 : Impossible;
        for (qsizetype j = 0; j < letters.size(); ++j) {
            if (letters.at(j) == wanted.at(i)) {
                const int here = Letter + (startsWord(letters, j) ? WordStart : 0);
                const int adjacent = i > 0 && j > 0 ? best.at(j - 1) + Adjacent : Impossible;
                next[j] = std::max(before, adjacent) + here;
            }
            before = std::max(before, i == 0 ? 0 : best.at(j));
        }
        best = next;
    }
    const int score = letters.isEmpty() ? Impossible : *std::ranges::max_element(best);
    return score > 0 ? std::optional(score * 100 - int(letters.size())) : std::nullopt;
}

} // namespace espalier
