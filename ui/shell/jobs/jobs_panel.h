#pragma once

#include "ui/shell/frame/overlay_panel.h"

class QListView;
class QToolButton;

namespace espalier {

class JobsModel;

/// What is at work and what waits, over the right end of the status bar: re-order (buttons,
/// Alt+Up and Alt+Down, drag), pause, resume, stop of the selected row.
class JobsPanel final : public OverlayPanel {
    Q_OBJECT
public:
    explicit JobsPanel(QWidget* window);

    void setModel(JobsModel* model); ///< null: no project; must live until the next call
    void openPanel();

protected:
    [[nodiscard]] QRect placement(const QRect& window) const override;

private:
    void createButtons();
    [[nodiscard]] QAction* addRowAction(const QString& icon, const QString& text,
                                        const QKeySequence& shortcut);
    [[nodiscard]] int row() const;
    void moveRow(int by);
    void refresh();

    JobsModel* m_model = nullptr;
    QListView* m_list;
    QWidget* m_nothing;
    QAction* m_pause = nullptr;
    QAction* m_resume = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_up = nullptr;
    QAction* m_down = nullptr;
    QList<QToolButton*> m_buttons;
};

} // namespace espalier
