#pragma once

#include "core/project/experiment_run.h"
#include "core/project/records.h"
#include "ui/shell/project_view.h"

#include <QList>
#include <QWidget>
#include <optional>

class QPushButton;
class QSpinBox;
class QTableView;
class QVBoxLayout;

namespace espalier {

class CheckpointModel;
class FormRows;
class Notice;
class ProgressLine;
class TextLabel;
struct RunProgress;

/// Inspector of Evaluation: how the run of one experiment goes or went, the buttons that its state
/// allows, its checkpoints and its settings.
class RunPanel final : public QWidget {
    Q_OBJECT

public:
    explicit RunPanel(const ProjectContext& context, QWidget* parent = nullptr);

    void setExperiment(ExperimentId id); ///< none: empty
    [[nodiscard]] ExperimentId experiment() const { return m_id; }

Q_SIGNALS:
    void modelingRequested(espalier::ExperimentId id);

private:
    struct Figure {
        TextLabel* label;
        TextLabel* value;
    };

    void createLayout();
    [[nodiscard]] QWidget* createProgressPart();
    [[nodiscard]] QWidget* createFigures();
    [[nodiscard]] QWidget* createButtons();
    [[nodiscard]] QWidget* createCheckpointPart();
    [[nodiscard]] QWidget* createSettingsPart();
    void connectSignals();

    void refresh();
    void refreshProgress();
    void showLive(const RunProgress& progress);
    void showRecord(const ExperimentRecord& experiment);
    void refreshNotice(const ExperimentRecord& experiment, RunState state);
    void refreshButtons(const ExperimentRecord& experiment, RunState state);
    void refreshCheckpoints(const ExperimentRecord& experiment);
    void refreshSettings(const ExperimentRecord& experiment);
    void setFigure(int place, const QString& label, const QString& value);
    void setProgressText(const QString& what, const QString& share, double fraction);

    void run();
    void resume();
    void extend();
    void enqueue(const ExperimentRunOptions& options);

    ProjectContext m_context;
    ExperimentId m_id;
    QString m_refusal; ///< why the last button could do nothing
    std::optional<RunSettings> m_shownSettings;
    QString m_shownDataset;

    QWidget* m_content = nullptr;
    TextLabel* m_began = nullptr;
    TextLabel* m_what = nullptr;
    TextLabel* m_share = nullptr;
    ProgressLine* m_line = nullptr;
    QList<Figure> m_figures;
    Notice* m_notice = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_resume = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_modeling = nullptr;
    QWidget* m_extendRow = nullptr;
    QSpinBox* m_epochs = nullptr;
    QPushButton* m_extend = nullptr;
    CheckpointModel* m_checkpoints = nullptr;
    QTableView* m_checkpointTable = nullptr;
    QWidget* m_checkpointPart = nullptr;
    TextLabel* m_checkpointSubset = nullptr;
    FormRows* m_settings = nullptr;
};

} // namespace espalier
