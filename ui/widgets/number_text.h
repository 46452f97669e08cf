#pragma once

#include <QString>

class QDateTime;

namespace espalier {

/// Numbers and times as all views write them: thousands by locale, a real minus sign, an en dash
/// where there is no value (NaN). Pure functions.

[[nodiscard]] QString countText(qint64 count);         ///< "70,000"
[[nodiscard]] QString metricText(double value);        ///< 4 digits: "0.9120"
[[nodiscard]] QString preciseMetricText(double value); ///< 5 digits, for hovers: "0.91204"
/// A value of a feature: whole numbers whole, others to 5 digits.
[[nodiscard]] QString valueText(double value);
[[nodiscard]] QString compactCountText(qint64 count);      ///< "7.47 M"
[[nodiscard]] QString bytesText(double bytes);             ///< "12.4 MB"
[[nodiscard]] QString durationText(double seconds);        ///< "46 s", "1 min 21 s", "2 h 5 min"
[[nodiscard]] QString percentText(double fraction);        ///< "64 %"
[[nodiscard]] QString dateTimeText(const QDateTime& time); ///< "Today, 14:02", "14 November"
/// The same as if it were `now`.
[[nodiscard]] QString dateTimeText(const QDateTime& time, const QDateTime& now);

} // namespace espalier
