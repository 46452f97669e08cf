#pragma once

#include <QString>

namespace espalier::load {

/// Writes `ok WHAT: VALUE UNIT of LIMIT UNIT` or the same with SHORT; true when within the limit.
bool report(const QString& what, double value, double limit, const QString& unit,
            const QString& note = {});

/// 1,000 experiments and 100 dataset versions: how long the lists take.
[[nodiscard]] bool measureMany();

/// A dataset of `rows` images of 28×28, larger than memory may be: imports, opens, saves, trains.
[[nodiscard]] bool measureBig(qint64 rows, const QString& folder);

} // namespace espalier::load
