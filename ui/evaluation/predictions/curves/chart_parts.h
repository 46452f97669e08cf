#pragma once

#include "ui/theme/theme.h"

#include <QString>

class QAbstractSeries;
class QChart;
class QChartView;
class QValueAxis;

namespace espalier {

/// Charts of predictions, all in the same quiet dress: horizontal grid lines, axes in Caption.

/// Without a legend; the caller adds series and axes, and calls dressChart() at last and after
/// every change of the palette.
[[nodiscard]] QChartView* createChartView(const QString& accessibleName);
/// Along the bottom or the left, with a title.
[[nodiscard]] QValueAxis* addAxis(QChart& chart, Qt::Alignment side, const QString& title);
void attach(QAbstractSeries& series, QValueAxis& x, QValueAxis& y);
/// A few round values that span `from` to `to`.
void setRange(QValueAxis& axis, double from, double to);
void dressChart(QChart& chart, const Theme& theme);

} // namespace espalier
