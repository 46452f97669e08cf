#pragma once

#include "ui/evaluation/predictions/examples/example_list.h"
#include "ui/evaluation/predictions/matrix/matrix_content.h"

#include <QList>
#include <QWidget>

class QTableView;
class QVBoxLayout;

namespace espalier {

class ClassModel;
class FormRows;
class RampLegend;
class TextLabel;

/// The Inspector of predictions: the key figure, the other metrics, the legend of the matrix, the
/// cell that is looked at, the scores of the classes.
class PredictionDetails final : public QWidget {
    Q_OBJECT

public:
    explicit PredictionDetails(QWidget* parent = nullptr);
    ~PredictionDetails() override;

    /// Null: nothing to say.
    void setPredictions(const PredictionsPtr& set);
    void setScale(const MatrixScale& scale, MatrixUnit unit);
    void setCell(const ConfusionContent& content, MatrixCell cell, qsizetype selected);

Q_SIGNALS:
    void classActivated(int index); ///< a person wants to see the examples of a class

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QWidget* createSummary();
    [[nodiscard]] QWidget* createCell();
    [[nodiscard]] QWidget* createMetrics();
    [[nodiscard]] QWidget* createClasses();
    void showSummary(const PredictionSet& set);
    void showMetrics(const PredictionSet& set);

    ClassModel* m_model;
    TextLabel* m_rows;
    TextLabel* m_figure;
    TextLabel* m_figureName;
    TextLabel* m_sentence;
    RampLegend* m_right;
    RampLegend* m_wrong;
    QList<TextLabel*> m_cellValues;
    FormRows* m_metricRows;
    TextLabel* m_selected;
    QTableView* m_classes;
    QWidget* m_content;
    QWidget* m_cellPart;
    QWidget* m_classPart;
};

} // namespace espalier
