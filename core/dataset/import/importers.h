#pragma once

#include "core/base/result.h"
#include "core/dataset/import/tables/table_reader.h"

#include <memory>
#include <span>
#include <vector>

namespace espalier {

class FileTree;
class ImportContext;

using Tables = std::vector<std::unique_ptr<TableReader>>;

/// A layout of data that can be imported. Adding one is adding a row to the table of importers.
struct ImporterDescription {
    const char16_t* name;
    const char16_t* layout; ///< what a person has to give, for sentences
    /// Whether the files lie in this layout; looks at no more than it has to.
    bool (*probe)(FileTree& tree);
    /// The tables in the files; their rows stand one under the other.
    Result<Tables> (*open)(const std::shared_ptr<FileTree>& tree, ImportContext& context);
};

/// In the order in which they are asked.
[[nodiscard]] std::span<const ImporterDescription> importers();

/// Opens the tables of a tree by the first importer that takes it. An Error says what could have
/// been given instead.
[[nodiscard]] Result<Tables> openTables(const std::shared_ptr<FileTree>& tree,
                                        ImportContext& context);

} // namespace espalier
