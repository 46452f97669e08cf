#include "ui/evaluation/run_panel.h"

#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/evaluation/checkpoint_model.h"
#include "ui/evaluation/curves/metric_curves.h"
#include "ui/evaluation/notice.h"
#include "ui/evaluation/run_summary.h"
#include "ui/evaluation/table/experiment_table_model.h"
#include "ui/widgets/dataset_version_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MostRows = 8; // of checkpoints without scrolling
constexpr int MoreEpochs = 10;

} // namespace

RunPanel::RunPanel(const ProjectContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    createLayout();
    connectSignals();
    refresh();
}

void RunPanel::setExperiment(ExperimentId id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_refusal.clear();
    m_epochs->setMinimum(0); // from its own count of epochs
    refresh();
}

void RunPanel::connectSignals()
{
    connect(&m_context.document, &ProjectDocument::experimentChanged, this,
            [this](ExperimentId id) {
                if (id == m_id)
                    refresh();
            });
    connect(&m_context.document, &ProjectDocument::datasetsChanged, this, &RunPanel::refresh);
    connect(&m_context.document, &ProjectDocument::experimentRemoved, this,
            [this](ExperimentId id) {
                if (id == m_id)
                    setExperiment({});
            });
    connect(&m_context.runs, &RunController::changed, this, &RunPanel::refresh);
    connect(&m_context.runs, &RunController::progressChanged, this, [this] {
        if (isVisible() && m_context.runs.current() == m_id)
            refreshProgress();
    });
    connect(&m_context.runs, &RunController::finished, this,
            [this](ExperimentId id, const Result<RunSummary>& result) {
                if (id != m_id)
                    return;
                if (!result && result.error().code != ErrorCode::Cancelled)
                    m_refusal = result.error().message;
                refresh();
            });
    connect(m_run, &QPushButton::clicked, this, [this] { enqueue({}); });
    connect(m_pause, &QPushButton::clicked, this, [this] { m_context.runs.pause(); });
    connect(m_resume, &QPushButton::clicked, this, &RunPanel::resume);
    connect(m_stop, &QPushButton::clicked, this, [this] { m_context.runs.stop(m_id); });
    connect(m_extend, &QPushButton::clicked, this, &RunPanel::extend);
    connect(m_modeling, &QPushButton::clicked, this, [this] { Q_EMIT modelingRequested(m_id); });
}

void RunPanel::enqueue(const ExperimentRunOptions& options)
{
    const Status queued = m_context.runs.enqueue(m_id, options);
    m_refusal = queued ? QString() : queued.error().message;
    refresh();
}

void RunPanel::resume()
{
    if (m_context.runs.current() == m_id)
        m_context.runs.resume();
    else
        enqueue({.epochs = {}, .resume = true});
}

void RunPanel::extend()
{
    enqueue({.epochs = m_epochs->value(), .resume = true});
}

void RunPanel::refresh()
{
    const ExperimentRecord* experiment = m_context.document.experiment(m_id);
    m_content->setVisible(experiment);
    if (!experiment) {
        m_began->clear();
        return;
    }
    const RunState state = m_context.runs.state(m_id);
    refreshProgress();
    refreshNotice(*experiment, state);
    refreshButtons(*experiment, state);
    refreshCheckpoints(*experiment);
    refreshSettings(*experiment);
}

void RunPanel::refreshProgress()
{
    const ExperimentRecord* experiment = m_context.document.experiment(m_id);
    if (!experiment)
        return;
    const std::optional<RunProgress>& progress = m_context.runs.progress();
    const bool live = progress && progress->experiment == m_id;
    if (live)
        showLive(*progress);
    else
        showRecord(*experiment);
    const bool stopping = live && progress->stopping;
    m_stop->setText(stopping ? tr("Stopping…") : tr("Stop"));
    m_stop->setEnabled(!stopping);
}

void RunPanel::showLive(const RunProgress& progress)
{
    m_began->setText(
        tr("Started %1").arg(locale().toString(progress.began.time(), QLocale::ShortFormat)));
    setProgressText(RunSummaryText::place(progress), percentText(progress.fraction()),
                    progress.fraction());
    setFigure(0, tr("Elapsed"), durationText(progress.elapsedSeconds));
    setFigure(1, tr("Time left"),
              progress.secondsLeft ? durationText(*progress.secondsLeft) : QString(QChar(0x2013)));
    setFigure(2, tr("Speed"), RunSummaryText::speed(progress.examplesPerSecond));
    setFigure(3, tr("Memory"), bytesText(double(progress.memoryBytes)));
}

void RunPanel::showRecord(const ExperimentRecord& experiment)
{
    m_began->setText(dateTimeText(experiment.created));
    const double share = experiment.settings.epochs > 0
                             ? double(experiment.epochs.size()) / experiment.settings.epochs
                             : 0;
    setProgressText(RunSummaryText::outcome(experiment, m_context.runs.state(m_id)),
                    experiment.epochs.isEmpty() ? QString() : percentText(share), share);
    const QString dash(QChar(0x2013));
    const EpochRecord* best = MetricCurves::best(experiment);
    setFigure(0, tr("Duration"), best ? durationText(durationOf(experiment)) : dash);
    setFigure(1, tr("Best epoch"), best ? countText(best->epoch) : dash);
    setFigure(2, tr("Speed"), RunSummaryText::speed(RunSummaryText::meanSpeed(experiment)));
    setFigure(3, tr("Parameters"),
              experiment.parameters > 0 ? countText(experiment.parameters) : dash);
}

void RunPanel::setFigure(int place, const QString& label, const QString& value)
{
    m_figures[place].label->setText(label);
    m_figures[place].value->setText(value);
}

void RunPanel::setProgressText(const QString& what, const QString& share, double fraction)
{
    m_what->setText(what);
    m_share->setText(share);
    m_line->setValue(std::clamp(fraction, 0.0, 1.0));
}

void RunPanel::refreshNotice(const ExperimentRecord& experiment, RunState state)
{
    const bool failed = state == RunState::Failed;
    if (!m_refusal.isEmpty() && !(failed && m_refusal == experiment.error))
        m_notice->showError(m_refusal);
    else if (failed)
        m_notice->showError(RunSummaryText::failure(experiment));
    else
        m_notice->showError({});
}

void RunPanel::refreshButtons(const ExperimentRecord& experiment, RunState state)
{
    m_run->setVisible(canRun(state));
    m_pause->setVisible(canPause(state) || state == RunState::Pausing);
    m_pause->setEnabled(canPause(state));
    m_pause->setText(state == RunState::Pausing ? tr("Pausing…") : tr("Pause"));
    m_resume->setVisible(canResume(state));
    m_stop->setVisible(canStop(state));
    m_modeling->setVisible(state == RunState::Failed || canRun(state));
    m_extendRow->setVisible(canExtend(state));
    const int done = int(experiment.epochs.size());
    if (m_epochs->minimum() == done + 1)
        return;
    m_epochs->setMinimum(done + 1);
    m_epochs->setValue(done + MoreEpochs);
}

void RunPanel::refreshCheckpoints(const ExperimentRecord& experiment)
{
    m_checkpoints->setExperiment(experiment);
    m_checkpointPart->setVisible(!experiment.checkpoints.isEmpty());
    const bool validated =
        !experiment.epochs.isEmpty() && !experiment.epochs.last().validation.isEmpty();
    m_checkpointSubset->setText(validated ? experiment.settings.validationSubset
                                          : experiment.settings.trainingSubset);
    QHeaderView* header = m_checkpointTable->horizontalHeader();
    if (header->count() > 0)
        header->setSectionResizeMode(QHeaderView::Stretch);
    const int rows = std::min(m_checkpoints->rowCount(), MostRows);
    m_checkpointTable->setFixedHeight(metrics::TableRow * (rows + 1) + 1);
}

void RunPanel::refreshSettings(const ExperimentRecord& experiment)
{
    const DatasetRecord* dataset = m_context.document.dataset(experiment.dataset);
    const QString reference = dataset ? datasetVersionText(*dataset) : tr("none");
    if (m_shownSettings == experiment.settings && m_shownDataset == reference)
        return;
    m_shownSettings = experiment.settings;
    m_shownDataset = reference;
    m_settings->clear();
    const auto add = [this](const QString& label, const QString& value) {
        auto* text = new TextLabel(value);
        text->setElided(true);
        m_settings->addRow(label, text);
    };
    add(tr("Dataset version"), reference);
    for (const auto& [label, value] : RunSummaryText::settings(experiment.settings))
        add(label, value);
}

} // namespace espalier
