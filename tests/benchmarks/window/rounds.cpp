#include "core/base/system.h"
#include "tests/benchmarks/window/bench_project.h"
#include "tests/benchmarks/window/measurements.h"
#include "tests/benchmarks/window/training_window.h"
#include "tests/core/project/project_fixture.h"
#include "tests/ui/evaluation/predictions/prediction_samples.h"
#include "ui/datasets/inspector/subset_dialog.h"
#include "ui/datasets/reports/report_dialog.h"
#include "ui/datasets/reports/report_models.h"
#include "ui/evaluation/predictions/examples/example_dialog.h"
#include "ui/evaluation/predictions/newfiles/predict_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_session.h"
#include "ui/shell/project_view.h"

#include <QApplication>
#include <QDialog>
#include <QPixmapCache>
#include <QTest>
#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Warm = 20;
constexpr int Last = 100;
constexpr double Limit = 8; // kB a round: less than one kept widget with its layout

void settle()
{
    QTest::qWait(2);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

qint64 memory()
{
    settle();
    QPixmapCache::clear(); // what styles have drawn: Qt keeps 10 MB of it
#ifdef __GLIBC__
    malloc_trim(0); // what is free already is no leak
#endif
    return currentMemoryBytes();
}

Figure measureRound(const QString& what, const std::function<void()>& round)
{
    qint64 before = 0;
    for (int number = 1; number <= Last; ++number) {
        round();
        settle();
        if (number == Warm)
            before = memory();
    }
    return {u"Memory a round: "_s + what, double(memory() - before) / 1024 / (Last - Warm), Limit,
            u"kB"_s};
}

/// Opens a dialog or panel and closes it.
struct Opener {
    OpenWindow::Tab tab;
    QString action;
};

const QList<Opener>& openers()
{
    static const QList<Opener> list{
        {OpenWindow::Datasets, u"Preferences…"_s},
        {OpenWindow::Datasets, u"New project…"_s},
        {OpenWindow::Datasets, u"New dataset"_s},
        {OpenWindow::Datasets, u"Statistics"_s},
        {OpenWindow::Datasets, u"Tutorial"_s},
        {OpenWindow::Datasets, u"Information"_s},
        {OpenWindow::Modeling, u"New experiment"_s},
        {OpenWindow::Modeling, u"Duplicate…"_s},
        {OpenWindow::Modeling, u"Notes…"_s},
        {OpenWindow::Modeling, u"Delete…"_s},
        {OpenWindow::Modeling, u"Runs and imports"_s},
        {OpenWindow::Modeling, u"Search commands…"_s},
    };
    return list;
}

qsizetype visibleWidgets()
{
    return std::ranges::count_if(QApplication::allWidgets(), &QWidget::isVisible);
}

void openAndClose(const OpenWindow& open, QAction& action)
{
    open.window().activateWindow(); // as a window manager does when a dialog has closed
    settle();
    const qsizetype before = visibleWidgets();
    action.trigger();
    settle();
    if (visibleWidgets() == before)
        qFatal("“%s” shows nothing.", qPrintable(action.text()));
    if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget()))
        return dialog->reject();
    if (action.isCheckable())
        return action.trigger();
    QTest::keyClick(open.window().focusWidget(), Qt::Key_Escape);
}

/// The dialogs that need predictions or an open version, made as the views make them.
QList<std::pair<QString, std::function<QDialog*(QWidget*)>>> dialogs(const OpenWindow& open)
{
    const PredictionsPtr predictions = classSample(10, 1'000);
    ExampleList examples(1'000);
    std::iota(examples.begin(), examples.end(), 0);
    ProjectDocument& project = open.session().document();
    const auto dataset = valueOf(project.openDataset(project.datasets().constFirst().id));
    const QList<FeatureDescription> features = dataset->features();
    return {
        {u"“Example”"_s,
         [=](QWidget* window) { return new ExampleDialog(predictions, examples, 0, window); }},
        {u"“Predict” on files"_s,
         [=](QWidget* window) {
             return new PredictDialog({}, {features[0]}, u"Network 1"_s, window);
         }},
        {u"“Predict” on values"_s,
         [=](QWidget* window) { return new PredictDialog({}, features, u"Network 1"_s, window); }},
        {u"“New subset”"_s, [=](QWidget* window) { return new SubsetDialog(dataset, -1, window); }},
        {u"“Problems”"_s,
         [=](QWidget* window) {
             return new ReportDialog(u"Problems"_s, u"of an import"_s, new ProblemsModel({}),
                                     u"problems.csv"_s, window);
         }},
    };
}

QList<Figure> measureDialogs(const OpenWindow& open)
{
    QList<Figure> figures;
    for (const auto& [name, make] : dialogs(open))
        figures.append(measureRound(name, [&open, &make] {
            QDialog* dialog = make(&open.window());
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->open();
            settle();
            dialog->reject();
        }));
    return figures;
}

QList<Figure> measureViews(const OpenWindow& open)
{
    const ProjectView& evaluation = open.view(OpenWindow::Evaluation);
    QList<Figure> figures;
    for (const OpenWindow::Tab tab : OpenWindow::Tabs)
        figures.append(measureRound(u"tab "_s + open.view(tab).title(), [&] {
            open.goTo(tab == OpenWindow::Datasets ? OpenWindow::Modeling : OpenWindow::Datasets);
            open.goTo(tab);
        }));
    for (const QAction* page : evaluation.actions().mid(0, 3))
        figures.append(measureRound(u"page "_s + page->text(), [&] {
            open.action(u"Curves"_s).trigger();
            open.action(page->text() == u"Curves" ? u"Compare"_s : page->text()).trigger();
        }));
    return figures;
}

} // namespace

QList<Figure> measureRounds(const BenchProject& project)
{
    const OpenWindow open(project);
    const ExperimentId first = open.session().document().experiments().constFirst().id;
    open.view(OpenWindow::Modeling).showExperiment(first);
    open.view(OpenWindow::Evaluation).showExperiment(first);
    QList<Figure> figures = measureViews(open);
    for (const Opener& opener : openers()) {
        open.goTo(opener.tab);
        QAction& action = open.action(opener.action);
        figures.append(
            measureRound(u"“%1”"_s.arg(opener.action), [&] { openAndClose(open, action); }));
    }
    return figures + measureDialogs(open);
}

QList<Figure> measureProjects(const BenchProject& project)
{
    const OpenWindow open(project);
    return {measureRound(u"a project opened and closed"_s, [&] {
        open.window().closeProject();
        open.window().openProject(project.folder());
    })};
}

} // namespace espalier
