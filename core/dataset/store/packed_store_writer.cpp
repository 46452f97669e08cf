#include "core/dataset/store/packed_store_writer.h"

#include "core/base/files.h"
#include "core/dataset/store/image_files.h"
#include "core/dataset/store/open_column.h"
#include "core/dataset/store/store_files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QSet>
#include <QUuid>
#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QStringView TemporaryPrefix = u".import-";
constexpr QStringView LockSuffix = u".lock";
constexpr qint64 LargestBuffer = qint64(4) << 20;
constexpr qint64 SmallestBuffer = qint64(64) << 10;

template <typename T>
std::span<const std::byte> bytesOfValue(const T& value)
{
    return std::as_bytes(std::span(&value, 1));
}

/// Shape of images of two shapes: the larger along each axis.
Shape largest(const Shape& a, const Shape& b)
{
    if (a.rank() != b.rank())
        return a.isEmpty() ? b : a;
    QList<qint64> sizes;
    for (qsizetype axis = 0; axis < a.rank(); ++axis)
        sizes.append(std::max(a[axis], b[axis]));
    return Shape(std::move(sizes));
}

} // namespace

struct PackedStoreWriter::Private {
    explicit Private(const QString& target)
        : dataFolder(target)
        , temporary(u"%1/%2%3"_s.arg(target, TemporaryPrefix,
                                     QUuid::createUuid().toString(QUuid::WithoutBraces)))
        , lock(temporary + LockSuffix.toString())
    {
        lock.setStaleLockTime(0);
    }
    ~Private()
    {
        if (!isCommitted)
            QDir(temporary).removeRecursively();
    }
    Q_DISABLE_COPY_MOVE(Private)

    /// The lock is taken before the folder is made: a sweep never sees it without.
    [[nodiscard]] bool begin() { return lock.tryLock() && QDir().mkpath(temporary); }
    [[nodiscard]] qint64 bufferBytes() const
    {
        const qint64 share = (LargestBuffer << 4) / qint64(columns.size() + 1);
        return std::clamp(share, SmallestBuffer, LargestBuffer);
    }
    [[nodiscard]] Status appendEncoded(OpenColumn& column, const QByteArray& bytes);
    [[nodiscard]] Status checkRows() const;
    [[nodiscard]] Result<QJsonArray> finishColumns();
    [[nodiscard]] Status commit(const QString& target);

    QString dataFolder;
    QString temporary;
    QLockFile lock;
    std::vector<std::unique_ptr<OpenColumn>> columns;
    QSet<QString> names;
    SourceManifest manifest;
    QString folder;
    bool isCommitted = false;
    bool alreadyThere = false;
};

Status PackedStoreWriter::Private::appendEncoded(OpenColumn& column, const QByteArray& bytes)
{
    if (auto appended = column.values.append(bytesOf(bytes)); !appended)
        return appended;
    ++column.rows;
    const qint64 end = column.values.size();
    return column.ends.append(bytesOfValue(end));
}

Status PackedStoreWriter::Private::checkRows() const
{
    if (columns.empty())
        return {};
    const OpenColumn& first = *columns.front();
    for (const auto& column : columns)
        if (column->rows != first.rows)
            return failure(ErrorCode::Internal,
                           u"Column “%1” has %2 rows, column “%3” has %4."_s.arg(
                               first.schema.name, QString::number(first.rows), column->schema.name,
                               QString::number(column->rows)));
    return {};
}

Result<QJsonArray> PackedStoreWriter::Private::finishColumns()
{
    QJsonArray contents;
    for (int index = 0; index < int(columns.size()); ++index) {
        OpenColumn& column = *columns[size_t(index)];
        const auto digest = finishColumn(temporary, index, column);
        if (!digest)
            return failureOf(digest);
        contents.append(contentJson(column, *digest));
        manifest.columns.append(column.schema);
    }
    return contents;
}

Status PackedStoreWriter::Private::commit(const QString& target)
{
    if (QDir(target).exists()) {
        alreadyThere = PackedStore::open(target).has_value();
        if (alreadyThere)
            return {};
        QDir(target).removeRecursively(); // damaged: what was just written replaces it
    }
    const auto committed = commitFolder(temporary, target);
    if (committed) {
        isCommitted = true;
        return {};
    }
    // Another import may have been faster with the same content.
    alreadyThere = PackedStore::open(target).has_value();
    return alreadyThere ? Status() : committed;
}

PackedStoreWriter::PackedStoreWriter(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
}
PackedStoreWriter::~PackedStoreWriter() = default;

Result<std::unique_ptr<PackedStoreWriter>> PackedStoreWriter::create(const QString& dataFolder)
{
    const bool made = QDir().mkpath(dataFolder);
    auto d = std::make_unique<Private>(dataFolder);
    if (!made || !d->begin())
        return failure(ErrorCode::Io,
                       u"Could not write into %1. Check that the folder may be written."_s.arg(
                           QDir::toNativeSeparators(dataFolder)));
    return std::unique_ptr<PackedStoreWriter>(new PackedStoreWriter(std::move(d)));
}

Result<int> PackedStoreWriter::addColumn(const ColumnSchema& schema)
{
    const bool taken = d->names.contains(schema.name);
    if (schema.name.isEmpty() || taken)
        return failure(ErrorCode::InvalidInput,
                       schema.name.isEmpty()
                           ? u"A column has no name. Give every column a name."_s
                           : u"There are two columns “%1”. Rename one of them."_s.arg(schema.name));
    if (schema.storage == StorageKind::Tensor && schema.shape.elementCount() <= 0)
        return failure(ErrorCode::InvalidInput,
                       u"Column “%1” has no shape, so it holds no value."_s.arg(schema.name));
    d->names.insert(schema.name);
    const int index = int(d->columns.size());
    const QString folder = d->temporary;
    const qint64 buffer = d->bufferBytes();
    d->columns.push_back(std::make_unique<OpenColumn>(
        OpenColumn{schema,
                   AppendFile(columnPath(folder, index, ColumnFile::Values), buffer),
                   AppendFile(columnPath(folder, index, ColumnFile::Ends), buffer),
                   {},
                   {},
                   0}));
    d->columns.back()->schema.texts.clear();
    return index;
}

Status PackedStoreWriter::appendTensor(int index, std::span<const std::byte> values)
{
    OpenColumn& column = *d->columns[size_t(index)];
    const qint64 rowBytes = column.schema.shape.elementCount() * elementSize(column.schema.element);
    if (column.schema.storage != StorageKind::Tensor || qint64(values.size()) % rowBytes != 0)
        return failure(ErrorCode::Internal,
                       u"Column “%1” does not hold rows that make %2 bytes."_s.arg(
                           column.schema.name, QString::number(values.size())));
    column.rows += qint64(values.size()) / rowBytes;
    return column.values.append(values);
}

Status PackedStoreWriter::appendText(int index, const QString& text)
{
    OpenColumn& column = *d->columns[size_t(index)];
    if (column.schema.storage != StorageKind::Dictionary)
        return failure(ErrorCode::Internal,
                       u"Column “%1” does not hold texts."_s.arg(column.schema.name));
    ++column.rows;
    qint32 code = -1;
    if (!text.isNull()) {
        const auto known = column.codes.constFind(text);
        code = known != column.codes.constEnd() ? *known : qint32(column.texts.size());
        if (code == column.texts.size()) {
            column.codes.insert(text, code);
            column.texts.append(text);
        }
    }
    return column.values.append(bytesOfValue(code));
}

Status PackedStoreWriter::appendImage(int index, const QByteArray& bytes, const Shape& shape)
{
    OpenColumn& column = *d->columns[size_t(index)];
    if (column.schema.storage != StorageKind::EncodedImage)
        return failure(ErrorCode::Internal,
                       u"Column “%1” does not hold image files."_s.arg(column.schema.name));
    column.schema.shape = largest(column.schema.shape, shape);
    return d->appendEncoded(column, bytes);
}

Status PackedStoreWriter::convertToEncodedImages(int index)
{
    OpenColumn& column = *d->columns[size_t(index)];
    const ColumnSchema& schema = column.schema;
    if (schema.storage != StorageKind::Tensor || schema.element != ElementType::UInt8 ||
        !canEncodeImages(schema.shape))
        return failure(ErrorCode::Internal,
                       u"Column “%1” does not hold images of 8 bits."_s.arg(schema.name));
    if (auto flushed = column.values.flush(); !flushed)
        return flushed;
    const QString path = column.values.path();
    const QString raw = path + u".raw"_s;
    const bool hasRows = column.rows > 0;
    if (hasRows)
        if (Status renamed = renamePath(path, raw); !renamed)
            return renamed;
    column.values = AppendFile(path, d->bufferBytes());
    column.schema.storage = StorageKind::EncodedImage;
    column.rows = 0;
    if (!hasRows)
        return {};
    const auto append = [&](const QByteArray& png) { return d->appendEncoded(column, png); };
    auto converted = encodeImagesOfFile(raw, schema.shape, append);
    QFile::remove(raw);
    return converted;
}

void PackedStoreWriter::setDetected(int column, Encoding encoding)
{
    d->columns[size_t(column)]->schema.detected = encoding;
}

void PackedStoreWriter::addProblem(const ImportProblem& problem)
{
    if (d->manifest.problemCount++ < SourceManifest::KeptProblems)
        d->manifest.problems.append(problem);
}

void PackedStoreWriter::addSkippedRow()
{
    ++d->manifest.skipped;
}

Result<SourceManifest> PackedStoreWriter::finish(const QString& origin)
{
    if (auto equal = d->checkRows(); !equal)
        return failureOf(equal);
    const auto contents = d->finishColumns();
    if (!contents)
        return failureOf(contents);
    SourceManifest& manifest = d->manifest;
    manifest.rows = d->columns.empty() ? 0 : d->columns.front()->rows;
    manifest.origin = origin;
    const QByteArray content = QJsonDocument(*contents).toJson(QJsonDocument::Compact);
    manifest.fingerprint =
        QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
    const QByteArray json = QJsonDocument(manifest.toJson()).toJson();
    if (auto written = writeFileAtomically(manifestPath(d->temporary), json); !written)
        return failureOf(written);
    const QString target = d->dataFolder + u'/' + manifest.fingerprint;
    if (auto committed = d->commit(target); !committed)
        return failureOf(committed);
    d->folder = target;
    return manifest;
}

QString PackedStoreWriter::folder() const
{
    return d->folder;
}

bool PackedStoreWriter::alreadyThere() const
{
    return d->alreadyThere;
}

void removeAbandonedImports(const QString& dataFolder)
{
    const QDir data(dataFolder);
    const auto filters = QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks;
    for (QString name : data.entryList({TemporaryPrefix.toString() + u'*'}, filters)) {
        if (name.endsWith(LockSuffix))
            name.chop(LockSuffix.size());
        QLockFile lock(data.filePath(name) + LockSuffix.toString()); // removed with the object
        lock.setStaleLockTime(0);
        if (lock.tryLock())
            QDir(data.filePath(name)).removeRecursively();
    }
}

} // namespace espalier
