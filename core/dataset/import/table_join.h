#pragma once

#include "core/dataset/import/tables/table_reader.h"

#include <memory>
#include <vector>

namespace espalier {

/// Makes tables with the same columns give the same kinds in the same order, so that their rows
/// can stand one under the other. An Error says how two tables differ.
[[nodiscard]] Status joinTables(std::vector<std::unique_ptr<TableReader>>& tables);

} // namespace espalier
