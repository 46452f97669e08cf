#pragma once

#include "ui/evaluation/predictions/examples/example_list.h"
#include "ui/evaluation/predictions/matrix/matrix_content.h"

#include <QList>
#include <QPointer>
#include <QWidget>

class QAction;
class QSplitter;

namespace espalier {

class BinaryView;
class ExamplesPanel;
class MatrixView;
class NumberView;
class PredictionDetails;

/// What one set of predictions shows, by the kind of its target: confusion matrix, curves with a
/// threshold or the spread of numbers, and under them the examples. Knows of no project.
class PredictionsContent final : public QWidget {
    Q_OBJECT

public:
    /// `details` is told what is shown; it is owned by somebody else and may go before.
    explicit PredictionsContent(PredictionDetails* details, QWidget* parent = nullptr);
    ~PredictionsContent() override;

    /// Null: nothing. The selection stays where the classes stay the same.
    void setPredictions(const PredictionsPtr& set);
    [[nodiscard]] const PredictionsPtr& predictions() const { return m_computed; }
    void setUnit(MatrixUnit unit);
    [[nodiscard]] bool hasMatrix() const;

    /// Show all, show wrong, exports.
    [[nodiscard]] QList<QAction*> viewActions() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void createActions();
    [[nodiscard]] QWidget* createUpperPart();
    void connectSignals();

    void showByKind();
    void showMatrix();
    void divideHeight();
    void showSelected();
    void showCell(MatrixCell cell);
    void applyThreshold(double probability);
    void selectClass(int index);
    void exportExamples();
    void exportMatrix();

    PredictionsPtr m_computed;
    PredictionsPtr m_shown; ///< the same, at the chosen threshold
    MatrixUnit m_chosenUnit = MatrixUnit::Counts;
    QPointer<PredictionDetails> m_details;
    QSplitter* m_splitter = nullptr;
    bool m_divided = false; ///< by hand
    MatrixView* m_matrix;
    BinaryView* m_binary;
    NumberView* m_numbers;
    ExamplesPanel* m_examples;
    QAction* m_showAll = nullptr;
    QAction* m_showWrong = nullptr;
    QAction* m_exportExamples = nullptr;
    QAction* m_exportMatrix = nullptr;
};

} // namespace espalier
