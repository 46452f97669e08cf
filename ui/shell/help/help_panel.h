#pragma once

#include "ui/shell/help/tutorial.h"

#include <QTimer>
#include <QWidget>

class QScrollArea;

namespace espalier {

struct ProjectContext;
class StepRow;
class TextLabel;

/// The tutorial at the side of the window. The first open step is unfolded; a click unfolds
/// another. Ticks follow the project while the panel is visible.
class HelpPanel final : public QWidget {
    Q_OBJECT
public:
    explicit HelpPanel(QWidget* parent = nullptr);

    void setProject(const ProjectContext* context); ///< null: none; else lives until the next call
    [[nodiscard]] const QList<TutorialStep>& steps() const { return m_steps; }

Q_SIGNALS:
    void closeRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void createLayout();
    void follow(const ProjectContext& context);
    void refresh();
    void unfold(int step);

    const ProjectContext* m_context = nullptr;
    QList<TutorialStep> m_steps;
    QList<StepRow*> m_rows;
    TextLabel* m_progress = nullptr;
    QScrollArea* m_scroll = nullptr;
    QTimer m_delay;     ///< several changes in a row are looked at once
    int m_current = -1; ///< first open step, when it was last looked at
};

} // namespace espalier
