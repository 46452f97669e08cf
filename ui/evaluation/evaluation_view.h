#pragma once

#include "ui/shell/project_view.h"

class QStackedWidget;

namespace espalier {

class Chip;
class CompareMatrices;
class ComparePage;
class CurveLegend;
class CurvesPage;
class ExperimentSidebar;
class HeaderBar;
class PredictionsPage;
class RunPanel;
class SegmentedControl;
class TextLabel;

/// Evaluation: the table of experiments at the left; curves, comparison or predictions in the
/// centre; the run in the Inspector.
class EvaluationView final : public ProjectView {
    Q_OBJECT

public:
    explicit EvaluationView(const ProjectContext& context, QObject* parent = nullptr);
    ~EvaluationView() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QWidget* sidebar() override;
    [[nodiscard]] QWidget* centre() override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] bool usesInspector() const override;
    [[nodiscard]] QAction* mainAction() override;
    [[nodiscard]] QList<QAction*> actions() const override;

    void showExperiment(ExperimentId id) override;

private:
    enum Page { Curves, Compare, Predictions };

    void createWidgets();
    void createCentre();
    void createActions();
    void connectSignals();
    void select(ExperimentId id);
    void showPage(int page);
    void selectFirst();
    void refreshHeader();

    ProjectContext m_context;
    ExperimentId m_id;
    ExperimentSidebar* m_table;
    QWidget* m_centre;
    TextLabel* m_name;
    Chip* m_state;
    CurveLegend* m_compared;
    SegmentedControl* m_pages;
    QStackedWidget* m_stack;
    CurvesPage* m_curves;
    ComparePage* m_compare;
    CompareMatrices* m_matrices;
    PredictionsPage* m_predictions;
    QStackedWidget* m_inspector;
    RunPanel* m_run;
    QList<QAction*> m_pageActions;
};

} // namespace espalier
