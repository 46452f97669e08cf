#pragma once

#include "core/dataset/import/tables/table_reader.h"

#include <memory>

namespace espalier {

class FileTree;
class ImportContext;

/// Images in folders whose names are their labels, or images without folders. The column "image",
/// and one column of classes per level of folders: "category", or "level 1", "level 2". Folders
/// that all images share are no level.
class LabelledImages final : public TableReader {
public:
    [[nodiscard]] static Result<std::unique_ptr<TableReader>> open(std::shared_ptr<FileTree> tree,
                                                                   ImportContext& context);

    [[nodiscard]] Status rewind() override;
    [[nodiscard]] Status next(RowBatch& batch, const BatchSize& size) override;
    [[nodiscard]] qint64 totalBytes() const override { return m_totalBytes; }
    [[nodiscard]] qint64 bytesRead() const override { return m_bytesRead; }

private:
    explicit LabelledImages(std::shared_ptr<FileTree> tree);

    void collectImages();
    void decideLevels();
    [[nodiscard]] QList<QByteArray> labelsOf(int entry) const;

    std::shared_ptr<FileTree> m_tree;
    std::vector<int> m_images; ///< entries
    qsizetype m_commonParts = 0;
    qsizetype m_levels = 0;
    size_t m_next = 0; ///< in m_images
    qint64 m_totalBytes = 0;
    qint64 m_bytesRead = 0;
};

} // namespace espalier
