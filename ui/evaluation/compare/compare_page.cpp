#include "ui/evaluation/compare/compare_page.h"

#include "core/project/documents/project_document.h"
#include "ui/evaluation/compare/compare_curves.h"
#include "ui/evaluation/compare/comparison_table.h"
#include "ui/evaluation/curves/curve_legend.h"
#include "ui/evaluation/curves/metric_chart.h"
#include "ui/widgets/dataset_version_text.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QMenu>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int TwoColumns = 880; // width from which there is room for them
constexpr int TableColumn = 380;
constexpr int ToolRow = 44;
constexpr int ChartHeight = 220;
constexpr qsizetype TabsInStrip = 2;

} // namespace

ComparePage::ComparePage(const ProjectContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    createLayout();
    connectSignals();
    refresh();
}

void ComparePage::createLayout()
{
    auto* content = new QWidget;
    m_columns = new QBoxLayout(QBoxLayout::TopToBottom, content);
    m_columns->setSpacing(24);
    m_columns->addWidget(createCurvePart(), 1);
    m_columns->addWidget(createTablePart());
    QScrollArea* scroll = createPanelScroll(content);
    content->setContentsMargins({});
    m_columns->setContentsMargins(metrics::PanelPadding, 0, metrics::PanelPadding,
                                  metrics::PanelPadding);
    auto* empty = new EmptyState(u"compare"_s, tr("Tick two experiments to compare"),
                                 tr("The boxes stand in the list at the left."));
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(scroll);
    m_stack->addWidget(empty);
}

QWidget* ComparePage::createCurvePart()
{
    auto* part = new QWidget;
    m_left = new QVBoxLayout(part);
    m_left->setContentsMargins({});
    m_left->setSpacing(metrics::RowGap);
    auto* tools = new QWidget;
    tools->setFixedHeight(ToolRow);
    auto* toolLayout = new QHBoxLayout(tools);
    toolLayout->setContentsMargins({});
    m_strip = new TabStrip;
    m_more = new QToolButton;
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More metrics"));
    m_more->setToolTip(tr("More metrics"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    auto* legend = new CurveLegend;
    legend->setItems({{tr("Validation"), {}, {Role::TextSecondary}, false, false},
                      {tr("Training"), {}, {Role::TextSecondary}, true, false}});
    toolLayout->addWidget(m_strip);
    toolLayout->addWidget(m_more);
    toolLayout->addStretch();
    toolLayout->addWidget(legend);
    m_left->addWidget(tools);
    m_left->addWidget(new Hairline(Qt::Horizontal));
    m_chart = new MetricChart;
    m_chart->setMinimumHeight(ChartHeight);
    m_otherLoss = new EmptyState(u"info"_s, tr("These experiments minimize different losses"),
                                 tr("Their values do not compare. Choose another metric."));
    m_chartStack = new QStackedLayout;
    m_chartStack->addWidget(m_chart);
    m_chartStack->addWidget(m_otherLoss);
    m_left->addLayout(m_chartStack, 2);
    return part;
}

QWidget* ComparePage::createTablePart()
{
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::RowGap);
    auto* metricHead = new QHBoxLayout;
    metricHead->setContentsMargins(0, 12, 0, 0);
    metricHead->addWidget(new TextLabel(tr("Metrics"), TextStyle::Heading));
    metricHead->addWidget(
        new TextLabel(tr("Validation, best epoch of each"), TextStyle::Small, Role::TextSecondary));
    metricHead->addStretch();
    layout->addLayout(metricHead);
    m_metrics = new ComparisonTable;
    m_metrics->setAccessibleName(tr("Metrics"));
    layout->addWidget(m_metrics);
    auto* settingHead = new QHBoxLayout;
    settingHead->setContentsMargins(0, 12, 0, 0);
    m_differing = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
    m_differencesOnly = new QCheckBox(tr("Differences only"));
    m_differencesOnly->setChecked(true);
    settingHead->addWidget(new TextLabel(tr("Settings and blocks"), TextStyle::Heading));
    settingHead->addWidget(m_differing);
    settingHead->addStretch();
    settingHead->addWidget(m_differencesOnly);
    layout->addLayout(settingHead);
    m_settings = new ComparisonTable;
    m_settings->setAccessibleName(tr("Settings and blocks"));
    layout->addWidget(m_settings);
    m_same = new TextLabel(tr("Settings and blocks are the same."), TextStyle::Body,
                           Role::TextSecondary);
    layout->addWidget(m_same);
    layout->addStretch(1);
    part->setMinimumWidth(TableColumn);
    return part;
}

void ComparePage::addBelow(QWidget* widget)
{
    m_left->addWidget(new Hairline(Qt::Horizontal));
    m_left->addWidget(widget, 3);
}

void ComparePage::connectSignals()
{
    connect(&m_context.document, &ProjectDocument::experimentChanged, this,
            [this](ExperimentId id) {
                if (m_ids.contains(id) && isVisible())
                    refresh();
            });
    connect(m_strip, &TabStrip::currentChanged, this, [this](int index) {
        if (index < 0 || index >= m_tabs.size() || m_tabs[index].key == m_metric)
            return;
        m_metric = m_tabs[index].key;
        m_chart->resetZoom();
        refresh();
    });
    connect(m_differencesOnly, &QCheckBox::toggled, this, &ComparePage::refresh);
}

void ComparePage::setExperiments(const QList<ExperimentId>& ids)
{
    if (ids == m_ids)
        return;
    m_ids = ids;
    m_chart->resetZoom();
    refresh();
}

QList<ExperimentRecord> ComparePage::records() const
{
    QList<ExperimentRecord> records;
    for (const ExperimentId id : m_ids)
        if (const ExperimentRecord* record = m_context.document.experiment(id))
            records.append(*record);
    return records;
}

void ComparePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void ComparePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool wide = event->size().width() >= TwoColumns;
    m_columns->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_columns->setStretch(0, wide ? 3 : 0);
    m_columns->setStretch(1, wide ? 2 : 0);
}

void ComparePage::refresh()
{
    const QList<ExperimentRecord> all = records();
    m_stack->setCurrentIndex(all.size() >= 2 ? 0 : 1);
    if (all.size() < 2)
        return;
    refreshTabs(all);
    refreshCurves(all);
    refreshTables(all);
}

void ComparePage::refreshTabs(const QList<ExperimentRecord>& all)
{
    const QList<MetricCurves::Tab> tabs = CompareCurves::tabs(all);
    auto current = std::ranges::find(tabs, m_metric, &MetricCurves::Tab::key);
    if (current == tabs.cend())
        current = tabs.cbegin();
    m_metric = current->key;
    QList<MetricCurves::Tab> strip = tabs.mid(0, TabsInStrip);
    if (!strip.contains(*current))
        strip.append(*current);
    const QSignalBlocker blocker(m_strip);
    if (strip != m_tabs) {
        m_tabs = strip;
        m_strip->clear();
        for (const MetricCurves::Tab& tab : strip)
            m_strip->addTab(tab.label);
    }
    m_strip->setCurrentIndex(int(strip.indexOf(*current)));
    m_more->setVisible(tabs.size() > TabsInStrip);
    m_more->menu()->clear();
    for (const MetricCurves::Tab& tab : tabs.mid(TabsInStrip))
        connect(m_more->menu()->addAction(tab.label), &QAction::triggered, this,
                [this, key = tab.key] {
                    m_metric = key;
                    m_chart->resetZoom();
                    refresh();
                });
}

void ComparePage::refreshCurves(const QList<ExperimentRecord>& all)
{
    const bool comparable = CompareCurves::comparable(all, m_metric);
    m_chartStack->setCurrentIndex(comparable ? 0 : 1);
    if (!comparable)
        return;
    m_chart->setContent(CompareCurves::content(all, m_metric));
    m_chart->setAccessibleName(
        tr("%1 of %2 experiments over the epochs")
            .arg(m_tabs[m_strip->currentIndex()].label, QString::number(all.size())));
}

void ComparePage::refreshTables(const QList<ExperimentRecord>& all)
{
    QStringList names;
    QStringList datasets;
    for (const ExperimentRecord& experiment : all) {
        names.append(experiment.name);
        const DatasetRecord* dataset = m_context.document.dataset(experiment.dataset);
        datasets.append(dataset ? datasetVersionText(*dataset) : tr("none"));
    }
    m_metrics->setRows(names, ComparisonRows::metrics(all));
    const QList<ComparisonRow> every = ComparisonRows::settings(all, datasets, false);
    const auto isValue = [](const ComparisonRow& row) { return !row.values.isEmpty(); };
    const int differing = ComparisonRows::countDiffering(every);
    m_differing->setText(
        tr("%1 of %2 differ").arg(differing).arg(std::ranges::count_if(every, isValue)));
    const bool nothing = m_differencesOnly->isChecked() && differing == 0;
    m_same->setVisible(nothing);
    m_settings->setVisible(!nothing);
    m_settings->setRows(names, m_differencesOnly->isChecked()
                                   ? ComparisonRows::settings(all, datasets, true)
                                   : every);
}

} // namespace espalier
