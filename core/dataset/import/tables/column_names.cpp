#include "core/dataset/import/tables/column_names.h"

#include "core/dataset/import/tables/column_profile.h"

#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

QStringList columnNames(const QList<QByteArray>& header, const QString& file,
                        QList<ImportProblem>& problems)
{
    QStringList names;
    QSet<QString> taken;
    for (const QByteArray& cell : header) {
        const QString given = QString::fromUtf8(cell).trimmed();
        const QString base = given.isEmpty() ? u"column %1"_s.arg(names.size() + 1) : given;
        QString name = base;
        for (int copy = 2; taken.contains(name); ++copy)
            name = u"%1 %2"_s.arg(base).arg(copy);
        if (given.isEmpty())
            problems.append({file, 0, u"a column has no name: it is called “%1”"_s.arg(name)});
        else if (name != given)
            problems.append({file, 0,
                             u"the column name “%1” appears twice: the second is called "
                             "“%2”"_s.arg(given, name)});
        taken.insert(name);
        names.append(name);
    }
    return names;
}

QStringList numberedNames(qsizetype count)
{
    QStringList names;
    for (qsizetype i = 1; i <= count; ++i)
        names.append(u"column %1"_s.arg(i));
    return names;
}

bool isDataRow(const QList<QByteArray>& firstLine, bool allowDecimalComma)
{
    return std::all_of(firstLine.begin(), firstLine.end(), [=](const QByteArray& cell) {
        return parseNumber(cell, allowDecimalComma).has_value();
    });
}

} // namespace espalier
