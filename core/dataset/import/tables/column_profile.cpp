#include "core/dataset/import/tables/column_profile.h"

#include <QRegularExpression>
#include <QString>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr double NumericShare = 0.95;
constexpr qsizetype LongestNumber = 64;

bool isRepeated(qint64 distinct, qint64 values)
{
    constexpr qint64 AlwaysFew = 10;
    return distinct < values && distinct <= std::max(AlwaysFew, values / 2);
}

std::optional<double> parsePlain(const char* begin, const char* end)
{
    if (begin != end && *begin == '+')
        ++begin;
    double value = 0;
    const auto [rest, error] = std::from_chars(begin, end, value);
    if (error != std::errc() || rest != end || !std::isfinite(value))
        return std::nullopt;
    return value;
}

} // namespace

std::optional<double> parseNumber(QByteArrayView cell, bool allowDecimalComma)
{
    cell = cell.trimmed();
    if (cell.isEmpty() || cell.size() > LongestNumber)
        return std::nullopt;
    if (!allowDecimalComma || cell.count(',') != 1)
        return parsePlain(cell.begin(), cell.end());
    std::array<char, size_t(LongestNumber)> text{};
    std::replace_copy(cell.begin(), cell.end(), text.begin(), ',', '.');
    return parsePlain(text.data(), text.data() + cell.size());
}

bool isMissingNumber(QByteArrayView cell)
{
    static const QList<QByteArray> words = {"na", "n/a", "nan", "null", "none", "?", "-"};
    return cell.isEmpty() || (cell.size() <= 4 && words.contains(cell.toByteArray().toLower()));
}

void ColumnProfile::Distinct::add(QByteArrayView cell, int most)
{
    if (areMany || values.contains(QByteArray::fromRawData(cell.data(), cell.size())))
        return;
    values.insert(cell.toByteArray());
    areMany = values.size() > most;
    if (areMany)
        values = {};
}

void ColumnProfile::Distinct::unite(const Distinct& other, int most)
{
    values.unite(other.values);
    areMany = areMany || other.areMany || values.size() > most;
    if (areMany)
        values = {};
}

void ColumnProfile::add(QByteArrayView cell, bool allowDecimalComma)
{
    if (cell.isEmpty())
        return;
    if (const auto number = parseNumber(cell, allowDecimalComma)) {
        ++m_numberCount;
        m_isWhole = m_isWhole && std::trunc(*number) == *number;
        m_numbers.add(cell, MostNumbers);
    } else if (isMissingNumber(cell)) {
        ++m_missingCount;
        m_missing.add(cell, MostClasses);
    } else {
        ++m_wordCount;
        m_words.add(cell, MostClasses);
    }
}

void ColumnProfile::merge(const ColumnProfile& other)
{
    m_numberCount += other.m_numberCount;
    m_wordCount += other.m_wordCount;
    m_missingCount += other.m_missingCount;
    m_isWhole = m_isWhole && other.m_isWhole;
    m_numbers.unite(other.m_numbers, MostNumbers);
    m_words.unite(other.m_words, MostClasses);
    m_missing.unite(other.m_missing, MostClasses);
}

bool ColumnProfile::isNumeric() const
{
    const qint64 values = m_numberCount + m_wordCount;
    return m_numberCount > 0 && double(m_numberCount) >= NumericShare * double(values);
}

bool ColumnProfile::isLabel(const QString& name) const
{
    static const QRegularExpression names(u"^(labels?|class(es)?|category|level \\d+)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return m_isWhole && m_wordCount == 0 && !m_numbers.areMany &&
           isRepeated(m_numbers.values.size(), m_numberCount) && names.match(name).hasMatch();
}

Encoding ColumnProfile::encoding(const QString& name) const
{
    const bool isNumber = isNumeric() && !isLabel(name);
    const qint64 values = m_numberCount + m_wordCount + (isNumber ? 0 : m_missingCount);
    const qint64 distinct =
        m_numbers.values.size() + m_words.values.size() + (isNumber ? 0 : m_missing.values.size());
    const bool areFew = !m_numbers.areMany && !m_words.areMany && distinct <= MostClasses &&
                        isRepeated(distinct, values);
    if (areFew && distinct == 2)
        return Encoding::Binary;
    if (isNumber)
        return Encoding::Numeric;
    return areFew ? Encoding::Categorical : Encoding::Text;
}

} // namespace espalier
