#pragma once

#include "core/project/jobs/prediction_service.h"

#include <QWidget>

class QAreaSeries;
class QChartView;
class QLineSeries;
class QScatterSeries;

namespace espalier {

class TextLabel;

/// Numeric targets: predicted over actual values, and how the errors are distributed.
class NumberView final : public QWidget {
    Q_OBJECT

public:
    explicit NumberView(QWidget* parent = nullptr);
    ~NumberView() override;

    void setPredictions(const std::shared_ptr<const PredictionSet>& set);

protected:
    void changeEvent(QEvent* event) override;

private:
    void createScatter();
    void createErrors();
    void showScatter(const PredictionSet& set);
    void showErrors(const PredictionSet& set);
    void dress();

    QChartView* m_scatter;
    QChartView* m_errors;
    QScatterSeries* m_points;
    QLineSeries* m_perfect; ///< predicted = actual
    QLineSeries* m_steps;
    QLineSeries* m_zero; ///< no error
    QAreaSeries* m_area;
    TextLabel* m_summary;
};

} // namespace espalier
