#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/dataset/store/packed_store.h"

#include <QByteArray>
#include <QString>

namespace espalier {

/// How the cells of one feature are written into an archive: as text in the table, or as a file
/// that the table names.
class CellWriter {
public:
    CellWriter(const PackedStore& store, int column, const QByteArray& folder)
        : m_store(&store)
        , m_column(column)
        , m_folder(folder)
    {
    }

    [[nodiscard]] bool writesFiles() const;
    /// What stands in the table, quoted where it has to be.
    [[nodiscard]] QByteArray cell(RowIndex row) const;
    /// Of a feature that writes files: the file of a row, and its content.
    [[nodiscard]] QByteArray fileName(RowIndex row) const;
    [[nodiscard]] Result<QByteArray> fileContent(RowIndex row) const;

private:
    [[nodiscard]] const ColumnSchema& schema() const
    {
        return m_store->manifest().columns[m_column];
    }
    [[nodiscard]] bool isImage() const;
    [[nodiscard]] QByteArray rowBytes(RowIndex row) const;

    const PackedStore* m_store;
    int m_column;
    QByteArray m_folder;
};

/// A cell of a table: in quotation marks where it would be read as something else.
[[nodiscard]] QByteArray quotedCell(const QByteArray& text);

/// A name for files: letters, digits and hyphens.
[[nodiscard]] QByteArray plainName(const QString& name);

} // namespace espalier
