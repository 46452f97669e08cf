#pragma once

#include "core/base/result.h"

namespace espalier {

class Database;

/// Step 1: the tables of the first format.
[[nodiscard]] Status createInitialTables(Database& database);

} // namespace espalier
