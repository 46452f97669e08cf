#pragma once

#include <QString>
#include <optional>

namespace espalier {

/// How well `query` fits `text`, larger is better; nothing when its letters do not occur in that
/// order. Letters at the start of a word and next to each other count more, so that "ne" finds "New
/// experiment" before "Line". Any case; blanks of the query are skipped. An empty query fits all.
[[nodiscard]] std::optional<int> fuzzyScore(const QString& query, const QString& text);

} // namespace espalier
