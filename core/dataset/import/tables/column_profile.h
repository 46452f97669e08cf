#pragma once

#include "core/base/feature_description.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QSet>
#include <optional>

namespace espalier {

/// The number that a cell holds: digits with a point (or a comma, where allowed) and an exponent.
/// Nothing for words, also not for "inf".
[[nodiscard]] std::optional<double> parseNumber(QByteArrayView cell, bool allowDecimalComma);

/// Whether a cell says that there is no value: empty; in a column of numbers also "NA", "N/A",
/// "nan", "null", "none", "?" and "-".
[[nodiscard]] bool isMissingNumber(QByteArrayView cell);

/// What the cells of a column look like, gathered one by one.
class ColumnProfile {
public:
    static constexpr int MostClasses = 2000;

    void add(QByteArrayView cell, bool allowDecimalComma);
    void merge(const ColumnProfile& other);

    [[nodiscard]] bool isEmpty() const { return m_numbers + m_words + m_missing == 0; }
    /// At least 95 % of the values are numbers.
    [[nodiscard]] bool isNumeric() const;
    /// Numeric or Binary of numbers; Binary, Categorical or Text of texts. `name` helps: whole
    /// numbers of a column "label" are classes.
    [[nodiscard]] Encoding encoding(const QString& name) const;
    /// Whether whole numbers are names of classes, which are kept as texts.
    [[nodiscard]] bool isLabel(const QString& name) const;

private:
    [[nodiscard]] bool isRepeated(qint64 distinct, qint64 values) const;

    qint64 m_numbers = 0;
    qint64 m_words = 0;
    qint64 m_missing = 0; ///< words that say that a number is missing
    bool m_isWhole = true;
    bool m_hasManyValues = false;
    QSet<QByteArray> m_distinct; ///< numbers and words; empty when there are many
    QSet<QByteArray> m_missingWords;
};

} // namespace espalier
