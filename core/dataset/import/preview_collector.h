#pragma once

#include "core/dataset/import/import_preview.h"
#include "core/dataset/import/tables/table_reader.h"
#include "core/dataset/store/packed_store.h"

namespace espalier {

/// Keeps the first rows that an import stores and hands them on. Costs a few hundred small pictures
/// at most, however long the import is. Use from one thread.
class PreviewCollector final {
public:
    explicit PreviewCollector(PreviewSink sink);

    /// The usable rows of a batch that has been stored; `schemas` say how, column by column.
    void add(const RowBatch& batch, const QList<TableColumn>& columns,
             const QList<ColumnSchema>& schemas);
    /// The import begins again with the first row.
    void startOver();

private:
    [[nodiscard]] bool isFull() const;

    PreviewSink m_sink;
    ImportPreview m_preview;
};

} // namespace espalier
