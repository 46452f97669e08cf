#include "core/project/jobs/prediction_service.h"
#include "core/project/jobs/run_controller.h"
#include "tests/benchmarks/window/heartbeat.h"
#include "tests/benchmarks/window/measurements.h"
#include "tests/benchmarks/window/training_window.h"
#include "tests/ui/datasets/datasets_bench.h"
#include "ui/datasets/datasets_view.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Rows = 70'000;
constexpr int ManyRows = 10'000'000;
constexpr int SmallRows = 600;

/// A Datasets view on a project, in a window of its own.
class ShownDatasets {
public:
    explicit ShownDatasets(const QString& folder)
        : m_document(valueOf(ProjectDocument::open(folder)))
        , m_imports(*m_document)
        , m_runs(*m_document)
        , m_predictions(*m_document)
        , m_view({*m_document, m_imports, m_runs, m_predictions})
    {
        auto* columns = new QHBoxLayout(&m_window);
        for (QWidget* column : {m_view.sidebar(), m_view.centre(), m_view.inspector()})
            columns->addWidget(column);
        m_window.resize(1280, 724);
        m_window.show();
    }

    void show(DatasetId dataset) { m_view.showDataset(dataset); }

    void waitForTable(int rows)
    {
        waitUntil("the rows are there", [&] {
            m_table = m_view.centre()->findChild<QTableView*>();
            return m_table && m_table->isVisible() && m_table->model()->rowCount() >= rows;
        });
    }
    [[nodiscard]] QTableView& table() const { return *m_table; }
    void draw() { m_window.grab(); }

private:
    std::unique_ptr<ProjectDocument> m_document;
    DatasetImports m_imports;
    RunController m_runs;
    PredictionService m_predictions;
    QWidget m_window;
    DatasetsView m_view;
    QTableView* m_table = nullptr;
};

double millisecondsOf(const QElapsedTimer& clock)
{
    return double(clock.nsecsElapsed()) * 1e-6;
}

Figure measureOpening(const QString& folder, DatasetId dataset)
{
    constexpr int Rounds = 5;
    QList<double> times;
    for (int round = 0; round < Rounds; ++round) {
        QElapsedTimer clock;
        clock.start();
        ShownDatasets shown(folder);
        shown.show(dataset);
        shown.waitForTable(Rows);
        shown.draw();
        times.append(millisecondsOf(clock));
        QTest::qWait(500);
    }
    std::ranges::sort(times);
    return {u"Dataset of 70,000 rows: opened and drawn"_s, times[Rounds / 2], 300, u"ms"_s,
            u"with its project; longest %1 ms"_s.arg(times.constLast(), 0, 'f', 1)};
}

/// The time that a jump to another place takes until it is drawn.
double timeOfJump(QTableView& table)
{
    constexpr int Jumps = 100;
    QScrollBar& bar = *table.verticalScrollBar();
    QElapsedTimer clock;
    clock.start();
    for (qint64 jump = 1; jump <= Jumps; ++jump) {
        bar.setValue(int(jump * 7'919'317 % bar.maximum()));
        table.viewport()->repaint();
    }
    return millisecondsOf(clock) / Jumps;
}

/// From a small dataset to one of very many rows.
QList<Figure> measureManyRows(const QString& folder, DatasetId small, DatasetId large)
{
    ShownDatasets shown(folder);
    shown.show(small);
    shown.waitForTable(1);
    QTest::qWait(500);
    Heartbeat heartbeat;
    heartbeat.begin(u"opening"_s);
    QElapsedTimer clock;
    clock.start();
    shown.show(large);
    shown.waitForTable(SmallRows + 1);
    shown.draw();
    const double opened = millisecondsOf(clock);
    shown.waitForTable(ManyRows);
    const double whole = millisecondsOf(clock);
    QTest::qWait(1'000);
    heartbeat.stop();
    return {
        {u"Dataset of 10,000,000 rows: opened and drawn"_s, opened, 300, u"ms"_s,
         u"all rows after %1 ms"_s.arg(whole, 0, 'f', 0)},
        {u"Dataset of 10,000,000 rows: longest stall"_s, heartbeat.longest().at(u"opening"_s), 50,
         u"ms"_s},
        {u"Dataset of 10,000,000 rows: a jump, drawn"_s, timeOfJump(shown.table()), 16, u"ms"_s}};
}

} // namespace

QList<Figure> measureDataset(const BenchProject& project)
{
    DatasetsBench bench;
    const DatasetId garments = bench.addClothes(u"Large"_s, Rows).id;
    DatasetsBench many;
    const DatasetId small = many.addClothes(u"Small"_s, SmallRows).id;
    const auto store = many.writer();
    DatasetsBench::addNumbers(*store, u"number"_s, ManyRows);
    DatasetsBench::addTexts(*store, u"category"_s, {u"a"_s, u"b"_s, u"c"_s}, ManyRows);
    const DatasetId large = many.add(u"Larger"_s, *store).id;
    const TrainingWindow training(project);
    return QList<Figure>{measureOpening(bench.project.folder(), garments)} +
           measureManyRows(many.project.folder(), small, large);
}

} // namespace espalier
