#include "ui/modeling/inspector/build/build_panel.h"

#include "ui/modeling/inspector/build/block_list_model.h"
#include "ui/modeling/inspector/build/block_list_view.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QKeyEvent>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString foldsKey()
{
    return u"modeling/foldedSections"_s;
}

} // namespace

BuildPanel::BuildPanel(QWidget* parent)
    : QWidget(parent)
    , m_search(createSearchField(tr("Search blocks and snippets"), this))
    , m_view(new BlockListView(this))
    , m_filter(new QSortFilterProxyModel(this))
    , m_clear(new QAction(tr("Clear"), this))
    , m_nothing(new EmptyState(u"search"_s, {}, {}, m_clear, this))
    , m_reason(new TextLabel({}, TextStyle::Small, Role::TextSecondary, this))
{
    m_filter->setSourceModel(new BlockListModel(this));
    m_filter->setFilterRole(BlockListModel::SearchRole);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setRecursiveFilteringEnabled(true);
    m_view->setModel(m_filter);
    m_view->setAccessibleName(tr("Blocks and snippets"));
    m_search->installEventFilter(this);
    createLayout();
    restoreFolds();
    setReason({});
    connect(m_clear, &QAction::triggered, m_search, &QLineEdit::clear);
    connect(m_search, &QLineEdit::textChanged, this, &BuildPanel::search);
    connect(m_view, &BlockListView::chosen, this, &BuildPanel::choose);
    connect(m_view, &BlockListView::foldToggled, this, &BuildPanel::rememberFolds);
}

void BuildPanel::createLayout()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, metrics::ListPadding, 0, 0);
    column->setSpacing(metrics::RowGap);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::ListPadding, 0, metrics::ListPadding, 0);
    head->setSpacing(metrics::RowGap);
    head->addWidget(m_search);
    m_reason->setWordWrap(true);
    head->addWidget(m_reason);
    column->addLayout(head);
    auto* pages = new QWidget(this);
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_nothing);
    column->addWidget(pages, 1);
}

void BuildPanel::setReason(const QString& reason)
{
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_view->setEnabled(reason.isEmpty());
}

void BuildPanel::choose(const QModelIndex& index)
{
    const QString key = index.data(BlockListModel::KeyRole).toString();
    if (index.data(BlockListModel::KindRole).value<BlockListModel::Kind>() ==
        BlockListModel::Kind::Snippet)
        Q_EMIT snippetChosen(key);
    else
        Q_EMIT blockChosen(key);
}

void BuildPanel::search(const QString& text)
{
    m_filter->setFilterFixedString(text.simplified());
    m_nothing->setTexts(tr("Nothing matches “%1”").arg(text), {});
    const bool found = m_filter->rowCount() > 0;
    m_pages->setCurrentIndex(found ? 0 : 1);
    if (text.isEmpty())
        return restoreFolds();
    m_view->expandAll();
    if (found)
        m_view->setCurrentIndex(m_filter->index(0, 0, m_filter->index(0, 0)));
}

bool BuildPanel::eventFilter(QObject* watched, QEvent* event)
{
    // From the search box the keys of the list work at once: Down goes there, Enter adds.
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const QModelIndex current = m_view->currentIndex();
    if (key == Qt::Key_Down && m_view->isEnabled()) {
        m_view->setFocus(Qt::OtherFocusReason);
        if (!current.isValid())
            m_view->setCurrentIndex(m_filter->index(0, 0));
        return true;
    }
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (enter && m_view->isEnabled() && current.parent().isValid() && !m_search->text().isEmpty()) {
        choose(current);
        return true;
    }
    return false;
}

void BuildPanel::restoreFolds()
{
    const QStringList folded =
        QSettings().value(foldsKey(), QStringList{u"snippets"_s}).toStringList();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex section = m_filter->index(row, 0);
        m_view->setExpanded(section,
                            !folded.contains(section.data(BlockListModel::SectionRole).toString()));
    }
}

void BuildPanel::rememberFolds() const
{
    if (!m_search->text().isEmpty())
        return;
    QStringList folded;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        if (const QModelIndex section = m_filter->index(row, 0); !m_view->isExpanded(section))
            folded.append(section.data(BlockListModel::SectionRole).toString());
    QSettings().setValue(foldsKey(), folded);
}

} // namespace espalier
