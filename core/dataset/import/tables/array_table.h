#pragma once

#include "core/dataset/import/formats/number_array.h"
#include "core/dataset/import/tables/table_reader.h"

#include <memory>
#include <vector>

class QIODevice;

namespace espalier {

class FileTree;
class ImportContext;

/// An .npy or IDX file as one column: its first axis are the examples.
struct ArrayFile {
    int entry = 0; ///< in the tree
    QString file;  ///< its name, for sentences
    bool isIdx = false;
    ArrayHeader header;
    bool isClasses = false; ///< whole numbers that name classes
};

/// Files of numbers side by side, one column each, as many examples in each. They are read in
/// step, a batch at a time.
class ArrayTable final : public TableReader {
public:
    /// Every .npy file of the tree is a column (the arrays of an .npz). A single one is called
    /// "image", "category", "value" or "values" by what it holds.
    [[nodiscard]] static Result<std::unique_ptr<TableReader>>
    openNpy(std::shared_ptr<FileTree> tree, ImportContext& context);

    /// IDX files, images and labels paired by their names: one table per pair, with the columns
    /// "image" and "category".
    [[nodiscard]] static Result<std::vector<std::unique_ptr<TableReader>>>
    openIdx(std::shared_ptr<FileTree> tree, ImportContext& context);

    ~ArrayTable() override;

    [[nodiscard]] Status rewind() override;
    [[nodiscard]] Status next(RowBatch& batch, const BatchSize& size) override;
    [[nodiscard]] qint64 totalBytes() const override;
    [[nodiscard]] qint64 bytesRead() const override { return m_bytesRead; }

private:
    struct Source {
        ArrayFile file;
        std::unique_ptr<QIODevice> device;
    };

    ArrayTable(std::shared_ptr<FileTree> tree, const QString& name);

    [[nodiscard]] static Result<std::unique_ptr<TableReader>> make(std::shared_ptr<FileTree> tree,
                                                                   const QList<ArrayFile>& files,
                                                                   const QStringList& names,
                                                                   const ImportContext& context);
    [[nodiscard]] Status readRows(Source& source, qint64 rows, BatchCells& cells);
    [[nodiscard]] Status checkEnd(Source& source);

    std::shared_ptr<FileTree> m_tree;
    std::vector<Source> m_sources; ///< by column
    qint64 m_rows = 0;
    qint64 m_nextRow = 0;
    qint64 m_rowBytes = 0;
    qint64 m_bytesRead = 0;
};

/// Whether a file begins like an IDX file.
[[nodiscard]] bool isIdxEntry(FileTree& tree, int entry);

/// Opens a file of numbers and reads its header; `device` then stands at the first number. The
/// Error names the file.
[[nodiscard]] Result<ArrayFile> openArrayFile(FileTree& tree, int entry, bool isIdx,
                                              std::unique_ptr<QIODevice>& device);

} // namespace espalier
