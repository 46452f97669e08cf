#include "ui/shell/workbench.h"

#include "core/base/logging.h"
#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/shell/frame/column_splitter.h"
#include "ui/shell/help/help_panel.h"
#include "ui/shell/information/information_panel.h"
#include "ui/shell/project_view.h"
#include "ui/theme/theme.h"

#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int SmallestSidebar = 200;
constexpr int LargestSidebar = 420;
constexpr int SmallestInspector = 280;
constexpr int LargestInspector = 480;
constexpr int SmallestCentre = 480;
constexpr int NarrowWindow = 1120;
constexpr int NarrowSidebar = 220;
constexpr int NarrowInspector = 288;

// The tabs that requests of views lead to.
constexpr int Datasets = 0;
constexpr int Modeling = 1;
constexpr int Evaluation = 2;

LogLevel logLevelOf(IssueLevel level)
{
    if (level == IssueLevel::Error)
        return LogLevel::Error;
    return level == IssueLevel::Warning ? LogLevel::Warning : LogLevel::Info;
}

} // namespace

Workbench::Workbench(const ProjectContext& context, const QList<ViewFactory>& views,
                     QWidget* parent)
    : QWidget(parent)
{
    const QSettings settings;
    m_wantedSidebar = settings.value(u"window/sidebar"_s, metrics::Sidebar).toInt();
    m_wantedInspector = settings.value(u"window/inspector"_s, metrics::Inspector).toInt();
    m_inspectorOpen = settings.value(u"window/inspectorOpen"_s, true).toBool();
    createLayout();
    addViews(context, views);
    followRuns(context);
    m_help->setProject(&context);
    m_help->setVisible(settings.value(u"window/helpOpen"_s, false).toBool());
    m_information->setVisible(settings.value(u"window/informationOpen"_s, false).toBool());
    m_inspectors->setVisible(m_inspectorOpen);
    setFront(0);
}

Workbench::~Workbench()
{
    // Views may still hear of their widgets; the widgets no longer of their views.
    m_help->setProject(nullptr);
    m_views.clear();
}

void Workbench::createLayout()
{
    m_sidebars = new QStackedWidget;
    m_centres = new QStackedWidget;
    m_centres->setAutoFillBackground(true);
    m_centres->setBackgroundRole(QPalette::Base);
    m_inspectors = new QStackedWidget;
    m_help = new HelpPanel;
    m_information = new InformationPanel;
    auto* left = new ColumnSplitter(Qt::Vertical);
    left->addWidget(m_sidebars);
    left->addWidget(m_help);
    left->setStretchFactor(0, 1);
    left->setStretchFactor(1, 1);
    m_sidebars->setMinimumHeight(160);
    m_help->setMinimumHeight(200);
    m_left = left;
    m_centre = new QWidget;
    auto* centre = new QVBoxLayout(m_centre);
    centre->setContentsMargins(0, 0, 0, 0);
    centre->setSpacing(0);
    centre->addWidget(m_centres, 1);
    centre->addWidget(m_information);
    m_left->setMinimumWidth(SmallestSidebar);
    m_left->setMaximumWidth(LargestSidebar);
    m_centre->setMinimumWidth(SmallestCentre);
    m_inspectors->setMinimumWidth(SmallestInspector);
    m_inspectors->setMaximumWidth(LargestInspector);

    m_columns = new ColumnSplitter(Qt::Horizontal, this);
    for (QWidget* column : {m_left, m_centre, static_cast<QWidget*>(m_inspectors)})
        m_columns->addWidget(column);
    m_columns->setStretchFactor(1, 1);
    connect(m_columns, &QSplitter::splitterMoved, this, &Workbench::rememberColumns);
    connect(m_help, &HelpPanel::closeRequested, this, [this] { setHelpOpen(false); });
    connect(m_information, &InformationPanel::closeRequested, this,
            [this] { setInformationOpen(false); });
    connect(m_information, &InformationPanel::issuesChanged, this, &Workbench::issuesChanged);
    connect(m_information, &InformationPanel::issueActivated, this,
            [this](const Issue& issue) { front().reveal(issue); });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_columns);
}

void Workbench::addViews(const ProjectContext& context, const QList<ViewFactory>& views)
{
    for (const ViewFactory& create : views) {
        m_views.push_back(create(context));
        ProjectView& view = *m_views.back();
        m_sidebars->addWidget(view.sidebar());
        m_centres->addWidget(view.centre());
        m_inspectors->addWidget(view.inspector());
        connectView(view, viewCount() - 1);
    }
}

void Workbench::connectView(ProjectView& view, int index)
{
    connect(&view, &ProjectView::issuesChanged, this, [this, index] {
        if (index == m_front)
            refreshIssues();
    });
    connect(&view, &ProjectView::undoStackChanged, this, [this, index] {
        if (index == m_front)
            Q_EMIT frontChanged();
    });
    connect(&view, &ProjectView::inspectorUseChanged, this, [this, index] {
        if (index == m_front)
            showInspector(m_inspectorOpen && front().usesInspector());
    });
    connect(&view, &ProjectView::inspectorRequested, this, [this] { setInspectorOpen(true); });
    connect(&view, &ProjectView::informationRequested, this, [this, index] {
        const bool wasOpen = isInformationOpen();
        m_information->showPage(InformationPanel::Page::Information);
        setInformationOpen(true);
        if (!wasOpen)
            m_openedFor = index;
    });
    connect(&view, &ProjectView::message, this, &Workbench::addMessage);
    connect(&view, &ProjectView::datasetRequested, this,
            [this](DatasetId id) { showIn(Datasets, id); });
    connect(&view, &ProjectView::modelingRequested, this,
            [this](ExperimentId id) { showIn(Modeling, id); });
    connect(&view, &ProjectView::evaluationRequested, this,
            [this](ExperimentId id) { showIn(Evaluation, id); });
}

/// Wherever a person is when a run ends, its end is told.
void Workbench::followRuns(const ProjectContext& context)
{
    connect(
        &context.runs, &RunController::finished, this,
        [this, &document = context.document](ExperimentId id, const Result<RunSummary>& result) {
            const ExperimentRecord* experiment = document.experiment(id);
            if (!experiment)
                return;
            if (result && result->state == RunState::Completed)
                addMessage({IssueLevel::Done, experiment->name,
                            tr("the run is completed, best epoch %1").arg(result->bestEpoch)});
            else if (!result && result.error().code != ErrorCode::Cancelled)
                addMessage({IssueLevel::Error, experiment->name, result.error().message});
        });
}

void Workbench::addMessage(const Issue& issue)
{
    log(logLevelOf(issue.level), issueSentence(issue));
    m_information->addMessage(issue);
    if (issue.level == IssueLevel::Error) {
        m_information->showPage(InformationPanel::Page::Information);
        setInformationOpen(true);
    }
    Q_EMIT message(issue);
}

void Workbench::showIn(int index, DatasetId id)
{
    if (index >= viewCount())
        return;
    setFront(index);
    if (id.isValid())
        view(index).showDataset(id);
}

void Workbench::showIn(int index, ExperimentId id)
{
    if (index >= viewCount())
        return;
    setFront(index);
    if (id.isValid())
        view(index).showExperiment(id);
}

void Workbench::setFront(int index)
{
    if (index < 0 || index >= viewCount())
        return;
    m_front = index;
    if (m_openedFor && *m_openedFor != index)
        setInformationOpen(false);
    for (QStackedWidget* stack : {m_sidebars, m_centres, m_inspectors})
        stack->setCurrentIndex(index);
    showInspector(m_inspectorOpen && front().usesInspector());
    refreshIssues();
    Q_EMIT frontChanged();
}

bool Workbench::isInspectorOpen() const
{
    return !m_inspectors->isHidden();
}

void Workbench::setInspectorOpen(bool open)
{
    if (front().usesInspector()) {
        m_inspectorOpen = open;
        QSettings().setValue(u"window/inspectorOpen"_s, open);
    }
    showInspector(open);
}

void Workbench::showInspector(bool shown)
{
    if (shown == isInspectorOpen())
        return;
    m_inspectors->setVisible(shown);
    applyColumns();
    Q_EMIT panelsChanged();
}

bool Workbench::isInformationOpen() const
{
    return !m_information->isHidden();
}

void Workbench::setInformationOpen(bool open)
{
    m_openedFor.reset();
    QSettings().setValue(u"window/informationOpen"_s, open);
    m_information->setVisible(open);
    Q_EMIT panelsChanged();
}

bool Workbench::isHelpOpen() const
{
    return !m_help->isHidden();
}

void Workbench::setHelpOpen(bool open)
{
    QSettings().setValue(u"window/helpOpen"_s, open);
    m_help->setVisible(open);
    Q_EMIT panelsChanged();
}

void Workbench::showLog()
{
    m_information->showPage(InformationPanel::Page::Log);
    setInformationOpen(true);
}

QList<QWidget*> Workbench::areas() const
{
    QList<QWidget*> areas;
    for (QWidget* area : {static_cast<QWidget*>(m_sidebars), static_cast<QWidget*>(m_help),
                          static_cast<QWidget*>(m_centres), static_cast<QWidget*>(m_information),
                          static_cast<QWidget*>(m_inspectors)})
        if (!area->isHidden())
            areas.append(area);
    return areas;
}

int Workbench::sidebarWidth() const
{
    return m_left->width();
}

int Workbench::inspectorWidth() const
{
    return isInspectorOpen() ? m_inspectors->width() : 0;
}

bool Workbench::acceptDrop(const QMimeData& dropped)
{
    QList<int> order{m_front};
    for (int index = 0; index < viewCount(); ++index)
        if (index != m_front)
            order.append(index);
    const auto taker =
        std::ranges::find_if(order, [&](int index) { return view(index).acceptDrop(dropped); });
    if (taker == order.end())
        return false;
    if (*taker != m_front)
        setFront(*taker);
    return true;
}

void Workbench::refreshIssues()
{
    if (!m_views.empty())
        m_information->setIssues(front().issues());
}

void Workbench::applyColumns()
{
    const bool narrow = width() < NarrowWindow;
    const int sidebar = narrow ? std::min(m_wantedSidebar, NarrowSidebar) : m_wantedSidebar;
    const int inspector = narrow ? std::min(m_wantedInspector, NarrowInspector) : m_wantedInspector;
    const int shown = isInspectorOpen() ? inspector : 0;
    m_columns->setSizes({sidebar, std::max(SmallestCentre, width() - sidebar - shown - 2), shown});
    Q_EMIT columnsChanged();
}

void Workbench::rememberColumns()
{
    m_wantedSidebar = m_left->width();
    if (isInspectorOpen())
        m_wantedInspector = m_inspectors->width();
    QSettings settings;
    settings.setValue(u"window/sidebar"_s, m_wantedSidebar);
    settings.setValue(u"window/inspector"_s, m_wantedInspector);
    Q_EMIT columnsChanged();
}

void Workbench::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    applyColumns();
}

} // namespace espalier
