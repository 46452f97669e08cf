#include "tests/benchmarks/window/training_window.h"

#include "tests/benchmarks/window/bench_project.h"
#include "tests/core/project/project_fixture.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_session.h"
#include "ui/shell/workbench.h"

#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QSize WindowSize(1440, 900);

} // namespace

void waitUntil(const char* what, const std::function<bool()>& holds, int milliseconds)
{
    if (!QTest::qWaitFor(holds, milliseconds))
        qFatal("It does not come true that %s.", what);
}

OpenWindow::OpenWindow(const BenchProject& project)
    : m_window(std::make_unique<MainWindow>(projectViews()))
{
    m_window->resize(WindowSize);
    m_window->show();
    waitUntil("the window is active", [this] { return m_window->isActiveWindow(); });
    m_window->openProject(project.folder());
    if (!m_window->session())
        qFatal("The project does not open.");
}

OpenWindow::~OpenWindow() = default;

ProjectSession& OpenWindow::session() const
{
    return *m_window->session();
}

void OpenWindow::goTo(Tab tab) const
{
    action(u"Go to %1"_s.arg(view(tab).title())).trigger();
}

ProjectView& OpenWindow::view(Tab tab) const
{
    return m_window->workbench()->view(tab);
}

QAction& OpenWindow::action(const QString& text) const
{
    const QList<QAction*> actions = m_window->allActions();
    const auto found = std::ranges::find(actions, text, &QAction::text);
    if (found == actions.end())
        qFatal("There is no action %s.", qPrintable(text));
    return **found;
}

TrainingWindow::TrainingWindow(const BenchProject& project)
    : OpenWindow(project)
{
    ProjectDocument& document = session().document();
    RunSettings settings;
    settings.batchSize = 256;
    settings.epochs = 10'000;
    const QString name = u"Run %1"_s.arg(document.experiments().size());
    m_running = valueOf(document.createExperiment(name, project.dataset(), BenchProject::network(),
                                                  settings))
                    .id;
    goTo(Modeling);
    view(Modeling).showExperiment(m_running);
    waitUntil("the experiment can run", [this] { return action(u"Run"_s).isEnabled(); });
    action(u"Run"_s).trigger();
    waitUntil("an epoch is done",
              [&] { return !document.experiment(m_running)->epochs.isEmpty(); });
}

TrainingWindow::~TrainingWindow()
{
    if (session().runs().current())
        session().runs().stop(m_running);
    waitUntil("the run has ended", [this] { return !session().runs().current(); });
}

} // namespace espalier
