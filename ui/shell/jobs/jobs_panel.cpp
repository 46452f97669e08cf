#include "ui/shell/jobs/jobs_panel.h"

#include "ui/shell/jobs/jobs_delegate.h"
#include "ui/shell/jobs/jobs_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QHBoxLayout>
#include <QListView>
#include <QToolButton>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int PanelWidth = 400;
constexpr int HeaderHeight = 48;
constexpr int MostRows = 6;
constexpr int Gap = 8;

QListView* createJobsList(QWidget* parent)
{
    auto* list = new QListView(parent);
    list->setAccessibleName(JobsPanel::tr("Runs and imports"));
    list->setItemDelegate(new JobsDelegate(list));
    list->setFrameShape(QFrame::NoFrame);
    list->setMouseTracking(true);
    list->viewport()->setAutoFillBackground(false);
    list->setUniformItemSizes(true);
    list->setDragDropMode(QAbstractItemView::InternalMove);
    list->setDefaultDropAction(Qt::MoveAction);
    list->setDropIndicatorShown(true);
    return list;
}

} // namespace

JobsPanel::JobsPanel(QWidget* window)
    : OverlayPanel(window)
    , m_list(createJobsList(this))
    , m_nothing(new TextLabel(tr("Nothing is running"), TextStyle::Body, Role::TextSecondary, this))
{
    setAccessibleName(tr("Runs and imports"));
    static_cast<TextLabel*>(m_nothing)->setAlignment(Qt::AlignCenter);
    createButtons();
    auto* header = new QHBoxLayout;
    header->setContentsMargins(metrics::PanelPadding, 0, 10, 0);
    header->setSpacing(4);
    header->addWidget(new TextLabel(tr("Runs and imports"), TextStyle::Heading));
    header->addStretch();
    for (QToolButton* button : std::as_const(m_buttons))
        header->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 9, 1, 9);
    layout->setSpacing(Gap);
    layout->addLayout(header);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing, 1);
}

void JobsPanel::createButtons()
{
    m_pause = addRowAction(u"pause"_s, tr("Pause"), {});
    m_resume = addRowAction(u"play"_s, tr("Resume"), {});
    m_up = addRowAction(u"up"_s, tr("Move up in the queue"), QKeySequence(u"Alt+Up"_s));
    m_down = addRowAction(u"down"_s, tr("Move down in the queue"), QKeySequence(u"Alt+Down"_s));
    m_stop = addRowAction(u"stop"_s, tr("Stop"), QKeySequence(Qt::Key_Delete));
    connect(m_pause, &QAction::triggered, this, [this] { m_model->pause(row()); });
    connect(m_resume, &QAction::triggered, this, [this] { m_model->resume(row()); });
    connect(m_stop, &QAction::triggered, this, [this] { m_model->stop(row()); });
    connect(m_up, &QAction::triggered, this, [this] { moveRow(-1); });
    connect(m_down, &QAction::triggered, this, [this] { moveRow(1); });
}

QAction* JobsPanel::addRowAction(const QString& icon, const QString& text,
                                 const QKeySequence& shortcut)
{
    auto* action = new QAction(themeIcon(icon), text, this);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    m_buttons.append(createIconButton(action, this));
    return action;
}

void JobsPanel::setModel(JobsModel* model)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    const QItemSelectionModel* before = m_list->selectionModel();
    m_list->setModel(model); // makes another selection model and keeps the old one
    delete before;
    if (m_model) {
        connect(m_model, &JobsModel::jobsChanged, this, &JobsPanel::refresh);
        connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
                &JobsPanel::refresh);
    }
    refresh();
}

void JobsPanel::openPanel()
{
    refresh();
    openOn(m_list->isVisibleTo(this) ? static_cast<QWidget*>(m_list) : this);
}

int JobsPanel::row() const
{
    return m_model ? m_list->currentIndex().row() : -1;
}

void JobsPanel::moveRow(int by)
{
    const int from = row();
    if (!m_model || !m_model->canMove(from, by))
        return;
    const Job job = m_model->jobs().at(from);
    m_model->move(from, by);
    m_list->setCurrentIndex(m_model->index(m_model->indexOf(job.kind, job.id)));
}

void JobsPanel::refresh()
{
    const bool any = m_model && m_model->rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    if (any && row() < 0)
        m_list->setCurrentIndex(m_model->index(0));
    const int current = row();
    m_pause->setVisible(!m_model || !m_model->canResume(current));
    m_resume->setVisible(m_model && m_model->canResume(current));
    for (QToolButton* button : std::as_const(m_buttons))
        button->setVisible(button->defaultAction()->isVisible());
    m_pause->setEnabled(m_model && m_model->canPause(current));
    m_stop->setEnabled(m_model && m_model->canStop(current));
    m_up->setEnabled(m_model && m_model->canMove(current, -1));
    m_down->setEnabled(m_model && m_model->canMove(current, 1));
    if (isVisible())
        setGeometry(placement(parentWidget()->rect()));
}

QRect JobsPanel::placement(const QRect& window) const
{
    const int rows = m_model ? std::clamp(m_model->rowCount(), 1, MostRows) : 1;
    const QSize size(std::min(PanelWidth, window.width() - 2 * Gap),
                     HeaderHeight + rows * JobsDelegate::RowHeight + 2 * Gap);
    return {QPoint(window.right() - Gap - size.width() + 1,
                   window.bottom() - metrics::StatusBar - Gap - size.height() + 1),
            size};
}

} // namespace espalier
