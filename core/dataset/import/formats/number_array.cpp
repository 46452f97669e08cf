#include "core/dataset/import/formats/number_array.h"

#include <QFloat16>
#include <QIODevice>
#include <QtEndian>
#include <cstring>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

struct NumberTypeFacts {
    NumberType type;
    qint64 bytes;
    bool whole;
    ElementType element;
};

constexpr NumberTypeFacts Facts[] = {
    {NumberType::Bool, 1, true, ElementType::UInt8},
    {NumberType::UInt8, 1, true, ElementType::UInt8},
    {NumberType::Int8, 1, true, ElementType::Float32},
    {NumberType::UInt16, 2, true, ElementType::Float32},
    {NumberType::Int16, 2, true, ElementType::Float32},
    {NumberType::UInt32, 4, true, ElementType::Float64},
    {NumberType::Int32, 4, true, ElementType::Float64},
    {NumberType::UInt64, 8, true, ElementType::Float64},
    {NumberType::Int64, 8, true, ElementType::Float64},
    {NumberType::Float16, 2, false, ElementType::Float32},
    {NumberType::Float32, 4, false, ElementType::Float32},
    {NumberType::Float64, 8, false, ElementType::Float64},
};

const NumberTypeFacts& factsOf(NumberType type)
{
    return Facts[size_t(type)];
}

/// Numbers of type T, stored as bits of type Bits, written as numbers of type To.
template <typename T, typename Bits, typename To>
void convertAs(QByteArrayView raw, bool bigEndian, char* target)
{
    const qsizetype count = raw.size() / qsizetype(sizeof(Bits));
    for (qsizetype i = 0; i < count; ++i) {
        Bits bits;
        std::memcpy(&bits, raw.data() + i * qsizetype(sizeof bits), sizeof bits);
        bits = bigEndian ? qFromBigEndian(bits) : qFromLittleEndian(bits);
        T value;
        std::memcpy(static_cast<void*>(&value), &bits, sizeof value);
        const To converted = To(value);
        std::memcpy(target + i * qsizetype(sizeof converted), &converted, sizeof converted);
    }
}

template <typename To>
void convertTo(QByteArrayView raw, const ArrayHeader& header, char* target)
{
    const bool big = header.bigEndian;
    switch (header.type) {
    case NumberType::Bool:
    case NumberType::UInt8:
        return convertAs<quint8, quint8, To>(raw, big, target);
    case NumberType::Int8:
        return convertAs<qint8, quint8, To>(raw, big, target);
    case NumberType::UInt16:
        return convertAs<quint16, quint16, To>(raw, big, target);
    case NumberType::Int16:
        return convertAs<qint16, quint16, To>(raw, big, target);
    case NumberType::UInt32:
        return convertAs<quint32, quint32, To>(raw, big, target);
    case NumberType::Int32:
        return convertAs<qint32, quint32, To>(raw, big, target);
    case NumberType::UInt64:
        return convertAs<quint64, quint64, To>(raw, big, target);
    case NumberType::Int64:
        return convertAs<qint64, quint64, To>(raw, big, target);
    case NumberType::Float16:
        return convertAs<qfloat16, quint16, To>(raw, big, target);
    case NumberType::Float32:
        return convertAs<float, quint32, To>(raw, big, target);
    case NumberType::Float64:
        return convertAs<double, quint64, To>(raw, big, target);
    }
}

Shape shapeOf(const QList<qint64>& sizes)
{
    return sizes.isEmpty() ? Shape{1} : Shape(sizes);
}

} // namespace

bool ArrayHeader::isWhole() const
{
    return factsOf(type).whole;
}

qint64 ArrayHeader::elementBytes() const
{
    return factsOf(type).bytes;
}

qint64 ArrayHeader::totalBytes() const
{
    qint64 total = elementBytes();
    for (qint64 size : sizes) {
        if (size > 0 && total > std::numeric_limits<qint64>::max() / size)
            return -1;
        total *= size;
    }
    return total;
}

ElementType ArrayHeader::element() const
{
    return factsOf(type).element;
}

Shape ArrayHeader::exampleShape() const
{
    return shapeOf(sizes.mid(1));
}

Shape ArrayHeader::wholeShape() const
{
    return shapeOf(sizes);
}

Shape imageShape(NumberType type, const Shape& shape)
{
    if (type != NumberType::UInt8)
        return {};
    if (shape.rank() == 2)
        return {shape[0], shape[1], 1};
    const bool isColor = shape.rank() == 3 && (shape.channels() == 1 || shape.channels() == 3);
    return isColor ? shape : Shape();
}

QByteArray convertNumbers(QByteArrayView raw, const ArrayHeader& header, ElementType element)
{
    const qint64 count = raw.size() / header.elementBytes();
    QByteArray result(count * elementSize(element), Qt::Uninitialized);
    switch (element) {
    case ElementType::UInt8:
        convertTo<quint8>(raw, header, result.data());
        break;
    case ElementType::Float32:
        convertTo<float>(raw, header, result.data());
        break;
    case ElementType::Float64:
        convertTo<double>(raw, header, result.data());
        break;
    }
    return result;
}

Result<QByteArray> readExactly(QIODevice& device, qint64 size)
{
    constexpr qint64 Step = 1 << 20; // sizes are claims: memory follows what arrives
    QByteArray bytes;
    qint64 done = 0;
    while (done < size) {
        bytes.resize(std::min(size, std::max(2 * done, Step)));
        const qint64 count = device.read(bytes.data() + done, bytes.size() - done);
        if (count <= 0)
            return failure(ErrorCode::InvalidInput,
                           u"it ends after %1 of %2 bytes"_s.arg(done).arg(size));
        done += count;
    }
    return bytes;
}

} // namespace espalier
