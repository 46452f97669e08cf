#pragma once

#include "core/project/jobs/prediction_service.h"
#include "ui/shell/project_view.h"

#include <QList>
#include <QWidget>

class QAction;
class QComboBox;
class QStackedLayout;

namespace espalier {

class EmptyState;
class PredictionDetails;
class PredictionsContent;
class ProgressLine;
class SegmentedControl;
class TextLabel;

/// The predictions of one experiment: confusion matrix, curves of binary targets or the spread of
/// numeric ones, and the examples behind them. Computes by itself for what is chosen, at once when
/// shown and again for every new best checkpoint; what was there stays readable meanwhile.
class PredictionsPage final : public QWidget {
    Q_OBJECT

public:
    explicit PredictionsPage(const ProjectContext& context, QWidget* parent = nullptr);
    ~PredictionsPage() override;

    void setExperiment(ExperimentId id); ///< an invalid id: none
    [[nodiscard]] ExperimentId experiment() const { return m_request.experiment; }

    [[nodiscard]] QList<QAction*> viewActions() const;
    /// Opens the prediction of new files; disabled, with the reason as its statusTip(), while there
    /// is no checkpoint to predict with.
    [[nodiscard]] QAction* predictAction() const { return m_predict; }
    /// The panel that belongs into the Inspector. It stands at the right of the page until somebody
    /// takes it, and is theirs from then on.
    [[nodiscard]] QWidget* takeInspector();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void fillToolBar();
    void connectSignals();

    void experimentChanged(ExperimentId id);
    void fillChoices();
    void choose();
    void giveWay(); ///< fewer threads while a run is at work
    void updatePredictAction();
    void refresh();
    void showFailure(const PredictionRequest& request, const Error& error);
    void showProgress();
    void showMessage(const QString& heading, const QString& line);
    void display(const std::shared_ptr<const PredictionSet>& set);
    void openPredict();

    ProjectContext m_context;
    PredictionRequest m_request;
    QComboBox* m_subset;
    QComboBox* m_checkpoint;
    QWidget* m_choices; ///< the row of choices; gone while there is nothing to choose
    SegmentedControl* m_unit;
    ProgressLine* m_progress;
    TextLabel* m_notice;
    QStackedLayout* m_stack;
    EmptyState* m_empty;
    PredictionDetails* m_details;
    PredictionsContent* m_content;
    QAction* m_predict;
};

} // namespace espalier
