#include "core/dataset/import/store_builder.h"

#include <QBuffer>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Status decodeArray(FileCell& cell, qint64 largestPixels)
{
    QBuffer buffer(&cell.bytes);
    buffer.open(QIODevice::ReadOnly);
    auto header = readNpyHeader(buffer);
    if (!header)
        return failureOf(header);
    const Shape image = imageShape(header->type, header->wholeShape());
    if (!image.isEmpty() && image[0] * image[1] > largestPixels)
        return failure(ErrorCode::InvalidInput,
                       u"the image is too large (%1)"_s.arg(image.toString()));
    if (header->totalBytes() == 0)
        return failure(ErrorCode::InvalidInput, u"it holds no number"_s);
    auto raw = readExactly(buffer, header->totalBytes());
    if (!raw)
        return failureOf(raw);
    cell.array = {std::move(*header), std::move(*raw)};
    return {};
}

Status decodeImageCell(FileCell& cell, qint64 largestPixels)
{
    auto image = decodeImage(cell.bytes, largestPixels);
    if (!image)
        return failureOf(image);
    cell.image = std::move(*image);
    return {};
}

} // namespace

void decodeBatch(RowBatch& batch, const QList<TableColumn>& columns, qint64 largestPixels,
                 const std::stop_token& stop)
{
    for (size_t i = 0; i < batch.columns.size(); ++i) {
        const bool isImage = columns[qsizetype(i)].kind == CellKind::ImageFile;
        auto& files = batch.columns[i].files;
        for (size_t row = 0; row < files.size() && !stop.stop_requested(); ++row) {
            if (!batch.usable[row])
                continue;
            const Status status = isImage ? decodeImageCell(files[row], largestPixels)
                                          : decodeArray(files[row], largestPixels);
            files[row].bytes.clear();
            if (status)
                continue;
            batch.usable[row] = 0;
            batch.problems.append({files[row].name, batch.rows[row], status.error().message});
        }
    }
}

} // namespace espalier
