#pragma once

#include "core/project/jobs/prediction_service.h"
#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/shell/project_view.h"

#include <QList>
#include <QWidget>

class QAction;
class QComboBox;
class QSplitter;
class QStackedLayout;

namespace espalier {

class BinaryView;
class EmptyState;
class ExamplesPanel;
class MatrixView;
class NumberView;
class PredictionDetails;
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
    void createActions();
    [[nodiscard]] QWidget* createToolBar();
    [[nodiscard]] QWidget* createContent();
    void connectSignals();

    void experimentChanged(ExperimentId id);
    void fillChoices();
    void choose();
    void updatePredictAction();
    void refresh();
    void showFailure(const PredictionRequest& request, const Error& error);
    void showProgress();
    void showMessage(const QString& heading, const QString& line);
    void display(const std::shared_ptr<const PredictionSet>& set);
    void showMatrix();
    void showSelected();
    void showCell(MatrixCell cell);
    void applyThreshold(double probability);
    void exportExamples();
    void exportMatrix();
    void openPredict();

    ProjectContext m_context;
    PredictionRequest m_request;
    std::shared_ptr<const PredictionSet> m_computed; ///< as the service gave it
    std::shared_ptr<const PredictionSet> m_shown;    ///< the same, at the chosen threshold

    QComboBox* m_subset;
    QComboBox* m_checkpoint;
    SegmentedControl* m_unit;
    ProgressLine* m_progress;
    TextLabel* m_notice;
    QStackedLayout* m_stack;
    EmptyState* m_empty;
    QSplitter* m_content;
    MatrixView* m_matrix;
    BinaryView* m_binary;
    NumberView* m_numbers;
    ExamplesPanel* m_examples;
    PredictionDetails* m_details;
    QAction* m_predict = nullptr;
    QAction* m_showAll = nullptr;
    QAction* m_showWrong = nullptr;
    QAction* m_exportExamples = nullptr;
    QAction* m_exportMatrix = nullptr;
};

} // namespace espalier
