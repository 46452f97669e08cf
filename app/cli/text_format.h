#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace espalier::cli {

enum class Align { Left, Right };

struct TextColumn {
    QString title;
    Align align = Align::Left;
};

/// Rows of text in aligned columns, for a terminal; a value.
class TextTable final {
public:
    explicit TextTable(QList<TextColumn> columns)
        : m_columns(std::move(columns))
    {
    }

    /// Cells that are left out stay empty.
    void addRow(const QStringList& cells) { m_rows.append(cells); }
    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }
    /// Without a line feed at the end; the header is left out when no column has a title.
    [[nodiscard]] QString toString() const;

private:
    QList<TextColumn> m_columns;
    QList<QStringList> m_rows;
};

[[nodiscard]] QString numberText(double value);     ///< four significant digits
[[nodiscard]] QString countText(qint64 count);      ///< "1,234,567"
[[nodiscard]] QString bytesText(qint64 bytes);      ///< "12.3 MiB"
[[nodiscard]] QString durationText(double seconds); ///< "1 min 20 s"
/// "1 row", "2,000 rows".
[[nodiscard]] QString amountText(qint64 count, const QString& singular, const QString& plural);
/// "'a', 'b'" for sentences; "none" without any.
[[nodiscard]] QString namesText(const QStringList& names);
/// "a, b", or of very many the first ones: "a, b, c and 1,234 more".
[[nodiscard]] QString someText(const QStringList& items);

} // namespace espalier::cli
