#include "ui/evaluation/predictions/curves/chart_parts.h"

#include <QAbstractSeries>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QValueAxis>

namespace espalier {

namespace {

constexpr int Ticks = 5;

} // namespace

QChartView* createChartView(const QString& accessibleName)
{
    auto* chart = new QChart;
    chart->legend()->hide();
    chart->setMargins({0, 4, 8, 0});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundRoundness(0);
    auto* view = new QChartView(chart);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFrameShape(QFrame::NoFrame);
    view->setFocusPolicy(Qt::NoFocus);
    view->setAccessibleName(accessibleName);
    view->setMinimumSize(220, 150);
    return view;
}

QValueAxis* addAxis(QChart& chart, Qt::Alignment side, const QString& title)
{
    auto* axis = new QValueAxis;
    axis->setTitleText(title);
    axis->setTickCount(Ticks);
    axis->setLabelFormat(QStringLiteral("%g"));
    chart.addAxis(axis, side);
    return axis;
}

void attach(QAbstractSeries& series, QValueAxis& x, QValueAxis& y)
{
    series.attachAxis(&x);
    series.attachAxis(&y);
}

void setRange(QValueAxis& axis, double from, double to)
{
    axis.setRange(from, to > from ? to : from + 1);
    axis.setTickCount(Ticks);
    axis.applyNiceNumbers();
}

void dressChart(QChart& chart, const Theme& theme)
{
    chart.setBackgroundBrush(theme.color(Role::Surface));
    chart.setBackgroundPen(Qt::NoPen);
    chart.setPlotAreaBackgroundVisible(false);
    for (QAbstractAxis* axis : chart.axes()) {
        const bool vertical = axis->orientation() == Qt::Vertical;
        axis->setLabelsFont(textFont(TextStyle::Caption));
        axis->setTitleFont(textFont(TextStyle::Caption));
        axis->setLabelsColor(theme.color(Role::TextSecondary));
        axis->setTitleBrush(theme.color(Role::TextSecondary));
        axis->setGridLineVisible(vertical);
        axis->setGridLineColor(theme.color(Role::Grid));
        axis->setLineVisible(!vertical);
        axis->setLinePen(QPen(theme.color(Role::BorderControl), 1));
    }
}

} // namespace espalier
