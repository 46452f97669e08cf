#include "core/dataset/import/table_join.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

struct KindName {
    CellKind kind;
    const char16_t* name;
};

constexpr KindName KindNames[] = {
    {CellKind::Number, u"numbers"},   {CellKind::Text, u"texts"},
    {CellKind::ImageFile, u"images"}, {CellKind::ArrayFile, u"array files"},
    {CellKind::Array, u"arrays of"},
};

QString describe(const TableColumn& column)
{
    for (const KindName& known : KindNames)
        if (known.kind == column.kind)
            return column.kind == CellKind::Array
                       ? QString::fromUtf16(known.name) + u' ' + column.shape.toString()
                       : QString::fromUtf16(known.name);
    return {};
}

qsizetype indexOf(const QList<TableColumn>& columns, const QString& name)
{
    for (qsizetype i = 0; i < columns.size(); ++i)
        if (columns[i].name == name)
            return i;
    return -1;
}

/// A column of `of` that `other` has not.
Status requireColumns(const TableReader& of, const TableReader& other)
{
    for (const TableColumn& column : of.columns())
        if (indexOf(other.columns(), column.name) < 0)
            return failure(ErrorCode::InvalidInput,
                           u"%1 has a column “%2” that %3 does not have: sources are joined only "
                           "with the same columns. Import them one by one."_s.arg(
                               of.name(), column.name, other.name()));
    return {};
}

bool isPlain(const TableColumn& column)
{
    return column.kind == CellKind::Number || column.kind == CellKind::Text;
}

/// Names of folders and classes of IDX files are never taken for numbers.
bool isLabels(const TableColumn& column)
{
    return column.kind == CellKind::Text && column.profile.isEmpty() &&
           column.detected == Encoding::Categorical;
}

Status joinColumn(TableColumn& column, const TableColumn& other, const TableReader& first,
                  const TableReader& table)
{
    if (isPlain(column) && isPlain(other)) {
        if (isLabels(column) || isLabels(other))
            column = {.name = column.name, .detected = Encoding::Categorical};
        else
            column.profile.merge(other.profile);
        return {};
    }
    if (column.kind == other.kind && column.element == other.element && column.shape == other.shape)
        return {};
    return failure(ErrorCode::InvalidInput,
                   u"Column “%1” holds %2 in %3, but %4 in %5: they cannot be joined. Import them "
                   "one by one."_s.arg(column.name, describe(column), first.name(), describe(other),
                                       table.name()));
}

} // namespace

Status joinTables(std::vector<std::unique_ptr<TableReader>>& tables)
{
    const TableReader& first = *tables.front();
    QList<TableColumn> columns = first.columns();
    for (size_t i = 1; i < tables.size(); ++i) {
        const TableReader& table = *tables[i];
        Status status = requireColumns(first, table);
        if (status)
            status = requireColumns(table, first);
        for (TableColumn& column : columns)
            if (status)
                status = joinColumn(column, table.columns()[indexOf(table.columns(), column.name)],
                                    first, table);
        if (!status)
            return status;
    }
    for (TableColumn& column : columns)
        if (isPlain(column) && !isLabels(column))
            column.classify();
    for (const auto& table : tables)
        table->adopt(columns);
    return {};
}

} // namespace espalier
