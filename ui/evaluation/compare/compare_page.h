#pragma once

#include "ui/evaluation/compare/comparison_rows.h"
#include "ui/evaluation/curves/metric_curves.h"
#include "ui/shell/project_view.h"

#include <QWidget>

class QBoxLayout;
class QCheckBox;
class QStackedLayout;
class QToolButton;
class QVBoxLayout;

namespace espalier {

class ComparisonTable;
class EmptyState;
class MetricChart;
class TabStrip;
class TextLabel;

/// The ticked experiments beside each other: their curves, metrics, settings and blocks, and
/// whatever is added below. Two columns where there is room, else one.
class ComparePage final : public QWidget {
    Q_OBJECT

public:
    explicit ComparePage(const ProjectContext& context, QWidget* parent = nullptr);

    /// In the order of their colours.
    void setExperiments(const QList<ExperimentId>& ids);
    [[nodiscard]] const QList<ExperimentId>& experiments() const { return m_ids; }
    /// Shows a widget under the curves (their confusion matrices); owns it from then on.
    void addBelow(QWidget* widget);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void createLayout();
    [[nodiscard]] QWidget* createCurvePart();
    [[nodiscard]] QWidget* createTablePart();
    void connectSignals();
    void refresh();
    void refreshTabs(const QList<ExperimentRecord>& records);
    void refreshCurves(const QList<ExperimentRecord>& records);
    void refreshTables(const QList<ExperimentRecord>& records);
    [[nodiscard]] QList<ExperimentRecord> records() const;

    ProjectContext m_context;
    QList<ExperimentId> m_ids;
    QList<MetricCurves::Tab> m_tabs;
    QString m_metric;

    QStackedLayout* m_stack = nullptr;
    QBoxLayout* m_columns = nullptr;
    QVBoxLayout* m_left = nullptr;
    TabStrip* m_strip = nullptr;
    QToolButton* m_more = nullptr;
    MetricChart* m_chart = nullptr;
    EmptyState* m_otherLoss = nullptr;
    QStackedLayout* m_chartStack = nullptr;
    ComparisonTable* m_metrics = nullptr;
    ComparisonTable* m_settings = nullptr;
    TextLabel* m_same = nullptr;
    TextLabel* m_differing = nullptr;
    QCheckBox* m_differencesOnly = nullptr;
};

} // namespace espalier
