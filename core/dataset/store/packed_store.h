#pragma once

#include "core/base/feature_description.h"
#include "core/base/named_enum.h"
#include "core/base/result.h"
#include "core/base/shape.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <memory>
#include <span>

namespace espalier {

/// How the values of a column lie in its file.
enum class StorageKind {
    Tensor,       ///< every row the same shape, row after row: uniform images, numbers, arrays
    EncodedImage, ///< the bytes of image files one behind the other, and an index of their ends
    Dictionary    ///< an int32 code per row into a list of texts, -1 for a missing cell
};
[[nodiscard]] std::span<const EnumName<StorageKind>> enumNames(StorageKind);

enum class ElementType { UInt8, Float32, Float64 };
[[nodiscard]] std::span<const EnumName<ElementType>> enumNames(ElementType);
[[nodiscard]] qint64 elementSize(ElementType type);

/// One column of a source. `name` is unique within the source.
struct ColumnSchema {
    QString name;
    StorageKind storage = StorageKind::Tensor;
    ElementType element = ElementType::Float64; ///< of Tensor
    /// Shape of a row of Tensor; H×W×C for images; {1} for a number. Of EncodedImage: the largest
    /// height, the largest width and the largest number of channels.
    Shape shape;
    /// What the importer takes the column for: a person may choose otherwise in a dataset version.
    Encoding detected = Encoding::Numeric;
    /// Of Dictionary: the texts, index = code. Sorted so that the same data gives the same codes:
    /// by value where all are numbers, else by code unit.
    QStringList texts;

    bool operator==(const ColumnSchema&) const = default;
};

/// Why a row or a file was left out.
struct ImportProblem {
    QString file;   ///< as named in the archive or folder
    qint64 row = 0; ///< 1 is the first row under a header; 0 when it is about no row
    QString reason; ///< "the file is missing"

    bool operator==(const ImportProblem&) const = default;
};

/// What a source holds; the file `source.json` of its folder.
struct SourceManifest {
    static constexpr int FormatVersion = 1;

    qint64 rows = 0;
    qint64 skipped = 0; ///< rows left out
    QList<ColumnSchema> columns;
    qint64 problemCount = 0;       ///< all, also those not kept
    QList<ImportProblem> problems; ///< the first 10,000
    QString origin;                ///< link or path it came from, without credentials
    /// SHA-256 over schema and digests of the columns, hexadecimal: names the folder.
    QString fingerprint;

    static constexpr qint64 KeptProblems = 10'000;

    /// Without the texts of dictionaries, which may be millions and have files of their own.
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<SourceManifest> fromJson(const QJsonObject& json);
};

/// A source on disk, immutable and memory-mapped: opening costs nothing, and data larger than
/// memory is read at the speed of the disk. All functions may be called from any thread.
class PackedStore final {
public:
    /// `folder` holds source.json and the column files. An Error names the file that is missing,
    /// not as large as the manifest says, or has a code or an end that leads nowhere.
    [[nodiscard]] static Result<std::shared_ptr<const PackedStore>> open(const QString& folder);
    ~PackedStore();

    [[nodiscard]] const SourceManifest& manifest() const;
    [[nodiscard]] qint64 rows() const;
    [[nodiscard]] QString folder() const;
    /// Index of the column with that name, -1 when there is none.
    [[nodiscard]] int columnIndex(const QString& name) const;

    /// Of a Tensor column: all rows, elements of the schema's type, row-major. Valid as long as
    /// the store.
    [[nodiscard]] std::span<const std::byte> tensor(int column) const;
    /// Of a Dictionary column: the code of every row.
    [[nodiscard]] std::span<const qint32> codes(int column) const;
    /// Of an EncodedImage column: the bytes of the image file of a row; no copy is made, so
    /// they are valid as long as the store.
    [[nodiscard]] QByteArray encodedImage(int column, qint64 row) const;

    PackedStore(const PackedStore&) = delete;
    PackedStore& operator=(const PackedStore&) = delete;

private:
    struct Private;
    explicit PackedStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace espalier
