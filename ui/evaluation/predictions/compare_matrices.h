#pragma once

#include "core/project/jobs/prediction_service.h"
#include "ui/evaluation/predictions/compare/difference.h"
#include "ui/shell/project_view.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QStackedLayout;

namespace espalier {

class EmptyState;
class ExamplesPanel;
class MatrixView;
class ProgressLine;
class RampLegend;
class SegmentedControl;
class TextLabel;

/// The confusion matrices of several experiments: side by side with one scale, or the difference
/// of a pair, whose cells lead to the examples that one got right and the other wrong. Computes
/// what is missing when shown, at the best epoch of each.
class CompareMatrices final : public QWidget {
    Q_OBJECT

public:
    explicit CompareMatrices(const ProjectContext& context, QWidget* parent = nullptr);
    ~CompareMatrices() override;

    void setExperiments(const QList<ExperimentId>& experiments);

protected:
    void showEvent(QShowEvent* event) override;

private:
    /// One matrix of those beside each other.
    struct Side {
        ExperimentId experiment;
        QWidget* widget = nullptr;
        TextLabel* reason = nullptr; ///< why there is no matrix
        MatrixView* matrix = nullptr;
    };

    [[nodiscard]] QWidget* createHead();
    [[nodiscard]] QWidget* createSides();
    [[nodiscard]] QWidget* createDifference();
    void connectSignals();

    [[nodiscard]] QString nameOf(ExperimentId id) const;
    [[nodiscard]] PredictionRequest requestFor(ExperimentId id) const;
    [[nodiscard]] bool isCurrent(const ExperimentRecord& record) const;
    void fillChoices();
    void rebuildSides();
    void refresh();
    void showProgress();
    void showMatrices();
    void showSides();
    void showDifference();
    void showReason(const QString& heading, const QString& line);
    void showSideExamples(ExperimentId id);
    void showDifferenceExamples();
    void takeFailure(const PredictionRequest& request, const Error& error);

    ProjectContext m_context;
    QList<ExperimentId> m_experiments;
    QHash<ExperimentId, PredictionsPtr> m_sets;
    QHash<ExperimentId, QString> m_failures;
    PredictionPair m_pair;

    QComboBox* m_subset;
    QComboBox* m_first;
    QComboBox* m_second;
    QWidget* m_pairRow; ///< which two, where more are compared
    SegmentedControl* m_mode;
    ProgressLine* m_progress;
    QStackedLayout* m_stack;
    EmptyState* m_empty;
    QHBoxLayout* m_sideLayout = nullptr;
    QList<Side> m_sides;
    MatrixView* m_difference;
    RampLegend* m_firstLegend;
    RampLegend* m_secondLegend;
    RampLegend* m_rightLegend;
    RampLegend* m_wrongLegend;
    TextLabel* m_formula;
    TextLabel* m_hint; ///< what selecting cells gives
    ExamplesPanel* m_examples;
};

} // namespace espalier
