#include "core/dataset/store/packed_store.h"

#include "core/dataset/store/mapped_file.h"
#include "core/dataset/store/store_files.h"

#include <QDir>
#include <QHash>
#include <algorithm>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

struct MappedColumn {
    MappedFile values;
    MappedFile ends;
};

tl::unexpected<Error> damaged(const QString& path, const QString& what)
{
    return failure(ErrorCode::Io, u"%1 is damaged: %2. Import the dataset again."_s.arg(
                                      QDir::toNativeSeparators(path), what));
}

Result<MappedFile> mapWhole(const QString& path, qint64 expectedSize)
{
    auto mapped = mapFile(path);
    if (mapped && qint64(mapped->bytes.size()) != expectedSize)
        return damaged(
            path, u"it has %1 bytes instead of %2"_s.arg(mapped->bytes.size()).arg(expectedSize));
    return mapped;
}

/// Nothing where the product does not fit in 63 bits.
std::optional<qint64> tensorBytes(const ColumnSchema& column, qint64 rows)
{
    qint64 bytes = elementSize(column.element);
    for (qint64 size : column.shape.sizes()) {
        if (size > std::numeric_limits<qint64>::max() / bytes)
            return std::nullopt;
        bytes *= size;
    }
    if (rows > std::numeric_limits<qint64>::max() / bytes)
        return std::nullopt;
    return bytes * rows;
}

Result<MappedColumn> openTensor(const QString& folder, int index, const SourceManifest& manifest)
{
    const auto bytes = tensorBytes(manifest.columns[index], manifest.rows);
    if (!bytes)
        return damaged(manifestPath(folder), u"a column is larger than any file"_s);
    auto values = mapWhole(columnPath(folder, index, ColumnFile::Values), *bytes);
    if (!values)
        return failureOf(values);
    return MappedColumn{std::move(*values), {}};
}

Result<MappedColumn> openEncoded(const QString& folder, int index, const SourceManifest& manifest)
{
    auto values = mapFile(columnPath(folder, index, ColumnFile::Values));
    if (!values)
        return failureOf(values);
    const QString endsPath = columnPath(folder, index, ColumnFile::Ends);
    auto ends = mapWhole(endsPath, manifest.rows * qint64(sizeof(qint64)));
    if (!ends)
        return failureOf(ends);
    qint64 previous = 0;
    for (qint64 end : ends->as<qint64>()) {
        if (end < previous || end > qint64(values->bytes.size()))
            return damaged(endsPath, u"an image ends outside its file"_s);
        previous = end;
    }
    return MappedColumn{std::move(*values), std::move(*ends)};
}

Result<MappedColumn> openDictionary(const QString& folder, int index, SourceManifest& manifest)
{
    auto texts = readTexts(columnPath(folder, index, ColumnFile::Texts));
    if (!texts)
        return failureOf(texts);
    const QString path = columnPath(folder, index, ColumnFile::Values);
    auto values = mapWhole(path, manifest.rows * qint64(sizeof(qint32)));
    if (!values)
        return failureOf(values);
    const auto isInvalid = [&](qint32 code) { return code < -1 || code >= texts->size(); };
    if (std::ranges::any_of(values->as<qint32>(), isInvalid))
        return damaged(path, u"a code has no text"_s);
    manifest.columns[index].texts = std::move(*texts);
    return MappedColumn{std::move(*values), {}};
}

Result<MappedColumn> openColumn(const QString& folder, int index, SourceManifest& manifest)
{
    switch (manifest.columns[index].storage) {
    case StorageKind::Tensor:
        return openTensor(folder, index, manifest);
    case StorageKind::EncodedImage:
        return openEncoded(folder, index, manifest);
    case StorageKind::Dictionary:
        return openDictionary(folder, index, manifest);
    }
    return failure(ErrorCode::Internal, u"A column of an unknown kind cannot be opened."_s);
}

} // namespace

struct PackedStore::Private {
    QString folder;
    SourceManifest manifest;
    std::vector<MappedColumn> columns;
    QHash<QString, int> indices;
};

PackedStore::PackedStore(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
}
PackedStore::~PackedStore() = default;

Result<std::shared_ptr<const PackedStore>> PackedStore::open(const QString& folder)
{
    auto manifest = readManifest(manifestPath(folder));
    if (!manifest)
        return failureOf(manifest);
    auto d = std::make_unique<Private>();
    d->folder = folder;
    d->manifest = std::move(*manifest);
    for (int index = 0; index < d->manifest.columns.size(); ++index) {
        auto column = openColumn(folder, index, d->manifest);
        if (!column)
            return failureOf(column);
        d->columns.push_back(std::move(*column));
        d->indices.insert(d->manifest.columns[index].name, index);
    }
    return std::shared_ptr<const PackedStore>(new PackedStore(std::move(d)));
}

const SourceManifest& PackedStore::manifest() const
{
    return d->manifest;
}

qint64 PackedStore::rows() const
{
    return d->manifest.rows;
}

QString PackedStore::folder() const
{
    return d->folder;
}

int PackedStore::columnIndex(const QString& name) const
{
    return d->indices.value(name, -1);
}

std::span<const std::byte> PackedStore::tensor(int column) const
{
    Q_ASSERT(d->manifest.columns[column].storage == StorageKind::Tensor);
    return d->columns[size_t(column)].values.bytes;
}

std::span<const qint32> PackedStore::codes(int column) const
{
    Q_ASSERT(d->manifest.columns[column].storage == StorageKind::Dictionary);
    return d->columns[size_t(column)].values.as<qint32>();
}

QByteArray PackedStore::encodedImage(int column, qint64 row) const
{
    Q_ASSERT(d->manifest.columns[column].storage == StorageKind::EncodedImage);
    const MappedColumn& mapped = d->columns[size_t(column)];
    const auto ends = mapped.ends.as<qint64>();
    const qint64 begin = row == 0 ? 0 : ends[size_t(row) - 1];
    const auto* data = reinterpret_cast<const char*>(mapped.values.bytes.data());
    return QByteArray::fromRawData(data + begin, ends[size_t(row)] - begin);
}

} // namespace espalier
