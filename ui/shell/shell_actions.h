#pragma once

#include <QList>
#include <QObject>

class QAction;
class QMenu;
class QUndoGroup;
class QWidget;

namespace espalier {

/// The actions of the window itself, with their shortcuts. Made once; the window connects them.
/// The command search and the menu of the top bar list them.
class ShellActions final : public QObject {
    Q_OBJECT
public:
    explicit ShellActions(QWidget* window);

    QAction* newProject;
    QAction* openProject;
    QAction* openSample;
    QAction* closeProject;
    QAction* inspector;   ///< its text says what it would do
    QAction* information; ///< checkable
    QAction* log;
    QAction* jobs;
    QAction* nextArea;
    QAction* previousArea;
    QAction* search;
    QAction* help;       ///< checkable
    QAction* otherTheme; ///< its text says what it would do
    QAction* preferences;
    QAction* quit;
    QAction* undo;
    QAction* redo;

    [[nodiscard]] QUndoGroup& undoGroup() { return *m_undoGroup; }
    /// Go to the tab `index`; at most nine.
    QAction* addTab(const QString& title, int index);
    void clearTabs();
    /// Enables what needs an open project.
    void setProjectOpen(bool open);
    /// Which theme is shown now.
    void setDark(bool dark);
    [[nodiscard]] QList<QAction*> all() const;
    [[nodiscard]] QMenu* createMenu();

private:
    QAction* add(const QString& text, const QList<QKeySequence>& shortcuts = {},
                 const QString& icon = {});
    QAction* addCheckable(const QString& text, const QList<QKeySequence>& shortcuts,
                          const QString& icon = {});

    QWidget* m_window;
    QUndoGroup* m_undoGroup;
    QList<QAction*> m_actions;
    QList<QAction*> m_tabs;
};

} // namespace espalier
