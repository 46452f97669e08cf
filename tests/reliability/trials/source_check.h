#pragma once

#include <QStringList>

namespace espalier::trials {

/// What is wrong with the files of a source: one that does not open, or content that is not what
/// its name, the fingerprint, says. Computed here a second time, from the format alone.
[[nodiscard]] QStringList checkSource(const QString& folder);

} // namespace espalier::trials
