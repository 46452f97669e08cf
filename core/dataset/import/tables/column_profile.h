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
    static constexpr int MostClasses = 2000; ///< of words
    static constexpr int MostNumbers = 100;  ///< that may name classes

    void add(QByteArrayView cell, bool allowDecimalComma);
    void merge(const ColumnProfile& other);

    [[nodiscard]] bool isEmpty() const { return m_numberCount + m_wordCount + m_missingCount == 0; }
    /// At least 95 % of the values are numbers.
    [[nodiscard]] bool isNumeric() const;
    /// Numeric or Binary of numbers; Binary, Categorical or Text of texts. `name` helps: whole
    /// numbers of a column "label" are classes.
    [[nodiscard]] Encoding encoding(const QString& name) const;
    /// Whether whole numbers are names of classes, which are kept as texts.
    [[nodiscard]] bool isLabel(const QString& name) const;

private:
    /// Different values, as long as they are few: columns of measurements have millions.
    struct Distinct {
        QSet<QByteArray> values;
        bool areMany = false;

        void add(QByteArrayView cell, int most);
        void unite(const Distinct& other, int most);
    };

    qint64 m_numberCount = 0;
    qint64 m_wordCount = 0;
    qint64 m_missingCount = 0; ///< words that say that a number is missing
    bool m_isWhole = true;
    Distinct m_numbers;
    Distinct m_words;
    Distinct m_missing;
};

} // namespace espalier
