#include "core/dataset/import/store_builder.h"

#include "core/base/files.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 BytesBetweenChecks = qint64(64) << 20;

std::vector<const FileCell*> usableFiles(const RowBatch& batch, int column)
{
    std::vector<const FileCell*> files;
    const auto& cells = batch.columns[size_t(column)].files;
    for (size_t row = 0; row < cells.size(); ++row)
        if (batch.usable[row])
            files.push_back(&cells[row]);
    return files;
}

bool sameSize(const Shape& a, const Shape& b)
{
    return a[0] == b[0] && a[1] == b[1];
}

qint64 rowBytes(const ColumnSchema& schema)
{
    return schema.shape.elementCount() * elementSize(schema.element);
}

void decideImages(ColumnSchema& schema, const std::vector<const FileCell*>& files, bool inColor)
{
    const Shape& first = files.front()->image.shape;
    const bool isUniform = std::all_of(files.begin(), files.end(), [&](const FileCell* file) {
        return sameSize(file->image.shape, first) && !file->image.pixels.isNull();
    });
    const bool hasColor = std::any_of(files.begin(), files.end(), [](const FileCell* file) {
        return file->image.shape.channels() == 3;
    });
    schema.storage = isUniform ? StorageKind::Tensor : StorageKind::EncodedImage;
    schema.element = ElementType::UInt8;
    schema.shape = {first[0], first[1], hasColor || inColor ? 3 : 1};
}

/// The widest type of the first arrays.
void decideArrays(ColumnSchema& schema, const std::vector<const FileCell*>& files)
{
    const ArrayHeader& first = files.front()->array.header;
    const Shape image = imageShape(first.type, first.wholeShape());
    schema.element = first.element();
    for (const FileCell* file : files)
        if (elementSize(file->array.header.element()) > elementSize(schema.element))
            schema.element = file->array.header.element();
    const bool isImage = !image.isEmpty() && schema.element == ElementType::UInt8;
    schema.shape = isImage ? image : first.wholeShape();
    schema.detected = isImage ? Encoding::Image : Encoding::Numeric;
}

} // namespace

StoreBuilder::StoreBuilder(std::unique_ptr<PackedStoreWriter> writer, QString dataFolder)
    : m_writer(std::move(writer))
    , m_dataFolder(std::move(dataFolder))
{
}

Result<std::unique_ptr<StoreBuilder>> StoreBuilder::create(const QString& dataFolder,
                                                           const QList<TableColumn>& columns,
                                                           const QSet<QString>& colorColumns)
{
    auto writer = PackedStoreWriter::create(dataFolder);
    if (!writer)
        return failureOf(writer);
    std::unique_ptr<StoreBuilder> builder(new StoreBuilder(std::move(*writer), dataFolder));
    for (const TableColumn& column : columns)
        builder->m_targets.push_back({column, {}});
    builder->m_colorColumns = colorColumns;
    return builder;
}

void StoreBuilder::addProblem(const ImportProblem& problem)
{
    if (!m_firstProblem)
        m_firstProblem = problem;
    m_writer->addProblem(problem);
}

qint64 StoreBuilder::unpackedRowBytes() const
{
    qint64 bytes = 0;
    for (const Target& target : m_targets)
        if (m_begun && target.schema.storage == StorageKind::Tensor)
            bytes += rowBytes(target.schema);
    return bytes;
}

QList<ColumnSchema> StoreBuilder::schemas() const
{
    QList<ColumnSchema> schemas;
    if (m_begun)
        for (const Target& target : m_targets)
            schemas.append(target.schema);
    return schemas;
}

Status StoreBuilder::append(RowBatch& batch)
{
    const auto isUsable = [](char usable) { return usable != 0; };
    if (!m_begun && std::any_of(batch.usable.begin(), batch.usable.end(), isUsable))
        if (const Status status = begin(batch); !status)
            return status;
    if (m_begun)
        rejectOtherArrays(batch);
    noteProblems(batch);
    const auto usable = std::count_if(batch.usable.begin(), batch.usable.end(), isUsable);
    if (usable == 0)
        return {};
    for (int i = 0; i < int(m_targets.size()); ++i)
        if (m_targets[size_t(i)].column.kind == CellKind::ImageFile)
            if (const Status status = fitImages(i, usableFiles(batch, i)); !status)
                return status;
    if (!m_needsColor.isEmpty())
        return {};
    for (int i = 0; i < int(m_targets.size()); ++i)
        if (const Status status = appendColumn(i, batch); !status)
            return status;
    m_rows += usable;
    return checkSpace();
}

Status StoreBuilder::begin(const RowBatch& batch)
{
    m_begun = true;
    for (int i = 0; i < int(m_targets.size()); ++i) {
        Target& target = m_targets[size_t(i)];
        decideSchema(target, usableFiles(batch, i));
        if (const auto added = m_writer->addColumn(target.schema); !added)
            return failureOf(added);
    }
    return {};
}

void StoreBuilder::decideSchema(Target& target, const Files& files) const
{
    const TableColumn& column = target.column;
    ColumnSchema& schema = target.schema;
    schema = {.name = column.name,
              .storage = StorageKind::Tensor,
              .element = column.element,
              .shape = {1},
              .detected = column.detected,
              .texts = {}};
    switch (column.kind) {
    case CellKind::Number:
        break;
    case CellKind::Text:
        schema.storage = StorageKind::Dictionary;
        schema.shape = {};
        break;
    case CellKind::Array:
        schema.shape = column.shape;
        break;
    case CellKind::ArrayFile:
        decideArrays(schema, files);
        break;
    case CellKind::ImageFile:
        decideImages(schema, files, m_colorColumns.contains(column.name));
        break;
    }
}

/// Arrays of one column must have one shape, and fit into its element type.
void StoreBuilder::rejectOtherArrays(RowBatch& batch)
{
    for (size_t i = 0; i < m_targets.size(); ++i) {
        if (m_targets[i].column.kind != CellKind::ArrayFile)
            continue;
        const ColumnSchema& schema = m_targets[i].schema;
        auto& files = batch.columns[i].files;
        for (size_t row = 0; row < files.size(); ++row) {
            const ArrayHeader& header = files[row].array.header;
            const Shape shape = header.wholeShape();
            const Shape image = imageShape(NumberType::UInt8, shape);
            const bool fits = shape == schema.shape || image == schema.shape;
            const bool isWider = elementSize(header.element()) > elementSize(schema.element);
            if (!batch.usable[row] || (fits && !isWider))
                continue;
            batch.usable[row] = 0;
            batch.problems.append(
                {files[row].name, batch.rows[row],
                 fits ? u"its numbers are of a larger type than in the first file"_s
                      : u"its shape is %1, that of the first file is %2"_s.arg(
                            shape.toString(), schema.shape.toString())});
        }
    }
}

Status StoreBuilder::fitImages(int index, const Files& files)
{
    Target& target = m_targets[size_t(index)];
    if (target.schema.storage != StorageKind::Tensor)
        return {};
    bool hasColor = false;
    for (const FileCell* file : files) {
        if (!sameSize(file->image.shape, target.schema.shape)) {
            target.schema.storage = StorageKind::EncodedImage;
            return m_writer->convertToEncodedImages(index);
        }
        hasColor = hasColor || file->image.shape.channels() == 3;
    }
    if (hasColor && target.schema.shape.channels() == 1)
        m_needsColor = target.column.name;
    return {};
}

Status StoreBuilder::appendColumn(int index, const RowBatch& batch)
{
    const BatchCells& cells = batch.columns[size_t(index)];
    const Target& target = m_targets[size_t(index)];
    switch (target.column.kind) {
    case CellKind::ImageFile:
        return appendImages(index, usableFiles(batch, index));
    case CellKind::ArrayFile:
        return appendArrays(index, usableFiles(batch, index));
    case CellKind::Array:
        return appendBytes(index, cells.arrays);
    case CellKind::Number: {
        QByteArray numbers;
        for (size_t row = 0; row < cells.numbers.size(); ++row)
            if (batch.usable[row])
                numbers.append(reinterpret_cast<const char*>(&cells.numbers[row]), sizeof(double));
        return appendBytes(index, numbers);
    }
    case CellKind::Text:
        for (size_t row = 0; row < batch.usable.size(); ++row)
            if (batch.usable[row])
                if (auto status = m_writer->appendText(index, cells.texts[qsizetype(row)]); !status)
                    return status;
        m_bytesSinceCheck += batch.size() * qint64(sizeof(qint32));
        return {};
    }
    return {};
}

Status StoreBuilder::appendImages(int index, const Files& files)
{
    const ColumnSchema& schema = m_targets[size_t(index)].schema;
    if (schema.storage == StorageKind::Tensor) {
        const qint64 size = rowBytes(schema);
        QByteArray pixels(size * qint64(files.size()), Qt::Uninitialized);
        char* target = pixels.data();
        for (const FileCell* file : files) {
            file->image.copyPixels(schema.shape.channels(), target);
            target += size;
        }
        return appendBytes(index, pixels);
    }
    for (const FileCell* file : files) {
        const QByteArray bytes = file->image.encoded();
        m_bytesSinceCheck += bytes.size();
        if (const auto status = m_writer->appendImage(index, bytes, file->image.shape); !status)
            return status;
    }
    return {};
}

Status StoreBuilder::appendArrays(int index, const Files& files)
{
    QByteArray values;
    for (const FileCell* file : files)
        values += convertNumbers(file->array.raw, file->array.header,
                                 m_targets[size_t(index)].schema.element);
    return appendBytes(index, values);
}

Status StoreBuilder::appendBytes(int index, const QByteArray& bytes)
{
    m_bytesSinceCheck += bytes.size();
    return m_writer->appendTensor(
        index, std::as_bytes(std::span(bytes.constData(), size_t(bytes.size()))));
}

Status StoreBuilder::checkSpace()
{
    if (m_bytesSinceCheck < BytesBetweenChecks)
        return {};
    m_bytesSinceCheck = 0;
    return requireDiskSpace(m_dataFolder, 2 * BytesBetweenChecks);
}

void StoreBuilder::noteProblems(RowBatch& batch)
{
    std::stable_sort(batch.problems.begin(), batch.problems.end(),
                     [](const auto& a, const auto& b) { return a.row < b.row; });
    for (const ImportProblem& problem : std::as_const(batch.problems))
        addProblem(problem);
    const auto unusable = std::count(batch.usable.begin(), batch.usable.end(), char(0));
    for (qint64 row = 0; row < batch.skipped + unusable; ++row)
        m_writer->addSkippedRow();
}

} // namespace espalier
