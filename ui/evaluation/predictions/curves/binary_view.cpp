#include "ui/evaluation/predictions/curves/binary_view.h"

#include "core/evaluation/curves.h"
#include "ui/evaluation/predictions/curves/chart_parts.h"
#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QChart>
#include <QChartView>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QScatterSeries>
#include <QSlider>
#include <QTimer>
#include <QVBoxLayout>
#include <QValueAxis>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int SliderSteps = 1000;
constexpr int TellAfterMs = 40;
constexpr double NetworkThreshold = 0.5; ///< as a probability, whatever the loss

enum Curve { Roc, PrecisionRecall };

} // namespace

BinaryView::BinaryView(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new TabStrip)
    , m_area(new TextLabel({}, TextStyle::SmallMedium))
    , m_chart(createChartView(tr("Curve over all thresholds")))
    , m_curve(new QLineSeries)
    , m_chance(new QLineSeries)
    , m_mark(new QScatterSeries)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_box(new QDoubleSpinBox)
    , m_reset(createButton(ButtonKind::Quiet, tr("Reset"), u"reset"_s))
    , m_told(new QTimer(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(createChart(), 1);
    layout->addWidget(createThreshold());
    layout->addWidget(createNumbers());
    m_told->setSingleShot(true);
    m_told->setInterval(TellAfterMs);
    connectSignals();
    dress();
}

BinaryView::~BinaryView() = default;

QWidget* BinaryView::createChart()
{
    m_tabs->addTab(tr("ROC"));
    m_tabs->addTab(tr("Precision and recall"));
    QChart& chart = *m_chart->chart();
    QValueAxis* x = addAxis(chart, Qt::AlignBottom, {});
    QValueAxis* y = addAxis(chart, Qt::AlignLeft, {});
    for (QXYSeries* series : {static_cast<QXYSeries*>(m_chance), static_cast<QXYSeries*>(m_curve),
                              static_cast<QXYSeries*>(m_mark)}) {
        chart.addSeries(series);
        attach(*series, *x, *y);
    }
    setRange(*x, 0, 1);
    setRange(*y, 0, 1);
    m_mark->setMarkerSize(11);
    auto* part = new QWidget;
    auto* head = new QHBoxLayout;
    head->addWidget(m_tabs);
    head->addStretch(1);
    head->addWidget(m_area);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_chart, 1);
    return part;
}

QWidget* BinaryView::createThreshold()
{
    m_slider->setRange(0, SliderSteps);
    m_slider->setPageStep(SliderSteps / 20);
    m_slider->setSingleStep(SliderSteps / 100);
    m_slider->setAccessibleName(tr("Threshold"));
    m_box->setRange(0, 1);
    m_box->setDecimals(3);
    m_box->setSingleStep(0.01);
    m_box->setValue(NetworkThreshold);
    m_box->setFixedWidth(84);
    m_slider->setValue(int(NetworkThreshold * SliderSteps));
    m_reset->setToolTip(tr("Back to the threshold of the network, 0.5"));
    auto* label = new TextLabel(tr("&Threshold"), TextStyle::Small, Role::TextSecondary);
    label->setBuddy(m_box);
    auto* part = new QWidget;
    auto* layout = new QHBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_box);
    layout->addWidget(m_reset);
    return part;
}

QWidget* BinaryView::createNumbers()
{
    auto* part = new QWidget;
    auto* grid = new QGridLayout(part);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    const QStringList names{
        tr("True positives"), tr("False positives"), tr("Precision"), tr("Recall"),
        tr("True negatives"), tr("False negatives"), tr("F1"),        tr("Accuracy")};
    constexpr int Columns = 4;
    for (int i = 0; i < names.size(); ++i) {
        auto* cell = new QVBoxLayout;
        cell->setSpacing(0);
        auto* name = new TextLabel(names.at(i), TextStyle::Caption, Role::TextSecondary);
        m_values.append(new TextLabel({}, TextStyle::BodyStrong));
        cell->addWidget(name);
        cell->addWidget(m_values.last());
        grid->addLayout(cell, i / Columns, i % Columns);
        grid->setColumnStretch(i % Columns, 1);
    }
    return part;
}

void BinaryView::connectSignals()
{
    connect(m_tabs, &TabStrip::currentChanged, this, &BinaryView::showCurve);
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { m_box->setValue(double(value) / SliderSteps); });
    connect(m_box, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        const QSignalBlocker blocked(m_slider);
        m_slider->setValue(qRound(value * SliderSteps));
        showThreshold();
        if (!m_told->isActive())
            m_told->start();
    });
    connect(m_reset, &QPushButton::clicked, this, [this] { setThreshold(NetworkThreshold); });
    connect(m_told, &QTimer::timeout, this, [this] { Q_EMIT thresholdChanged(threshold()); });
}

void BinaryView::setPredictions(const std::shared_ptr<const PredictionSet>& set)
{
    const bool sameTarget = m_set && set && m_set->target == set->target;
    m_set = set;
    m_table = set ? ThresholdTable(*set) : ThresholdTable();
    if (!sameTarget) {
        const QSignalBlocker blocked(m_box);
        setThreshold(NetworkThreshold);
        m_slider->setValue(qRound(NetworkThreshold * SliderSteps));
    }
    showCurve();
}

double BinaryView::threshold() const
{
    return m_box->value();
}

void BinaryView::setThreshold(double probability)
{
    m_box->setValue(probability);
}

ThresholdCounts BinaryView::counts() const
{
    return m_table.at(threshold());
}

void BinaryView::showCurve()
{
    const bool roc = m_tabs->currentIndex() != PrecisionRecall;
    const auto points = roc ? rocCurve(m_table.scores(), m_table.positives())
                            : precisionRecallCurve(m_table.scores(), m_table.positives());
    QList<QPointF> curve;
    for (const CurvePoint& point : points)
        curve.append({point.x, point.y});
    m_curve->replace(curve);
    m_chance->setVisible(roc);
    m_chance->replace(QList<QPointF>{{0, 0}, {1, 1}});
    const auto axes = m_chart->chart()->axes();
    axes.at(0)->setTitleText(roc ? tr("False positive rate") : tr("Recall"));
    axes.at(1)->setTitleText(roc ? tr("True positive rate") : tr("Precision"));
    const double area = roc ? areaUnderRoc(m_table.scores(), m_table.positives())
                            : averagePrecision(m_table.scores(), m_table.positives());
    m_area->setText(points.isEmpty() ? tr("Needs examples of both classes")
                    : roc            ? tr("AUC %1").arg(metricText(area))
                                     : tr("Average precision %1").arg(metricText(area)));
    m_chart->setAccessibleDescription(m_area->text());
    showThreshold();
}

void BinaryView::showThreshold()
{
    const ThresholdCounts now = counts();
    const bool roc = m_tabs->currentIndex() != PrecisionRecall;
    m_mark->replace(QList<QPointF>{roc ? QPointF(now.falsePositiveRate(), now.recall())
                                       : QPointF(now.recall(), now.precision())});
    const QStringList texts{countText(now.truePositives), countText(now.falsePositives),
                            metricText(now.precision()),  metricText(now.recall()),
                            countText(now.trueNegatives), countText(now.falseNegatives),
                            metricText(now.f1()),         metricText(now.accuracy())};
    for (int i = 0; i < texts.size(); ++i)
        m_values.at(i)->setText(texts.at(i));
    m_reset->setEnabled(!qFuzzyCompare(threshold(), NetworkThreshold));
}

void BinaryView::dress()
{
    const Theme& theme = Theme::of(palette());
    dressChart(*m_chart->chart(), theme);
    m_curve->setPen(QPen(theme.color(Role::MetricValidation), 2));
    m_chance->setPen(QPen(theme.color(Role::BorderControl), 1, Qt::DashLine));
    m_mark->setBrush(theme.color(Role::MetricValidation));
    m_mark->setPen(QPen(theme.color(Role::Surface), 2));
}

void BinaryView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

} // namespace espalier
