#include "core/project/documents/experiment_document.h"
#include "tests/benchmarks/window/bench_project.h"
#include "tests/benchmarks/window/heartbeat.h"
#include "tests/benchmarks/window/measurements.h"
#include "tests/benchmarks/window/training_window.h"
#include "tests/core/project/project_fixture.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_session.h"
#include "ui/shell/project_view.h"

#include <QTest>
#include <functional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

struct Activity {
    QString name;
    std::function<void(const TrainingWindow&, ExperimentId other)> perform;
};

void watchCurves(const TrainingWindow& training, ExperimentId)
{
    training.goTo(OpenWindow::Evaluation);
    training.view(OpenWindow::Evaluation).showExperiment(training.running());
    training.action(u"Curves"_s).trigger();
    QTest::qWait(6'000);
}

void switchTabs(const TrainingWindow& training, ExperimentId)
{
    for (int round = 0; round < 5; ++round)
        for (const OpenWindow::Tab tab : OpenWindow::Tabs) {
            training.goTo(tab);
            QTest::qWait(200);
        }
}

void edit(const TrainingWindow& training, ExperimentId other)
{
    training.goTo(OpenWindow::Modeling);
    training.view(OpenWindow::Modeling).showExperiment(other);
    QTest::qWait(300);
    auto* canvas = training.window().findChild<ModelCanvas*>();
    for (int round = 0; round < 8; ++round) {
        canvas->addBlock(u"dense"_s);
        QTest::qWait(300);
        canvas->document()->undoStack().undo();
        QTest::qWait(300);
    }
}

void chooseExperiments(const TrainingWindow& training, ExperimentId)
{
    training.goTo(OpenWindow::Evaluation);
    const QList<ExperimentRecord> experiments = training.session().document().experiments();
    for (int i = 0; i < 10; ++i) {
        training.view(OpenWindow::Evaluation).showExperiment(experiments.at(i * 3).id);
        QTest::qWait(150);
    }
}

void openPredictions(const TrainingWindow& training, ExperimentId)
{
    training.goTo(OpenWindow::Evaluation);
    training.view(OpenWindow::Evaluation).showExperiment(training.running());
    for (int round = 0; round < 3; ++round) {
        training.action(u"Predictions"_s).trigger();
        QTest::qWait(2'500);
        training.action(u"Curves"_s).trigger();
        QTest::qWait(300);
    }
}

const QList<Activity>& activities()
{
    static const QList<Activity> list{
        {u"live curves"_s, watchCurves},         {u"tabs"_s, switchTabs},
        {u"editing another experiment"_s, edit}, {u"choosing experiments"_s, chooseExperiments},
        {u"predictions"_s, openPredictions},
    };
    return list;
}

} // namespace

QList<Figure> measureStalls(const BenchProject& project)
{
    const TrainingWindow training(project);
    const ExperimentId other = valueOf(training.session().document().createExperiment(
                                           u"Edited %1"_s.arg(training.running().value()),
                                           project.dataset(), BenchProject::network()))
                                   .id;
    Heartbeat heart;
    for (const Activity& activity : activities()) {
        heart.begin(activity.name);
        activity.perform(training, other);
    }
    heart.stop();
    QList<Figure> figures;
    for (const auto& [activity, gap] : heart.longest())
        figures.append({u"Longest stall while training: "_s + activity, gap, 50, u"ms"_s});
    return figures;
}

} // namespace espalier
