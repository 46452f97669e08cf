#include "ui/shell/commands/command_search.h"

#include "ui/shell/commands/command_delegate.h"
#include "ui/shell/commands/command_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QKeyEvent>
#include <QListView>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace espalier {

namespace {

constexpr int PanelWidth = 560;
constexpr int MostRows = 10;
constexpr int Gap = 8;

} // namespace

CommandSearch::CommandSearch(QWidget* window)
    : OverlayPanel(window)
    , m_model(new CommandModel(this))
    , m_field(createSearchField(tr("Search commands"), this))
    , m_list(new QListView(this))
    , m_nothing(new TextLabel({}, TextStyle::Body, Role::TextSecondary, this))
{
    setAccessibleName(tr("Command search"));
    m_field->setAccessibleName(tr("Search commands"));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps it, arrows reach the list
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandSearch::search);
    connect(m_list, &QListView::clicked, this, &CommandSearch::triggerCurrent);
    auto* field = new QHBoxLayout;
    field->setContentsMargins(Gap + 1, 0, Gap + 1, 0);
    field->addWidget(m_field);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, Gap + 1, 1, Gap + 1);
    layout->setSpacing(Gap);
    layout->addLayout(field);
    layout->addWidget(m_list);
    m_nothing->setContentsMargins(metrics::PanelPadding, 0, metrics::PanelPadding, 0);
    m_nothing->setElided(true);
    layout->addWidget(m_nothing);
}

void CommandSearch::openFor(const QList<QAction*>& actions)
{
    m_model->setActions(actions);
    m_field->clear();
    search({});
    openOn(m_field);
}

void CommandSearch::search(const QString& query)
{
    m_model->setQuery(query);
    const bool usable =
        m_model->rowCount() > 0 && m_model->flags(m_model->index(0)) & Qt::ItemIsEnabled;
    m_list->setCurrentIndex(usable ? m_model->index(0) : QModelIndex());
    m_nothing->setText(tr("Nothing here matches “%1”").arg(query));
    m_nothing->setVisible(m_model->rowCount() == 0);
    m_list->setVisible(m_model->rowCount() > 0);
    if (isVisible())
        setGeometry(placement(parentWidget()->rect()));
}

void CommandSearch::moveBy(int rows)
{
    const int last = m_model->rowCount() - 1;
    const int row = std::clamp(m_list->currentIndex().row() + rows, 0, std::max(0, last));
    const QModelIndex index = m_model->index(row);
    if (index.isValid() && m_model->flags(index) & Qt::ItemIsEnabled)
        m_list->setCurrentIndex(index);
}

void CommandSearch::triggerCurrent()
{
    QAction* action = m_model->action(m_list->currentIndex().row());
    if (!action || !action->isEnabled())
        return;
    dismiss();
    // The action begins with the focus back where it was: it may act on what is selected there.
    QTimer::singleShot(0, action, &QAction::trigger);
}

bool CommandSearch::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
            moveBy(-1);
            return true;
        case Qt::Key_Down:
            moveBy(1);
            return true;
        case Qt::Key_PageUp:
            moveBy(-MostRows);
            return true;
        case Qt::Key_PageDown:
            moveBy(MostRows);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            triggerCurrent();
            return true;
        case Qt::Key_Escape:
            dismiss();
            return true;
        default:
            break;
        }
    }
    return OverlayPanel::eventFilter(watched, event);
}

QRect CommandSearch::placement(const QRect& window) const
{
    const int rows = std::clamp(m_model->rowCount(), 0, MostRows);
    const int height =
        2 * (Gap + 1) + metrics::MainControl + Gap + std::max(1, rows) * CommandDelegate::RowHeight;
    const int width = std::min(PanelWidth, window.width() - 2 * Gap);
    return {(window.width() - width) / 2, metrics::TopBar + Gap, width, height};
}

} // namespace espalier
