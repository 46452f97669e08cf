#pragma once

#include "core/project/records.h"

#include <QAction>
#include <memory>

namespace espalier {

class BenchProject;
class MainWindow;
class ProjectSession;
class ProjectView;

/// The window of the program with the project open.
class OpenWindow {
public:
    explicit OpenWindow(const BenchProject& project);
    ~OpenWindow();

    enum Tab { Datasets, Modeling, Evaluation };
    static constexpr Tab Tabs[] = {Datasets, Modeling, Evaluation};

    [[nodiscard]] MainWindow& window() const { return *m_window; }
    [[nodiscard]] ProjectSession& session() const;
    /// By the action that the menus show.
    void goTo(Tab tab) const;
    [[nodiscard]] ProjectView& view(Tab tab) const;
    /// An action of the window or of the view in front, by its text; ends the program without it.
    [[nodiscard]] QAction& action(const QString& text) const;

private:
    std::unique_ptr<MainWindow> m_window;
};

/// The same while a run of the CNN snippet trains with every processor; ended with the window.
class TrainingWindow final : public OpenWindow {
public:
    /// Returns when the first epoch is done.
    explicit TrainingWindow(const BenchProject& project);
    ~TrainingWindow();

    [[nodiscard]] ExperimentId running() const { return m_running; }

private:
    ExperimentId m_running;
};

/// Ends the program with a sentence when the condition does not come true.
void waitUntil(const char* what, const std::function<bool()>& holds, int milliseconds = 60'000);

} // namespace espalier
