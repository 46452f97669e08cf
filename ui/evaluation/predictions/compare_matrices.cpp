#include "ui/evaluation/predictions/compare_matrices.h"

#include "core/project/documents/project_document.h"
#include "core/project/experiment_evaluation.h"
#include "ui/evaluation/predictions/details/ramp_legend.h"
#include "ui/evaluation/predictions/examples/examples_panel.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

enum Mode { SideBySide, Difference };

constexpr int NarrowestSide = 340;
constexpr int WidestBox = 200;

} // namespace

CompareMatrices::CompareMatrices(const ProjectContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_subset(new QComboBox)
    , m_first(new QComboBox)
    , m_second(new QComboBox)
    , m_pairRow(new QWidget)
    , m_mode(new SegmentedControl({tr("Side by side"), tr("Difference")}))
    , m_progress(new ProgressLine)
    , m_stack(new QStackedLayout)
    , m_empty(new EmptyState(u"compare"_s, {}, {}))
    , m_difference(new MatrixView)
    , m_firstLegend(new RampLegend(Ramp::FirstBetter))
    , m_secondLegend(new RampLegend(Ramp::SecondBetter))
    , m_rightLegend(new RampLegend(Ramp::Right))
    , m_wrongLegend(new RampLegend(Ramp::Wrong))
    , m_formula(new TextLabel({}, TextStyle::Caption, Role::TextSecondary))
    , m_hint(new TextLabel({}, TextStyle::Small, Role::TextSecondary))
    , m_examples(new ExamplesPanel)
{
    auto* matrices = new QWidget;
    auto* upper = new QVBoxLayout(matrices);
    upper->setContentsMargins({});
    upper->setSpacing(0);
    upper->addWidget(createHead());
    upper->addWidget(m_progress);
    upper->addLayout(m_stack, 1);
    m_hint->setWordWrap(true);
    upper->addWidget(m_hint);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(createSides());
    m_stack->addWidget(createDifference());
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(matrices);
    splitter->addWidget(m_examples);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(splitter);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_mode->setCurrentIndex(Difference);
    connectSignals();
    setExperiments({});
}

CompareMatrices::~CompareMatrices() = default;

QWidget* CompareMatrices::createHead()
{
    m_subset->setAccessibleName(tr("Subset"));
    m_first->setAccessibleName(tr("First experiment of the difference"));
    m_second->setAccessibleName(tr("Experiment that is subtracted"));
    m_mode->setAccessibleName(tr("How matrices are compared"));
    for (QComboBox* box : {m_subset, m_first, m_second}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMaximumWidth(WidestBox);
    }
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 12, 0, 8);
    rows->setSpacing(8);
    auto* layout = new QHBoxLayout;
    auto* subset = new TextLabel(tr("Subset"), TextStyle::Small, Role::TextSecondary);
    subset->setBuddy(m_subset);
    layout->setSpacing(8);
    layout->addWidget(subset);
    layout->addWidget(m_subset);
    layout->addStretch(1);
    layout->addWidget(m_mode);
    rows->addLayout(layout);
    auto* pair = new QHBoxLayout(m_pairRow);
    pair->setContentsMargins({});
    pair->setSpacing(8);
    pair->addWidget(m_first);
    pair->addWidget(new TextLabel(u"−"_s));
    pair->addWidget(m_second);
    pair->addStretch(1);
    rows->addWidget(m_pairRow);
    m_progress->hide();
    return head;
}

QWidget* CompareMatrices::createSides()
{
    auto* content = new QWidget;
    m_sideLayout = new QHBoxLayout(content);
    m_sideLayout->setContentsMargins(0, 0, 0, 8);
    m_sideLayout->setSpacing(24);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setBackgroundRole(QPalette::Base);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    auto* legend = new QHBoxLayout;
    legend->setContentsMargins(0, 0, 0, 8);
    legend->setSpacing(16);
    legend->addWidget(m_rightLegend);
    legend->addWidget(m_wrongLegend);
    legend->addStretch(1);
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(scroll, 1);
    layout->addLayout(legend);
    return part;
}

QWidget* CompareMatrices::createDifference()
{
    m_difference->setAccessibleName(tr("Difference matrix"));
    m_firstLegend->setReversed(true);
    m_formula->setElided(true);
    m_formula->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* legend = new QHBoxLayout;
    legend->setSpacing(8);
    legend->addWidget(m_firstLegend);
    legend->addWidget(m_secondLegend);
    legend->addWidget(m_formula, 1);
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 8);
    layout->setSpacing(4);
    layout->addWidget(m_difference, 1);
    layout->addLayout(legend);
    return part;
}

void CompareMatrices::connectSignals()
{
    PredictionService& service = m_context.predictions;
    connect(&service, &PredictionService::ready, this, [this](const PredictionsPtr& set) {
        if (isVisible() && m_experiments.contains(set->request.experiment))
            refresh();
    });
    connect(&service, &PredictionService::failed, this, &CompareMatrices::takeFailure);
    connect(&service, &PredictionService::progressChanged, this, &CompareMatrices::showProgress);
    connect(&m_context.document, &ProjectDocument::experimentChanged, this,
            [this](ExperimentId id) {
                if (!m_experiments.contains(id))
                    return;
                m_failures.remove(id);
                refresh();
            });
    connect(m_subset, &QComboBox::activated, this, [this] {
        m_sets.clear();
        m_failures.clear();
        refresh();
    });
    connect(m_first, &QComboBox::activated, this, &CompareMatrices::showMatrices);
    connect(m_second, &QComboBox::activated, this, &CompareMatrices::showMatrices);
    connect(m_mode, &SegmentedControl::currentIndexChanged, this, &CompareMatrices::showMatrices);
    connect(m_difference, &MatrixView::selectionChanged, this,
            &CompareMatrices::showDifferenceExamples);
    connect(m_difference, &MatrixView::activated, m_examples, &ExamplesPanel::focusTable);
    connect(m_examples, &ExamplesPanel::examplesChanged, this, [this] {
        const bool shown = m_examples->isShowingExamples();
        m_examples->setVisible(shown);
        m_hint->setVisible(!shown && m_stack->currentWidget() != m_empty);
    });
    connect(m_examples, &ExamplesPanel::filterCleared, this, [this] {
        m_difference->clearSelection();
        for (const Side& side : m_sides)
            side.matrix->clearSelection();
    });
}

QString CompareMatrices::nameOf(ExperimentId id) const
{
    const ExperimentRecord* record = m_context.document.experiment(id);
    return record ? oneLine(record->name) : QString();
}

PredictionRequest CompareMatrices::requestFor(ExperimentId id) const
{
    return {id, m_subset->currentData().toString(), u"best"_s};
}

void CompareMatrices::setExperiments(const QList<ExperimentId>& experiments)
{
    if (experiments == m_experiments && !experiments.isEmpty())
        return;
    m_experiments = experiments;
    m_failures.clear();
    m_sets.removeIf([&](const auto& entry) { return !experiments.contains(entry.key()); });
    fillChoices();
    rebuildSides();
    refresh();
}

void CompareMatrices::fillChoices()
{
    const QString subset = m_subset->currentData().toString();
    m_subset->clear();
    m_first->clear();
    m_second->clear();
    for (const ExperimentId id : m_experiments) {
        m_first->addItem(nameOf(id), QVariant::fromValue(id.value()));
        m_second->addItem(nameOf(id), QVariant::fromValue(id.value()));
    }
    m_second->setCurrentIndex(m_second->count() > 1 ? 1 : -1);
    const ExperimentRecord* record =
        m_experiments.isEmpty() ? nullptr : m_context.document.experiment(m_experiments.first());
    const DatasetRecord* dataset = record ? m_context.document.dataset(record->dataset) : nullptr;
    if (!dataset)
        return;
    for (const SubsetSettings& choice : dataset->settings.subsets)
        m_subset->addItem(choice.name, choice.name);
    const int kept = m_subset->findData(subset);
    const int byDefault = m_subset->findData(defaultSubset(record->settings));
    m_subset->setCurrentIndex(std::max(0, kept >= 0 ? kept : byDefault));
}

void CompareMatrices::rebuildSides()
{
    for (const Side& side : std::as_const(m_sides))
        delete side.widget;
    m_sides.clear();
    for (const ExperimentId id : m_experiments) {
        Side side{id, new QWidget, new TextLabel({}, TextStyle::Small, Role::TextSecondary),
                  new MatrixView};
        side.reason->setWordWrap(true);
        side.reason->setAlignment(Qt::AlignTop);
        side.widget->setMinimumWidth(NarrowestSide);
        side.matrix->setAccessibleName(tr("Confusion matrix of %1").arg(nameOf(id)));
        auto* title = new TextLabel(nameOf(id), TextStyle::BodyStrong);
        title->setElided(true);
        auto* layout = new QVBoxLayout(side.widget);
        layout->setContentsMargins({});
        layout->setSpacing(4);
        layout->addWidget(title);
        layout->addWidget(side.reason, 1);
        layout->addWidget(side.matrix, 1);
        m_sideLayout->addWidget(side.widget, 1);
        connect(side.matrix, &MatrixView::selectionChanged, this,
                [this, id] { showSideExamples(id); });
        connect(side.matrix, &MatrixView::activated, m_examples, &ExamplesPanel::focusTable);
        m_sides.append(side);
    }
}

void CompareMatrices::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void CompareMatrices::refresh()
{
    if (!isVisible())
        return;
    for (const ExperimentId id : m_experiments) {
        const ExperimentRecord* record = m_context.document.experiment(id);
        if (!record || record->checkpoints.isEmpty()) {
            m_failures.insert(id, tr("'%1' has no complete epoch yet.").arg(nameOf(id)));
            continue;
        }
        if (const PredictionsPtr set = m_context.predictions.find(requestFor(id)))
            m_sets.insert(id, set);
        else if (!m_failures.contains(id) && !isCurrent(*record))
            m_context.predictions.request(requestFor(id));
    }
    showMatrices();
    showProgress();
}

bool CompareMatrices::isCurrent(const ExperimentRecord& record) const
{
    // The service keeps only a few: what is held here still counts.
    const PredictionsPtr set = m_sets.value(record.id);
    const auto best = ProjectStore::findCheckpoint(record, u"best"_s);
    return set && best && set->epoch == best->epoch &&
           set->request.subset == m_subset->currentData().toString();
}

void CompareMatrices::takeFailure(const PredictionRequest& request, const Error& error)
{
    if (!m_experiments.contains(request.experiment) || request != requestFor(request.experiment))
        return;
    m_failures.insert(request.experiment, error.message);
    showMatrices();
    showProgress();
}

void CompareMatrices::showProgress()
{
    const bool pending = std::ranges::any_of(m_experiments, [this](ExperimentId id) {
        return m_context.predictions.isPending(requestFor(id));
    });
    m_progress->setVisible(pending);
    if (pending)
        m_progress->setValue(m_context.predictions.progress().value_or(0));
}

void CompareMatrices::showMatrices()
{
    const bool difference = m_mode->currentIndex() == Difference;
    m_pairRow->setVisible(difference && m_experiments.size() > 2);
    if (m_experiments.size() < 2)
        showReason(tr("Tick two experiments to compare"),
                   tr("Their confusion matrices stand beside each other here."));
    else if (difference)
        showDifference();
    else
        showSides();
}

void CompareMatrices::showReason(const QString& heading, const QString& line)
{
    m_empty->setTexts(heading, line);
    m_stack->setCurrentWidget(m_empty);
    m_examples->showNothing({}, {});
}

void CompareMatrices::showSides()
{
    MatrixScale scale;
    for (const PredictionsPtr& set : std::as_const(m_sets))
        if (set->result.confusion)
            scale = joined(scale, scaleOf(*set->result.confusion, MatrixUnit::Counts));
    for (const Side& side : m_sides) {
        const PredictionsPtr set = m_sets.value(side.experiment);
        const bool has = set && set->result.confusion;
        side.matrix->setContent(has ? std::make_shared<ConfusionContent>(*set->result.confusion,
                                                                         MatrixUnit::Counts, scale)
                                    : nullptr);
        side.matrix->setVisible(has);
        side.reason->setVisible(!has);
        side.reason->setText(set ? tr("A confusion matrix needs classes.")
                                 : m_failures.value(side.experiment, tr("Computing…")));
    }
    m_rightLegend->setTexts(tr("Right, 0"), scaleEndText(scale.right, MatrixUnit::Counts));
    m_wrongLegend->setTexts(tr("Wrong, 0"), scaleEndText(scale.wrong, MatrixUnit::Counts));
    if (scale == MatrixScale() && !m_failures.isEmpty())
        return showReason(tr("Nothing to compare"), m_failures.constBegin().value());
    m_stack->setCurrentIndex(1);
    showSideExamples({});
}

void CompareMatrices::showDifference()
{
    const ExperimentId first(m_first->currentData().toLongLong());
    const ExperimentId second(m_second->currentData().toLongLong());
    m_pair = {m_sets.value(first), m_sets.value(second), nameOf(first), nameOf(second)};
    if (first == second)
        return showReason(tr("Choose two experiments"),
                          tr("An experiment does not differ from itself."));
    for (const ExperimentId id : {first, second})
        if (!m_sets.contains(id) && m_failures.contains(id))
            return showReason(tr("No difference matrix"), m_failures.value(id));
    if (!m_pair.first || !m_pair.second)
        return showReason(tr("Computing predictions"),
                          tr("Both networks look at every row of the subset."));
    if (const QString reason = whyNotComparable(m_pair); !reason.isEmpty())
        return showReason(tr("No difference matrix"), reason);
    m_difference->setContent(std::make_shared<DifferenceContent>(
        *m_pair.first->result.confusion, *m_pair.second->result.confusion, m_pair.firstName,
        m_pair.secondName));
    m_firstLegend->setTexts(tr("%1 is better").arg(m_pair.firstName), {});
    m_secondLegend->setTexts({}, tr("%1 is better").arg(m_pair.secondName));
    m_formula->setText(tr("Counts, %1 minus %2").arg(m_pair.firstName, m_pair.secondName));
    m_stack->setCurrentIndex(2);
    showDifferenceExamples();
}

void CompareMatrices::showSideExamples(ExperimentId id)
{
    if (m_mode->currentIndex() != SideBySide)
        return;
    const auto selected = std::ranges::find_if(m_sides, [&](const Side& side) {
        return !side.matrix->selection().isEmpty() && (!id.isValid() || side.experiment == id);
    });
    if (selected == m_sides.end()) {
        m_hint->setText(tr("Select cells to see their examples."));
        m_examples->showNothing({}, {});
        return;
    }
    // One matrix at a time: the table says what one experiment predicts.
    for (const Side& side : m_sides)
        if (side.matrix != selected->matrix) {
            const QSignalBlocker blocked(side.matrix);
            side.matrix->clearSelection();
        }
    const PredictionsPtr set = m_sets.value(selected->experiment);
    const MatrixSelection& selection = selected->matrix->selection();
    if (set)
        m_examples->setExamples(
            set, examplesIn(set->result, selection),
            tr("%1: %2").arg(nameOf(selected->experiment), selection.text(set->target.classes)));
}

void CompareMatrices::showDifferenceExamples()
{
    if (m_mode->currentIndex() != Difference || !m_pair.first || !m_pair.second)
        return;
    const MatrixSelection& selection = m_difference->selection();
    if (selection.isEmpty()) {
        m_hint->setText(tr("Select cells to see the examples that one experiment got right and "
                           "the other wrong."));
        m_examples->showNothing({}, {});
        return;
    }
    m_examples->setExamples(m_pair.first, differingExamples(m_pair, selection),
                            selection.text(m_pair.first->target.classes),
                            {m_pair.second, m_pair.firstName, m_pair.secondName});
}

} // namespace espalier
