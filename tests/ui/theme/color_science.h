#pragma once

#include <QColor>

/// The measures by which look and its floors were chosen.
namespace color_science {

/// WCAG 2: 1..21.
[[nodiscard]] double contrast(const QColor& first, const QColor& second);

enum class Vision { Normal, Protan, Deutan, Tritan };
/// What somebody with that vision sees, full severity (Machado, Oliveira, Fernandes 2009).
[[nodiscard]] QColor seenBy(Vision vision, const QColor& color);

/// CIEDE2000 under D65.
[[nodiscard]] double difference(const QColor& first, const QColor& second);

} // namespace color_science
