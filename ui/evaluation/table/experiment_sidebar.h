#pragma once

#include "core/base/issue.h"
#include "ui/evaluation/table/experiment_table_model.h"
#include "ui/shell/project_view.h"

#include <QTreeView>
#include <QWidget>

class QLineEdit;
class QStackedLayout;

namespace espalier {

class EmptyState;
class ExperimentDelegate;
class ExperimentSort;

/// The grid of ExperimentSidebar: shows as many of the chosen columns as fit, Space ticks the row.
class ExperimentTableView final : public QTreeView {
    Q_OBJECT

public:
    explicit ExperimentTableView(QWidget* parent = nullptr);
    void setModel(QAbstractItemModel* model) override;

    /// Which columns a person wants, in their order; the name is always there.
    void setChosen(const QList<ExperimentColumn>& columns);
    [[nodiscard]] const QList<ExperimentColumn>& chosen() const { return m_chosen; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fitColumns();

    QList<ExperimentColumn> m_chosen;
};

/// Left column of Evaluation: a search field over the sortable table of experiments. Its order and
/// its columns are remembered.
class ExperimentSidebar final : public QWidget {
    Q_OBJECT

public:
    explicit ExperimentSidebar(const ProjectContext& context, QWidget* parent = nullptr);

    [[nodiscard]] ExperimentId current() const;
    void setCurrent(ExperimentId id);
    /// In the order of ticking.
    [[nodiscard]] QList<ExperimentId> ticked() const { return m_model->ticked(); }
    /// Tick boxes show the colours of Compare.
    void setComparing(bool comparing);

Q_SIGNALS:
    void currentChanged(espalier::ExperimentId id);
    void tickedChanged();
    void modelingRequested(espalier::ExperimentId id);
    void message(const espalier::Issue& issue);

private:
    void createView();
    void createLayout();
    void connectSignals();
    void restoreColumns();
    void chooseColumns(const QPoint& position);
    void showMenu(const QPoint& position);
    void duplicate(ExperimentId id, bool withWeights);
    void askToDelete(ExperimentId id);
    void report(const QString& subject, const Error& error);
    void showWhatThereIs();

    ProjectContext m_context;
    ExperimentTableModel* m_model;
    ExperimentSort* m_sort;
    ExperimentDelegate* m_delegate;
    ExperimentTableView* m_view;
    QLineEdit* m_search = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
};

} // namespace espalier
