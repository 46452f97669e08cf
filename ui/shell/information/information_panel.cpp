#include "ui/shell/information/information_panel.h"

#include "ui/shell/information/information_models.h"
#include "ui/shell/information/issue_delegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPainter>
#include <QStackedWidget>
#include <algorithm>

using namespace std::chrono_literals;

namespace espalier {

namespace {

constexpr int HeaderHeight = 40;
constexpr int SmallestHeight = 108;
constexpr int LargestHeight = 240;
constexpr qsizetype MostMessages = 100;

} // namespace

InformationPanel::InformationPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new IssueModel(this))
    , m_log(new LogModel(this))
{
    createLayout();
    m_logTick.setInterval(1s);
    connect(&m_logTick, &QTimer::timeout, this, &InformationPanel::readLog);
    refresh();
}

void InformationPanel::createLayout()
{
    m_tabs = new TabStrip(this);
    m_tabs->addTab(tr("Information"));
    m_tabs->addTab(tr("Log"));
    m_tabs->setFixedHeight(HeaderHeight);
    m_clear = createIconButton(QStringLiteral("trash"), tr("Clear messages"), this);
    connect(m_clear, &QToolButton::clicked, this, [this] {
        m_messages.clear();
        refresh();
    });
    QToolButton* close = createIconButton(QStringLiteral("close"), tr("Close the panel"), this);
    connect(close, &QToolButton::clicked, this, &InformationPanel::closeRequested);
    auto* header = new QHBoxLayout;
    header->setContentsMargins(metrics::PanelPadding, 0, 10, 0);
    header->setSpacing(4);
    header->addWidget(m_tabs);
    header->addStretch();
    header->addWidget(m_clear);
    header->addWidget(close);

    m_list = createList(tr("Information"));
    m_list->setModel(m_model);
    const auto activate = [this](const QModelIndex& index) {
        Q_EMIT issueActivated(m_model->issues().at(index.row()));
    };
    connect(m_list, &QListView::clicked, this, activate);
    connect(m_list, &QListView::activated, this, activate);
    m_logList = createList(tr("Log"));
    m_logList->setModel(m_log);
    auto* nothing = new TextLabel(tr("Nothing left to do"), TextStyle::Body, Role::TextSecondary);
    nothing->setAlignment(Qt::AlignCenter);
    m_nothing = nothing;
    m_pages = new QStackedWidget(this);
    for (QWidget* page :
         {static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_logList), m_nothing})
        m_pages->addWidget(page);
    connect(m_tabs, &TabStrip::currentChanged, this, [this] { refresh(); });

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 4);
    layout->setSpacing(0);
    layout->addLayout(header);
    layout->addWidget(m_pages);
}

QListView* InformationPanel::createList(const QString& name)
{
    auto* list = new QListView;
    list->setAccessibleName(name);
    list->setItemDelegate(new IssueDelegate(list));
    list->setFrameShape(QFrame::NoFrame);
    list->setUniformItemSizes(true);
    list->setMouseTracking(true);
    list->viewport()->setAutoFillBackground(false);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    return list;
}

void InformationPanel::setIssues(const QList<Issue>& issues)
{
    m_issues = issues;
    refresh();
}

void InformationPanel::addMessage(const Issue& message)
{
    m_messages.removeAll(message);
    m_messages.prepend(message);
    m_messages.resize(std::min(m_messages.size(), MostMessages));
    refresh();
}

const QList<Issue>& InformationPanel::issues() const
{
    return m_model->issues();
}

void InformationPanel::refresh()
{
    QList<Issue> all = m_issues + m_messages;
    std::ranges::stable_sort(all, {}, &Issue::level); // what is wrong comes first
    m_model->setIssues(all);
    if (page() == Page::Log)
        readLog();
    m_clear->setVisible(page() == Page::Information && !m_messages.isEmpty());
    if (page() == Page::Log)
        m_pages->setCurrentWidget(m_logList);
    else
        m_pages->setCurrentWidget(m_model->rowCount() > 0 ? m_list : m_nothing);
    setFixedHeight(sizeHint().height());
    Q_EMIT issuesChanged();
}

void InformationPanel::showPage(Page page)
{
    m_tabs->setCurrentIndex(int(page));
    refresh();
}

InformationPanel::Page InformationPanel::page() const
{
    return Page(std::max(0, m_tabs->currentIndex()));
}

void InformationPanel::focusList()
{
    m_pages->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

QSize InformationPanel::sizeHint() const
{
    const int rows =
        page() == Page::Log ? LargestHeight / IssueDelegate::RowHeight : m_model->rowCount();
    return {metrics::Inspector, std::clamp(HeaderHeight + 5 + rows * IssueDelegate::RowHeight,
                                           SmallestHeight, LargestHeight)};
}

void InformationPanel::readLog()
{
    m_log->setEntries(recentLog());
}

void InformationPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    readLog();
    m_logTick.start();
}

void InformationPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_logTick.stop();
}

void InformationPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::of(palette());
    painter.fillRect(rect(), theme.color(Role::Window));
    painter.fillRect(0, 0, width(), 1, theme.color(Role::Border));
}

} // namespace espalier
