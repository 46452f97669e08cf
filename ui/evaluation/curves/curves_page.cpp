#include "ui/evaluation/curves/curves_page.h"

#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/evaluation/curves/curve_legend.h"
#include "ui/evaluation/curves/metric_chart.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QCheckBox>
#include <QMenu>
#include <QSettings>
#include <QSlider>
#include <QStackedLayout>
#include <QToolButton>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qsizetype TabsInStrip = 2; // the others stand in a menu

SeriesColor colorOf(bool validation)
{
    return {validation ? Role::MetricValidation : Role::MetricTraining};
}

} // namespace

CurvesPage::CurvesPage(const ProjectContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    createActions();
    createControls();
    createLayout();
    connectSignals();
    refresh();
}

CurvesPage::~CurvesPage() = default;

const ExperimentRecord* CurvesPage::record() const
{
    return m_context.document.experiment(m_id);
}

double CurvesPage::smoothing() const
{
    return m_slider->value() / 100.0;
}

bool CurvesPage::hasSamples() const
{
    return !m_context.runs.samples(m_id).empty();
}

int CurvesPage::shownEpoch() const
{
    const std::vector<BatchSample>& samples = m_context.runs.samples(m_id);
    if (m_pinned)
        return *m_pinned;
    return samples.empty() ? 0 : samples.back().epoch;
}

void CurvesPage::connectSignals()
{
    connect(&m_context.document, &ProjectDocument::experimentChanged, this,
            [this](ExperimentId id) {
                if (id == m_id)
                    refresh();
            });
    connect(&m_context.document, &ProjectDocument::experimentRemoved, this,
            [this](ExperimentId id) {
                if (id == m_id)
                    setExperiment({});
            });
    connect(&m_context.runs, &RunController::samplesAdded, this, [this](ExperimentId id) {
        if (id != m_id || !isVisible())
            return;
        if (m_stack->currentIndex() == 0 && m_batchPart->isVisibleTo(this))
            refreshBatches();
        else
            refresh();
    });
    connect(&m_context.runs, &RunController::progressChanged, this, [this] {
        if (isVisible())
            refreshBatchTitle();
    });
    connect(&m_context.runs, &RunController::changed, this, &CurvesPage::refresh);
    connect(m_strip, &TabStrip::currentChanged, this, [this](int index) {
        if (index >= 0 && index < m_tabs.size())
            setMetric(m_tabs[index].key);
    });
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        QSettings().setValue(SmoothingKey, value);
        refresh();
    });
    connect(m_showBatches, &QCheckBox::toggled, this, [this](bool on) {
        QSettings().setValue(BatchesKey, on);
        refresh();
    });
    connect(m_logScale, &QAction::toggled, this, &CurvesPage::refresh);
    connect(m_batchRange, &SegmentedControl::currentIndexChanged, this, [this] {
        m_pinned.reset();
        m_batches->resetZoom();
        refreshBatches();
    });
    connect(m_epochs, &MetricChart::clicked, this, &CurvesPage::pinEpoch);
    for (MetricChart* chart : {m_epochs, m_batches})
        connect(chart, &MetricChart::zoomChanged, this, &CurvesPage::refreshActions);
    connect(m_resetZoom, &QAction::triggered, this, [this] {
        m_epochs->resetZoom();
        m_batches->resetZoom();
    });
}

void CurvesPage::setExperiment(ExperimentId id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_pinned.reset();
    m_epochs->setCursor(std::nullopt);
    m_batches->setCursor(std::nullopt);
    m_epochs->resetZoom();
    m_batches->resetZoom();
    refresh();
}

void CurvesPage::setMetric(const QString& key)
{
    if (key == m_metric)
        return;
    m_metric = key;
    m_epochs->resetZoom();
    m_batches->resetZoom();
    refresh();
}

void CurvesPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void CurvesPage::refresh()
{
    const ExperimentRecord* now = record();
    const bool shows =
        now && (!now->epochs.isEmpty() || hasSamples() || isActive(m_context.runs.state(m_id)));
    m_stack->setCurrentIndex(shows ? 0 : 1);
    if (!now)
        m_empty->setTexts(tr("No experiment yet"), tr("Make one in Modeling."));
    else if (!shows)
        refreshEmptyState();
    if (shows) {
        refreshTabs(*now);
        refreshEpochs(*now);
        refreshPatience(*now);
        refreshBatches();
    }
    refreshActions();
}

void CurvesPage::refreshTabs(const ExperimentRecord& experiment)
{
    const QList<MetricCurves::Tab> all = MetricCurves::tabs(experiment);
    const auto known = [&](const QString& key) {
        return std::ranges::find(all, key, &MetricCurves::Tab::key);
    };
    if (m_metric.isEmpty() || known(m_metric) == all.cend())
        m_metric = all.first().key;
    QList<MetricCurves::Tab> strip = all.mid(0, TabsInStrip);
    if (std::ranges::find(strip, m_metric, &MetricCurves::Tab::key) == strip.cend())
        strip.append(*known(m_metric));
    showOtherMetrics(all.mid(TabsInStrip));
    const QSignalBlocker blocker(m_strip);
    if (strip != m_tabs) {
        m_tabs = strip;
        m_strip->clear();
        for (const MetricCurves::Tab& tab : strip)
            m_strip->addTab(tab.label);
    }
    const auto current =
        std::ranges::find(std::as_const(m_tabs), m_metric, &MetricCurves::Tab::key);
    m_strip->setCurrentIndex(int(current - m_tabs.cbegin()));
}

void CurvesPage::showOtherMetrics(const QList<MetricCurves::Tab>& tabs)
{
    m_more->setVisible(!tabs.isEmpty());
    QMenu* menu = m_more->menu();
    if (menu->isVisible())
        return;
    menu->clear();
    for (const MetricCurves::Tab& tab : tabs) {
        QAction* action = menu->addAction(tab.label);
        action->setCheckable(true);
        action->setChecked(tab.key == m_metric);
        connect(action, &QAction::triggered, this, [this, key = tab.key] { setMetric(key); });
    }
}

void CurvesPage::refreshEpochs(const ExperimentRecord& experiment)
{
    ChartContent content = MetricCurves::epochContent(experiment, m_metric, smoothing());
    const bool positive = content.allPositive() || content.series.isEmpty();
    m_logScale->setEnabled(positive);
    m_logScale->setToolTip(positive ? tr("Logarithmic scale")
                                    : tr("A logarithmic scale shows only values above 0"));
    content.logScale = m_logScale->isChecked() && positive;
    m_epochs->setContent(content);
    m_epochs->setAccessibleName(
        tr("%1 over the epochs").arg(MetricCurves::label(experiment, m_metric)));
    QList<CurveLegend::Item> items;
    for (const bool validation : {false, true})
        if (const QList<QPointF> points =
                MetricCurves::points(experiment.epochs, m_metric, validation);
            !points.isEmpty())
            items.append({validation ? tr("Validation") : tr("Training"),
                          metricText(points.last().y()), colorOf(validation)});
    m_legend->setItems(items);
}

void CurvesPage::refreshPatience(const ExperimentRecord& experiment)
{
    const int patience = experiment.settings.patience;
    const int without = MetricCurves::epochsWithoutBetter(experiment);
    m_patience->setVisible(patience > 0 && !experiment.epochs.isEmpty());
    const bool early = m_context.runs.state(m_id) == RunState::Completed &&
                       experiment.epochs.size() < experiment.settings.epochs;
    if (early && without >= patience)
        m_patience->setText(tr("Stopped early: no better epoch for %1").arg(without));
    else
        m_patience->setText(tr("No better epoch for %1 of %2").arg(without).arg(patience));
}

void CurvesPage::refreshBatches()
{
    const ExperimentRecord* now = record();
    const bool possible = now && hasSamples() && MetricCurves::hasBatchCurve(*now, m_metric);
    m_showBatches->setEnabled(possible);
    m_showBatches->setToolTip(possible ? QString()
                              : hasSamples()
                                  ? tr("The steps of a run have no value of this metric")
                                  : tr("The steps of a run are kept until the program ends"));
    m_batchPart->setVisible(possible && m_showBatches->isChecked());
    if (!possible || !m_showBatches->isChecked())
        return;
    const std::vector<BatchSample>& samples = m_context.runs.samples(m_id);
    const bool loss = m_metric == u"loss"_s;
    const auto& progress = m_context.runs.progress();
    const bool runs = progress && progress->experiment == m_id;
    const qint64 batches = runs ? progress->batches : 0;
    ChartContent content =
        m_batchRange->currentIndex() == 0
            ? MetricCurves::batchContent(samples, loss, shownEpoch(), batches, smoothing())
            : MetricCurves::allBatchesContent(samples, loss, now->settings.epochs, batches,
                                              smoothing());
    if (!runs)
        content.reached.reset();
    content.logScale = m_logScale->isChecked() && content.allPositive();
    m_batches->setContent(content);
    refreshBatchTitle();
}

void CurvesPage::refreshBatchTitle()
{
    const auto& progress = m_context.runs.progress();
    const int epoch = shownEpoch();
    const bool live = progress && progress->experiment == m_id && progress->epoch == epoch;
    const bool one = m_batchRange->currentIndex() == 0;
    m_batchEpoch->setText(one ? tr("Epoch %1").arg(epoch) : tr("All epochs"));
    m_batchText->setText(
        one && live && progress->batches > 0
            ? tr("batch %1 of %2").arg(countText(progress->batch), countText(progress->batches))
            : QString());
    m_batches->setAccessibleName(one ? tr("Steps of epoch %1").arg(epoch)
                                     : tr("Steps of all epochs"));
}

void CurvesPage::refreshEmptyState()
{
    switch (m_context.runs.state(m_id)) {
    case RunState::Queued:
        m_empty->setTexts(tr("Waiting for its turn"),
                          tr("Curves appear with the first batch of the run."));
        break;
    case RunState::Failed:
        m_empty->setTexts(tr("Failed before its first epoch"),
                          tr("The panel at the right says why."));
        break;
    case RunState::Stopped:
        m_empty->setTexts(tr("Stopped before its first epoch"), tr("Resume it to see its curves."));
        break;
    default:
        m_empty->setTexts(tr("Nothing has run yet"),
                          tr("Curves appear with the first batch of a run."));
        break;
    }
}

void CurvesPage::refreshActions()
{
    const bool shows = m_stack->currentIndex() == 0;
    m_resetZoom->setEnabled(shows && (m_epochs->isZoomed() || m_batches->isZoomed()));
    for (QAction* action : m_saveActions)
        action->setEnabled(shows);
    if (!shows)
        m_logScale->setEnabled(false);
}

void CurvesPage::pinEpoch(double x)
{
    const int epoch = int(std::lround(x));
    const auto& samples = m_context.runs.samples(m_id);
    if (samples.empty() || !std::ranges::binary_search(samples, epoch, {}, &BatchSample::epoch))
        return;
    m_pinned = epoch == samples.back().epoch ? std::nullopt : std::optional(epoch);
    m_batches->resetZoom();
    if (m_batchRange->currentIndex() != 0) {
        const QSignalBlocker blocker(m_batchRange);
        m_batchRange->setCurrentIndex(0);
    }
    refreshBatches();
}

QList<QAction*> CurvesPage::viewActions() const
{
    return QList<QAction*>{m_logScale, m_resetZoom} + m_saveActions;
}

} // namespace espalier
