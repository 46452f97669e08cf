#pragma once

#include <QList>
#include <QString>

namespace espalier {

/// An interval of one axis.
struct AxisRange {
    double from = 0;
    double to = 1;

    [[nodiscard]] double length() const { return to - from; }
    /// 0 at `from`, 1 at `to`.
    [[nodiscard]] double fraction(double value) const { return (value - from) / length(); }
    [[nodiscard]] double at(double fraction) const { return from + fraction * length(); }
    [[nodiscard]] bool contains(double value) const { return value >= from && value <= to; }
    bool operator==(const AxisRange&) const = default;
};

/// Where an axis has its ticks, and what stands at them.
struct AxisTick {
    double value = 0;
    QString text;

    bool operator==(const AxisTick&) const = default;
};

/// At most `most` round values (1, 2, 2.5, 5 times a power of ten) in a range.
[[nodiscard]] QList<AxisTick> linearTicks(const AxisRange& range, int most);
/// The same, whole numbers alone: epochs, batches.
[[nodiscard]] QList<AxisTick> wholeTicks(const AxisRange& range, int most);
/// Of an axis that shows log10: `range` and the values are exponents, the texts are the numbers.
/// Powers of ten, thinned out where there are many, with 2 and 5 between them where there is room.
[[nodiscard]] QList<AxisTick> logTicks(const AxisRange& range, int most);

/// `range` with `share` of its length added at both ends; of a single value, something around it.
[[nodiscard]] AxisRange padded(const AxisRange& range, double share);

} // namespace espalier
