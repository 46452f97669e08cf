#include "ui/evaluation/predictions/predictions_content.h"

#include "ui/evaluation/predictions/curves/binary_view.h"
#include "ui/evaluation/predictions/curves/number_view.h"
#include "ui/evaluation/predictions/details/prediction_details.h"
#include "ui/evaluation/predictions/examples/examples_panel.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"
#include "ui/evaluation/predictions/prediction_export.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

PredictionsContent::PredictionsContent(PredictionDetails* details, QWidget* parent)
    : QWidget(parent)
    , m_details(details)
    , m_matrix(new MatrixView)
    , m_binary(new BinaryView)
    , m_numbers(new NumberView)
    , m_examples(new ExamplesPanel)
{
    createActions();
    m_splitter = new QSplitter(Qt::Vertical);
    m_splitter->addWidget(createUpperPart());
    m_splitter->addWidget(m_examples);
    m_splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);
    for (QAction* action : {m_showWrong, m_showAll, m_exportExamples})
        m_examples->addControl(createIconButton(action));
    connectSignals();
    setPredictions(nullptr);
}

PredictionsContent::~PredictionsContent() = default;

void PredictionsContent::createActions()
{
    const auto create = [this](const QString& icon, const QString& text, auto slot) {
        auto* action = new QAction(themeIcon(icon), text, this);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        return action;
    };
    m_showAll = create(u"table"_s, tr("Show all examples"), [this] {
        MatrixSelection selection(m_matrix->selection().size());
        selection.selectAll();
        m_matrix->setSelection(selection);
    });
    m_showWrong = create(u"filter"_s, tr("Show wrong examples"), [this] {
        MatrixSelection selection(m_matrix->selection().size());
        selection.selectWrong();
        m_matrix->setSelection(selection);
    });
    m_exportExamples =
        create(u"download"_s, tr("Export examples as CSV…"), &PredictionsContent::exportExamples);
    m_exportMatrix = create(u"download"_s, tr("Export confusion matrix as CSV…"),
                            &PredictionsContent::exportMatrix);
}

QWidget* PredictionsContent::createUpperPart()
{
    auto* upper = new QWidget;
    auto* layout = new QHBoxLayout(upper);
    layout->setContentsMargins(metrics::PanelPadding, 4, metrics::PanelPadding, 8);
    layout->setSpacing(24);
    layout->addWidget(m_matrix, 2);
    layout->addWidget(m_binary, 3);
    layout->addWidget(m_numbers, 1);
    return upper;
}

void PredictionsContent::connectSignals()
{
    connect(m_matrix, &MatrixView::selectionChanged, this, &PredictionsContent::showSelected);
    connect(m_matrix, &MatrixView::lookedAt, this, &PredictionsContent::showCell);
    connect(m_matrix, &MatrixView::activated, m_examples, &ExamplesPanel::focusTable);
    connect(m_binary, &BinaryView::thresholdChanged, this, &PredictionsContent::applyThreshold);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_divided = true; });
    connect(m_examples, &ExamplesPanel::filterCleared, m_matrix, &MatrixView::clearSelection);
    if (m_details)
        connect(m_details, &PredictionDetails::classActivated, this,
                &PredictionsContent::selectClass);
}

QList<QAction*> PredictionsContent::viewActions() const
{
    return {m_showAll, m_showWrong, m_exportExamples, m_exportMatrix};
}

bool PredictionsContent::hasMatrix() const
{
    return m_computed && m_computed->result.confusion;
}

void PredictionsContent::setUnit(MatrixUnit unit)
{
    m_chosenUnit = unit;
    showMatrix();
}

void PredictionsContent::setPredictions(const PredictionsPtr& set)
{
    m_computed = set;
    m_shown = set;
    showByKind();
    if (m_details)
        m_details->setPredictions(m_shown);
    showMatrix();
    showSelected();
}

void PredictionsContent::showByKind()
{
    const auto kind = m_computed ? std::optional(targetKindOf(m_computed->target)) : std::nullopt;
    const bool binary = kind == TargetKind::Binary;
    const bool numbers = kind == TargetKind::Numbers;
    m_matrix->setVisible(hasMatrix());
    m_binary->setVisible(binary);
    m_numbers->setVisible(numbers);
    m_matrix->parentWidget()->setVisible(hasMatrix() || numbers);
    m_numbers->setPredictions(numbers ? m_computed : nullptr);
    m_binary->setPredictions(binary ? m_computed : nullptr);
    if (binary)
        m_shown = atThreshold(m_computed, m_binary->threshold());
    for (QAction* action : {m_showAll, m_showWrong, m_exportMatrix})
        action->setEnabled(hasMatrix());
}

void PredictionsContent::applyThreshold(double probability)
{
    if (!m_computed || targetKindOf(m_computed->target) != TargetKind::Binary)
        return;
    m_shown = atThreshold(m_computed, probability);
    if (m_details)
        m_details->setPredictions(m_shown);
    showMatrix();
    showSelected();
}

void PredictionsContent::showMatrix()
{
    if (!hasMatrix()) {
        m_matrix->setContent(nullptr);
        return;
    }
    const ConfusionMatrix& matrix = *m_shown->result.confusion;
    const MatrixScale scale = scaleOf(matrix, m_chosenUnit);
    if (m_details)
        m_details->setScale(scale, m_chosenUnit);
    m_matrix->setContent(std::make_shared<ConfusionContent>(matrix, m_chosenUnit, scale));
    divideHeight();
}

/// Half for each, more for a matrix that needs it; until a person moves the handle.
void PredictionsContent::divideHeight()
{
    if (m_divided || height() == 0)
        return;
    const int wanted = m_splitter->widget(0)->sizeHint().height();
    const int upper = std::clamp(wanted, height() / 2, height() * 2 / 3);
    m_splitter->setSizes({upper, height() - upper - m_splitter->handleWidth()});
}

void PredictionsContent::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    divideHeight();
}

void PredictionsContent::showSelected()
{
    const MatrixSelection& selection = m_matrix->selection();
    if (m_shown && !hasMatrix())
        m_examples->setExamples(m_shown, allExamples(m_shown->result), {});
    else if (m_shown && !selection.isEmpty())
        m_examples->setExamples(m_shown, examplesIn(m_shown->result, selection),
                                selection.text(m_shown->target.classes));
    else
        m_examples->showNothing(tr("Select cells to see their examples"),
                                tr("Click or drag in the matrix, or press Space on a cell."));
    m_exportExamples->setEnabled(m_examples->isShowingExamples());
    showCell(selection.single().value_or(m_matrix->focusCell()));
}

void PredictionsContent::showCell(MatrixCell cell)
{
    const auto content = std::dynamic_pointer_cast<const ConfusionContent>(m_matrix->content());
    if (m_details && content && cell.row < content->size() && cell.column < content->size())
        m_details->setCell(*content, cell, m_matrix->selection().count());
}

void PredictionsContent::selectClass(int index)
{
    MatrixSelection selection(m_matrix->selection().size());
    selection.addBlock({index, 0}, {index, selection.size() - 1});
    m_matrix->setSelection(selection);
}

void PredictionsContent::exportExamples()
{
    exportCsv(this, tr("Export examples"), tr("examples"),
              [set = m_shown, examples = m_examples->model().examples()] {
                  return examplesCsv(*set, examples);
              });
}

void PredictionsContent::exportMatrix()
{
    exportCsv(this, tr("Export confusion matrix"), tr("confusion matrix"),
              [set = m_shown] { return matrixCsv(*set->result.confusion); });
}

} // namespace espalier
