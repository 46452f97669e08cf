#pragma once

#include "core/base/issue.h"
#include "core/project/records.h"

#include <QList>
#include <QObject>

class QAction;
class QMimeData;
class QUndoStack;
class QWidget;

namespace espalier {

class DatasetImports;
class PredictionService;
class ProjectDocument;
class RunController;

/// What a view of an open project works on; all of it lives longer than the view.
struct ProjectContext {
    ProjectDocument& document;
    DatasetImports& imports;
    RunController& runs;
    PredictionService& predictions;
};

/// One tab of the main window: the widgets for its three columns, its main action, and what it has
/// to say. The main window places the widgets and owns them from then on; a view never reaches
/// into another, it asks through signals.
class ProjectView : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QWidget* sidebar() = 0;   ///< left list
    [[nodiscard]] virtual QWidget* centre() = 0;    ///< begins with a HeaderBar
    [[nodiscard]] virtual QWidget* inspector() = 0; ///< begins with a HeaderBar
    /// The one main button of the top bar. While it is disabled, its statusTip() is the reason that
    /// stands left of it ("1 error left").
    [[nodiscard]] virtual QAction* mainAction() = 0;
    /// False while the centre needs the room of the Inspector; a person can still open it.
    [[nodiscard]] virtual bool usesInspector() const { return true; }
    /// All actions of the view with text, shortcut and icon: menus and command search.
    [[nodiscard]] virtual QList<QAction*> actions() const = 0;
    /// Of the document in front; null when there is none. Undo and Redo of the window use it.
    [[nodiscard]] virtual QUndoStack* undoStack() const { return nullptr; }
    /// What the Information panel shows while the view is in front.
    [[nodiscard]] virtual QList<Issue> issues() const { return {}; }
    /// A person clicked an issue: show what it is about.
    virtual void reveal(const Issue& issue) { Q_UNUSED(issue) }
    /// Something was dropped on the window where no widget took it: the view in front is asked
    /// first, then the others in the order of the tabs. True when the view has taken it.
    [[nodiscard]] virtual bool acceptDrop(const QMimeData& data)
    {
        Q_UNUSED(data)
        return false;
    }

public Q_SLOTS:
    virtual void showDataset(espalier::DatasetId id) { Q_UNUSED(id) }
    virtual void showExperiment(espalier::ExperimentId id) { Q_UNUSED(id) }

Q_SIGNALS:
    void issuesChanged();
    void undoStackChanged();
    void inspectorUseChanged();
    void informationRequested();                       ///< open the Information panel
    void inspectorRequested();                         ///< open the Inspector
    void message(const espalier::Issue& issue);        ///< tell the person (log and counters)
    void datasetRequested(espalier::DatasetId id);     ///< go to Datasets, this version
    void modelingRequested(espalier::ExperimentId id); ///< go to Modeling; none: just go there
    void evaluationRequested(espalier::ExperimentId id);
};

} // namespace espalier
