#include "core/dataset/import/formats/number_array.h"

#include <QIODevice>
#include <QtEndian>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MostAxes = 8;

std::optional<NumberType> typeOfCode(uchar code)
{
    switch (code) {
    case 0x08:
        return NumberType::UInt8;
    case 0x09:
        return NumberType::Int8;
    case 0x0B:
        return NumberType::Int16;
    case 0x0C:
        return NumberType::Int32;
    case 0x0D:
        return NumberType::Float32;
    case 0x0E:
        return NumberType::Float64;
    default:
        return std::nullopt;
    }
}

} // namespace

bool isIdx(QByteArrayView head)
{
    return head.size() >= 4 && head[0] == 0 && head[1] == 0 && typeOfCode(uchar(head[2])) &&
           head[3] >= 1 && head[3] <= MostAxes;
}

Result<ArrayHeader> readIdxHeader(QIODevice& device)
{
    const QByteArray magic = device.read(4);
    if (!isIdx(magic))
        return failure(ErrorCode::InvalidInput, u"it is no IDX file"_s);
    ArrayHeader header;
    header.type = *typeOfCode(uchar(magic[2]));
    header.bigEndian = true;
    const qint64 axes = uchar(magic[3]);
    const auto sizes = readExactly(device, 4 * axes);
    if (!sizes)
        return failureOf(sizes);
    for (qsizetype axis = 0; axis < axes; ++axis)
        header.sizes.append(qFromBigEndian<quint32>(sizes->constData() + 4 * axis));
    if (header.totalBytes() < 0)
        return failure(ErrorCode::InvalidInput, u"its shape is beyond all measure"_s);
    return header;
}

} // namespace espalier
