#include "ui/shell/shell_actions.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QMenu>
#include <QUndoGroup>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MostTabs = 9;

} // namespace

ShellActions::ShellActions(QWidget* window)
    : QObject(window)
    , m_window(window)
    , m_undoGroup(new QUndoGroup(this))
{
    newProject = add(tr("New project…"), {QKeySequence(u"Ctrl+Shift+N"_s)}, u"plus"_s);
    openProject = add(tr("Open…"), {QKeySequence(QKeySequence::Open)}, u"folder"_s);
    openProject->setToolTip(tr("Open a project from its folder"));
    openSample = add(tr("Open sample project"), {}, u"leaf"_s);
    openSample->setToolTip(tr("Images of clothes that Espalier draws itself: no download"));
    closeProject = add(tr("All projects"), {QKeySequence(u"Ctrl+Shift+P"_s)}, u"chevron-left"_s);
    undo = m_undoGroup->createUndoAction(this, tr("Undo"));
    redo = m_undoGroup->createRedoAction(this, tr("Redo"));
    undo->setShortcut(QKeySequence(u"Ctrl+Z"_s));
    redo->setShortcuts({QKeySequence(u"Ctrl+Shift+Z"_s), QKeySequence(u"Ctrl+Y"_s)});
    undo->setIcon(themeIcon(u"undo"_s));
    redo->setIcon(themeIcon(u"redo"_s));
    for (QAction* action : {undo, redo}) {
        m_window->addAction(action);
        m_actions.append(action);
    }
    inspector = add(tr("Hide Inspector"), {QKeySequence(u"Ctrl+I"_s)}, u"inspector"_s);
    information = addCheckable(tr("Information"), {QKeySequence(u"Ctrl+Shift+I"_s)}, u"info"_s);
    log = add(tr("Log"), {QKeySequence(u"Ctrl+Shift+L"_s)}, u"log"_s);
    jobs = add(tr("Runs and imports"), {QKeySequence(u"Ctrl+J"_s)}, u"queue"_s);
    nextArea = add(tr("Next column"), {QKeySequence(Qt::Key_F6)});
    previousArea = add(tr("Previous column"), {QKeySequence(u"Shift+F6"_s)});
    search = add(tr("Search commands…"), {QKeySequence(u"Ctrl+K"_s)}, u"search"_s);
    help = addCheckable(tr("Tutorial"), {QKeySequence(Qt::Key_F1)}, u"help"_s);
    otherTheme = add({}, {}, u"theme"_s);
    preferences = add(tr("Preferences…"), {QKeySequence(u"Ctrl+,"_s)}, u"settings"_s);
    quit = add(tr("Quit"), {QKeySequence(u"Ctrl+Q"_s)});
    quit->setMenuRole(QAction::QuitRole);
    preferences->setMenuRole(QAction::PreferencesRole);
    setDark(Theme::of(window->palette()).isDark());
    setProjectOpen(false);
}

QAction* ShellActions::add(const QString& text, const QList<QKeySequence>& shortcuts,
                           const QString& icon)
{
    auto* action = new QAction(text, this);
    action->setShortcuts(shortcuts);
    if (!icon.isEmpty())
        action->setIcon(themeIcon(icon));
    m_window->addAction(action);
    m_actions.append(action);
    return action;
}

QAction* ShellActions::addCheckable(const QString& text, const QList<QKeySequence>& shortcuts,
                                    const QString& icon)
{
    QAction* action = add(text, shortcuts, icon);
    action->setCheckable(true);
    return action;
}

QAction* ShellActions::addTab(const QString& title, int index)
{
    auto* action = new QAction(tr("Go to %1").arg(title), this);
    if (index < MostTabs)
        action->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(index + 1)));
    m_window->addAction(action);
    m_tabs.append(action);
    return action;
}

void ShellActions::clearTabs()
{
    qDeleteAll(m_tabs);
    m_tabs.clear();
}

void ShellActions::setProjectOpen(bool open)
{
    for (QAction* action : {closeProject, inspector, information, log, jobs})
        action->setEnabled(open);
}

void ShellActions::setDark(bool dark)
{
    otherTheme->setText(dark ? tr("Light theme") : tr("Dark theme"));
}

QList<QAction*> ShellActions::all() const
{
    return m_tabs + m_actions;
}

QMenu* ShellActions::createMenu()
{
    auto* menu = new QMenu(m_window);
    menu->addActions({closeProject, newProject, openProject, openSample});
    menu->addSeparator();
    menu->addActions({search, help, log, otherTheme, preferences});
    menu->addSeparator();
    menu->addAction(quit);
    return menu;
}

} // namespace espalier
