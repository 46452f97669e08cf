#pragma once

#include "core/base/result.h"
#include "core/dataset/store/packed_store.h"

#include <QByteArray>
#include <QString>
#include <memory>
#include <span>

namespace espalier {

/// Builds a packed store column by column in a temporary folder beside its final place. Rows are
/// appended to every column before the next; nothing is kept in memory but the dictionaries.
/// Use from one thread. Destroying an unfinished writer removes what it wrote.
class PackedStoreWriter final {
public:
    /// `dataFolder` is where the finished store will stand under the name of its fingerprint.
    [[nodiscard]] static Result<std::unique_ptr<PackedStoreWriter>>
    create(const QString& dataFolder);
    ~PackedStoreWriter();

    /// Name, storage, element, shape and detected encoding; gives the index of the column.
    [[nodiscard]] Result<int> addColumn(const ColumnSchema& schema);

    /// One or more whole rows of a Tensor column, in its element type.
    [[nodiscard]] Status appendTensor(int column, std::span<const std::byte> values);
    /// One row of a Dictionary column; a null text is a missing cell.
    [[nodiscard]] Status appendText(int column, const QString& text);
    /// One row of an EncodedImage column: the bytes of an image file, and its size.
    [[nodiscard]] Status appendImage(int column, const QByteArray& bytes, const Shape& shape);

    /// Turns a Tensor column of uint8 images into EncodedImage (PNG, lossless): for the first image
    /// that has another size or number of channels than those before it. 1 (grey), 3 (RGB) and 4
    /// (RGBA) channels.
    [[nodiscard]] Status convertToEncodedImages(int column);
    /// Replaces the detected encoding, for importers that know it only at the end.
    void setDetected(int column, Encoding encoding);

    void addProblem(const ImportProblem& problem); ///< counted always, kept up to the limit
    void addSkippedRow();

    /// Sorts the dictionaries, checks that all columns are equally long, computes the fingerprint,
    /// flushes, renames. When the same content stands there already, that is kept and nothing
    /// written; the manifest speaks of this import all the same. The last call to a writer.
    [[nodiscard]] Result<SourceManifest> finish(const QString& origin);
    /// Folder of the finished store; empty before finish().
    [[nodiscard]] QString folder() const;
    /// Whether finish() found the same content standing there.
    [[nodiscard]] bool alreadyThere() const;

    PackedStoreWriter(const PackedStoreWriter&) = delete;
    PackedStoreWriter& operator=(const PackedStoreWriter&) = delete;

private:
    struct Private;
    explicit PackedStoreWriter(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

/// Removes what imports that were killed left in `dataFolder`. Imports that are alive, also in
/// other processes, are spared.
void removeAbandonedImports(const QString& dataFolder);

} // namespace espalier
