#pragma once

#include <QString>

namespace espalier {

/// A text of any origin on one line: line breaks as ⏎, control characters left out, at most 300
/// characters with an ellipsis, never half an emoji.
[[nodiscard]] QString oneLine(const QString& text);

} // namespace espalier
