#include "app/cli/text_format.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

QString formattedRow(const QStringList& cells, const QList<TextColumn>& columns,
                     const QList<qsizetype>& widths)
{
    QString line;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const QString cell = cells.value(i);
        line += columns[i].align == Align::Right ? cell.rightJustified(widths[i])
                                                 : cell.leftJustified(widths[i]);
        line += u"  "_s;
    }
    while (line.endsWith(QChar(u' ')))
        line.chop(1);
    return line;
}

} // namespace

QString TextTable::toString() const
{
    QStringList titles;
    for (const TextColumn& column : m_columns)
        titles.append(column.title);
    const bool titled = std::any_of(titles.cbegin(), titles.cend(),
                                    [](const QString& title) { return !title.isEmpty(); });
    QList<QStringList> rows = m_rows;
    if (titled)
        rows.prepend(titles);

    QList<qsizetype> widths(m_columns.size(), 0);
    for (const QStringList& row : rows)
        for (qsizetype i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], row.value(i).size());

    QStringList lines;
    for (const QStringList& row : rows)
        lines.append(formattedRow(row, m_columns, widths));
    return lines.join(QChar(u'\n'));
}

QString numberText(double value)
{
    return QString::number(value, 'g', 4);
}

QString countText(qint64 count)
{
    return QLocale(QLocale::English).toString(count);
}

QString bytesText(qint64 bytes)
{
    return QLocale(QLocale::English).formattedDataSize(bytes, 1);
}

QString durationText(double seconds)
{
    if (seconds < 10)
        return QString::number(seconds, 'f', 1) + u" s"_s;
    const qint64 whole = std::llround(seconds);
    if (whole < 60)
        return u"%1 s"_s.arg(whole);
    if (whole < 3600)
        return u"%1 min %2 s"_s.arg(whole / 60).arg(whole % 60);
    return u"%1 h %2 min"_s.arg(whole / 3600).arg(whole % 3600 / 60);
}

QString amountText(qint64 count, const QString& singular, const QString& plural)
{
    return u"%1 %2"_s.arg(countText(count), count == 1 ? singular : plural);
}

QString namesText(const QStringList& names)
{
    return names.isEmpty() ? u"none"_s : u"'"_s + names.join(u"', '"_s) + u"'"_s;
}

QString someText(const QStringList& items)
{
    constexpr qsizetype Most = 12;
    if (items.size() <= Most)
        return items.join(u", "_s);
    constexpr qsizetype Shown = Most - 2;
    return u"%1 and %2 more"_s.arg(items.first(Shown).join(u", "_s),
                                   countText(items.size() - Shown));
}

} // namespace espalier::cli
