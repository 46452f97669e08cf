#include "ui/evaluation/evaluation_view.h"

#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/evaluation/compare/compare_page.h"
#include "ui/evaluation/curves/curve_legend.h"
#include "ui/evaluation/curves/curves_page.h"
#include "ui/evaluation/predictions/compare_matrices.h"
#include "ui/evaluation/predictions/predictions_page.h"
#include "ui/evaluation/run_panel.h"
#include "ui/evaluation/table/experiment_sidebar.h"
#include "ui/widgets/run_state_text.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

EvaluationView::EvaluationView(const ProjectContext& context, QObject* parent)
    : ProjectView(parent)
    , m_context(context)
{
    createWidgets();
    createCentre();
    createActions();
    connectSignals();
    selectFirst();
    showPage(Curves);
}

EvaluationView::~EvaluationView() = default;

void EvaluationView::createWidgets()
{
    m_table = new ExperimentSidebar(m_context);
    m_name = new TextLabel({}, TextStyle::Heading);
    m_name->setElided(true);
    m_state = new Chip;
    m_compared = new CurveLegend;
    m_pages = new SegmentedControl({tr("Curves"), tr("Compare"), tr("Predictions")});
    m_pages->setAccessibleName(tr("What to look at"));
    m_curves = new CurvesPage(m_context);
    m_compare = new ComparePage(m_context);
    m_matrices = new CompareMatrices(m_context);
    m_compare->addBelow(m_matrices);
    m_predictions = new PredictionsPage(m_context);
    m_run = new RunPanel(m_context);
    m_inspector = new QStackedWidget;
    m_inspector->addWidget(m_run);
    m_inspector->addWidget(m_predictions->takeInspector());
}

void EvaluationView::createCentre()
{
    m_centre = new QWidget;
    auto* header = new HeaderBar;
    header->addLeft(m_name);
    header->addLeft(m_state);
    header->addLeft(m_compared);
    header->addRight(m_pages);
    m_stack = new QStackedWidget;
    for (QWidget* page : {static_cast<QWidget*>(m_curves), static_cast<QWidget*>(m_compare),
                          static_cast<QWidget*>(m_predictions)})
        m_stack->addWidget(page);
    auto* layout = new QVBoxLayout(m_centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_stack, 1);
}

void EvaluationView::createActions()
{
    const QStringList texts{tr("Curves"), tr("Compare"), tr("Predictions")};
    for (int page = Curves; page <= Predictions; ++page) {
        auto* action = new QAction(texts[page], this);
        connect(action, &QAction::triggered, this,
                [this, page] { m_pages->setCurrentIndex(page); });
        m_pageActions.append(action);
    }
}

void EvaluationView::connectSignals()
{
    connect(m_pages, &SegmentedControl::currentIndexChanged, this, &EvaluationView::showPage);
    connect(m_table, &ExperimentSidebar::currentChanged, this, &EvaluationView::select);
    connect(m_table, &ExperimentSidebar::tickedChanged, this, [this] {
        m_compare->setExperiments(m_table->ticked());
        m_matrices->setExperiments(m_table->ticked());
        refreshHeader();
    });
    connect(m_table, &ExperimentSidebar::modelingRequested, this,
            &EvaluationView::modelingRequested);
    connect(m_table, &ExperimentSidebar::message, this, &EvaluationView::message);
    connect(m_curves, &CurvesPage::message, this, &EvaluationView::message);
    connect(m_curves, &CurvesPage::modelingRequested, this,
            [this] { Q_EMIT modelingRequested(m_id); });
    connect(m_run, &RunPanel::modelingRequested, this, &EvaluationView::modelingRequested);
    connect(&m_context.document, &ProjectDocument::experimentsChanged, this,
            &EvaluationView::selectFirst);
    connect(&m_context.document, &ProjectDocument::experimentChanged, this,
            &EvaluationView::refreshHeader);
    connect(&m_context.runs, &RunController::changed, this, &EvaluationView::refreshHeader);
}

QString EvaluationView::title() const
{
    return tr("Evaluation");
}

QWidget* EvaluationView::sidebar()
{
    return m_table;
}

QWidget* EvaluationView::centre()
{
    return m_centre;
}

QWidget* EvaluationView::inspector()
{
    return m_inspector;
}

bool EvaluationView::usesInspector() const
{
    return m_pages->currentIndex() != Compare; // its tables stand beside the curves
}

QAction* EvaluationView::mainAction()
{
    return m_predictions->predictAction();
}

QList<QAction*> EvaluationView::actions() const
{
    return m_pageActions + m_curves->viewActions() + m_predictions->viewActions();
}

void EvaluationView::showExperiment(ExperimentId id)
{
    m_table->setCurrent(id);
    select(id);
    const RunState state = m_context.runs.state(id);
    if ((isActive(state) || state == RunState::Queued) && m_pages->currentIndex() == Predictions)
        m_pages->setCurrentIndex(Curves); // there is more to watch
}

/// The one in front stays; without one, that which runs, else the newest.
void EvaluationView::selectFirst()
{
    const QList<ExperimentRecord>& all = m_context.document.experiments();
    if (m_context.document.experiment(m_id))
        return;
    const std::optional<ExperimentId> running = m_context.runs.current();
    const auto ran = std::ranges::find_if(
        all, [](const ExperimentRecord& record) { return !record.epochs.isEmpty(); });
    const ExperimentId id = running             ? *running
                            : ran != all.cend() ? ran->id
                            : all.isEmpty()     ? ExperimentId()
                                                : all.first().id;
    showExperiment(id);
}

void EvaluationView::select(ExperimentId id)
{
    if (!id.isValid() && m_context.document.experiment(m_id))
        return; // a search that hides it does not close it
    m_id = id;
    m_curves->setExperiment(id);
    m_predictions->setExperiment(id);
    m_run->setExperiment(id);
    refreshHeader();
}

void EvaluationView::showPage(int page)
{
    m_stack->setCurrentIndex(page);
    m_inspector->setCurrentIndex(page == Predictions ? 1 : 0);
    m_table->setComparing(page == Compare);
    Q_EMIT inspectorUseChanged();
    refreshHeader();
}

void EvaluationView::refreshHeader()
{
    const bool comparing = m_pages->currentIndex() == Compare;
    const ExperimentRecord* experiment = m_context.document.experiment(m_id);
    m_state->setVisible(!comparing && experiment);
    m_compared->setVisible(comparing);
    if (comparing) {
        const QList<ExperimentId> ticked = m_table->ticked();
        m_name->setText(ticked.size() == 1 ? tr("1 experiment")
                                           : tr("%1 experiments").arg(ticked.size()));
        QList<CurveLegend::Item> items;
        for (int i = 0; i < ticked.size(); ++i)
            if (const ExperimentRecord* record = m_context.document.experiment(ticked[i]))
                items.append({record->name, {}, {Role::MetricValidation, i}, false, true});
        m_compared->setItems(items);
        return;
    }
    m_name->setText(experiment ? experiment->name : tr("Evaluation"));
    if (!experiment)
        return;
    const RunState state = m_context.runs.state(m_id);
    const RunStateLook look = runStateLook(state);
    const bool active = isActive(state);
    m_state->set(look.icon, enumLabel(state), look.ink, active ? Role::Selection : Role::Hover);
}

} // namespace espalier
