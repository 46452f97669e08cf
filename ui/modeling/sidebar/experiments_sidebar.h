#pragma once

#include "core/base/issue.h"
#include "core/project/records.h"

#include <QList>
#include <QWidget>

class QAction;
class QLineEdit;
class QListView;
class QModelIndex;
class QPoint;
class QSortFilterProxyModel;
class QStackedLayout;

namespace espalier {

class EmptyState;
class ExperimentListModel;
class ProjectDocument;
class RunController;
class TextLabel;
struct ProjectContext;

/// The left list of Modeling: the experiments of the project with their live state, and what can be
/// done with one of them.
class ExperimentsSidebar final : public QWidget {
    Q_OBJECT

public:
    explicit ExperimentsSidebar(const ProjectContext& context, QWidget* parent = nullptr);
    ExperimentsSidebar(ProjectDocument& project, RunController& runs, QWidget* parent = nullptr);

    /// Makes it the current one, without selected(); invalid: none.
    void select(ExperimentId id);
    [[nodiscard]] ExperimentId current() const;
    [[nodiscard]] QList<QAction*> viewActions() const;
    /// The action of `New experiment`, for an empty canvas.
    [[nodiscard]] QAction* newAction() const { return m_new; }

Q_SIGNALS:
    /// A person chose, made or deleted one; invalid: none is left.
    void selected(espalier::ExperimentId id);
    void evaluationRequested(espalier::ExperimentId id);
    void datasetsRequested();
    void message(const espalier::Issue& issue); ///< what could not be done, and why

private:
    void createActions();
    QAction* addRowAction(const QString& text, const QString& icon, const QKeySequence& shortcut,
                          void (ExperimentsSidebar::*slot)());
    void createLayout();
    void connectModel();
    void refreshPages();
    void refreshActions();
    void search(const QString& text);
    void openMenu(const QPoint& globalPosition);
    void choose(ExperimentId id);

    void openNew();
    void rename();
    void duplicate();
    void duplicateWithWeights();
    void openDuplicate(bool withWeights);
    void openNotes();
    void showInEvaluation();
    void confirmDelete();
    void deleteExperiment(ExperimentId id);

    ProjectDocument& m_project;
    RunController& m_runs;
    ExperimentListModel* m_model;
    QSortFilterProxyModel* m_filter;
    QLineEdit* m_search;
    QListView* m_list;
    QStackedLayout* m_pages = nullptr;
    EmptyState* m_none = nullptr;
    EmptyState* m_noVersion = nullptr;
    EmptyState* m_nothing = nullptr;
    QAction* m_new = nullptr;
    QAction* m_datasets = nullptr;
    QAction* m_clear = nullptr;
    QAction* m_delete = nullptr;
    QAction* m_evaluation = nullptr;
    QAction* m_withWeights = nullptr;
    QList<QAction*> m_rowActions; ///< about the current one
    ExperimentId m_shown;         ///< also while a search hides it
    bool m_selecting = false;
};

} // namespace espalier
