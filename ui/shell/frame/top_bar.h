#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QMenu;
class QPushButton;
class QToolButton;

namespace espalier {

class FlatButton;
class TabStrip;

/// The bar of 48 px: mark and name (a menu) over the left list, tabs from the edge of the centre,
/// the toggle of the Inspector at the edge of its column, the main action at the far right with
/// the reason why it is disabled left of it.
class TopBar final : public QWidget {
    Q_OBJECT
public:
    explicit TopBar(QWidget* parent = nullptr);

    void setName(const QString& name);
    void setMenu(QMenu* menu);
    void setInspectorAction(QAction* action);
    [[nodiscard]] TabStrip& tabs() { return *m_tabs; }
    /// After tabs were added: Tab goes from left to right.
    void orderTabs();
    /// Tabs, toggle and main action; not on the page Projects.
    void setProjectShown(bool shown);
    /// Widths of the columns below; 0 of the Inspector: collapsed.
    void setColumns(int sidebar, int inspector);
    /// Null: none. `hasErrors`: the reason why it is disabled is an error.
    void setMainAction(QAction* action, bool hasErrors);

Q_SIGNALS:
    void reasonClicked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void createLayout();
    void showMenu();
    void refreshMain();

    FlatButton* m_name;
    TabStrip* m_tabs;
    QWidget* m_left;
    QWidget* m_right;
    QToolButton* m_inspector = nullptr;
    FlatButton* m_reason;
    QPushButton* m_main;
    QHBoxLayout* m_rightLayout = nullptr;
    QMenu* m_menu = nullptr;
    QAction* m_mainAction = nullptr;
    bool m_hasErrors = false;
    bool m_projectShown = false;
};

} // namespace espalier
