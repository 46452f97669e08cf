#pragma once

#include "core/training/run_state.h"

#include <QWidget>

class QAction;
class QPushButton;
class QStackedWidget;

namespace espalier {

class Chip;
class ExperimentDocument;
class HeaderBar;
class ModelCanvas;
class TextLabel;
class TotalsLine;

/// The centre of Modeling: name and state with the tools, the canvas, the totals.
class ModelPage final : public QWidget {
    Q_OBJECT

public:
    /// `newExperiment` is the button of the page while there is no experiment.
    explicit ModelPage(QAction* newExperiment, QWidget* parent = nullptr);

    void setDocument(ExperimentDocument* document);
    /// Of the record, or of the queue while it waits or runs.
    void setState(RunState state);
    [[nodiscard]] ModelCanvas& canvas() const { return *m_canvas; }

private:
    void createHeader();
    void addTools(const QList<QAction*>& actions, bool separated = true);
    void refresh();
    void refreshUndo();
    void refreshZoom();

    ExperimentDocument* m_document = nullptr;
    RunState m_state = RunState::Created;
    QAction* m_undo;
    QAction* m_redo;
    HeaderBar* m_header;
    TextLabel* m_name;
    Chip* m_chip;
    QPushButton* m_zoom = nullptr;
    QStackedWidget* m_pages;
    ModelCanvas* m_canvas;
    TotalsLine* m_totals;
};

} // namespace espalier
