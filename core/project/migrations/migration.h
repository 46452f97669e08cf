#pragma once

#include "core/base/result.h"

#include <span>

namespace espalier {

class Database;

/// One step of the format of project.db. A step is never changed once it was released: the next
/// change of the format is the next step, in a file of its own.
struct Migration {
    int version; ///< `user_version` after it; steps count from 1 without gaps
    Status (*apply)(Database& database);
};

/// All steps, oldest first.
[[nodiscard]] std::span<const Migration> migrations();

/// Marks a database as one of this program, beside `user_version`: "ESPL".
inline constexpr int ProjectApplicationId = 0x4553504C;

/// Takes a database, also an empty one, to the newest of `steps`, each step in a transaction of
/// its own. Errors: another program's database, one of a newer version of this program.
[[nodiscard]] Status migrate(Database& database, std::span<const Migration> steps = migrations());

} // namespace espalier
