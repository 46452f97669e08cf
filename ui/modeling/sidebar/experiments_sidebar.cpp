#include "ui/modeling/sidebar/experiments_sidebar.h"

#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/modeling/sidebar/duplicate_dialog.h"
#include "ui/modeling/sidebar/experiment_list_model.h"
#include "ui/modeling/sidebar/new_experiment_dialog.h"
#include "ui/modeling/sidebar/notes_dialog.h"
#include "ui/shell/project_view.h"
#include "ui/widgets/list_row_delegate.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

ExperimentsSidebar::ExperimentsSidebar(const ProjectContext& context, QWidget* parent)
    : ExperimentsSidebar(context.document, context.runs, parent)
{
}

ExperimentsSidebar::ExperimentsSidebar(ProjectDocument& project, RunController& runs,
                                       QWidget* parent)
    : QWidget(parent)
    , m_project(project)
    , m_runs(runs)
    , m_model(new ExperimentListModel(project, runs, this))
    , m_filter(new QSortFilterProxyModel(this))
    , m_search(createSearchField(tr("Search experiments"), this))
    , m_list(new QListView(this))
{
    m_filter->setSourceModel(m_model);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    createActions();
    createLayout();
    connectModel();
    refreshPages();
    refreshActions();
}

void ExperimentsSidebar::createActions()
{
    m_new = new QAction(themeIcon(u"plus"_s), tr("New experiment"), this);
    m_new->setShortcut(QKeySequence::New);
    m_new->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_new, &QAction::triggered, this, &ExperimentsSidebar::openNew);
    m_datasets = new QAction(tr("Datasets"), this);
    connect(m_datasets, &QAction::triggered, this, &ExperimentsSidebar::datasetsRequested);
    m_clear = new QAction(tr("Clear"), this);
    connect(m_clear, &QAction::triggered, m_search, &QLineEdit::clear);

    using Self = ExperimentsSidebar;
    addRowAction(tr("Rename"), u"pencil"_s, Qt::Key_F2, &Self::rename);
    addRowAction(tr("Duplicate…"), u"duplicate"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D),
                 &Self::duplicate);
    m_withWeights = addRowAction(tr("Duplicate with weights…"), u"duplicate"_s, {},
                                 &Self::duplicateWithWeights);
    addRowAction(tr("Notes…"), u"note"_s, {}, &Self::openNotes);
    m_evaluation = addRowAction(tr("Show in Evaluation"), u"matrix"_s,
                                QKeySequence(Qt::CTRL | Qt::Key_E), &Self::showInEvaluation);
    m_delete = addRowAction(tr("Delete…"), u"trash"_s, QKeySequence::Delete, &Self::confirmDelete);
}

QAction* ExperimentsSidebar::addRowAction(const QString& text, const QString& icon,
                                          const QKeySequence& shortcut,
                                          void (ExperimentsSidebar::*slot)())
{
    auto* action = new QAction(themeIcon(icon), text, m_list);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    m_list->addAction(action);
    m_rowActions.append(action);
    return action;
}

void ExperimentsSidebar::createLayout()
{
    m_list->setModel(m_filter);
    ListRowDelegate* delegate = setUpListRows(*m_list);
    delegate->setHasMenu(true);
    m_list->setAccessibleName(tr("Experiments"));
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(delegate, &ListRowDelegate::menuRequested, this,
            [this](const QModelIndex&, const QPoint& position) { openMenu(position); });

    auto* create = createButton(ButtonKind::Normal, m_new->text(), u"plus"_s, this);
    create->setMinimumHeight(metrics::MainControl);
    connect(create, &QPushButton::clicked, m_new, &QAction::trigger);
    addAction(m_new);

    m_none =
        new EmptyState(u"created"_s, tr("No experiment yet"),
                       tr("Build a network and train it on a dataset version."), nullptr, this);
    m_noVersion = new EmptyState(u"lock"_s, tr("No saved version"),
                                 tr("Save a dataset version first."), m_datasets, this);
    m_nothing = new EmptyState(u"search"_s, {}, {}, m_clear, this);
    auto* pages = new QWidget(this);
    m_pages = new QStackedLayout(pages);
    for (QWidget* page : {static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_none),
                          static_cast<QWidget*>(m_noVersion), static_cast<QWidget*>(m_nothing)})
        m_pages->addWidget(page);

    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::ListPadding, metrics::ListPadding, metrics::ListPadding,
                             metrics::ListPadding - 2);
    head->setSpacing(metrics::RowGap);
    head->addWidget(m_search);
    head->addWidget(create);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(pages, 1);
}

void ExperimentsSidebar::connectModel()
{
    connect(m_search, &QLineEdit::textChanged, this, &ExperimentsSidebar::search);
    connect(m_list, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
        if (m_list->indexAt(position).isValid())
            openMenu(m_list->viewport()->mapToGlobal(position));
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        refreshActions();
        if (m_selecting)
            return;
        m_shown = current();
        Q_EMIT selected(m_shown);
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ExperimentsSidebar::refreshPages);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &ExperimentsSidebar::refreshPages);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ExperimentsSidebar::refreshActions);
    connect(&m_project, &ProjectDocument::datasetsChanged, this, &ExperimentsSidebar::refreshPages);
    connect(m_model, &ExperimentListModel::renameRefused, this, [this](const QString& sentence) {
        Q_EMIT message({IssueLevel::Error, tr("Rename"), sentence});
    });
}

void ExperimentsSidebar::search(const QString& text)
{
    // A search hides rows; the experiment in front stays in front.
    {
        const QScopedValueRollback selecting(m_selecting, true);
        m_filter->setFilterFixedString(text.simplified());
    }
    m_nothing->setTexts(tr("Nothing matches “%1”").arg(text), {});
    refreshPages();
    select(m_shown);
}

void ExperimentsSidebar::refreshPages()
{
    QWidget* page = m_list;
    if (m_model->rowCount() == 0) {
        const bool saved = std::ranges::any_of(m_project.datasets(), &DatasetRecord::saved);
        page = saved ? m_none : m_noVersion;
    } else if (m_filter->rowCount() == 0) {
        page = m_nothing;
    }
    m_pages->setCurrentWidget(page);
    m_search->setEnabled(m_model->rowCount() > 0);
}

void ExperimentsSidebar::refreshActions()
{
    const ExperimentRecord* record = m_project.experiment(current());
    for (QAction* action : std::as_const(m_rowActions))
        action->setEnabled(record != nullptr);
    if (!record)
        return;
    m_withWeights->setEnabled(!record->checkpoints.isEmpty() || !record->startWeights.isEmpty());
    m_evaluation->setEnabled(m_runs.state(record->id) != RunState::Created);
}

void ExperimentsSidebar::select(ExperimentId id)
{
    const QScopedValueRollback selecting(m_selecting, true);
    m_shown = id;
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(id));
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
}

ExperimentId ExperimentsSidebar::current() const
{
    return m_model->id(m_filter->mapToSource(m_list->currentIndex()));
}

QList<QAction*> ExperimentsSidebar::viewActions() const
{
    return QList{m_new} + m_rowActions;
}

void ExperimentsSidebar::choose(ExperimentId id)
{
    m_search->clear();
    select(id);
    Q_EMIT selected(id);
}

void ExperimentsSidebar::openMenu(const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : std::as_const(m_rowActions)) {
        if (action == m_delete)
            menu->addSeparator();
        menu->addAction(action);
    }
    menu->popup(globalPosition);
}

void ExperimentsSidebar::openNew()
{
    auto* dialog = new NewExperimentDialog(m_project, window());
    connect(dialog, &NewExperimentDialog::created, this, &ExperimentsSidebar::choose);
    connect(dialog, &NewExperimentDialog::datasetsRequested, this,
            &ExperimentsSidebar::datasetsRequested);
    dialog->open();
}

void ExperimentsSidebar::rename()
{
    m_list->edit(m_list->currentIndex());
}

void ExperimentsSidebar::duplicate()
{
    openDuplicate(false);
}

void ExperimentsSidebar::duplicateWithWeights()
{
    openDuplicate(true);
}

void ExperimentsSidebar::openDuplicate(bool withWeights)
{
    const ExperimentRecord* record = m_project.experiment(current());
    if (!record)
        return;
    auto* dialog = new DuplicateDialog(m_project, *record, withWeights, window());
    connect(dialog, &DuplicateDialog::created, this, &ExperimentsSidebar::choose);
    dialog->open();
}

void ExperimentsSidebar::openNotes()
{
    if (const ExperimentRecord* record = m_project.experiment(current()))
        (new NotesDialog(m_project, *record, window()))->open();
}

void ExperimentsSidebar::showInEvaluation()
{
    if (const ExperimentId id = current(); id.isValid())
        Q_EMIT evaluationRequested(id);
}

void ExperimentsSidebar::confirmDelete()
{
    const ExperimentRecord* record = m_project.experiment(current());
    if (!record)
        return;
    const ExperimentId id = record->id;
    if (!canDelete(m_runs.state(id)))
        return Q_EMIT message({IssueLevel::Error, record->name,
                               tr("it is queued or running; stop it before you delete it")});
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("Delete experiment"),
                        tr("Delete “%1”?").arg(record->name), QMessageBox::Cancel, window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        record->epochs.isEmpty()
            ? tr("Its network and settings go with it. This cannot be undone.")
            : tr("Its network, curves and %n checkpoints go with it. This cannot be undone.",
                 nullptr, int(record->checkpoints.size())));
    QPushButton* confirm = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(confirm, &QPushButton::clicked, this, [this, id] { deleteExperiment(id); });
    box->open();
}

void ExperimentsSidebar::deleteExperiment(ExperimentId id)
{
    if (const Status status = m_project.deleteExperiment(id); !status)
        Q_EMIT message({IssueLevel::Error, tr("Delete"), status.error().message});
}

} // namespace espalier
