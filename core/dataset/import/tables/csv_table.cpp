#include "core/dataset/import/tables/csv_table.h"

#include "core/dataset/import/files/entry_path.h"
#include "core/dataset/import/files/file_tree.h"
#include "core/dataset/import/formats/csv_reader.h"
#include "core/dataset/import/import_context.h"
#include "core/dataset/import/tables/column_names.h"

#include <QHash>
#include <QIODevice>
#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// How many rows are looked at to see whether the cells of a column name files.
constexpr qint64 RowsWithFileNames = 100;
constexpr qint64 RowsBetweenReports = 1024;

bool isFileKind(CellKind kind)
{
    return kind == CellKind::ImageFile || kind == CellKind::ArrayFile;
}

void leaveOut(RowBatch& batch, const QString& file, qint64 row, const QString& reason)
{
    batch.problems.append({file, row, reason});
    ++batch.skipped;
}

} // namespace

CsvTable::CsvTable(std::shared_ptr<FileTree> tree, int entry)
    : TableReader(tree->name())
    , m_tree(std::move(tree))
    , m_entry(entry)
    , m_folder(folderOf(m_tree->entries()[size_t(entry)].path))
    , m_file(QString::fromUtf8(m_tree->entries()[size_t(entry)].path))
{
}

CsvTable::~CsvTable() = default;

Result<std::unique_ptr<TableReader>> CsvTable::open(std::shared_ptr<FileTree> tree, int entry,
                                                    ImportContext& context)
{
    std::unique_ptr<CsvTable> table(new CsvTable(std::move(tree), entry));
    if (const Status status = table->look(context); !status)
        return failureOf(status);
    return table;
}

Status CsvTable::look(ImportContext& context)
{
    Status status = rewind();
    if (status)
        status = lookAtHeader(context);
    if (status)
        status = lookAtRows(context);
    if (status)
        status = decideColumns();
    return status;
}

Status CsvTable::lookAtHeader(const ImportContext& context)
{
    const QList<QByteArray>& header = m_reader->header();
    m_width = header.size();
    if (m_width > context.limits.columns)
        return failure(
            ErrorCode::Unsupported,
            u"%1 has %2 columns, more than the limit of %3. Keep lists of numbers in npy "
            "files."_s.arg(m_file)
                .arg(m_width)
                .arg(context.limits.columns));
    m_firstLineIsData = isDataRow(header, m_reader->hasDecimalComma());
    m_atFirstLine = m_firstLineIsData;
    if (m_firstLineIsData)
        m_problems.append({m_file, 0,
                           u"the first line holds numbers: it is taken as data, and the "
                           "columns are called “column 1”, “column 2” …"_s});
    const QStringList names =
        m_firstLineIsData ? numberedNames(m_width) : columnNames(header, m_file, m_problems);
    for (const QString& name : names) {
        m_cells.append(int(m_columns.size()));
        m_columns.append(TableColumn{.name = name});
    }
    m_namedImages.fill(0, m_width);
    m_namedArrays.fill(0, m_width);
    m_missingFiles.fill(0, m_width);
    return {};
}

Status CsvTable::lookAtRows(ImportContext& context)
{
    CsvRow row;
    for (;;) {
        const auto found = nextRow(row);
        if (!found)
            return failureOf(found);
        if (!*found)
            break;
        if (++m_rows > context.limits.rows)
            return failure(
                ErrorCode::Unsupported,
                u"%1 has more than %2 rows. Import a part."_s.arg(m_file).arg(context.limits.rows));
        if (problemOf(row).isEmpty())
            lookAtRow(row);
        if (m_rows % RowsBetweenReports != 0)
            continue;
        if (context.isCancelled())
            return cancelled();
        context.report({.bytes = m_reader->bytesRead() / 2});
    }
    if (m_rows == 0)
        return failure(ErrorCode::InvalidInput,
                       u"%1 has column names but no row. Add at least one row."_s.arg(m_file));
    return {};
}

void CsvTable::lookAtRow(const CsvRow& row)
{
    const bool decimalComma = m_reader->hasDecimalComma();
    for (qsizetype i = 0; i < m_width; ++i) {
        m_columns[i].profile.add(row.cells[i], decimalComma);
        if (m_rows > RowsWithFileNames)
            continue;
        const QByteArray path = row.cells[i].toByteArray();
        const bool isThere = findFile(path) >= 0;
        m_namedImages[i] += isThere && isImageName(path);
        m_namedArrays[i] += isThere && isArrayName(path);
        m_missingFiles[i] += !isThere && (isImageName(path) || isArrayName(path));
    }
}

Status CsvTable::decideColumns()
{
    QList<TableColumn> columns;
    QList<int> cells;
    for (qsizetype i = 0; i < m_width; ++i) {
        TableColumn& column = m_columns[i];
        const bool isRest = column.profile.isEmpty() && m_reader->header()[i].trimmed().isEmpty();
        if (isRest)
            continue;
        column.classify();
        if (m_namedImages[i] > 0) {
            column.kind = CellKind::ImageFile;
            column.detected = Encoding::Image;
        } else if (m_namedArrays[i] > 0) {
            column.kind = CellKind::ArrayFile;
            column.detected = Encoding::Numeric;
        } else if (qint64(2) * m_missingFiles[i] > std::min(m_rows, RowsWithFileNames)) {
            m_problems.append(
                {m_file, 0,
                 u"column “%1” names files that are not beside the table: it is "
                 "taken as text. Import a folder or zip that holds both"_s.arg(column.name)});
        }
        columns.append(column);
        cells.append(int(i));
    }
    if (columns.isEmpty())
        return failure(ErrorCode::InvalidInput,
                       u"%1 has no column with a name, or with values in a row that has as many "
                       "as the first line. Correct the file and import again."_s.arg(m_file));
    m_columns = columns;
    m_cells = cells;
    return {};
}

void CsvTable::adopt(const QList<TableColumn>& columns)
{
    QHash<QString, int> cells;
    for (qsizetype i = 0; i < m_columns.size(); ++i)
        cells.insert(m_columns[i].name, m_cells[i]);
    m_cells.clear();
    for (const TableColumn& column : columns)
        m_cells.append(cells.value(column.name));
    m_columns = columns;
}

Status CsvTable::rewind()
{
    auto device = m_tree->open(m_entry);
    if (!device)
        return failureOf(device);
    auto reader = CsvReader::open(std::move(*device), m_file);
    if (!reader)
        return failureOf(reader);
    m_reader = std::move(*reader);
    m_atFirstLine = m_firstLineIsData;
    m_fileBytes = 0;
    return {};
}

Result<bool> CsvTable::nextRow(CsvRow& row)
{
    if (m_atFirstLine) {
        m_atFirstLine = false;
        row = {.number = 1, .problem = {}, .cells = {}};
        for (const QByteArray& cell : m_reader->header())
            row.cells.append(cell);
        return true;
    }
    const auto found = m_reader->next(row);
    row.number += m_firstLineIsData;
    return found;
}

QString CsvTable::problemOf(const CsvRow& row) const
{
    if (!row.problem.isEmpty() || row.cells.size() == m_width)
        return row.problem;
    return u"wrong number of columns: %1 instead of %2"_s.arg(row.cells.size()).arg(m_width);
}

int CsvTable::findFile(QByteArrayView cell) const
{
    const QByteArray path = normalizedPath(cell.toByteArray());
    const int besideTable = m_tree->find(m_folder + path);
    return besideTable >= 0 || m_folder.isEmpty() ? besideTable : m_tree->find(path);
}

Status CsvTable::next(RowBatch& batch, const BatchSize& size)
{
    batch.columns.resize(size_t(m_columns.size()));
    const qint64 end = m_reader->bytesRead() + m_fileBytes + size.bytes;
    CsvRow row;
    while (batch.size() + batch.skipped < size.rows && m_reader->bytesRead() + m_fileBytes < end) {
        const auto found = nextRow(row);
        if (!found)
            return failureOf(found);
        if (!*found)
            break;
        if (const QString problem = problemOf(row); !problem.isEmpty()) {
            leaveOut(batch, m_file, row.number, problem);
            continue;
        }
        const auto loaded = loadFiles(row, batch);
        if (!loaded)
            return failureOf(loaded);
        if (*loaded)
            addRow(row, batch);
    }
    return {};
}

Result<bool> CsvTable::loadFiles(const CsvRow& row, RowBatch& batch)
{
    m_files.clear();
    m_files.resize(size_t(m_columns.size()));
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        if (!isFileKind(m_columns[i].kind))
            continue;
        const QByteArrayView cell = row.cells[m_cells[i]];
        const int entry = findFile(cell);
        if (entry < 0) {
            const bool isEmpty = cell.isEmpty();
            leaveOut(batch, isEmpty ? m_file : QString::fromUtf8(cell), row.number,
                     isEmpty ? u"no file is named in column “%1”"_s.arg(m_columns[i].name)
                             : u"the file is missing"_s);
            return false;
        }
        auto bytes = m_tree->read(entry);
        if (!bytes && bytes.error().code != ErrorCode::InvalidInput)
            return failureOf(bytes);
        if (!bytes) {
            leaveOut(batch, QString::fromUtf8(cell), row.number, bytes.error().message);
            return false;
        }
        m_fileBytes += bytes->size();
        m_files[size_t(i)].name = QString::fromUtf8(cell);
        m_files[size_t(i)].bytes = std::move(*bytes);
    }
    return true;
}

void CsvTable::addRow(const CsvRow& row, RowBatch& batch)
{
    batch.rows.push_back(row.number);
    batch.usable.push_back(1);
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        BatchCells& cells = batch.columns[size_t(i)];
        const QByteArrayView cell = row.cells[m_cells[i]];
        if (isFileKind(m_columns[i].kind))
            cells.files.push_back(std::move(m_files[size_t(i)]));
        else if (m_columns[i].kind == CellKind::Number)
            cells.numbers.push_back(numberOf(row, m_columns[i], cell, batch));
        else
            cells.texts.append(cell.isEmpty() ? QString() : QString::fromUtf8(cell));
    }
}

double CsvTable::numberOf(const CsvRow& row, const TableColumn& column, QByteArrayView cell,
                          RowBatch& batch) const
{
    if (const auto number = parseNumber(cell, m_reader->hasDecimalComma()))
        return *number;
    if (!isMissingNumber(cell))
        batch.problems.append(
            {m_file, row.number,
             u"“%1” in column “%2” is no number: taken as missing"_s.arg(
                 QString::fromUtf8(cell.first(std::min<qsizetype>(cell.size(), 40))),
                 column.name)});
    return std::numeric_limits<double>::quiet_NaN();
}

qint64 CsvTable::totalBytes() const
{
    qint64 total = m_tree->entries()[size_t(m_entry)].size;
    const bool hasFiles = std::any_of(m_columns.begin(), m_columns.end(),
                                      [](const auto& column) { return isFileKind(column.kind); });
    if (hasFiles)
        for (const TreeEntry& entry : m_tree->entries())
            if (isImageName(entry.path) || isArrayName(entry.path))
                total += entry.size;
    return total;
}

/// The first reading of the table counts as half of it.
qint64 CsvTable::bytesRead() const
{
    const qint64 table = m_tree->entries()[size_t(m_entry)].size;
    return (table + (m_reader ? m_reader->bytesRead() : 0)) / 2 + m_fileBytes;
}

} // namespace espalier
