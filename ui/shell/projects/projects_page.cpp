#include "ui/shell/projects/projects_page.h"

#include "ui/shell/frame/banner.h"
#include "ui/shell/projects/project_commands.h"
#include "ui/shell/projects/project_list.h"
#include "ui/shell/projects/project_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QSortFilterProxyModel>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int ColumnWidth = 720;
constexpr int TopMargin = 56;
constexpr int SearchWidth = 220;

/// Finds in name and folder.
class ProjectFilter final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        return (index.data().toString() + u'\n' +
                index.data(ProjectListModel::FolderRole).toString())
            .contains(filterRegularExpression());
    }
};

QPushButton* createWay(ButtonKind kind, QAction* action, const QString& icon, QWidget* parent)
{
    QString text = action->text();
    if (text.endsWith(u'…'))
        text.chop(1);
    QPushButton* button = createButton(kind, text, icon, parent);
    button->setFixedHeight(metrics::MainControl);
    button->setToolTip(action->toolTip());
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

ProjectsPage::ProjectsPage(ProjectCommands& commands, const QList<QAction*>& ways, QWidget* parent)
    : QWidget(parent)
    , m_commands(commands)
    , m_model(new ProjectListModel(this))
    , m_found(new ProjectFilter(this))
    , m_banner(new Banner(this))
    , m_recent(new QWidget(this))
    , m_list(new ProjectList(this))
    , m_nothing(new TextLabel({}, TextStyle::Body, Role::TextSecondary, this))
{
    m_found->setSourceModel(m_model);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_found);
    createLayout(ways);
    connectList();
    connect(m_model, &QAbstractItemModel::modelReset, this, &ProjectsPage::refresh);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_found->setFilterFixedString(text);
        refresh();
    });
    connect(&m_commands, &ProjectCommands::listChanged, this, [this] {
        if (isVisible()) // else showing it reads the list
            reload();
    });
    connect(&m_commands, &ProjectCommands::failed, this, &ProjectsPage::sayError);
    refresh();
}

void ProjectsPage::createLayout(const QList<QAction*>& ways)
{
    QWidget* introduction = createIntroduction(ways);
    m_search = createSearchField(tr("Search projects"), m_recent);
    m_search->setFixedWidth(SearchWidth);
    auto* recent = new QHBoxLayout;
    recent->addWidget(new TextLabel(tr("Recent"), TextStyle::BodyStrong));
    recent->addStretch();
    recent->addWidget(m_search);
    auto* underlined = new QVBoxLayout(m_recent);
    underlined->setContentsMargins(0, 0, 0, 0);
    underlined->setSpacing(10);
    underlined->addLayout(recent);
    underlined->addWidget(new Hairline(Qt::Horizontal));
    auto* heading = new QVBoxLayout;
    heading->setSpacing(0);
    heading->setContentsMargins(ProjectDelegate::Inset, 0, ProjectDelegate::Inset, 6);
    heading->addWidget(introduction);
    heading->addSpacing(16);
    heading->addWidget(m_banner);
    heading->addSpacing(28);
    heading->addWidget(m_recent);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, TopMargin, 0, 24);
    column->setSpacing(0);
    column->addLayout(heading);
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing);
    column->addStretch();
    auto* centred = new QHBoxLayout(this);
    centred->setContentsMargins(16, 0, 16, 0);
    centred->addStretch(1);
    centred->addLayout(column, 1000);
    centred->addStretch(1);
    introduction->parentWidget()->setMinimumWidth(0);
    m_list->setMaximumWidth(ColumnWidth + 2 * ProjectDelegate::Inset);
    introduction->setMaximumWidth(ColumnWidth);
    m_recent->setMaximumWidth(ColumnWidth);
    m_banner->setMaximumWidth(ColumnWidth);
    m_nothing->setContentsMargins(ProjectDelegate::Inset, 16, 0, 0);
}

QWidget* ProjectsPage::createIntroduction(const QList<QAction*>& ways)
{
    auto* introduction = new QWidget(this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(createWay(ButtonKind::Main, ways.at(0), u"plus"_s, introduction));
    buttons->addWidget(createWay(ButtonKind::Normal, ways.at(1), u"folder"_s, introduction));
    buttons->addWidget(createWay(ButtonKind::Normal, ways.at(2), u"leaf"_s, introduction));
    buttons->addStretch();
    auto* layout = new QVBoxLayout(introduction);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new TextLabel(tr("Projects"), TextStyle::Title));
    layout->addSpacing(4);
    layout->addWidget(
        new TextLabel(tr("A project holds your datasets, models and evaluation in one folder."),
                      TextStyle::Body, Role::TextSecondary));
    layout->addSpacing(18);
    layout->addLayout(buttons);
    return introduction;
}

void ProjectsPage::connectList()
{
    connect(m_list, &ProjectList::openRequested, this, [this](const QModelIndex& index) {
        Q_EMIT m_commands.openRequested(index.data(ProjectListModel::FolderRole).toString());
    });
    connect(m_list, &ProjectList::locateRequested, this, [this](const QModelIndex& index) {
        m_commands.locate(index.data(ProjectListModel::FolderRole).toString());
    });
    connect(m_list, &ProjectList::menuRequested, this, &ProjectsPage::showMenu);
}

void ProjectsPage::reload()
{
    m_model->reload(m_commands.workspace());
}

void ProjectsPage::sayError(const QString& sentence)
{
    m_banner->say(sentence);
}

QString ProjectsPage::errorSentence() const
{
    return m_banner->sentence();
}

void ProjectsPage::refresh()
{
    const bool any = m_model->rowCount() > 0;
    const bool found = m_found->rowCount() > 0;
    m_recent->setVisible(any);
    m_list->setVisible(found);
    m_nothing->setVisible(any && !found);
    m_nothing->setText(tr("Nothing matches “%1”").arg(m_search->text()));
    m_list->updateGeometry();
}

void ProjectsPage::showMenu(const QModelIndex& index, QPoint position)
{
    const ProjectEntry entry = m_model->entries().at(m_found->mapToSource(index).row());
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* open = menu->addAction(tr("Open"));
    QAction* locate = menu->addAction(tr("Locate…"));
    QAction* show = menu->addAction(themeIcon(u"folder"_s), tr("Show folder"));
    menu->addSeparator();
    QAction* remove = menu->addAction(tr("Remove from list"));
    QAction* erase = menu->addAction(themeIcon(u"trash"_s), tr("Delete project…"));
    open->setVisible(!entry.missing);
    locate->setVisible(entry.missing);
    show->setVisible(!entry.missing);
    erase->setVisible(entry.inWorkspace && !entry.missing);
    connect(open, &QAction::triggered, &m_commands,
            [this, entry] { Q_EMIT m_commands.openRequested(entry.folder); });
    connect(locate, &QAction::triggered, &m_commands,
            [this, entry] { m_commands.locate(entry.folder); });
    connect(show, &QAction::triggered, &m_commands,
            [this, entry] { m_commands.showFolder(entry.folder); });
    connect(remove, &QAction::triggered, &m_commands,
            [this, entry] { m_commands.removeFromList(entry.folder); });
    connect(erase, &QAction::triggered, &m_commands,
            [this, entry] { m_commands.deleteProject(entry.name, entry.folder); });
    menu->popup(position);
}

void ProjectsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    reload();
}

void ProjectsPage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(palette()).color(Role::Surface));
}

} // namespace espalier
