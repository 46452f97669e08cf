#pragma once

#include "ui/evaluation/predictions/curves/threshold_table.h"

#include <QList>
#include <QWidget>

class QChartView;
class QDoubleSpinBox;
class QLineSeries;
class QPushButton;
class QScatterSeries;
class QSlider;
class QTimer;

namespace espalier {

class FormRows;
class TabStrip;
class TextLabel;

/// ROC and precision-recall curve of a Binary target with a threshold that a person moves: what it
/// gives is marked on the curve, counted beside it and told to whoever listens.
class BinaryView final : public QWidget {
    Q_OBJECT

public:
    explicit BinaryView(QWidget* parent = nullptr);
    ~BinaryView() override;

    /// The threshold stays where it is when `set` is of the same target; else it is the network's.
    void setPredictions(const std::shared_ptr<const PredictionSet>& set);
    [[nodiscard]] double threshold() const;
    void setThreshold(double probability);
    [[nodiscard]] ThresholdCounts counts() const;

Q_SIGNALS:
    void thresholdChanged(double probability); ///< at most 25 times a second

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QWidget* createChart();
    [[nodiscard]] QWidget* createThreshold();
    [[nodiscard]] QWidget* createNumbers();
    void connectSignals();
    void showCurve();
    void showThreshold();
    void dress();

    std::shared_ptr<const PredictionSet> m_set;
    ThresholdTable m_table;
    TabStrip* m_tabs;
    TextLabel* m_area;
    QChartView* m_chart;
    QLineSeries* m_curve;
    QLineSeries* m_chance; ///< what guessing gives
    QScatterSeries* m_mark;
    QSlider* m_slider;
    QDoubleSpinBox* m_box;
    QPushButton* m_reset;
    QList<TextLabel*> m_values;
    QTimer* m_told;
};

} // namespace espalier
