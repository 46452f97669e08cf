#include "core/base/files.h"
#include "core/dataset/store/packed_store.h"
#include "core/dataset/store/store_files.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QJsonObject toJson(const ColumnSchema& column)
{
    return {{u"name"_s, column.name},
            {u"storage"_s, enumKey(column.storage)},
            {u"element"_s, enumKey(column.element)},
            {u"shape"_s, column.shape.toJson()},
            {u"detected"_s, enumKey(column.detected)}};
}

QJsonObject toJson(const ImportProblem& problem)
{
    return {{u"file"_s, problem.file}, {u"row"_s, problem.row}, {u"reason"_s, problem.reason}};
}

ImportProblem problemFromJson(const QJsonObject& json)
{
    return {json[u"file"_s].toString(), json[u"row"_s].toInteger(), json[u"reason"_s].toString()};
}

tl::unexpected<Error> damaged(const QString& what)
{
    return failure(ErrorCode::InvalidInput,
                   u"The description of the source is damaged: %1."_s.arg(what));
}

Result<ColumnSchema> columnFromJson(const QJsonObject& json)
{
    const QString name = json[u"name"_s].toString();
    const auto storage = enumFromName<StorageKind>(json[u"storage"_s].toString());
    const auto element = enumFromName<ElementType>(json[u"element"_s].toString());
    const auto detected = enumFromName<Encoding>(json[u"detected"_s].toString());
    if (name.isEmpty() || !storage || !element || !detected)
        return damaged(u"column “%1” is incomplete"_s.arg(name));
    const Shape shape = Shape::fromJson(json[u"shape"_s].toArray());
    if (*storage != StorageKind::Dictionary && shape.isEmpty())
        return damaged(u"column “%1” has no shape"_s.arg(name));
    return ColumnSchema{name, *storage, *element, shape, *detected, {}};
}

Status readColumns(const QJsonArray& json, QList<ColumnSchema>& columns)
{
    QSet<QString> names;
    for (const QJsonValue& value : json) {
        auto column = columnFromJson(value.toObject());
        if (!column)
            return failureOf(column);
        if (names.contains(column->name))
            return damaged(u"there are two columns “%1”"_s.arg(column->name));
        names.insert(column->name);
        columns.append(std::move(*column));
    }
    return {};
}

} // namespace

std::span<const EnumName<StorageKind>> enumNames(StorageKind)
{
    static constexpr EnumName<StorageKind> names[] = {
        {StorageKind::Tensor, u"tensor", u"Tensor"},
        {StorageKind::EncodedImage, u"encoded_image", u"Image files"},
        {StorageKind::Dictionary, u"dictionary", u"Texts"},
    };
    return names;
}

std::span<const EnumName<ElementType>> enumNames(ElementType)
{
    static constexpr EnumName<ElementType> names[] = {
        {ElementType::UInt8, u"uint8", u"8-bit whole numbers"},
        {ElementType::Float32, u"float32", u"32-bit numbers"},
        {ElementType::Float64, u"float64", u"64-bit numbers"},
    };
    return names;
}

qint64 elementSize(ElementType type)
{
    static constexpr qint64 sizes[] = {sizeof(quint8), sizeof(float), sizeof(double)};
    return sizes[int(type)];
}

QJsonObject SourceManifest::toJson() const
{
    QJsonArray columnList;
    for (const ColumnSchema& column : columns)
        columnList.append(espalier::toJson(column));
    QJsonArray problemList;
    for (const ImportProblem& problem : problems)
        problemList.append(espalier::toJson(problem));
    return {{u"format"_s, FormatVersion},
            {u"rows"_s, rows},
            {u"skipped"_s, skipped},
            {u"columns"_s, columnList},
            {u"problem_count"_s, problemCount},
            {u"problems"_s, problemList},
            {u"origin"_s, origin},
            {u"fingerprint"_s, fingerprint}};
}

Result<SourceManifest> SourceManifest::fromJson(const QJsonObject& json)
{
    const int format = json[u"format"_s].toInt();
    if (format > FormatVersion)
        return failure(
            ErrorCode::Unsupported,
            u"The source was written by a newer Espalier (format %1). Use that version."_s.arg(
                format));
    SourceManifest manifest;
    manifest.rows = json[u"rows"_s].toInteger(-1);
    if (format < 1 || manifest.rows < 0 ||
        manifest.rows > qint64(std::numeric_limits<quint32>::max()))
        return damaged(u"the number of rows is missing or too large"_s);
    if (!json[u"columns"_s].isArray())
        return damaged(u"the columns are missing"_s);
    if (auto columns = readColumns(json[u"columns"_s].toArray(), manifest.columns); !columns)
        return failureOf(columns);
    manifest.skipped = json[u"skipped"_s].toInteger();
    for (const QJsonValue& problem : json[u"problems"_s].toArray())
        manifest.problems.append(problemFromJson(problem.toObject()));
    manifest.problemCount =
        std::max(json[u"problem_count"_s].toInteger(), qint64(manifest.problems.size()));
    manifest.origin = json[u"origin"_s].toString();
    manifest.fingerprint = json[u"fingerprint"_s].toString();
    return manifest;
}

Result<SourceManifest> readManifest(const QString& path)
{
    const auto content = readFile(path);
    if (!content)
        return failureOf(content);
    const QJsonDocument document = QJsonDocument::fromJson(*content);
    if (!document.isObject())
        return failure(ErrorCode::Io, u"%1 is damaged: it is no JSON object. Import the dataset "
                                      "again."_s.arg(QDir::toNativeSeparators(path)));
    return SourceManifest::fromJson(document.object());
}

} // namespace espalier
