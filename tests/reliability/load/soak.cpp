#include "tests/reliability/load/soak.h"

#include "core/base/system.h"
#include "tests/core/project/project_fixture.h"
#include "ui/shell/project_session.h"
#include "ui/shell/project_view.h"
#include "ui/shell/workbench.h"

#include <QDir>
#include <QTest>
#include <algorithm>
#include <malloc.h>

using namespace Qt::StringLiterals;

namespace espalier::load {

namespace {

constexpr QSize WindowSize(1440, 900);
constexpr int Kept = 12;       ///< experiments; older ones are deleted
constexpr int ReopenEvery = 5; ///< rounds
constexpr int Epochs = 8;
constexpr int RunMs = 60'000;

enum Tab { Datasets, Modeling, Evaluation };

void settle()
{
    QTest::qWait(5);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

double entries(const QString& folder)
{
    return double(
        QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
}

void waitUntil(const char* what, const std::function<bool()>& holds)
{
    if (!QTest::qWaitFor(holds, RunMs))
        qFatal("It does not come true that %s.", what);
}

} // namespace

Soak::Soak(const QString& folder)
    : m_folder(folder)
{
    open();
    const QList<DatasetRecord>& datasets = m_window->session()->document().datasets();
    if (datasets.isEmpty())
        qFatal("The project has no dataset.");
    m_dataset = datasets.first().id;
}

Soak::~Soak() = default;

void Soak::open()
{
    if (!m_window) {
        m_window = std::make_unique<MainWindow>(projectViews());
        m_window->resize(WindowSize);
        m_window->show();
        m_hands = std::make_unique<MouseHands>(*m_window);
    }
    m_window->openProject(m_folder);
    if (!m_window->session())
        qFatal("The project does not open.");
}

void Soak::queue(int number)
{
    RunSettings settings;
    settings.epochs = Epochs;
    settings.batchSize = 8;
    ProjectDocument& document = m_window->session()->document();
    m_newest = valueOf(document.createExperiment(u"Soak %1"_s.arg(number), m_dataset, pointGraph(),
                                                 settings))
                   .id;
    require(m_window->session()->runs().enqueue(m_newest));
}

/// What a person looks at while it runs.
void Soak::visit(int number)
{
    Workbench& workbench = *m_window->workbench();
    const QList<ExperimentRecord>& experiments = m_window->session()->document().experiments();
    const ExperimentId other = experiments.at(number % experiments.size()).id;
    for (const Tab tab : {Datasets, Modeling, Evaluation}) {
        workbench.setFront(tab);
        settle();
        workbench.view(tab).showDataset(m_dataset);
        workbench.view(tab).showExperiment(other);
        settle();
        workbench.view(tab).showExperiment(m_newest);
        settle();
    }
    workbench.setInformationOpen(number % 2 == 0);
    for (QAction* page : workbench.view(Evaluation).actions().mid(0, 3)) {
        page->trigger();
        settle();
    }
}

void Soak::compare()
{
    const QList<ExperimentRecord>& experiments = m_window->session()->document().experiments();
    if (experiments.size() < 2)
        return;
    const QList<QAction*> pages = m_window->workbench()->view(Evaluation).actions();
    pages.at(1)->trigger(); // Compare, where experiments can be ticked
    settle();
    const QStringList names{experiments[0].name, experiments[1].name};
    for (const QString& name : names)
        if (!m_hands->tick(u"Experiments"_s, name))
            qFatal("%s", qUtf8Printable(m_hands->failure()));
    for (const QString& name : names)
        if (m_hands->tick(u"Experiments"_s, name))
            qFatal("%s is still ticked.", qUtf8Printable(name));
    pages.first()->trigger(); // Curves
    settle();
}

void Soak::deleteOldest()
{
    ProjectDocument& document = m_window->session()->document();
    while (document.experiments().size() > Kept)
        require(document.deleteExperiment(document.experiments().last().id));
    settle();
}

Sample Soak::sample(const QString& activity)
{
    settle();
    m_heart.stop();
    malloc_trim(0); // what is free already is no leak
    return {double(currentMemoryBytes()) / (1 << 20), entries(u"/proc/self/fd"_s),
            entries(u"/proc/self/task"_s), m_heart.longest().at(activity)};
}

Sample Soak::round(int number)
{
    const QString activity = u"round %1"_s.arg(number);
    m_heart.begin(activity);
    queue(number);
    visit(number);
    waitUntil("the run has ended", [this] { return !m_window->session()->runs().current(); });
    const ExperimentRecord& done = *m_window->session()->document().experiment(m_newest);
    if (done.state != RunState::Completed)
        qFatal("%s has not completed: %s", qUtf8Printable(done.name), qUtf8Printable(done.error));
    compare();
    deleteOldest();
    if (number % ReopenEvery == 0) {
        m_window->closeProject();
        settle();
        open();
    }
    return sample(activity);
}

} // namespace espalier::load
