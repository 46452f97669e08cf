#include "ui/datasets/sidebar/dataset_sidebar.h"

#include "core/project/documents/project_document.h"
#include "ui/datasets/sidebar/dataset_tree_delegate.h"
#include "ui/datasets/sidebar/dataset_tree_model.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

DatasetSidebar::DatasetSidebar(ProjectDocument& document, DatasetImports& imports,
                               const Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_imports(imports)
    , m_rename(actions.rename)
    , m_versionActions(actions.ofVersion)
    , m_model(new DatasetTreeModel(document, imports, this))
    , m_search(createSearchField(tr("Search datasets"), this))
    , m_tree(new QTreeView(this))
    , m_stack(new QStackedLayout)
{
    m_search->setAccessibleName(tr("Search datasets"));
    m_search->setFixedHeight(metrics::MainControl);
    auto* add = createButton(ButtonKind::Normal, actions.newDataset->text(), u"plus"_s, this);
    add->setFixedHeight(metrics::MainControl);
    connect(add, &QPushButton::clicked, actions.newDataset, &QAction::trigger);
    createTree();

    auto* clear = new QAction(tr("Clear"), this);
    connect(clear, &QAction::triggered, m_search, &QLineEdit::clear);
    m_nothing = new EmptyState(u"search"_s, {}, {}, clear, this);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_nothing);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::ListPadding, metrics::ListPadding, metrics::ListPadding, 0);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(add);
    layout->addLayout(m_stack, 1);
    setTabOrder(m_search, add);
    setTabOrder(add, m_tree);
    connectTree();
    restoreState();
}

void DatasetSidebar::createTree()
{
    m_tree->setObjectName(u"datasetTree"_s);
    m_tree->setAccessibleName(tr("Datasets and their versions"));
    m_tree->setModel(m_model);
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(0); // the delegate paints chevrons and indents
    m_tree->setRootIsDecorated(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(false);
    m_tree->setMouseTracking(true);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->viewport()->setAutoFillBackground(false);
    auto* delegate = new DatasetTreeDelegate(m_tree);
    m_tree->setItemDelegate(delegate);
    connect(delegate, &DatasetTreeDelegate::menuRequested, this, &DatasetSidebar::openMenu);
    connect(delegate, &DatasetTreeDelegate::cancelRequested, this,
            [this](const QModelIndex& index) {
                if (const auto id = m_model->importAt(index))
                    m_imports.cancel(*id);
            });
    m_tree->addAction(m_rename);
    auto* cancel = new QShortcut(QKeySequence::Delete, m_tree);
    cancel->setContext(Qt::WidgetShortcut);
    connect(cancel, &QShortcut::activated, this, &DatasetSidebar::cancelCurrentImport);
}

void DatasetSidebar::connectTree()
{
    connect(m_search, &QLineEdit::textChanged, m_model, &DatasetTreeModel::setFilter);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &DatasetSidebar::showCurrent);
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (m_model->hasChildren(index))
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
    });
    connect(m_tree, &QTreeView::expanded, this,
            [this](const QModelIndex& index) { m_folded.removeAll(index.data().toString()); });
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (!m_restoring)
            m_folded.append(index.data().toString());
    });
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint& point) {
        openMenu(m_tree->indexAt(point), m_tree->viewport()->mapToGlobal(point));
    });
    // Queued: the list is made anew, and an editor is still open in it.
    connect(m_model, &DatasetTreeModel::renameRequested, this, &DatasetSidebar::renameRequested,
            Qt::QueuedConnection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DatasetSidebar::restoreState);
}

std::optional<DatasetId> DatasetSidebar::selectedVersion() const
{
    return m_version;
}

void DatasetSidebar::select(DatasetId id)
{
    selectRowOf(id);
}

void DatasetSidebar::select(ImportId id)
{
    selectRowOf(id);
}

template <typename Id>
void DatasetSidebar::selectRowOf(Id id)
{
    if (!m_model->indexOf(id).isValid())
        m_search->clear();
    const QModelIndex index = m_model->indexOf(id);
    if (!index.isValid())
        return;
    m_tree->expand(index.parent());
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

void DatasetSidebar::renameCurrent()
{
    const QModelIndex current = m_tree->currentIndex();
    const QModelIndex dataset = current.parent().isValid() ? current.parent() : current;
    if (!dataset.isValid() || !dataset.flags().testFlag(Qt::ItemIsEditable))
        return;
    m_tree->scrollTo(dataset);
    m_tree->edit(dataset);
}

void DatasetSidebar::showCurrent(const QModelIndex& current)
{
    if (m_restoring)
        return;
    if (const auto id = m_model->versionAt(current); id && id != m_version) {
        m_version = id;
        m_import.reset();
        Q_EMIT versionSelected(*id);
    } else if (const auto import = m_model->importAt(current)) {
        m_import = import;
        m_version.reset();
        Q_EMIT importSelected(*import);
    }
}

void DatasetSidebar::openMenu(const QModelIndex& index, const QPoint& position)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto import = m_model->importAt(index)) {
        fillImportMenu(*menu, *import);
    } else if (m_model->versionAt(index)) {
        m_tree->setCurrentIndex(index);
        menu->addAction(m_rename);
        menu->addActions(m_versionActions);
    } else if (index.isValid()) {
        m_tree->setCurrentIndex(index);
        menu->addAction(m_rename);
    } else {
        delete menu;
        return;
    }
    menu->popup(position);
}

void DatasetSidebar::fillImportMenu(QMenu& menu, ImportId id)
{
    const auto status = m_imports.status(id);
    if (status && status->error)
        connect(menu.addAction(themeIcon(u"refresh"_s), tr("Try again")), &QAction::triggered, this,
                [this, id] { Q_EMIT retryRequested(id); });
    const QString text = status && status->error ? tr("Remove from the list") : tr("Cancel import");
    connect(menu.addAction(themeIcon(u"close"_s), text), &QAction::triggered, this,
            [this, id] { m_imports.cancel(id); });
}

void DatasetSidebar::cancelCurrentImport()
{
    if (const auto import = m_model->importAt(m_tree->currentIndex()))
        m_imports.cancel(*import);
}

/// A reset of the model forgets what was open and selected.
void DatasetSidebar::restoreState()
{
    const QScopedValueRollback<bool> guard(m_restoring, true);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        m_tree->setExpanded(index, !m_folded.contains(index.data().toString()));
    }
    const QModelIndex index = m_version  ? m_model->indexOf(*m_version)
                              : m_import ? m_model->indexOf(*m_import)
                                         : QModelIndex();
    if (index.isValid())
        m_tree->setCurrentIndex(index);
    const bool nothing = m_model->rowCount() == 0 && !m_search->text().isEmpty();
    if (nothing)
        m_nothing->setTexts(tr("Nothing matches “%1”").arg(m_search->text()), {});
    m_stack->setCurrentIndex(nothing ? 1 : 0);
}

} // namespace espalier
