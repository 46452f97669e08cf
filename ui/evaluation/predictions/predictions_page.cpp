#include "ui/evaluation/predictions/predictions_page.h"

#include "core/base/system.h"
#include "core/project/documents/project_document.h"
#include "core/project/experiment_evaluation.h"
#include "core/project/jobs/run_controller.h"
#include "ui/evaluation/predictions/details/prediction_details.h"
#include "ui/evaluation/predictions/newfiles/predict_dialog.h"
#include "ui/evaluation/predictions/predictions_content.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MostBoxWidth = 180;

TextLabel* fieldLabel(const QString& text, QWidget* buddy)
{
    auto* label = new TextLabel(text, TextStyle::Small, Role::TextSecondary);
    label->setBuddy(buddy);
    return label;
}

/// Sets the items of a box, keeping what is chosen where it is still there.
void fill(QComboBox* box, const QList<std::pair<QString, QString>>& items, const QString& chosen)
{
    const QSignalBlocker blocked(box);
    box->clear();
    for (const auto& [text, data] : items)
        box->addItem(text, data);
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
}

QList<std::pair<QString, QString>> checkpointItems(const ExperimentRecord& record)
{
    QList<std::pair<QString, QString>> items;
    const auto add = [&](const QString& text, const QString& which) {
        if (const auto found = ProjectStore::findCheckpoint(record, which))
            items.append({text.arg(found->epoch), which});
    };
    add(PredictionsPage::tr("Best epoch, %1"), u"best"_s);
    add(PredictionsPage::tr("Last epoch, %1"), u"last"_s);
    for (const CheckpointRecord& checkpoint : record.checkpoints)
        items.append({PredictionsPage::tr("Epoch %1").arg(checkpoint.epoch),
                      QString::number(checkpoint.epoch)});
    return items;
}

QList<FeatureDescription> inputFeatures(const ModelGraph& graph,
                                        const QList<FeatureDescription>& features)
{
    QList<FeatureDescription> inputs;
    for (const ColumnRequest& column :
         executorColumns(graph, analyzeGraph(graph, features), features)) {
        const auto feature = std::ranges::find(features, column.feature, &FeatureDescription::name);
        if (feature != features.end())
            inputs.append(*feature);
    }
    if (!inputs.isEmpty())
        inputs.removeLast(); // the target
    return inputs;
}

} // namespace

PredictionsPage::PredictionsPage(const ProjectContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_subset(new QComboBox)
    , m_checkpoint(new QComboBox)
    , m_choices(new QWidget)
    , m_unit(new SegmentedControl({tr("Counts"), tr("% of actual"), tr("% of predicted")}))
    , m_progress(new ProgressLine)
    , m_notice(new TextLabel({}, TextStyle::Small, Role::LevelError))
    , m_stack(new QStackedLayout)
    , m_empty(new EmptyState(u"matrix"_s, {}, {}))
    , m_details(new PredictionDetails)
    , m_content(new PredictionsContent(m_details))
    , m_predict(new QAction(themeIcon(u"predict"_s), tr("Predict"), this))
{
    m_predict->setToolTip(tr("Predict new files"));
    addAction(m_predict);
    auto* page = new QVBoxLayout;
    page->setSpacing(0);
    fillToolBar();
    page->addWidget(m_choices);
    page->addWidget(m_progress);
    page->addWidget(m_notice);
    page->addLayout(m_stack, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_content);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(page, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_details->setAutoFillBackground(true);
    m_details->setBackgroundRole(QPalette::Window);
    m_details->setFixedWidth(metrics::Inspector);
    layout->addWidget(m_details);
    connectSignals();
    giveWay();
    fillChoices();
    updatePredictAction();
}

PredictionsPage::~PredictionsPage() = default;

void PredictionsPage::fillToolBar()
{
    auto* layout = new QHBoxLayout(m_choices);
    layout->setContentsMargins(metrics::PanelPadding, 12, metrics::PanelPadding, 8);
    layout->setSpacing(8);
    m_subset->setAccessibleName(tr("Subset"));
    m_checkpoint->setAccessibleName(tr("Checkpoint"));
    m_unit->setAccessibleName(tr("Numbers in the cells"));
    for (QComboBox* box : {m_subset, m_checkpoint}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMaximumWidth(MostBoxWidth);
    }
    layout->addWidget(fieldLabel(tr("S&ubset"), m_subset));
    layout->addWidget(m_subset);
    layout->addSpacing(4);
    layout->addWidget(fieldLabel(tr("&Checkpoint"), m_checkpoint));
    layout->addWidget(m_checkpoint);
    layout->addStretch(1);
    layout->addWidget(m_unit);
    m_progress->hide();
    m_notice->hide();
    m_notice->setWordWrap(true);
    m_notice->setContentsMargins(metrics::PanelPadding, 0, metrics::PanelPadding, 8);
}

void PredictionsPage::connectSignals()
{
    ProjectDocument& document = m_context.document;
    PredictionService& service = m_context.predictions;
    connect(&document, &ProjectDocument::experimentChanged, this,
            &PredictionsPage::experimentChanged);
    connect(&document, &ProjectDocument::experimentRemoved, this, [this](ExperimentId id) {
        if (id == m_request.experiment)
            setExperiment({});
    });
    connect(&service, &PredictionService::ready, this, [this] {
        if (const auto set = m_context.predictions.find(m_request); set && isVisible())
            display(set);
    });
    connect(&service, &PredictionService::failed, this, &PredictionsPage::showFailure);
    connect(&service, &PredictionService::progressChanged, this, &PredictionsPage::showProgress);
    connect(m_subset, &QComboBox::activated, this, &PredictionsPage::choose);
    connect(m_checkpoint, &QComboBox::activated, this, &PredictionsPage::choose);
    connect(m_unit, &SegmentedControl::currentIndexChanged, this,
            [this](int index) { m_content->setUnit(MatrixUnit(index)); });
    connect(&m_context.runs, &RunController::changed, this, &PredictionsPage::giveWay);
    connect(m_predict, &QAction::triggered, this, &PredictionsPage::openPredict);
}

void PredictionsPage::giveWay()
{
    // A run has the processor first; predictions of a checkpoint can take a little longer.
    const bool running = m_context.runs.current().has_value();
    m_context.predictions.setThreads(running ? std::max(1, usableProcessors() / 4) : 0);
}

QWidget* PredictionsPage::takeInspector()
{
    m_details->setMinimumWidth(0);
    m_details->setMaximumWidth(QWIDGETSIZE_MAX);
    m_details->setParent(nullptr);
    return m_details;
}

QList<QAction*> PredictionsPage::viewActions() const
{
    return m_content->viewActions();
}

void PredictionsPage::setExperiment(ExperimentId id)
{
    if (id == m_request.experiment)
        return;
    m_context.predictions.cancel(m_request);
    m_request = {id, m_request.subset, u"best"_s};
    m_content->setPredictions(nullptr);
    const ExperimentRecord* record = m_context.document.experiment(id);
    const DatasetRecord* dataset = record ? m_context.document.dataset(record->dataset) : nullptr;
    if (dataset && dataset->settings.subsetIndex(m_request.subset) < 0)
        m_request.subset.clear();
    if (record && m_request.subset.isEmpty())
        m_request.subset = defaultSubset(record->settings);
    fillChoices();
    updatePredictAction();
    refresh();
}

void PredictionsPage::experimentChanged(ExperimentId id)
{
    if (id != m_request.experiment)
        return;
    fillChoices();
    updatePredictAction();
    refresh();
}

void PredictionsPage::fillChoices()
{
    const ExperimentRecord* record = m_context.document.experiment(m_request.experiment);
    const DatasetRecord* dataset = record ? m_context.document.dataset(record->dataset) : nullptr;
    QList<std::pair<QString, QString>> subsets;
    for (const SubsetSettings& subset :
         dataset ? dataset->settings.subsets : QList<SubsetSettings>())
        subsets.append({subset.name, subset.name});
    fill(m_subset, subsets, m_request.subset);
    fill(m_checkpoint, record ? checkpointItems(*record) : QList<std::pair<QString, QString>>(),
         m_request.checkpoint);
    m_subset->setEnabled(m_subset->count() > 0);
    m_checkpoint->setEnabled(m_checkpoint->count() > 0);
    if (m_checkpoint->count() > 0)
        m_request.checkpoint = m_checkpoint->currentData().toString();
}

void PredictionsPage::choose()
{
    m_context.predictions.cancel(m_request);
    m_request.subset = m_subset->currentData().toString();
    m_request.checkpoint = m_checkpoint->currentData().toString();
    refresh();
}

void PredictionsPage::updatePredictAction()
{
    const ExperimentRecord* record = m_context.document.experiment(m_request.experiment);
    const bool can = record && !record->checkpoints.isEmpty();
    m_predict->setEnabled(can);
    m_predict->setStatusTip(can      ? QString()
                            : record ? tr("No epoch is complete yet")
                                     : tr("Choose an experiment"));
}

void PredictionsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void PredictionsPage::refresh()
{
    if (!isVisible())
        return;
    const ExperimentRecord* record = m_context.document.experiment(m_request.experiment);
    m_choices->setVisible(record && !record->checkpoints.isEmpty());
    if (m_context.document.experiments().isEmpty()) {
        showMessage(tr("No experiment yet"), tr("Make one in Modeling."));
    } else if (!record) {
        showMessage(tr("No experiment chosen"), tr("Choose one in the list at the left."));
    } else if (record->checkpoints.isEmpty()) {
        showMessage(tr("No predictions yet"), tr("Predictions appear after the first epoch."));
    } else if (const auto set = m_context.predictions.find(m_request)) {
        display(set);
    } else {
        m_notice->hide();
        if (!m_content->predictions())
            showMessage(tr("Computing predictions"),
                        tr("The network looks at every row of the subset."));
        m_context.predictions.request(m_request);
    }
    showProgress();
}

void PredictionsPage::showProgress()
{
    const bool pending = m_context.predictions.isPending(m_request);
    m_progress->setVisible(pending);
    if (pending)
        m_progress->setValue(m_context.predictions.progress().value_or(0));
}

void PredictionsPage::showMessage(const QString& heading, const QString& line)
{
    m_content->setPredictions(nullptr);
    m_empty->setTexts(heading, line);
    m_stack->setCurrentWidget(m_empty);
    m_unit->hide();
    m_notice->hide();
}

void PredictionsPage::showFailure(const PredictionRequest& request, const Error& error)
{
    if (request != m_request || !isVisible())
        return;
    showProgress();
    if (!m_content->predictions()) {
        showMessage(tr("No predictions"), error.message);
        return;
    }
    m_notice->setText(error.message);
    m_notice->show();
}

void PredictionsPage::display(const std::shared_ptr<const PredictionSet>& set)
{
    showProgress();
    m_notice->hide();
    m_stack->setCurrentWidget(m_content);
    if (set == m_content->predictions())
        return;
    m_content->setPredictions(set);
    m_unit->setVisible(m_content->hasMatrix());
}

void PredictionsPage::openPredict()
{
    const ExperimentRecord* record = m_context.document.experiment(m_request.experiment);
    if (!record)
        return;
    const auto checkpoint = ProjectStore::findCheckpoint(*record, m_request.checkpoint);
    const auto dataset = m_context.document.openDataset(record->dataset);
    if (!checkpoint || !dataset) {
        m_notice->setText(checkpoint ? dataset.error().message : checkpoint.error().message);
        m_notice->show();
        return;
    }
    auto* dialog = new PredictDialog(
        {m_context.document.folder(), record->id, m_request.checkpoint},
        inputFeatures(record->graph, (*dataset)->features()),
        tr("%1, epoch %2").arg(oneLine(record->name), QString::number(checkpoint->epoch)), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace espalier
