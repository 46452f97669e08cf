#pragma once

#include "core/base/result.h"

#include <QStringList>
#include <vector>

namespace espalier {

struct SourceManifest;

/// The files in the folder of a packed store. Numbers in them are little-endian.

enum class ColumnFile {
    Values, ///< Tensor: elements; Dictionary: int32 codes; EncodedImage: the files' bytes
    Ends,   ///< of EncodedImage: for every row an int64, where its bytes end in Values
    Texts   ///< of Dictionary: for every text a uint32, its length, and its UTF-8 bytes
};

[[nodiscard]] QString manifestPath(const QString& folder);
[[nodiscard]] Result<SourceManifest> readManifest(const QString& path);
[[nodiscard]] QString columnPath(const QString& folder, int column, ColumnFile file);

/// Writes and flushes the texts of a dictionary; gives the digest of the file.
[[nodiscard]] Result<QByteArray> writeTexts(const QString& path, const QStringList& texts);
[[nodiscard]] Result<QStringList> readTexts(const QString& path);

/// The order in which the texts of a dictionary get their codes: by value where all are numbers,
/// else by code unit; `result[i]` is the index of the text with code i.
[[nodiscard]] std::vector<qint32> dictionaryOrder(const QStringList& texts);

/// Replaces every code c ≥ 0 in a file of codes by `newCodes[c]`, in place, and flushes; gives the
/// digest of the file.
[[nodiscard]] Result<QByteArray> replaceCodes(const QString& path,
                                              const std::vector<qint32>& newCodes);

} // namespace espalier
