#include "core/project/jobs/prediction_service.h"
#include "core/project/jobs/run_controller.h"
#include "tests/benchmarks/window/measurements.h"
#include "tests/benchmarks/window/training_window.h"
#include "tests/ui/datasets/datasets_bench.h"
#include "ui/datasets/datasets_view.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QTableView>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Rows = 70'000;

/// Makes a Datasets view on the project, until its table of all rows is drawn.
double timeToOpen(const QString& folder)
{
    QElapsedTimer clock;
    clock.start();
    const auto document = valueOf(ProjectDocument::open(folder));
    DatasetImports imports(*document);
    RunController runs(*document);
    PredictionService predictions(*document);
    QWidget window;
    DatasetsView view({*document, imports, runs, predictions});
    auto* columns = new QHBoxLayout(&window);
    for (QWidget* column : {view.sidebar(), view.centre(), view.inspector()})
        columns->addWidget(column);
    window.resize(1280, 724);
    window.show();
    view.showDataset(document->datasets().constFirst().id);
    const auto isThere = [&] {
        const auto* table = view.centre()->findChild<QTableView*>();
        return table && table->isVisible() && table->model()->rowCount() == Rows;
    };
    waitUntil("the rows are there", isThere);
    window.grab();
    return double(clock.nsecsElapsed()) * 1e-6;
}

} // namespace

QList<Figure> measureDataset(const BenchProject& project)
{
    constexpr int Rounds = 5;
    DatasetsBench bench;
    bench.addClothes(u"Large"_s, Rows);
    const TrainingWindow training(project);
    QList<double> times;
    for (int round = 0; round < Rounds; ++round) {
        times.append(timeToOpen(bench.project.folder()));
        QTest::qWait(500);
    }
    std::ranges::sort(times);
    return {{u"Dataset of 70,000 rows: opened and drawn"_s, times[Rounds / 2], 300, u"ms"_s,
             u"with its project; longest %1 ms"_s.arg(times.constLast(), 0, 'f', 1)}};
}

} // namespace espalier
