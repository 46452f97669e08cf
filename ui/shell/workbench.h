#pragma once

#include "core/base/issue.h"
#include "core/project/records.h"
#include "ui/shell/view_table.h"

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

class QAction;
class QMimeData;
class QStackedWidget;

namespace espalier {

class ColumnSplitter;
class HelpPanel;
class InformationPanel;
class ProjectView;
struct ProjectContext;

/// The page of an open project: the widgets of the views as stacks in three columns, the
/// Information panel under the centre, the tutorial under the left list. Keeps which panels are
/// open and how wide the columns are in QSettings.
class Workbench final : public QWidget {
    Q_OBJECT
public:
    Workbench(const ProjectContext& context, const QList<ViewFactory>& views,
              QWidget* parent = nullptr);
    ~Workbench() override;

    [[nodiscard]] int viewCount() const { return int(m_views.size()); }
    [[nodiscard]] ProjectView& view(int index) const { return *m_views.at(size_t(index)); }
    [[nodiscard]] ProjectView& front() const { return view(m_front); }
    [[nodiscard]] int frontIndex() const { return m_front; }
    void setFront(int index);

    [[nodiscard]] bool isInspectorOpen() const;
    void setInspectorOpen(bool open);
    [[nodiscard]] bool isInformationOpen() const;
    void setInformationOpen(bool open);
    [[nodiscard]] bool isHelpOpen() const;
    void setHelpOpen(bool open);
    void showLog();
    /// Into log and Information panel, which opens for an error; message() follows.
    void addMessage(const Issue& issue);
    [[nodiscard]] InformationPanel& information() { return *m_information; }

    /// Columns and panels from left to right, those that are visible: F6 goes through them.
    [[nodiscard]] QList<QWidget*> areas() const;
    [[nodiscard]] int sidebarWidth() const;
    [[nodiscard]] int inspectorWidth() const; ///< 0: collapsed

    /// Asks the view in front, then the others; the one that takes it comes to the front.
    bool acceptDrop(const QMimeData& dropped);

Q_SIGNALS:
    void frontChanged();  ///< front(), also its undo stack
    void issuesChanged(); ///< of the Information panel
    void message(const espalier::Issue& issue);
    void panelsChanged();  ///< an is…Open()
    void columnsChanged(); ///< widths

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void createLayout();
    void addViews(const ProjectContext& context, const QList<ViewFactory>& views);
    void connectView(ProjectView& view, int index);
    void followRuns(const ProjectContext& context);
    void showIn(int view, DatasetId id);
    void showIn(int view, ExperimentId id);
    void refreshIssues();
    void showInspector(bool shown);
    void applyColumns();
    void rememberColumns();

    std::vector<std::unique_ptr<ProjectView>> m_views;
    int m_front = 0;
    ColumnSplitter* m_columns = nullptr;
    QWidget* m_left = nullptr;
    QStackedWidget* m_sidebars = nullptr;
    QWidget* m_centre = nullptr;
    QStackedWidget* m_centres = nullptr;
    QStackedWidget* m_inspectors = nullptr;
    InformationPanel* m_information = nullptr;
    HelpPanel* m_help = nullptr;
    /// The view for whose sake the Information panel opened by itself: it closes when that leaves.
    std::optional<int> m_openedFor;
    int m_wantedSidebar = 0;
    int m_wantedInspector = 0;
    bool m_inspectorOpen = true; ///< as a person wants it beside views that use it
};

} // namespace espalier
