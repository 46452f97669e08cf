#include "core/dataset/import/tables/array_table.h"

#include "core/dataset/import/files/entry_path.h"
#include "core/dataset/import/files/file_tree.h"
#include "core/dataset/import/import_context.h"

#include <QIODevice>
#include <QSet>
#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 MostClasses = 100;

tl::unexpected<Error> unusable(const ArrayFile& file, const QString& why)
{
    return failure(ErrorCode::InvalidInput, u"%1 cannot be read: %2."_s.arg(file.file, why));
}

Status checkSize(const ArrayFile& file, const ImportContext& context)
{
    const ArrayHeader& header = file.header;
    if (header.totalBytes() == 0)
        return unusable(file, u"it holds no example"_s);
    const Shape image = imageShape(header.type, header.exampleShape());
    const bool isTooLarge = header.totalBytes() > context.limits.totalBytes ||
                            header.examples() > context.limits.rows ||
                            header.totalBytes() / header.examples() > FileTree::LargestWholeFile ||
                            (!image.isEmpty() && image[0] * image[1] > context.limits.imagePixels);
    if (isTooLarge)
        return unusable(
            file, u"with %1 examples of %2 it is larger than the limit"_s.arg(header.examples())
                      .arg(header.exampleShape().toString()));
    return {};
}

double numberAt(const QByteArray& numbers, qsizetype index)
{
    double value;
    std::memcpy(&value, numbers.constData() + index * qsizetype(sizeof value), sizeof value);
    return value;
}

/// Whether whole numbers are few and repeated, so that they name classes.
Result<bool> holdsClasses(FileTree& tree, const ArrayFile& file, const ImportContext& context)
{
    constexpr qint64 Step = 1 << 16;
    const ArrayHeader& header = file.header;
    if (header.sizes.size() != 1 || !header.isWhole())
        return false;
    std::unique_ptr<QIODevice> device;
    if (const auto opened = openArrayFile(tree, file.entry, file.isIdx, device); !opened)
        return failureOf(opened);
    QSet<double> distinct;
    for (qint64 row = 0; row < header.examples() && distinct.size() <= MostClasses; row += Step) {
        if (context.isCancelled())
            return cancelled();
        const qint64 count = std::min(Step, header.examples() - row);
        const auto raw = readExactly(*device, count * header.elementBytes());
        if (!raw)
            return unusable(file, raw.error().message);
        const QByteArray numbers = convertNumbers(*raw, header, ElementType::Float64);
        for (qint64 i = 0; i < count; ++i)
            distinct.insert(numberAt(numbers, i));
    }
    return distinct.size() <= MostClasses && 2 * distinct.size() <= header.examples();
}

TableColumn columnOf(const ArrayFile& file, const QString& name)
{
    TableColumn column;
    column.name = name;
    if (file.isClasses) {
        column.kind = CellKind::Text;
        column.detected = Encoding::Categorical;
        return column;
    }
    const Shape image = imageShape(file.header.type, file.header.exampleShape());
    column.kind = CellKind::Array;
    column.element = file.header.element();
    column.shape = image.isEmpty() ? file.header.exampleShape() : image;
    column.detected = image.isEmpty() ? Encoding::Numeric : Encoding::Image;
    return column;
}

QString nameByContent(const ArrayFile& file)
{
    if (file.isClasses)
        return u"category"_s;
    if (!imageShape(file.header.type, file.header.exampleShape()).isEmpty())
        return u"image"_s;
    return file.header.sizes.size() < 2 ? u"value"_s : u"values"_s;
}

} // namespace

Result<ArrayFile> openArrayFile(FileTree& tree, int entry, bool isIdx,
                                std::unique_ptr<QIODevice>& device)
{
    ArrayFile file;
    file.entry = entry;
    file.isIdx = isIdx;
    file.file = QString::fromUtf8(tree.entries()[size_t(entry)].path);
    auto opened = tree.open(entry);
    if (!opened)
        return failureOf(opened);
    device = std::move(*opened);
    const auto header = isIdx ? readIdxHeader(*device) : readNpyHeader(*device);
    if (!header)
        return unusable(file, header.error().message);
    file.header = *header;
    return file;
}

ArrayTable::ArrayTable(std::shared_ptr<FileTree> tree, const QString& name)
    : TableReader(name)
    , m_tree(std::move(tree))
{
}

ArrayTable::~ArrayTable() = default;

Result<std::unique_ptr<TableReader>> ArrayTable::make(std::shared_ptr<FileTree> tree,
                                                      const QList<ArrayFile>& files,
                                                      const QStringList& names,
                                                      const ImportContext& context)
{
    std::unique_ptr<ArrayTable> table(new ArrayTable(std::move(tree), files.first().file));
    table->m_rows = files.first().header.examples();
    for (qsizetype i = 0; i < files.size(); ++i) {
        const ArrayFile& file = files[i];
        if (const Status status = checkSize(file, context); !status)
            return failureOf(status);
        if (file.header.examples() != table->m_rows)
            return failure(ErrorCode::InvalidInput,
                           u"%1 holds %2 examples, but %3 holds %4: they do not belong together."_s
                               .arg(files.first().file)
                               .arg(table->m_rows)
                               .arg(file.file)
                               .arg(file.header.examples()));
        table->m_columns.append(columnOf(file, names[i]));
        table->m_rowBytes += file.header.totalBytes() / table->m_rows;
        table->m_sources.push_back({file, nullptr});
    }
    return table;
}

Result<std::unique_ptr<TableReader>> ArrayTable::openNpy(std::shared_ptr<FileTree> tree,
                                                         ImportContext& context)
{
    QList<ArrayFile> files;
    QStringList names;
    for (size_t i = 0; i < tree->entries().size(); ++i) {
        if (!isArrayName(tree->entries()[i].path))
            continue;
        std::unique_ptr<QIODevice> device;
        auto file = openArrayFile(*tree, int(i), false, device);
        if (!file)
            return failureOf(file);
        const auto isClasses = holdsClasses(*tree, *file, context);
        if (!isClasses)
            return failureOf(isClasses);
        file->isClasses = *isClasses;
        const QByteArray base = fileNameOf(tree->entries()[i].path);
        names.append(QString::fromUtf8(base.left(base.lastIndexOf('.'))));
        files.append(*file);
    }
    if (files.size() == 1)
        names = {nameByContent(files.first())};
    return make(std::move(tree), files, names, context);
}

Status ArrayTable::rewind()
{
    m_nextRow = 0;
    m_bytesRead = 0;
    for (Source& source : m_sources) {
        const auto opened =
            openArrayFile(*m_tree, source.file.entry, source.file.isIdx, source.device);
        if (!opened)
            return failureOf(opened);
    }
    return {};
}

Status ArrayTable::next(RowBatch& batch, const BatchSize& size)
{
    batch.columns.resize(m_sources.size());
    const qint64 most = std::clamp<qint64>(size.bytes / m_rowBytes, 1, size.rows);
    const qint64 rows = std::min(most, m_rows - m_nextRow);
    if (rows == 0)
        return {};
    for (size_t i = 0; i < m_sources.size(); ++i)
        if (const Status status = readRows(m_sources[i], rows, batch.columns[i]); !status)
            return status;
    for (qint64 row = 0; row < rows; ++row)
        batch.rows.push_back(++m_nextRow);
    batch.usable.assign(size_t(rows), 1);
    for (Source& source : m_sources)
        if (const Status status = checkEnd(source); !status)
            return status;
    return {};
}

Status ArrayTable::readRows(Source& source, qint64 rows, BatchCells& cells)
{
    const ArrayHeader& header = source.file.header;
    const qint64 rowBytes = header.totalBytes() / m_rows;
    auto raw = readExactly(*source.device, rows * rowBytes);
    if (!raw)
        return unusable(source.file, u"its header says %1 examples, but it ends before example "
                                     "%2; download it again"_s.arg(m_rows)
                                         .arg(m_nextRow + rows));
    m_bytesRead += raw->size();
    if (!source.file.isClasses) {
        cells.arrays = header.type == NumberType::UInt8
                           ? std::move(*raw)
                           : convertNumbers(*raw, header, header.element());
        return {};
    }
    const QByteArray numbers = convertNumbers(*raw, header, ElementType::Float64);
    for (qint64 row = 0; row < rows; ++row)
        cells.texts.append(QString::number(qint64(numberAt(numbers, row))));
    return {};
}

Status ArrayTable::checkEnd(Source& source)
{
    char more = 0;
    if (m_nextRow == m_rows && source.device->read(&more, 1) > 0)
        return unusable(
            source.file,
            u"its header says %1 examples, but it holds more; download it again"_s.arg(m_rows));
    return {};
}

qint64 ArrayTable::totalBytes() const
{
    qint64 total = 0;
    for (const Source& source : m_sources)
        total += source.file.header.totalBytes();
    return total;
}

} // namespace espalier
