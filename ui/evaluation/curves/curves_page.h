#pragma once

#include "core/base/issue.h"
#include "ui/evaluation/curves/metric_curves.h"
#include "ui/shell/project_view.h"

#include <QWidget>
#include <optional>

class QAction;
class QCheckBox;
class QMenu;
class QSlider;
class QStackedLayout;
class QToolButton;
class QVBoxLayout;

namespace espalier {

class CurveLegend;
class EmptyState;
class MetricChart;
class SegmentedControl;
class TabStrip;
class TextLabel;

/// Curves of one experiment: a tab per metric, training and validation over the epochs, and below
/// them the steps inside an epoch, live while it runs. Draws only while it is visible.
class CurvesPage final : public QWidget {
    Q_OBJECT

public:
    explicit CurvesPage(const ProjectContext& context, QWidget* parent = nullptr);
    ~CurvesPage() override;

    void setExperiment(ExperimentId id); ///< none: empty
    [[nodiscard]] ExperimentId experiment() const { return m_id; }
    [[nodiscard]] QList<QAction*> viewActions() const;
    /// Key of the metric in front.
    [[nodiscard]] QString metricKey() const { return m_metric; }
    void setMetric(const QString& key);

Q_SIGNALS:
    void modelingRequested();
    void message(const espalier::Issue& issue);

protected:
    void showEvent(QShowEvent* event) override;

private:
    // Preferences.
    static constexpr QLatin1StringView SmoothingKey{"evaluation/smoothing"};
    static constexpr QLatin1StringView BatchesKey{"evaluation/batchCurve"};

    void createActions();
    void createControls();
    void createLayout();
    [[nodiscard]] QWidget* createToolRow();
    [[nodiscard]] QWidget* createLegendRow();
    [[nodiscard]] QWidget* createBatchPart();
    void connectSignals();

    void refresh();
    void refreshTabs(const ExperimentRecord& record);
    void refreshEpochs(const ExperimentRecord& record);
    void refreshBatches();
    void refreshBatchTitle();
    void refreshEmptyState();
    void refreshPatience(const ExperimentRecord& record);
    void refreshActions();
    void showOtherMetrics(const QList<MetricCurves::Tab>& tabs);
    void pinEpoch(double x);

    void saveAs(const QString& suffix);
    void write(const QString& path, const QString& suffix);
    void paintPicture(QPainter& painter);
    [[nodiscard]] QSize pictureSize() const;

    [[nodiscard]] const ExperimentRecord* record() const;
    [[nodiscard]] bool hasSamples() const;
    [[nodiscard]] int shownEpoch() const;
    [[nodiscard]] double smoothing() const;

    ProjectContext m_context;
    ExperimentId m_id;
    QString m_metric;
    QList<MetricCurves::Tab> m_tabs; ///< those in the strip
    std::optional<int> m_pinned;     ///< epoch whose steps are shown; nothing: the last

    QAction* m_logScale = nullptr;
    QAction* m_resetZoom = nullptr;
    QList<QAction*> m_saveActions;
    TabStrip* m_strip = nullptr;
    QToolButton* m_more = nullptr;
    QSlider* m_slider = nullptr;
    TextLabel* m_sliderValue = nullptr;
    CurveLegend* m_legend = nullptr;
    TextLabel* m_patience = nullptr;
    QCheckBox* m_showBatches = nullptr;
    MetricChart* m_epochs = nullptr;
    QWidget* m_batchPart = nullptr;
    TextLabel* m_batchEpoch = nullptr;
    TextLabel* m_batchText = nullptr;
    SegmentedControl* m_batchRange = nullptr;
    MetricChart* m_batches = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
};

} // namespace espalier
