#include "tests/benchmarks/window/measurements.h"
#include "tests/benchmarks/window/training_window.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_session.h"
#include "ui/shell/project_view.h"

#include <QElapsedTimer>
#include <QPushButton>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QPushButton& stopButton(const OpenWindow& open)
{
    const QList<QPushButton*> buttons =
        open.view(OpenWindow::Evaluation).inspector()->findChildren<QPushButton*>();
    const auto found = std::ranges::find(buttons, u"Stop"_s, &QPushButton::text);
    if (found == buttons.end() || !(*found)->isVisible())
        qFatal("There is no button Stop.");
    return **found;
}

} // namespace

QList<Figure> measureStop(const BenchProject& project)
{
    constexpr int Rounds = 5;
    QList<double> times;
    for (int round = 0; round < Rounds; ++round) {
        const TrainingWindow training(project);
        training.goTo(OpenWindow::Evaluation);
        training.view(OpenWindow::Evaluation).showExperiment(training.running());
        QTest::qWait(700 + 300 * round); // other places of an epoch
        RunController& runs = training.session().runs();
        QPushButton& stop = stopButton(training);
        QElapsedTimer clock;
        clock.start();
        QTest::mouseClick(&stop, Qt::LeftButton);
        const bool ended = QTest::qWaitFor(
            [&] { return runs.state(training.running()) == RunState::Stopped; }, 20'000);
        if (!ended)
            qFatal("The run does not stop.");
        times.append(double(clock.nsecsElapsed()) * 1e-6);
    }
    std::ranges::sort(times);
    return {{u"Stop: from the click until the run has ended"_s, times[Rounds / 2], 200, u"ms"_s,
             u"median of %1, longest %2 ms"_s.arg(Rounds).arg(times.constLast(), 0, 'f', 1)}};
}

} // namespace espalier
