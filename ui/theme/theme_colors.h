#pragma once

#include "ui/theme/theme.h"

#include <QRgb>
#include <array>
#include <span>

namespace espalier {

/// The colour table behind Theme, for it and for the test of its contrasts. A widget asks Theme.

struct RoleColors {
    Role role;
    QRgb light;
    QRgb dark;
};

struct SeriesColors {
    QRgb light;
    QRgb dark;
};

/// One entry per role, in the order of Role.
[[nodiscard]] std::span<const RoleColors> roleColors();
/// The eight colours of Compare.
[[nodiscard]] std::span<const SeriesColors> seriesColors();
/// The stops of a ramp, evenly spaced from 0 to 1.
[[nodiscard]] std::span<const QRgb> rampStops(Ramp ramp, bool dark);

} // namespace espalier
