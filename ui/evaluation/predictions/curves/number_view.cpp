#include "ui/evaluation/predictions/curves/number_view.h"

#include "ui/evaluation/predictions/curves/chart_parts.h"
#include "ui/evaluation/predictions/curves/value_spread.h"
#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QPainter>
#include <QScatterSeries>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int DotExtent = 4;
constexpr double DotOpacity = 0.45;

/// Painted once and stamped: thousands of points are no items of the scene.
QImage dot(const QColor& color, double pixelRatio)
{
    QImage image(QSize(DotExtent, DotExtent) * pixelRatio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(DotOpacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(0, 0, DotExtent, DotExtent));
    return image;
}

QValueAxis* axisOf(QChart& chart, Qt::Orientation orientation)
{
    return qobject_cast<QValueAxis*>(chart.axes(orientation).first());
}

QWidget* titled(const QString& title, QWidget* aside, QWidget* content)
{
    auto* part = new QWidget;
    auto* head = new QHBoxLayout;
    head->addWidget(new TextLabel(title, TextStyle::BodyStrong));
    head->addStretch(1);
    if (aside)
        head->addWidget(aside);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(content, 1);
    return part;
}

} // namespace

NumberView::NumberView(QWidget* parent)
    : QWidget(parent)
    , m_scatter(createChartView(tr("Predicted over actual values")))
    , m_errors(createChartView(tr("Distribution of the errors")))
    , m_points(new QScatterSeries)
    , m_perfect(new QLineSeries)
    , m_steps(new QLineSeries)
    , m_zero(new QLineSeries)
    , m_area(new QAreaSeries(m_steps))
    , m_summary(new TextLabel({}, TextStyle::Small, Role::TextSecondary))
{
    createScatter();
    createErrors();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(24);
    layout->addWidget(titled(tr("Predicted over actual"), nullptr, m_scatter), 1);
    layout->addWidget(titled(tr("Errors"), m_summary, m_errors), 1);
    dress();
}

NumberView::~NumberView() = default;

void NumberView::createScatter()
{
    QChart& chart = *m_scatter->chart();
    QValueAxis* x = addAxis(chart, Qt::AlignBottom, tr("Actual"));
    QValueAxis* y = addAxis(chart, Qt::AlignLeft, tr("Predicted"));
    chart.addSeries(m_perfect);
    chart.addSeries(m_points);
    attach(*m_perfect, *x, *y);
    attach(*m_points, *x, *y);
}

void NumberView::createErrors()
{
    QChart& chart = *m_errors->chart();
    QValueAxis* x = addAxis(chart, Qt::AlignBottom, tr("Predicted − actual"));
    QValueAxis* y = addAxis(chart, Qt::AlignLeft, tr("Examples"));
    m_steps->setParent(m_area);
    chart.addSeries(m_area);
    chart.addSeries(m_zero);
    attach(*m_area, *x, *y);
    attach(*m_zero, *x, *y);
}

void NumberView::setPredictions(const std::shared_ptr<const PredictionSet>& set)
{
    if (!set) {
        m_points->clear();
        m_steps->clear();
        return;
    }
    showScatter(*set);
    showErrors(*set);
    const MetricValues& values = set->result.metrics;
    m_summary->setText(tr("MAE %1 · RMSE %2 · R² %3")
                           .arg(metricText(values.value(u"mae"_s)),
                                metricText(values.value(u"rmse"_s)),
                                metricText(values.value(u"r2"_s))));
    m_scatter->setAccessibleDescription(m_summary->text());
    m_errors->setAccessibleDescription(m_summary->text());
}

void NumberView::showScatter(const PredictionSet& set)
{
    const QList<QPointF> points = scatterPoints(set.result);
    m_points->replace(points);
    double low = 0;
    double high = 1;
    if (!points.isEmpty()) {
        low = high = points.first().x();
        for (const QPointF& p : points) {
            low = std::min({low, p.x(), p.y()});
            high = std::max({high, p.x(), p.y()});
        }
    }
    m_perfect->replace(QList<QPointF>{{low, low}, {high, high}});
    QChart& chart = *m_scatter->chart();
    setRange(*axisOf(chart, Qt::Horizontal), low, high);
    setRange(*axisOf(chart, Qt::Vertical), low, high);
    const QString name = oneLine(set.target.name);
    axisOf(chart, Qt::Horizontal)->setTitleText(tr("Actual %1").arg(name));
    axisOf(chart, Qt::Vertical)->setTitleText(tr("Predicted %1").arg(name));
}

void NumberView::showErrors(const PredictionSet& set)
{
    const ErrorHistogram histogram = errorHistogram(set.result);
    QList<QPointF> outline;
    qint64 most = 1;
    double left = histogram.first;
    for (const qint64 count : histogram.counts) {
        outline.append({left, double(count)});
        left += histogram.width;
        outline.append({left, double(count)});
        most = std::max(most, count);
    }
    m_steps->replace(outline);
    m_zero->replace(QList<QPointF>{{0, 0}, {0, double(most)}});
    QChart& chart = *m_errors->chart();
    setRange(*axisOf(chart, Qt::Horizontal), histogram.first, left);
    setRange(*axisOf(chart, Qt::Vertical), 0, double(most));
}

void NumberView::dress()
{
    const Theme& theme = Theme::of(palette());
    dressChart(*m_scatter->chart(), theme);
    dressChart(*m_errors->chart(), theme);
    m_points->setMarkerSize(DotExtent);
    m_points->setLightMarker(dot(theme.color(Role::MetricValidation), devicePixelRatioF()));
    m_points->setPen(Qt::NoPen);
    m_points->setBrush(Qt::NoBrush);
    m_perfect->setPen(QPen(theme.color(Role::TextSecondary), 1, Qt::DashLine));
    QColor fill = theme.color(Role::MetricValidation);
    m_area->setPen(QPen(fill, 1));
    fill.setAlphaF(0.35F);
    m_area->setBrush(fill);
    m_zero->setPen(QPen(theme.color(Role::TextSecondary), 1, Qt::DashLine));
}

void NumberView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

} // namespace espalier
