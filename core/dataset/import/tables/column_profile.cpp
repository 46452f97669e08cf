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
constexpr int FewClasses = 100;

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

void ColumnProfile::add(QByteArrayView cell, bool allowDecimalComma)
{
    if (cell.isEmpty())
        return;
    const auto number = parseNumber(cell, allowDecimalComma);
    const auto key = QByteArray::fromRawData(cell.data(), cell.size());
    if (!number && isMissingNumber(cell)) {
        ++m_missing;
        if (!m_missingWords.contains(key))
            m_missingWords.insert(cell.toByteArray());
        return;
    }
    ++(number ? m_numbers : m_words);
    m_isWhole = m_isWhole && number && std::trunc(*number) == *number;
    if (m_hasManyValues || m_distinct.contains(key))
        return;
    m_distinct.insert(cell.toByteArray());
    m_hasManyValues = m_distinct.size() > MostClasses;
    if (m_hasManyValues)
        m_distinct = {};
}

void ColumnProfile::merge(const ColumnProfile& other)
{
    m_numbers += other.m_numbers;
    m_words += other.m_words;
    m_missing += other.m_missing;
    m_missingWords.unite(other.m_missingWords);
    m_isWhole = m_isWhole && other.m_isWhole;
    m_distinct.unite(other.m_distinct);
    m_hasManyValues = m_hasManyValues || other.m_hasManyValues || m_distinct.size() > MostClasses;
    if (m_hasManyValues)
        m_distinct = {};
}

bool ColumnProfile::isNumeric() const
{
    return m_numbers > 0 && double(m_numbers) >= NumericShare * double(m_numbers + m_words);
}

bool ColumnProfile::isRepeated(qint64 distinct, qint64 values) const
{
    constexpr qint64 AlwaysFew = 10;
    return !m_hasManyValues && distinct < values && distinct <= std::max(AlwaysFew, values / 2);
}

bool ColumnProfile::isLabel(const QString& name) const
{
    static const QRegularExpression names(u"^(labels?|class(es)?|category|level \\d+)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return m_isWhole && m_distinct.size() <= FewClasses &&
           isRepeated(m_distinct.size(), m_numbers) && names.match(name).hasMatch();
}

Encoding ColumnProfile::encoding(const QString& name) const
{
    const bool isNumber = isNumeric() && !isLabel(name);
    const qint64 distinct = m_distinct.size() + (isNumber ? 0 : m_missingWords.size());
    const qint64 values = m_numbers + m_words + (isNumber ? 0 : m_missing);
    if (distinct == 2 && isRepeated(distinct, values))
        return Encoding::Binary;
    if (isNumber)
        return Encoding::Numeric;
    return isRepeated(distinct, values) ? Encoding::Categorical : Encoding::Text;
}

} // namespace espalier
