#pragma once

#include "core/dataset/store/packed_store.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace espalier {

/// The names of the columns of a table: those of its first line, made unique ("x", "x 2"), the
/// empty ones by number ("column 3"). Every change is a problem of `file`.
[[nodiscard]] QStringList columnNames(const QList<QByteArray>& header, const QString& file,
                                      QList<ImportProblem>& problems);

/// "column 1", "column 2": for a table without a line of names.
[[nodiscard]] QStringList numberedNames(qsizetype count);

/// Whether the first line of a table is data already: numbers only.
[[nodiscard]] bool isDataRow(const QList<QByteArray>& firstLine, bool allowDecimalComma);

} // namespace espalier
