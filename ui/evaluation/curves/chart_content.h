#pragma once

#include "ui/evaluation/curves/axis_ticks.h"
#include "ui/theme/theme.h"

#include <QList>
#include <QPointF>
#include <QString>
#include <optional>

namespace espalier {

/// A colour by meaning, looked up when it is painted: a role, or one of the series of Compare.
struct SeriesColor {
    Role role = Role::MetricTraining;
    int series = -1;

    [[nodiscard]] QColor in(const Theme& theme) const
    {
        return series >= 0 ? theme.series(series) : theme.color(role);
    }
    bool operator==(const SeriesColor&) const = default;
};

/// One curve of a chart; a value.
struct ChartSeries {
    QString name;
    SeriesColor color;
    QList<QPointF> points; ///< sorted by x
    double width = 2;
    double opacity = 1;
    bool dotted = false;
    bool markers = false;
    bool inHover = true;   ///< its values stand in the tooltip
    bool endValue = false; ///< its last value stands at its end

    bool operator==(const ChartSeries&) const = default;
};

/// A point that stands out: the best epoch.
struct ChartMark {
    QPointF at;
    SeriesColor color;
    QString text; ///< above the plot, with a star and a dashed line; empty: a dot alone

    bool operator==(const ChartMark&) const = default;
};

/// Everything that a MetricChart shows; a value.
struct ChartContent {
    QList<ChartSeries> series;
    QList<ChartMark> marks;
    AxisRange x;                   ///< everything that there is, or will be
    std::optional<double> reached; ///< beyond, nothing has run yet
    QString xTitle;                ///< "Epoch"; also names the place of the cursor
    bool logScale = false;         ///< only values above 0 are drawn

    /// Whether a log scale has anything to show, and hides nothing.
    [[nodiscard]] bool allPositive() const;
    /// Of all drawable values; 0..1 without any.
    [[nodiscard]] AxisRange valueRange() const;
};

/// A value as the axis places it, and back: the value, or its log10.
[[nodiscard]] double toAxis(double value, bool logScale);

} // namespace espalier
