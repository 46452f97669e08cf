#include "core/dataset/import/preview_collector.h"

#include "core/dataset/feature_column.h"
#include "core/dataset/image_transform.h"
#include "core/dataset/store/append_file.h"

#include <algorithm>

namespace espalier {

namespace {

/// One row of a Tensor column.
PreviewCell cellOfBytes(const QByteArray& bytes, const ColumnSchema& schema)
{
    if (schema.detected == Encoding::Image && schema.element == ElementType::UInt8)
        return {
            schema.shape.toString(),
            thumbnailOf(imageOfPixels(reinterpret_cast<const uchar*>(bytes.data()), schema.shape))};
    if (schema.shape.elementCount() == 1)
        return {numberText(tensorElement(bytesOf(bytes), schema.element, 0)), {}};
    return {schema.shape.toString(), {}};
}

PreviewCell cellOf(const BatchCells& cells, qsizetype row, CellKind kind,
                   const ColumnSchema& schema)
{
    switch (kind) {
    case CellKind::Number:
        return {numberText(cells.numbers[size_t(row)]), {}};
    case CellKind::Text:
        return {cells.texts[row], {}};
    case CellKind::ImageFile: {
        const DecodedImage& image = cells.files[size_t(row)].image;
        return {image.shape.toString(),
                image.pixels.isNull() ? image.thumbnail : thumbnailOf(image.pixels)};
    }
    case CellKind::ArrayFile: {
        const NumberArray& array = cells.files[size_t(row)].array;
        return cellOfBytes(convertNumbers(array.raw, array.header, schema.element), schema);
    }
    case CellKind::Array: {
        const qint64 size = schema.shape.elementCount() * elementSize(schema.element);
        return cellOfBytes(cells.arrays.mid(row * size, size), schema);
    }
    }
    return {};
}

} // namespace

PreviewCollector::PreviewCollector(PreviewSink sink)
    : m_sink(std::move(sink))
{
}

bool PreviewCollector::isFull() const
{
    const qsizetype columns = std::max<qsizetype>(m_preview.columns.size(), 1);
    const qsizetype most =
        std::clamp<qsizetype>(ImportPreview::MostCells / columns, 1, ImportPreview::MostRows);
    return m_preview.rows.size() >= most;
}

void PreviewCollector::add(const RowBatch& batch, const QList<TableColumn>& columns,
                           const QList<ColumnSchema>& schemas)
{
    if (!m_sink || isFull() || schemas.size() != columns.size())
        return;
    m_preview.columns.clear();
    for (const ColumnSchema& schema : schemas)
        m_preview.columns.append({schema.name, schema.detected, schema.shape});
    const qsizetype before = m_preview.rows.size();
    for (qsizetype row = 0; row < batch.size() && !isFull(); ++row) {
        if (!batch.usable[size_t(row)])
            continue;
        QList<PreviewCell> cells;
        for (qsizetype i = 0; i < columns.size(); ++i)
            cells.append(cellOf(batch.columns[size_t(i)], row, columns[i].kind, schemas[i]));
        m_preview.rows.append(cells);
    }
    if (m_preview.rows.size() > before)
        m_sink(m_preview);
}

void PreviewCollector::startOver()
{
    m_preview = {};
}

} // namespace espalier
