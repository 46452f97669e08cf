#pragma once

#include <QWidget>

class QAction;
class QLineEdit;
class QSortFilterProxyModel;

namespace espalier {

class Banner;
class ProjectCommands;
class ProjectList;
class ProjectListModel;
class TextLabel;

/// What the window shows while no project is open: three ways to begin, and the recent projects.
class ProjectsPage final : public QWidget {
    Q_OBJECT
public:
    /// The three actions are those of the buttons: new, open, sample.
    ProjectsPage(ProjectCommands& commands, const QList<QAction*>& ways, QWidget* parent = nullptr);

    void reload();
    void sayError(const QString& sentence); ///< empty takes it away
    [[nodiscard]] QString errorSentence() const;
    [[nodiscard]] ProjectListModel& model() { return *m_model; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void createLayout(const QList<QAction*>& ways);
    [[nodiscard]] QWidget* createIntroduction(const QList<QAction*>& ways);
    void connectList();
    void refresh();
    void showMenu(const QModelIndex& index, QPoint position);

    ProjectCommands& m_commands;
    ProjectListModel* m_model;
    QSortFilterProxyModel* m_found;
    Banner* m_banner;
    QWidget* m_recent; ///< heading and search
    QLineEdit* m_search = nullptr;
    ProjectList* m_list;
    TextLabel* m_nothing;
};

} // namespace espalier
