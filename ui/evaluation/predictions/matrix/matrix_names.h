#pragma once

#include <QFontMetrics>
#include <QSize>
#include <QString>
#include <QStringList>

namespace espalier {

/// How the names of the predicted classes stand above their columns.
enum class NameLayout {
    Wrapped, ///< up to two centred lines
    Turned   ///< read from below, where columns are too narrow for most names
};

/// Breaks a name after spaces, hyphens and slashes into at most `lines` lines of `width` pixels;
/// what does not fit ends in an ellipsis.
[[nodiscard]] QStringList wrappedName(const QString& name, const QFontMetrics& metrics, int width,
                                      int lines = 2);

/// Wrapped unless more than a third of the names would lose something in `width`.
[[nodiscard]] NameLayout nameLayout(const QStringList& names, const QFontMetrics& metrics,
                                    int width);

/// Room for the names at the left and at the top of a matrix: what the longest needs, bounded.
[[nodiscard]] QSize nameRoom(const QStringList& names, const QFontMetrics& left,
                             const QFontMetrics& top, NameLayout layout);

} // namespace espalier
