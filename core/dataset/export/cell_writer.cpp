#include "core/dataset/export/cell_writer.h"

#include "core/dataset/feature_column.h"
#include "core/dataset/import/formats/image_decoder.h"
#include "core/dataset/store/image_files.h"

#include <QBuffer>
#include <QImage>
#include <QtEndian>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QByteArray numberBytes(double number)
{
    return std::isnan(number) ? QByteArray()
                              : QByteArray::number(number, 'g', QLocale::FloatingPointShortest);
}

Result<QByteArray> pngOf(const QByteArray& pixels, const Shape& shape)
{
    const bool isGrey = shape.channels() == 1;
    const QImage image(reinterpret_cast<const uchar*>(pixels.constData()), int(shape[1]),
                       int(shape[0]), qsizetype(shape[1] * shape.channels()),
                       isGrey ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "png"))
        return failure(ErrorCode::Internal, u"Could not write an image as PNG."_s);
    return png;
}

QByteArray npyHeader(const ColumnSchema& schema)
{
    constexpr qsizetype Alignment = 64;
    constexpr qsizetype Prefix = 10;
    const QByteArray type = schema.element == ElementType::UInt8     ? "|u1"
                            : schema.element == ElementType::Float32 ? "<f4"
                                                                     : "<f8";
    QByteArray text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (";
    for (const qint64 size : schema.shape.sizes())
        text += QByteArray::number(size) + ", ";
    text += "), }";
    text += QByteArray((Alignment - (Prefix + text.size() + 1) % Alignment) % Alignment, ' ');
    text += '\n';
    QByteArray size(2, '\0');
    qToLittleEndian(quint16(text.size()), size.data());
    return QByteArray("\x93NUMPY\x01\x00", 8) + size + text;
}

} // namespace

bool CellWriter::isImage() const
{
    return schema().storage == StorageKind::EncodedImage ||
           (schema().storage == StorageKind::Tensor && schema().detected == Encoding::Image &&
            schema().element == ElementType::UInt8 && schema().shape.rank() == 3 &&
            (schema().shape.channels() == 1 || schema().shape.channels() == 3));
}

bool CellWriter::writesFiles() const
{
    return isImage() ||
           (schema().storage == StorageKind::Tensor && schema().shape.elementCount() > 1);
}

QByteArray CellWriter::rowBytes(RowIndex row) const
{
    const auto values = m_store->tensor(m_column);
    const qint64 size = schema().shape.elementCount() * elementSize(schema().element);
    return QByteArray::fromRawData(reinterpret_cast<const char*>(values.data()) + row * size, size);
}

QByteArray CellWriter::cell(RowIndex row) const
{
    if (writesFiles())
        return quotedCell(fileName(row));
    if (schema().storage == StorageKind::Tensor)
        return numberBytes(tensorElement(m_store->tensor(m_column), schema().element, row));
    const qint32 code = m_store->codes(m_column)[row];
    return code < 0 ? QByteArray() : quotedCell(schema().texts[code].toUtf8());
}

QByteArray CellWriter::fileName(RowIndex row) const
{
    constexpr int Digits = 8;
    QByteArray suffix = isImage() ? "png" : "npy";
    if (schema().storage == StorageKind::EncodedImage)
        suffix = imageFormat(m_store->encodedImage(m_column, row));
    return m_folder + '/' + QByteArray::number(row).rightJustified(Digits, '0') + '.' + suffix;
}

Result<QByteArray> CellWriter::fileContent(RowIndex row) const
{
    if (schema().storage == StorageKind::EncodedImage)
        return m_store->encodedImage(m_column, row);
    if (isImage())
        return pngOf(rowBytes(row), schema().shape);
    return npyHeader(schema()) + rowBytes(row);
}

QByteArray quotedCell(const QByteArray& text)
{
    const bool needsQuotes =
        text != text.trimmed() || std::any_of(text.begin(), text.end(), [](char c) {
            return c == ',' || c == ';' || c == '\t' || c == '"' || c == '\n' || c == '\r';
        });
    return needsQuotes ? '"' + QByteArray(text).replace('"', "\"\"") + '"' : text;
}

QByteArray plainName(const QString& name)
{
    QByteArray plain;
    for (const QChar c : name.toLower())
        plain += (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') ? c.toLatin1() : '-';
    return plain;
}

} // namespace espalier
