#include "core/dataset/import/formats/number_array.h"

#include <QIODevice>
#include <QRegularExpression>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QByteArrayView Magic("\x93NUMPY");
constexpr qint64 LargestHeader = 1 << 20;

tl::unexpected<Error> unreadable(const QString& why)
{
    return failure(ErrorCode::InvalidInput, why);
}

struct TypeName {
    const char16_t* name;
    NumberType type;
};

constexpr TypeName TypeNames[] = {
    {u"b1", NumberType::Bool},    {u"u1", NumberType::UInt8},   {u"i1", NumberType::Int8},
    {u"u2", NumberType::UInt16},  {u"i2", NumberType::Int16},   {u"u4", NumberType::UInt32},
    {u"i4", NumberType::Int32},   {u"u8", NumberType::UInt64},  {u"i8", NumberType::Int64},
    {u"f2", NumberType::Float16}, {u"f4", NumberType::Float32}, {u"f8", NumberType::Float64},
};

Status readType(const QString& text, ArrayHeader& header)
{
    static const QRegularExpression pattern(uR"('descr':\s*'([<>|=]?)(\w+)')"_s);
    const auto match = pattern.match(text);
    if (match.captured(2) == u"O")
        return unreadable(u"it holds Python objects; save plain numbers"_s);
    header.bigEndian = match.captured(1) == u">";
    for (const TypeName& known : TypeNames)
        if (match.captured(2) == QStringView(known.name)) {
            header.type = known.type;
            return {};
        }
    const QString type = match.hasMatch() ? match.captured(2) : u"a structure"_s;
    return unreadable(
        u"its type (%1) cannot be read; save whole numbers or floats up to 64 bits"_s.arg(type));
}

Status readSizes(const QString& text, ArrayHeader& header)
{
    static const QRegularExpression pattern(uR"('shape':\s*\(([\d,\sL]*)\))"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return unreadable(u"its shape cannot be read"_s);
    for (const QString& part : match.captured(1).split(u',', Qt::SkipEmptyParts)) {
        if (part.trimmed().isEmpty())
            continue;
        bool isNumber = false;
        const qint64 size = part.trimmed().toLongLong(&isNumber);
        if (!isNumber)
            return unreadable(u"its shape cannot be read"_s);
        header.sizes.append(size);
    }
    if (header.totalBytes() < 0)
        return unreadable(u"its shape is beyond all measure"_s);
    return {};
}

/// Column-major order means the same as row-major when at most one axis is longer than 1.
Status checkOrder(const QString& text, const ArrayHeader& header)
{
    static const QRegularExpression pattern(uR"('fortran_order':\s*True)"_s);
    const auto longAxes = std::count_if(header.sizes.begin(), header.sizes.end(),
                                        [](qint64 size) { return size > 1; });
    if (longAxes > 1 && pattern.match(text).hasMatch())
        return unreadable(
            u"its numbers lie in Fortran order; save it with numpy.ascontiguousarray"_s);
    return {};
}

} // namespace

bool isNpy(QByteArrayView head)
{
    return head.startsWith(Magic);
}

Result<ArrayHeader> readNpyHeader(QIODevice& device)
{
    const QByteArray start = device.read(8);
    if (start.size() < 8 || !isNpy(start))
        return unreadable(u"it is no npy file"_s);
    const int version = uchar(start[6]);
    if (version < 1 || version > 3)
        return unreadable(u"its npy version %1 is not known"_s.arg(version));
    const QByteArray sizeBytes = device.read(version == 1 ? 2 : 4);
    const qint64 size =
        sizeBytes.size() == 2   ? qint64(qFromLittleEndian<quint16>(sizeBytes.constData()))
        : sizeBytes.size() == 4 ? qint64(qFromLittleEndian<quint32>(sizeBytes.constData()))
                                : 0;
    if (size == 0 || size > LargestHeader)
        return unreadable(u"its npy header is damaged"_s);
    const auto bytes = readExactly(device, size);
    if (!bytes)
        return failureOf(bytes);
    const QString text = QString::fromUtf8(*bytes);
    ArrayHeader header;
    Status status = readType(text, header);
    if (status)
        status = readSizes(text, header);
    if (status)
        status = checkOrder(text, header);
    if (!status)
        return failureOf(status);
    return header;
}

} // namespace espalier
