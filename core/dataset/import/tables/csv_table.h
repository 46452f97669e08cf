#pragma once

#include "core/dataset/import/tables/table_reader.h"

#include <memory>

namespace espalier {

class CsvReader;
class FileTree;
class ImportContext;
struct CsvRow;

/// A table as text. Cells hold values, or name image or array files beside the table. The table
/// is read twice, so that its length does not matter: the first time to see what its columns are.
class CsvTable final : public TableReader {
public:
    /// `entry` is the table in the tree. Errors: no table, no row under the header.
    [[nodiscard]] static Result<std::unique_ptr<TableReader>>
    open(std::shared_ptr<FileTree> tree, int entry, ImportContext& context);
    ~CsvTable() override;

    void adopt(const QList<TableColumn>& columns) override;
    [[nodiscard]] Status rewind() override;
    [[nodiscard]] Status next(RowBatch& batch, const BatchSize& size) override;
    [[nodiscard]] qint64 totalBytes() const override;
    [[nodiscard]] qint64 bytesRead() const override;

private:
    CsvTable(std::shared_ptr<FileTree> tree, int entry);

    [[nodiscard]] Status look(ImportContext& context);
    [[nodiscard]] Status lookAtHeader(const ImportContext& context);
    [[nodiscard]] Status lookAtRows(ImportContext& context);
    void lookAtRow(const CsvRow& row);
    [[nodiscard]] Status decideColumns();

    [[nodiscard]] Result<bool> nextRow(CsvRow& row);
    /// Why the cells cannot be used; empty when they can.
    [[nodiscard]] QString problemOf(const CsvRow& row) const;
    [[nodiscard]] int findFile(QByteArrayView cell) const;
    /// False when the row is left out.
    [[nodiscard]] Result<bool> loadFiles(const CsvRow& row, RowBatch& batch);
    void addRow(const CsvRow& row, RowBatch& batch);
    double numberOf(const CsvRow& row, const TableColumn& column, QByteArrayView cell,
                    RowBatch& batch) const;

    std::shared_ptr<FileTree> m_tree;
    int m_entry;
    QByteArray m_folder; ///< of the table, in the tree
    QString m_file;
    std::unique_ptr<CsvReader> m_reader;
    bool m_firstLineIsData = false;
    bool m_atFirstLine = false;
    QList<int> m_cells;            ///< by column: which cell of a row it is
    QList<int> m_namedImages;      ///< by column: how many of the first cells name one
    QList<int> m_namedArrays;      ///< by column
    QList<int> m_missingFiles;     ///< by column
    std::vector<FileCell> m_files; ///< of the row that is being read, by column
    qsizetype m_width = 0;         ///< cells of a row
    qint64 m_rows = 0;
    qint64 m_fileBytes = 0;
};

} // namespace espalier
