#include "core/evaluation/confusion_matrix.h"
#include "core/graph/snippets.h"
#include "tests/benchmarks/window/measurements.h"
#include "tests/benchmarks/window/training_window.h"
#include "tests/ui/evaluation/predictions/prediction_samples.h"
#include "tests/ui/modeling/canvas/canvas_fixture.h"
#include "ui/evaluation/curves/metric_chart.h"
#include "ui/evaluation/curves/metric_curves.h"
#include "ui/evaluation/predictions/matrix/matrix_view.h"

#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// The median of some frames, on the clock of the wall: the training beside them counts.
double medianTime(int frames, const std::function<void(int)>& frame)
{
    QList<double> times;
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer clock;
        clock.start();
        frame(i);
        times.append(double(clock.nsecsElapsed()) * 1e-6);
        QTest::qWait(5);
    }
    std::ranges::sort(times);
    return times[frames / 2];
}

std::vector<BatchSample> samplesOf(int epochs, int batches)
{
    std::vector<BatchSample> samples;
    for (int epoch = 1; epoch <= epochs; ++epoch)
        for (int batch = 1; batch <= batches; ++batch) {
            const double at = epoch - 1 + double(batch) / batches;
            const double noise = 0.1 * std::sin(batch * 12.9898 + epoch * 78.233);
            samples.push_back({epoch, batch, 2 * std::exp(-at / 300) + 0.2 + noise,
                               1 - 0.6 * std::exp(-at / 300) + noise / 2, 1});
        }
    return samples;
}

Figure curveOfManySteps()
{
    constexpr int Epochs = 1'000;
    constexpr int Batches = 100;
    MetricChart chart;
    chart.resize(1100, 320);
    chart.show();
    const std::vector<BatchSample> samples = samplesOf(Epochs, Batches);
    const double time = medianTime(30, [&](int frame) {
        chart.setContent(
            MetricCurves::allBatchesContent(samples, true, Epochs, Batches, 0.6 + frame * 0.001));
        chart.viewport()->grab();
    });
    return {u"Curve of 100,000 steps: new values until drawn"_s, time, 16, u"ms"_s};
}

ModelGraph hugeGraph()
{
    ModelGraph graph;
    const ModelGraph part = findSnippet(u"resnetv2"_s)->build();
    for (int column = 0; graph.blocks().size() < 500; ++column)
        insertGraph(graph, part, {column * 2 * canvas::ColumnWidth, 0});
    return graph;
}

QList<Figure> canvasOfManyBlocks()
{
    CanvasFixture fixture(hugeGraph());
    fixture.canvas.resize(1300, 900);
    QList<Figure> figures;
    for (const double zoom : {1.0, 0.1}) {
        fixture.canvas.setPlace({zoom, fixture.canvas.modelScene().contentRect().center()});
        const double time = medianTime(30, [&](int frame) {
            fixture.canvas.scrollBy({frame % 2 ? 7.0 : -7.0, 3});
            fixture.canvas.viewport()->grab(); // whole frames: scrolling would copy most of them
        });
        figures.append({u"Canvas of 500 blocks at %1 %: a panned frame"_s.arg(zoom * 100), time,
                        1000.0 / 30, u"ms"_s});
    }
    return figures;
}

QList<Figure> matrixOfManyClasses()
{
    constexpr int Classes = 200;
    ConfusionMatrix matrix(sampleClasses(Classes));
    for (int i = 0; i < Classes; ++i)
        for (int j = 0; j < Classes; ++j)
            matrix.add(i, j, i == j ? 900 + i : (i * 7 + j * 3) % 21);
    MatrixView view;
    view.resize(900, 600);
    view.show();
    const auto content = std::make_shared<ConfusionContent>(matrix, MatrixUnit::Counts);
    const double drawn = medianTime(30, [&](int) {
        view.setContent(content);
        view.viewport()->grab();
    });
    const double hovered = medianTime(30, [&](int move) {
        const QPointF at = view.geometryOfCells().cellRect({move % 10, move % 9}).center();
        QMouseEvent event(QEvent::MouseMove, at, QPointF(), Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(view.viewport(), &event);
        QCoreApplication::sendPostedEvents(); // paints
    });
    return {{u"Matrix of 200 classes: drawn"_s, drawn, 16, u"ms"_s},
            {u"Matrix of 200 classes: hovered"_s, hovered, 16, u"ms"_s}};
}

} // namespace

QList<Figure> measureDrawing(const BenchProject& project)
{
    const TrainingWindow training(project);
    return QList<Figure>{curveOfManySteps()} + canvasOfManyBlocks() + matrixOfManyClasses();
}

} // namespace espalier
