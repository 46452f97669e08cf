#include "ui/evaluation/table/experiment_sidebar.h"

#include "core/project/documents/project_document.h"
#include "core/project/jobs/run_controller.h"
#include "ui/evaluation/table/experiment_delegate.h"
#include "ui/evaluation/table/experiment_sort.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QLatin1StringView ColumnsKey("evaluation/columns");
constexpr QLatin1StringView SortColumnKey("evaluation/sortColumn");
constexpr QLatin1StringView SortDescendingKey("evaluation/sortDescending");

} // namespace

ExperimentSidebar::ExperimentSidebar(const ProjectContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new ExperimentTableModel(context.document, context.runs, this))
    , m_sort(new ExperimentSort(this))
    , m_delegate(new ExperimentDelegate(this))
    , m_view(new ExperimentTableView)
{
    createView();
    createLayout();
    restoreColumns();
    connectSignals();
    showWhatThereIs();
}

void ExperimentSidebar::createView()
{
    m_sort->setSourceModel(m_model);
    m_view->setModel(m_sort);
    m_view->setItemDelegate(m_delegate);
    m_view->setAccessibleName(tr("Experiments"));
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->header()->setToolTip(tr("Click to sort, right click to choose columns"));
    m_search = createSearchField(tr("Search experiments"));
}

void ExperimentSidebar::createLayout()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::ListPadding, metrics::ListPadding, metrics::ListPadding, 0);
    layout->setSpacing(4);
    layout->addWidget(m_search);
    m_empty = new EmptyState(u"search"_s, {}, {});
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    layout->addLayout(m_stack, 1);
    setTabOrder(m_search, m_view);
}

void ExperimentSidebar::restoreColumns()
{
    const QSettings settings;
    const QStringList keys = settings.value(ColumnsKey).toStringList();
    QList<ExperimentColumn> chosen;
    for (int column = 1; column < ExperimentColumnCount; ++column) {
        const auto candidate = ExperimentColumn(column);
        if (keys.isEmpty() || keys.contains(ExperimentTableModel::columnKey(candidate)))
            chosen.append(candidate);
    }
    m_view->setChosen(chosen);
    m_view->sortByColumn(settings.value(SortColumnKey, int(ExperimentColumn::Best)).toInt(),
                         settings.value(SortDescendingKey, true).toBool() ? Qt::DescendingOrder
                                                                          : Qt::AscendingOrder);
}

void ExperimentSidebar::connectSignals()
{
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_sort->setFilterFixedString(text);
        showWhatThereIs();
    });
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, changed, this, &ExperimentSidebar::showWhatThereIs);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { Q_EMIT currentChanged(current()); });
    connect(m_model, &ExperimentTableModel::tickedChanged, this, &ExperimentSidebar::tickedChanged);
    connect(m_model, &ExperimentTableModel::renameFailed, this, [this](const QString& sentence) {
        Q_EMIT message({IssueLevel::Error, {}, sentence, 0});
    });
    connect(m_view, &QTreeView::doubleClicked, this,
            [this] { Q_EMIT modelingRequested(current()); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &ExperimentSidebar::showMenu);
    QHeaderView* header = m_view->header();
    connect(header, &QWidget::customContextMenuRequested, this, &ExperimentSidebar::chooseColumns);
    connect(header, &QHeaderView::sortIndicatorChanged, this, [](int column, Qt::SortOrder order) {
        QSettings settings;
        settings.setValue(SortColumnKey, column);
        settings.setValue(SortDescendingKey, order == Qt::DescendingOrder);
    });
}

ExperimentId ExperimentSidebar::current() const
{
    return m_model->idAt(m_sort->mapToSource(m_view->currentIndex()).row());
}

void ExperimentSidebar::setCurrent(ExperimentId id)
{
    const int row = m_model->rowOf(id);
    if (row < 0 || id == current())
        return;
    QModelIndex index = m_sort->mapFromSource(m_model->index(row, 0));
    if (!index.isValid()) {
        m_search->clear();
        index = m_sort->mapFromSource(m_model->index(row, 0));
    }
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void ExperimentSidebar::setComparing(bool comparing)
{
    m_delegate->setComparing(comparing);
    m_view->viewport()->update();
}

void ExperimentSidebar::showWhatThereIs()
{
    const bool none = m_model->rowCount() == 0;
    if (none)
        m_empty->setTexts(tr("No experiment yet"), tr("Make one in Modeling."));
    else
        m_empty->setTexts(tr("Nothing matches “%1”").arg(m_search->text()),
                          tr("Escape clears the search."));
    m_stack->setCurrentIndex(m_sort->rowCount() == 0 ? 1 : 0);
}

void ExperimentSidebar::chooseColumns(const QPoint& position)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 1; column < ExperimentColumnCount; ++column) {
        QAction* action = menu->addAction(
            m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(m_view->chosen().contains(ExperimentColumn(column)));
        connect(action, &QAction::toggled, this, [this, column](bool on) {
            QList<ExperimentColumn> chosen = m_view->chosen();
            chosen.removeAll(ExperimentColumn(column));
            if (on)
                chosen.append(ExperimentColumn(column));
            std::ranges::sort(chosen);
            m_view->setChosen(chosen);
            QStringList keys{ExperimentTableModel::columnKey(ExperimentColumn::Name)};
            for (const ExperimentColumn kept : chosen)
                keys.append(ExperimentTableModel::columnKey(kept));
            QSettings().setValue(ColumnsKey, keys);
        });
    }
    menu->popup(m_view->header()->mapToGlobal(position));
}

void ExperimentSidebar::showMenu(const QPoint& position)
{
    const ExperimentId id = current();
    const ExperimentRecord* experiment = m_context.document.experiment(id);
    if (!experiment)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open in Modeling"), this, [this, id] { Q_EMIT modelingRequested(id); });
    if (m_context.runs.waiting().indexOf(id) > 0)
        menu->addAction(tr("Run next"), this, [this, id] { m_context.runs.move(id, 0); });
    menu->addSeparator();
    menu->addAction(tr("Rename"), QKeySequence(Qt::Key_F2), this,
                    [this] { m_view->edit(m_view->currentIndex().siblingAtColumn(0)); });
    menu->addAction(themeIcon(u"duplicate"_s), tr("Duplicate"), this,
                    [this, id] { duplicate(id, false); });
    QAction* withWeights =
        menu->addAction(tr("Duplicate with weights"), this, [this, id] { duplicate(id, true); });
    withWeights->setEnabled(!experiment->checkpoints.isEmpty());
    menu->addSeparator();
    QAction* remove = menu->addAction(themeIcon(u"trash"_s), tr("Delete…"), this,
                                      [this, id] { askToDelete(id); });
    remove->setEnabled(canDelete(m_context.runs.state(id)));
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void ExperimentSidebar::duplicate(ExperimentId id, bool withWeights)
{
    const ExperimentRecord* experiment = m_context.document.experiment(id);
    if (!experiment)
        return;
    const QString original = experiment->name;
    QString name;
    for (int number = 2; name.isEmpty(); ++number) {
        const QString candidate = tr("%1 (%2)").arg(original).arg(number);
        if (std::ranges::find(m_context.document.experiments(), candidate,
                              &ExperimentRecord::name) == m_context.document.experiments().cend())
            name = candidate;
    }
    const auto made = m_context.document.duplicateExperiment(id, name, withWeights);
    if (!made)
        report(original, made.error());
    else
        Q_EMIT modelingRequested(made->id);
}

void ExperimentSidebar::askToDelete(ExperimentId id)
{
    const ExperimentRecord* experiment = m_context.document.experiment(id);
    if (!experiment)
        return;
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Delete experiment"),
                                tr("Delete “%1” with its curves and checkpoints? This cannot be "
                                   "undone.")
                                    .arg(experiment->name),
                                QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, this, [this, id, name = experiment->name] {
        if (const Status deleted = m_context.document.deleteExperiment(id); !deleted)
            report(name, deleted.error());
    });
    box->open();
}

void ExperimentSidebar::report(const QString& subject, const Error& error)
{
    Q_EMIT message({IssueLevel::Error, subject, error.message, 0});
}

} // namespace espalier
