#pragma once

#include "core/base/issue.h"

#include <QTimer>
#include <QWidget>

class QListView;
class QStackedWidget;
class QToolButton;

namespace espalier {

class EmptyState;
class IssueModel;
class LogModel;
class TabStrip;

/// The panel under the centre: what must still be done, and the log. As high as its rows need,
/// from 108 to 240 px.
class InformationPanel final : public QWidget {
    Q_OBJECT
public:
    enum class Page { Information, Log };

    explicit InformationPanel(QWidget* parent = nullptr);

    /// Those of the view in front.
    void setIssues(const QList<Issue>& issues);
    /// Stays in the list until it is cleared.
    void addMessage(const Issue& message);
    /// Issues and messages, as listed.
    [[nodiscard]] const QList<Issue>& issues() const;
    void showPage(Page page);
    [[nodiscard]] Page page() const;
    /// Gives the list in front the focus.
    void focusList();

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void issueActivated(const espalier::Issue& issue);
    void issuesChanged(); ///< issues()
    void closeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void createLayout();
    [[nodiscard]] QListView* createList(const QString& name);
    void refresh();
    void readLog();

    IssueModel* m_model;
    LogModel* m_log;
    QListView* m_list = nullptr;
    QListView* m_logList = nullptr;
    QWidget* m_nothing = nullptr;
    QStackedWidget* m_pages = nullptr;
    TabStrip* m_tabs = nullptr;
    QToolButton* m_clear = nullptr;
    QList<Issue> m_issues;
    QList<Issue> m_messages; ///< newest first
    QTimer m_logTick;
};

} // namespace espalier
