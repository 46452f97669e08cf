#pragma once

#include "core/base/result.h"

#include <QStringList>

class QMimeData;

namespace espalier {

/// What a person has typed or pasted as the source of an import: a path, a link, or several links
/// with blanks between them. Empty text gives no source. The Error says why it is neither link nor
/// path, or that nothing is there. Looks at the disk, not at the network.
[[nodiscard]] Result<QStringList> sourcesFromText(const QString& text);

/// The files, folders and links that are dropped; empty: none.
[[nodiscard]] QStringList sourcesFromMime(const QMimeData& data);

/// `wanted`, with a number behind it where it is among `taken` (in any case of letters).
[[nodiscard]] QString freeName(const QString& wanted, const QStringList& taken);

/// Why a dataset cannot have that name; empty: it can.
[[nodiscard]] QString nameProblem(const QString& name, const QStringList& taken);

} // namespace espalier
