#include "core/nn/checkpoint.h"

#include "core/base/files.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>
#include <algorithm>
#include <array>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qint64 LengthBytes = 8;
constexpr qint64 MaximumHeaderBytes = 100'000'000; // as huggingface/safetensors
constexpr qint64 Alignment = 8;
constexpr QLatin1String MetadataKey("__metadata__");

struct ElementType {
    TensorType type;
    const char16_t* name; ///< in the file
    qint64 bytes;
};
constexpr std::array<ElementType, 2> ElementTypes{{
    {TensorType::Float32, u"F32", 4},
    {TensorType::Int64, u"I64", 8},
}};

/// A tensor of the header with the place of its data.
struct Entry {
    NamedTensor tensor;
    qint64 begin = 0;
    qint64 end = 0;
};

tl::unexpected<Error> damaged(const QString& what)
{
    return failure(ErrorCode::InvalidInput,
                   u"The checkpoint is damaged: %1. Use another one of the run."_s.arg(what));
}

QString typeName(TensorType type)
{
    return QString::fromUtf16(std::ranges::find(ElementTypes, type, &ElementType::type)->name);
}

QJsonObject headerOf(const Checkpoint& checkpoint)
{
    QJsonObject header;
    qint64 begin = 0;
    for (const NamedTensor& tensor : checkpoint.tensors) {
        const qint64 end = begin + tensor.data.size();
        QJsonArray shape;
        for (const qint64 size : tensor.sizes)
            shape.append(size);
        header.insert(tensor.name, QJsonObject{{u"dtype"_s, typeName(tensor.type)},
                                               {u"shape"_s, shape},
                                               {u"data_offsets"_s, QJsonArray{begin, end}}});
        begin = end;
    }
    QJsonObject texts;
    for (auto it = checkpoint.metadata.begin(); it != checkpoint.metadata.end(); ++it)
        texts.insert(it.key(), it.value().toVariant().toString());
    if (!texts.isEmpty())
        header.insert(MetadataKey, texts);
    return header;
}

/// Whole numbers from 0; nothing when there is anything else in the array.
std::optional<QList<qint64>> wholeNumbers(const QJsonValue& value)
{
    if (!value.isArray())
        return std::nullopt;
    QList<qint64> numbers;
    for (const QJsonValue& element : value.toArray()) {
        numbers.append(element.toInteger(-1));
        if (numbers.last() < 0)
            return std::nullopt;
    }
    return numbers;
}

/// Bytes of a tensor; nothing when they are more than any file holds. Of one without elements, too,
/// the other sizes have to fit: readers multiply them before they come to the 0.
std::optional<qint64> byteCount(const QList<qint64>& sizes, qint64 elementBytes)
{
    qint64 bytes = elementBytes;
    for (const qint64 size : sizes) {
        const qint64 times = std::max<qint64>(size, 1);
        if (bytes > std::numeric_limits<qint64>::max() / times)
            return std::nullopt;
        bytes *= times;
    }
    return sizes.contains(0) ? 0 : bytes;
}

Result<Entry> entryOf(const QString& name, const QJsonObject& json)
{
    const QString dtype = json.value("dtype"_L1).toString();
    const auto type = std::ranges::find_if(
        ElementTypes, [&](const ElementType& t) { return dtype == QStringView(t.name); });
    if (type == ElementTypes.end())
        return failure(
            ErrorCode::Unsupported,
            u"The checkpoint holds '%1' as '%2', but only F32 and I64 can be read."_s.arg(
                name.left(80), dtype.left(20)));
    const auto sizes = wholeNumbers(json.value("shape"_L1));
    const auto offsets = wholeNumbers(json.value("data_offsets"_L1));
    if (!sizes || !offsets || offsets->size() != 2)
        return damaged(
            u"the shape or place of '%1' is no list of whole numbers"_s.arg(name.left(80)));
    const auto bytes = byteCount(*sizes, type->bytes);
    if (!bytes || offsets->at(0) > offsets->at(1) || offsets->at(1) - offsets->at(0) != *bytes)
        return damaged(u"the shape of '%1' does not fit its data"_s.arg(name.left(80)));
    return Entry{{name, type->type, *sizes, {}}, offsets->at(0), offsets->at(1)};
}

/// The entries in the order of their data, which must follow each other without gap or overlap.
Result<QList<Entry>> entriesOf(const QJsonObject& header, qint64 dataBytes)
{
    QList<Entry> entries;
    for (auto it = header.begin(); it != header.end(); ++it) {
        if (it.key() == MetadataKey)
            continue;
        Result<Entry> entry = entryOf(it.key(), it.value().toObject());
        if (!entry)
            return failureOf(entry);
        entries.append(*std::move(entry));
    }
    std::ranges::stable_sort(entries, {}, [](const Entry& e) { return std::pair(e.begin, e.end); });
    qint64 expected = 0;
    for (const Entry& entry : entries) {
        if (entry.begin != expected)
            return damaged(
                u"the data of '%1' is not where it should be"_s.arg(entry.tensor.name.left(80)));
        expected = entry.end;
    }
    if (expected != dataBytes)
        return damaged(u"it has %1 bytes of data instead of %2"_s.arg(dataBytes).arg(expected));
    return entries;
}

Result<QJsonObject> metadataOf(const QJsonObject& header)
{
    const QJsonValue metadata = header.value(MetadataKey);
    if (metadata.isUndefined())
        return QJsonObject();
    const QJsonObject texts = metadata.toObject();
    const bool allTexts =
        metadata.isObject() &&
        std::ranges::all_of(texts, [](const QJsonValue& value) { return value.isString(); });
    if (!allTexts)
        return damaged(u"its description is no list of texts"_s);
    return texts;
}

Result<QJsonObject> parseHeader(const QByteArray& bytes, qint64 length)
{
    QJsonParseError error;
    const auto json = QJsonDocument::fromJson(
        QByteArray::fromRawData(bytes.constData() + LengthBytes, length), &error);
    if (!json.isObject())
        return damaged(u"its header cannot be read (%1)"_s.arg(error.errorString()));
    return json.object();
}

} // namespace

const NamedTensor* Checkpoint::find(const QString& name) const
{
    const auto found = std::ranges::find(tensors, name, &NamedTensor::name);
    return found == tensors.end() ? nullptr : &*found;
}

QByteArray encodeCheckpoint(const Checkpoint& checkpoint)
{
    QByteArray header = QJsonDocument(headerOf(checkpoint)).toJson(QJsonDocument::Compact);
    header.append((Alignment - header.size() % Alignment) % Alignment, ' ');
    qint64 dataBytes = 0;
    for (const NamedTensor& tensor : checkpoint.tensors)
        dataBytes += tensor.data.size();

    QByteArray bytes;
    bytes.reserve(LengthBytes + header.size() + dataBytes);
    bytes.resize(LengthBytes);
    qToLittleEndian(quint64(header.size()), bytes.data());
    bytes.append(header);
    for (const NamedTensor& tensor : checkpoint.tensors)
        bytes.append(tensor.data);
    return bytes;
}

Result<Checkpoint> decodeCheckpoint(const QByteArray& bytes)
{
    if (bytes.size() < LengthBytes)
        return damaged(u"it ends before its header"_s);
    const auto length = qFromLittleEndian<quint64>(bytes.constData());
    if (length > quint64(std::min<qint64>(bytes.size() - LengthBytes, MaximumHeaderBytes)))
        return damaged(u"its header says to be longer than the file"_s);
    const Result<QJsonObject> header = parseHeader(bytes, qint64(length));
    if (!header)
        return failureOf(header);
    const qint64 dataBegin = LengthBytes + qint64(length);
    Result<QList<Entry>> entries = entriesOf(*header, bytes.size() - dataBegin);
    if (!entries)
        return failureOf(entries);
    Result<QJsonObject> metadata = metadataOf(*header);
    if (!metadata)
        return failureOf(metadata);

    Checkpoint checkpoint{{}, *std::move(metadata)};
    for (Entry& entry : *entries) {
        entry.tensor.data = bytes.mid(dataBegin + entry.begin, entry.end - entry.begin);
        checkpoint.tensors.append(std::move(entry.tensor));
    }
    return checkpoint;
}

Status writeCheckpoint(const QString& path, const Checkpoint& checkpoint)
{
    return writeFileAtomically(path, encodeCheckpoint(checkpoint));
}

Result<Checkpoint> readCheckpoint(const QString& path)
{
    const Result<QByteArray> bytes = readFile(path);
    if (!bytes)
        return failureOf(bytes);
    return decodeCheckpoint(*bytes).map_error([&](const Error& error) {
        return Error{error.code, u"%1: %2"_s.arg(QDir::toNativeSeparators(path), error.message)};
    });
}

} // namespace espalier
