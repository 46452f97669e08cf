#include "core/evaluation/evaluation.h"
#include "tests/core/training/small_data.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace espalier;
using namespace espalier::testing;

/// Evaluation of networks that have learnt nothing: what it says must hold for any weights.
class TestEvaluation final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void refused_data();
    void refused();
    void cancelled_data();
    void cancelled();
    void failuresOfTheExecutor();

    void classes_data();
    void classes();
    void binary_data();
    void binary();
    void numbers();
    void missingNumbersDoNotCount();
    void readings_data();
    void readings();
    void measureAgrees();

private:
    struct Model {
        std::shared_ptr<const Dataset> dataset;
        std::unique_ptr<Executor> executor;
        QList<ColumnRequest> columns;
    };
    [[nodiscard]] static Model modelOf(const ModelGraph& graph,
                                       const std::shared_ptr<const Dataset>& dataset);
    [[nodiscard]] static ModelGraph numberNetwork();

    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_dataset;
};

void TestEvaluation::initTestCase()
{
    m_dataset = makeBlobs(m_folder.path());
}

TestEvaluation::Model TestEvaluation::modelOf(const ModelGraph& graph,
                                              const std::shared_ptr<const Dataset>& dataset)
{
    const QList<FeatureDescription>& features = dataset->features();
    return {dataset, need(createExecutor(graph, features, {})),
            executorColumns(graph, analyzeGraph(graph, features), features)};
}

ModelGraph TestEvaluation::numberNetwork()
{
    return makeNetwork(u"price"_s, u"mean_squared_error"_s, u"linear"_s);
}

void TestEvaluation::refused_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<qint64>("batchSize");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QString>("named");
    QTest::newRow("no column") << QString() << qint64(8) << 3 << u"no feature \"\""_s;
    QTest::newRow("unknown target") << u"sort"_s << qint64(8) << 3 << u"no feature \"sort\""_s;
    QTest::newRow("no row") << u"kind"_s << qint64(8) << 0 << u"row"_s;
    QTest::newRow("no batch") << u"kind"_s << qint64(0) << 3 << u"batch size"_s;
}

void TestEvaluation::refused()
{
    QFETCH(QString, target);
    QFETCH(qint64, batchSize);
    QFETCH(int, rows);
    QFETCH(QString, named);
    const Model model = modelOf(classNetwork(), m_dataset);
    QList<ColumnRequest> columns;
    if (!target.isEmpty())
        columns = {{u"x"_s, ColumnForm::Values}, {target, ColumnForm::ClassIndex}};
    const auto result = evaluateRows(*model.executor, m_dataset, columns,
                                     std::vector<RowIndex>(size_t(rows), 1), batchSize);
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(named), qPrintable(result.error().message));
}

void TestEvaluation::cancelled_data()
{
    QTest::addColumn<int>("after");
    QTest::newRow("before the first batch") << 0;
    QTest::newRow("after two batches") << 2;
}

void TestEvaluation::cancelled()
{
    QFETCH(int, after);
    const Model model = modelOf(classNetwork(), m_dataset);
    std::stop_source stop;
    int batches = 0;
    if (after == 0)
        stop.request_stop();
    const auto result = evaluateRows(
        *model.executor, m_dataset, model.columns, need(m_dataset->subsetRows(u"Training"_s)), 16,
        [&](const Progress&) {
            if (++batches == after)
                stop.request_stop();
        },
        stop.get_token());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QCOMPARE(batches, after);
}

void TestEvaluation::failuresOfTheExecutor()
{
    // A network of the price gets the column of the class.
    const Model model = modelOf(numberNetwork(), m_dataset);
    const QList<ColumnRequest> columns = {{u"x"_s, ColumnForm::Values},
                                          {u"kind"_s, ColumnForm::ClassIndex}};
    const auto result = evaluateRows(*model.executor, m_dataset, columns, {0, 1});
    QVERIFY(!result);
    QVERIFY(result.error().message.endsWith(u'.'));
}

void TestEvaluation::classes_data()
{
    QTest::addColumn<qint64>("batchSize");
    QTest::newRow("one by one") << qint64(1);
    QTest::newRow("with a rest") << qint64(32);
    QTest::newRow("all at once") << qint64(1024);
}

void TestEvaluation::classes()
{
    QFETCH(qint64, batchSize);
    const Model model = modelOf(classNetwork(), m_dataset);
    const auto rows = need(m_dataset->subsetRows(u"Validation"_s));
    qint64 seen = 0;
    const auto result = need(evaluateRows(*model.executor, m_dataset, model.columns, rows,
                                          batchSize, [&](const Progress& p) { seen = p.rows; }));
    QCOMPARE(seen, 80);
    QCOMPARE(result.rows, 80);
    QCOMPARE(result.outputs.size, 80);
    QCOMPARE(result.outputs.width, 2);
    QCOMPARE(result.confusion->classes(), (QStringList{u"left"_s, u"right"_s}));
    QCOMPARE(result.confusion->total(), 80);
    QCOMPARE(result.confusion->accuracy(), result.metrics.value(u"accuracy"_s));
    double loss = 0;
    ConfusionMatrix counted({u"left"_s, u"right"_s});
    for (size_t i = 0; i < rows.size(); ++i) {
        const Prediction& p = result.predictions[i];
        QCOMPARE(p.row, rows[i]);
        QCOMPARE(p.actual, rows[i] % 3 == 0 ? 1 : 0);
        QCOMPARE(p.probability, result.outputs.values[i * 2 + size_t(p.predicted)]);
        QVERIFY(p.probability >= 0.5F);
        const float ofActual = result.outputs.values[i * 2 + size_t(p.actual)];
        QVERIFY(qAbs(double(p.loss) + std::log(double(ofActual))) < 1e-4);
        loss += double(p.loss) / 80;
        counted.add(p.actual, p.predicted);
    }
    QVERIFY(qAbs(loss - result.metrics.value(u"loss"_s)) < 1e-5);
    QCOMPARE(counted, *result.confusion);
}

void TestEvaluation::binary_data()
{
    QTest::addColumn<QString>("loss");
    QTest::addColumn<QString>("activation");
    QTest::addColumn<bool>("fromMinusOne");
    QTest::newRow("probability") << u"binary_crossentropy"_s << u"sigmoid"_s << false;
    QTest::newRow("-1 to 1") << u"squared_hinge"_s << u"tanh"_s << true;
}

void TestEvaluation::binary()
{
    QFETCH(QString, loss);
    QFETCH(QString, activation);
    QFETCH(bool, fromMinusOne);
    const Model model =
        modelOf(makeNetwork(u"kind"_s, loss, activation), withBinaryKind(m_dataset));
    const auto rows = need(m_dataset->subsetRows(u"Validation"_s));
    const auto result = need(evaluateRows(*model.executor, model.dataset, model.columns, rows, 32));
    double correct = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
        const Prediction& p = result.predictions[i];
        const float output = result.outputs.values[i];
        const float positive = fromMinusOne ? (output + 1) / 2 : output;
        QCOMPARE(p.actual, rows[i] % 3 == 0 ? 1 : 0);
        QCOMPARE(p.predicted, output >= (fromMinusOne ? 0.0F : 0.5F) ? 1 : 0);
        QCOMPARE(p.probability, p.predicted == 1 ? positive : 1 - positive);
        correct += p.actual == p.predicted ? 1 : 0;
    }
    QCOMPARE(result.metrics.value(u"accuracy"_s), correct / 80);
    QCOMPARE(result.confusion->accuracy(), correct / 80);
    QCOMPARE(result.confusion->classes(), (QStringList{u"left"_s, u"right"_s}));
}

void TestEvaluation::numbers()
{
    const Model model = modelOf(numberNetwork(), m_dataset);
    const int price = m_dataset->featureIndex(u"price"_s);
    const std::vector<RowIndex> rows = {5, 0, 7};
    const auto result = need(evaluateRows(*model.executor, m_dataset, model.columns, rows, 2));
    QVERIFY(!result.confusion);
    const double deviation = need(m_dataset->statistics(price)).deviation;
    double absolute = 0;
    double squared = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
        const Prediction& p = result.predictions[i];
        QCOMPARE(p.row, rows[i]);
        QCOMPARE(p.actual, -1);
        QCOMPARE(p.predicted, -1);
        QVERIFY(qAbs(double(p.actualValue) - m_dataset->cellText(price, p.row).toDouble()) < 0.01);
        const double error = double(p.predictedValue) - double(p.actualValue);
        absolute += std::abs(error) / 3;
        squared += error * error / 3;
    }
    QVERIFY(qAbs(absolute / result.metrics.value(u"mae"_s) - 1) < 1e-4);
    QVERIFY(qAbs(squared / result.metrics.value(u"mse"_s) - 1) < 1e-4);
    QVERIFY(qAbs(squared / deviation / deviation / result.metrics.value(u"loss"_s) - 1) < 1e-3);
}

void TestEvaluation::missingNumbersDoNotCount()
{
    const QTemporaryDir folder;
    const Model model = modelOf(numberNetwork(), makeBlobs(folder.path(), 60, 3));
    const std::vector<RowIndex> known = {0, 1, 3, 4, 6, 7};
    const std::vector<RowIndex> all = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    const auto expected = need(evaluateRows(*model.executor, model.dataset, model.columns, known));
    for (const qint64 batchSize : {1, 4, 1024}) {
        const auto result =
            need(evaluateRows(*model.executor, model.dataset, model.columns, all, batchSize));
        QCOMPARE(result.rows, 9);
        QCOMPARE(result.metrics.keys(), expected.metrics.keys());
        for (auto it = result.metrics.cbegin(); it != result.metrics.cend(); ++it)
            QVERIFY(qAbs(it.value() / expected.metrics.value(it.key()) - 1) < 1e-5);
        for (const Prediction& p : result.predictions) {
            QCOMPARE(std::isnan(p.actualValue), p.row % 3 == 2);
            QVERIFY(std::isfinite(p.predictedValue) && std::isfinite(p.loss));
        }
    }
}

void TestEvaluation::readings_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<Normalization>("normalization");
    QTest::newRow("standardization") << u"price"_s << Normalization::Standardization;
    QTest::newRow("min-max") << u"price"_s << Normalization::MinMax;
    QTest::newRow("none") << u"price"_s << Normalization::None;
    QTest::newRow("classes have no units") << u"kind"_s << Normalization::None;
    QTest::newRow("unknown") << u"sort"_s << Normalization::None;
}

void TestEvaluation::readings()
{
    QFETCH(QString, target);
    QFETCH(Normalization, normalization);
    DatasetSettings settings = m_dataset->settings();
    settings.features[settings.featureIndex(u"price"_s)].normalization = normalization;
    const auto dataset =
        need(Dataset::open(need(PackedStore::open(m_dataset->store().folder())), settings));
    const Model model = modelOf(numberNetwork(), dataset);
    const OutputReading reading = need(outputReading(*model.executor, *dataset, target));
    const int price = dataset->featureIndex(u"price"_s);
    QCOMPARE(reading.scale, valueScale(normalization, need(dataset->statistics(price))));
    QCOMPARE(reading.threshold, 0.5F);

    // What a batch holds and what the reading makes of it is the value of the cell.
    const RowIndex row = 4;
    const Batch batch = need(gatherBatch(*dataset, {{u"price"_s}}, std::span(&row, 1)));
    if (target == u"price")
        QVERIFY(qAbs(reading.scale.toUnits(double(batch.columns[0].values[0])) -
                     dataset->cellText(price, row).toDouble()) < 0.01);
}

void TestEvaluation::measureAgrees()
{
    const Model model = modelOf(classNetwork(), m_dataset);
    const auto rows = need(m_dataset->subsetRows(u"Validation"_s));
    const auto whole = need(evaluateRows(*model.executor, m_dataset, model.columns, rows, 32));
    const auto source = need(BatchSource::create(
        m_dataset, {model.columns, rows, 32, model.executor->inputLayout(), false, 1}));
    const auto metrics = createMetrics(m_dataset->features()[m_dataset->featureIndex(u"kind"_s)]);
    int batches = 0;
    for (int time = 0; time < 2; ++time)
        QCOMPARE(need(measure(*model.executor, *source, *metrics, {}, [&] { ++batches; })),
                 whole.metrics);
    QCOMPARE(batches, 6);

    std::stop_source stop;
    const auto cancelled =
        measure(*model.executor, *source, *metrics, stop.get_token(), [&] { stop.request_stop(); });
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
