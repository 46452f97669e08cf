#include "core/base/random.h"
#include "core/base/system.h"
#include "core/graph/snippets.h"
#include "tests/core/nn/block_bench.h"

#include <QSet>
#include <QTest>
#include <QThread>
#include <cmath>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Side = 8;
constexpr qint64 ClassCount = 3;

QList<FeatureDescription> imageAndLabel()
{
    return {{u"image"_s, Encoding::Image, {Side, Side, 1}, {}},
            {u"label"_s, Encoding::Categorical, {ClassCount}, {u"a"_s, u"b"_s, u"c"_s}}};
}

BlockId append(ModelGraph& graph, const QString& type, const ParameterValues& parameters = {})
{
    const BlockId last = graph.isEmpty() ? BlockId() : graph.blocks().last().id;
    const BlockId id = graph.addBlock(type, {}, parameters);
    if (last.isValid())
        graph.connect({last, id});
    return id;
}

/// Everything that has a state or chance: convolution, normalization, dropout.
ModelGraph smallNetwork()
{
    ModelGraph graph;
    append(graph, u"input"_s, {{u"feature"_s, u"image"_s}});
    append(graph, u"conv2d"_s, {{u"filters"_s, 4}});
    append(graph, u"batch_normalization"_s);
    append(graph, u"max_pooling2d"_s);
    append(graph, u"flatten"_s);
    append(graph, u"dropout"_s, {{u"rate"_s, 0.3}});
    append(graph, u"dense"_s, {{u"activation"_s, u"softmax"_s}});
    append(graph, u"target"_s, {{u"feature"_s, u"label"_s}});
    return graph;
}

/// Images whose class is the third that is brightest.
Batch imageBatch(qint64 size, quint64 seed)
{
    Random random(seed);
    Batch batch{
        size,
        {},
        {{{Side, Side, 1}, randomValues(size * Side * Side, seed), {}}, {{ClassCount}, {}, {}}}};
    for (qint64 i = 0; i < size; ++i) {
        const auto label = qint64(random.below(ClassCount));
        batch.columns[1].classes.push_back(label);
        for (qint64 row = label * 2; row < label * 2 + 2; ++row)
            for (qint64 x = 0; x < Side; ++x)
                batch.columns[0].values[size_t((i * Side + row) * Side + x)] += 2;
    }
    return batch;
}

ExecutorOptions oneThread(Optimizer optimizer = Optimizer::Adam)
{
    ExecutorOptions options;
    options.threads = 1;
    options.optimizer.optimizer = optimizer;
    return options;
}

std::unique_ptr<Executor> smallExecutor(const ExecutorOptions& options = oneThread())
{
    return makeExecutor(smallNetwork(), imageAndLabel(), options);
}

void train(Executor& executor, int from, int to)
{
    for (int step = from; step < to; ++step)
        if (!executor.trainStep(imageBatch(16, quint64(step)), 0.01, quint64(step)))
            qFatal("a training step failed");
}

template <typename T>
bool refused(const Result<T>& result, ErrorCode code)
{
    return !result && result.error().code == code && result.error().message.endsWith(u'.');
}

} // namespace

class TestExecutor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesGraphsThatCannotRun();
    void refusesDevicesThatAreNotHere();
    void refusesBatchesThatDoNotFit_data();
    void refusesBatchesThatDoNotFit();
    void refusesStatesThatDoNotFit_data();
    void refusesStatesThatDoNotFit();
    void reportsLossesThatAreNoNumbers();
    void reportsThatMemoryIsMissing();
    void survivesAnyStepCount();
    void saysWhatItIs();
    void columnsInTheOrderOfTheInputs();
    void stateHasTheNamesOfTheBlocks();
    void learns();
    void sameSeedsGiveTheSameBits();
    void worksInAnyThread();
    void stateRoundTrip_data();
    void stateRoundTrip();
    void weightsAloneStartTheOptimizerAnew();
    void predictsWithoutTarget();
    void evaluatingChangesNothing();
    void twoInputs();
    void missingNumbersDoNotCount_data();
    void missingNumbersDoNotCount();
    void imagesAreChannelsFirst();
    void sharedActivationIsNotTakenByTheLoss();
    void bfloat16IsCloseToFloat32();
    void threadsOfTheMachineByDefault();
    void snippetsRun_data();
    void snippetsRun();
};

void TestExecutor::refusesGraphsThatCannotRun()
{
    QVERIFY(refused(createExecutor({}, imageAndLabel(), {}), ErrorCode::InvalidInput));
    QVERIFY(refused(createExecutor(smallNetwork(), {}, {}), ErrorCode::InvalidInput));
    ModelGraph graph = smallNetwork();
    graph.removeBlock(graph.blockByName(u"Target"_s)->id);
    QVERIFY(refused(createExecutor(graph, imageAndLabel(), {}), ErrorCode::InvalidInput));
}

void TestExecutor::refusesDevicesThatAreNotHere()
{
    QVERIFY(availableDevices().contains(Device::Cpu));
    for (const auto& device : enumNames(Device{}))
        for (const auto& precision : enumNames(Precision{})) {
            ExecutorOptions options = oneThread();
            options.device = device.value;
            options.precision = precision.value;
            const auto created = createExecutor(smallNetwork(), imageAndLabel(), options);
            QCOMPARE(created.has_value(), supportsPrecision(device.value, precision.value));
            if (!created)
                QVERIFY(refused(created, ErrorCode::Unsupported));
        }
}

void TestExecutor::refusesBatchesThatDoNotFit_data()
{
    QTest::addColumn<Batch>("batch");
    const Batch good = imageBatch(4, 1);
    Batch batch = good;
    batch.columns[1].classes[2] = ClassCount;
    QTest::newRow("class too large") << batch;
    batch.columns[1].classes[2] = -2;
    QTest::newRow("class below missing") << batch;
    batch.columns[1].classes[2] = std::numeric_limits<qint64>::max();
    QTest::newRow("largest number as class") << batch;
    batch = good;
    batch.columns.pop_back();
    QTest::newRow("no target") << batch;
    batch.columns.clear();
    QTest::newRow("no column") << batch;
    batch = good;
    batch.columns[0].values.pop_back();
    QTest::newRow("a value is missing") << batch;
    batch = good;
    batch.columns[1].classes.push_back(0);
    QTest::newRow("a class too many") << batch;
    batch = good;
    batch.size = 5;
    QTest::newRow("fewer examples than said") << batch;
    QTest::newRow("empty") << Batch();
}

void TestExecutor::refusesBatchesThatDoNotFit()
{
    QFETCH(const Batch, batch);
    const auto executor = smallExecutor();
    const auto before = executor->state();
    QVERIFY(refused(executor->trainStep(batch, 0.1, 1), ErrorCode::InvalidInput));
    QVERIFY(refused(executor->evaluate(batch), ErrorCode::InvalidInput));
    QCOMPARE(*executor->state(), *before);
    QVERIFY(executor->trainStep(imageBatch(4, 1), 0.1, 1));
}

void TestExecutor::refusesStatesThatDoNotFit_data()
{
    QTest::addColumn<std::function<void(QList<NamedTensor>&)>>("spoil");
    const auto row = [](const char* name, const std::function<void(QList<NamedTensor>&)>& spoil) {
        QTest::newRow(name) << spoil;
    };
    row("missing", [](auto& state) { state.removeFirst(); });
    row("unknown", [](auto& state) {
        state.append({u"99.weight"_s, TensorType::Float32, {1}, QByteArray(4, '\0')});
    });
    row("other shape",
        [](auto& state) { std::reverse(state[0].sizes.begin(), state[0].sizes.end()); });
    row("too little data", [](auto& state) { state[0].data.chop(1); });
    row("other type", [](auto& state) { state[0].type = TensorType::Int64; });
    row("empty", [](auto& state) { state.clear(); });
}

void TestExecutor::refusesStatesThatDoNotFit()
{
    QFETCH(const std::function<void(QList<NamedTensor>&)>, spoil);
    const auto executor = smallExecutor();
    train(*executor, 0, 1);
    const QList<NamedTensor> before = *executor->state();
    QList<NamedTensor> state = *smallExecutor()->state();
    spoil(state);
    QVERIFY(refused(executor->setState(state, true), ErrorCode::InvalidInput));
    QVERIFY(refused(executor->setState(state, false), ErrorCode::InvalidInput));
    QCOMPARE(*executor->state(), before);
    const auto other = smallExecutor(oneThread(Optimizer::RMSprop));
    QVERIFY(refused(executor->setState(*other->state(), true), ErrorCode::InvalidInput));
    QVERIFY(executor->setState(*other->state(), false));
}

void TestExecutor::reportsLossesThatAreNoNumbers()
{
    const auto executor = smallExecutor();
    Batch batch = imageBatch(4, 1);
    batch.columns[0].values[5] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(refused(executor->trainStep(batch, 0.1, 1), ErrorCode::Numeric));
}

void TestExecutor::reportsThatMemoryIsMissing()
{
    ModelGraph graph;
    append(graph, u"input"_s, {{u"feature"_s, u"x"_s}});
    append(graph, u"dense"_s, {{u"nodes"_s, 1'000'000}});
    append(graph, u"dense"_s);
    append(graph, u"target"_s, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    const qint64 petabytes = 2'000'000'000;
    QVERIFY(refused(createExecutor(graph,
                                   {{u"x"_s, Encoding::Numeric, {petabytes}, {}},
                                    {u"y"_s, Encoding::Numeric, {1}, {}}},
                                   {}),
                    ErrorCode::OutOfMemory));
}

void TestExecutor::survivesAnyStepCount()
{
    const auto executor = smallExecutor(oneThread(Optimizer::Nadam));
    for (const qint64 steps :
         {std::numeric_limits<qint64>::min(), qint64(-1), std::numeric_limits<qint64>::max()}) {
        QList<NamedTensor> state = *executor->state();
        state.last().data = QByteArray(reinterpret_cast<const char*>(&steps), sizeof steps);
        QVERIFY(executor->setState(state, true));
        QVERIFY(executor->trainStep(imageBatch(4, 1), 0.001, 1));
    }
}

void TestExecutor::saysWhatItIs()
{
    ExecutorOptions options = oneThread();
    options.device = Device::Cpu;
    const auto executor = smallExecutor(options);
    QCOMPARE(executor->engine(), enumKey(testedEngine()));
    QCOMPARE(executor->device(), Device::Cpu);
    QCOMPARE(executor->threads(), 1);
    QCOMPARE(executor->inputLayout(), ImageLayout::ChannelsFirst);
    QCOMPARE(executor->parameterCount(),
             analyzeGraph(smallNetwork(), imageAndLabel()).total.parameters);
}

void TestExecutor::columnsInTheOrderOfTheInputs()
{
    const auto features = imageAndLabel();
    const ModelGraph graph = smallNetwork();
    const auto columns = executorColumns(graph, analyzeGraph(graph, features), features);
    QCOMPARE(columns.size(), 2);
    QCOMPARE(columns[0].feature, u"image"_s);
    QCOMPARE(columns[0].form, ColumnForm::Values);
    QCOMPARE(columns[1].feature, u"label"_s);
    QCOMPARE(columns[1].form, ColumnForm::ClassIndex);
    QCOMPARE(columns[0].missing, MissingValue::Zero);
    QCOMPARE(columns[1].missing, MissingValue::NaN);
}

void TestExecutor::stateHasTheNamesOfTheBlocks()
{
    const auto executor = smallExecutor();
    QStringList names;
    const auto state = executor->state();
    for (const NamedTensor& tensor : *state)
        names.append(tensor.name);
    for (const QString& name : {u"2.weight"_s, u"2.bias"_s, u"3.weight"_s, u"3.running_mean"_s,
                                u"3.running_var"_s, u"7.bias"_s, u"optimizer.2.weight.exp_avg"_s,
                                u"optimizer.7.bias.exp_avg_sq"_s, u"optimizer.step"_s})
        QVERIFY2(names.contains(name), qPrintable(name));
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    QCOMPARE(executor->state()->first().sizes, QList<qint64>({4, 1, 3, 3}));
}

void TestExecutor::learns()
{
    const auto executor = smallExecutor();
    const Batch unseen = imageBatch(200, 999);
    const double before = executor->evaluate(unseen)->loss;
    train(*executor, 0, 200);
    const auto after = executor->evaluate(unseen);
    QVERIFY(after->loss < before / 3);
    int right = 0;
    for (qint64 i = 0; i < unseen.size; ++i) {
        const auto begin = after->outputs.values.begin() + i * ClassCount;
        right += std::max_element(begin, begin + ClassCount) - begin ==
                 unseen.columns[1].classes[size_t(i)];
    }
    QVERIFY(right > 180);
}

void TestExecutor::sameSeedsGiveTheSameBits()
{
    ExecutorOptions options = oneThread();
    options.threads = 2;
    const auto one = smallExecutor(options);
    const auto two = smallExecutor(options);
    train(*one, 0, 2);
    train(*two, 0, 2);
    QCOMPARE(*one->state(), *two->state());
    const Batch batch = imageBatch(16, 1);
    const double first = one->trainStep(batch, 0, 1)->loss;
    QVERIFY(one->trainStep(batch, 0, 2)->loss != first);
    options.seed = 2;
    QVERIFY(*smallExecutor(options)->state() != *smallExecutor(oneThread())->state());
}

void TestExecutor::worksInAnyThread()
{
    const auto here = smallExecutor();
    const auto there = smallExecutor();
    train(*here, 0, 3);
    const std::unique_ptr<QThread> thread(QThread::create([&] { train(*there, 0, 3); }));
    thread->start();
    QVERIFY(thread->wait());
    QCOMPARE(*there->state(), *here->state());
}

void TestExecutor::stateRoundTrip_data()
{
    QTest::addColumn<Optimizer>("optimizer");
    for (const auto& name : enumNames(Optimizer{}))
        QTest::newRow(qPrintable(enumKey(name.value))) << name.value;
}

void TestExecutor::stateRoundTrip()
{
    QFETCH(const Optimizer, optimizer);
    ExecutorOptions options = oneThread(optimizer);
    options.optimizer.parameters.insert(u"momentum"_s, 0.9);
    const auto whole = smallExecutor(options);
    train(*whole, 0, 3);
    const auto bytes = encodeCheckpoint({*whole->state(), {}});
    train(*whole, 3, 6);

    options.seed = 77;
    const auto resumed = smallExecutor(options);
    QVERIFY(resumed->setState(decodeCheckpoint(bytes)->tensors, true));
    QCOMPARE(*resumed->state(), decodeCheckpoint(bytes)->tensors);
    train(*resumed, 3, 6);
    QCOMPARE(*resumed->state(), *whole->state());
}

void TestExecutor::weightsAloneStartTheOptimizerAnew()
{
    const auto trained = smallExecutor();
    train(*trained, 0, 3);
    QVERIFY(trained->setState(*trained->state(), false));
    const auto fresh = smallExecutor();
    QList<NamedTensor> weights = *trained->state();
    weights.removeIf([](const NamedTensor& t) { return t.name.startsWith(u"optimizer."_s); });
    QVERIFY(fresh->setState(weights, false));
    QVERIFY(!fresh->setState(weights, true));
    QCOMPARE(*fresh->state(), *trained->state());
    train(*trained, 3, 5);
    train(*fresh, 3, 5);
    QCOMPARE(*fresh->state(), *trained->state());
}

void TestExecutor::predictsWithoutTarget()
{
    const auto executor = smallExecutor();
    Batch batch = imageBatch(5, 1);
    const auto expected = executor->evaluate(batch)->outputs;
    batch.columns.pop_back();
    const auto outputs = executor->predict(batch);
    QVERIFY(outputs);
    QCOMPARE(outputs->values, expected.values);
    QCOMPARE(outputs->size, 5);
    QCOMPARE(outputs->width, ClassCount);
    for (size_t i = 0; i < outputs->values.size(); i += ClassCount)
        QVERIFY(std::abs(outputs->values[i] + outputs->values[i + 1] + outputs->values[i + 2] - 1) <
                1e-5F);
}

void TestExecutor::evaluatingChangesNothing()
{
    const auto executor = smallExecutor();
    train(*executor, 0, 2);
    const QList<NamedTensor> before = *executor->state();
    QVERIFY(executor->evaluate(imageBatch(8, 5)));
    QVERIFY(executor->predict(imageBatch(8, 5)));
    QCOMPARE(*executor->state(), before);
}

void TestExecutor::twoInputs()
{
    ModelGraph graph;
    const BlockId image = append(graph, u"input"_s, {{u"feature"_s, u"image"_s}});
    const BlockId flatten = append(graph, u"flatten"_s);
    const BlockId number = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"number"_s}});
    const BlockId joined = graph.addBlock(u"concatenate"_s);
    graph.connect({flatten, joined, 0});
    graph.connect({number, joined, 1});
    const BlockId dense =
        append(graph, u"dense"_s, {{u"activation"_s, u"linear"_s}, {u"initializer"_s, u"ones"_s}});
    append(graph, u"target"_s, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    const QList<FeatureDescription> features{{u"y"_s, Encoding::Numeric, {1}, {}},
                                             {u"number"_s, Encoding::Numeric, {1}, {}},
                                             {u"image"_s, Encoding::Image, {1, 2, 1}, {}}};
    QVERIFY(image.isValid() && dense.isValid());
    const auto executor = makeExecutor(graph, features);
    QStringList order;
    for (const auto& column : executorColumns(graph, analyzeGraph(graph, features), features))
        order.append(column.feature);
    QCOMPARE(order.last(), u"y"_s);
    Batch batch{2, {}, {}};
    for (const QString& name : order.mid(0, 2))
        batch.columns.push_back(name == u"image"_s ? BatchColumn{{1, 2, 1}, {1, 2, 3, 4}, {}}
                                                   : BatchColumn{{1}, {10, 100}, {}});
    QCOMPARE(executor->predict(batch)->values, Values({13, 107}));
}

void TestExecutor::missingNumbersDoNotCount_data()
{
    QTest::addColumn<QString>("loss");
    QTest::addColumn<QString>("activation");
    QTest::newRow("mse") << u"mean_squared_error"_s << u"linear"_s;
    QTest::newRow("mae") << u"mean_absolute_error"_s << u"linear"_s;
    QTest::newRow("msle") << u"mean_squared_logarithmic_error"_s << u"linear"_s;
    QTest::newRow("poisson") << u"poisson"_s << u"sigmoid"_s;
}

/// A step with missing targets equals one without their rows.
void TestExecutor::missingNumbersDoNotCount()
{
    QFETCH(QString, loss);
    QFETCH(QString, activation);
    ModelGraph graph;
    append(graph, u"input"_s, {{u"feature"_s, u"x"_s}});
    append(graph, u"dense"_s, {{u"activation"_s, activation}, {u"nodes"_s, 2}});
    append(graph, u"target"_s, {{u"feature"_s, u"y"_s}, {u"loss"_s, loss}});
    const QList<FeatureDescription> features{{u"x"_s, Encoding::Numeric, {3}, {}},
                                             {u"y"_s, Encoding::Numeric, {2}, {}}};
    constexpr float NaN = std::numeric_limits<float>::quiet_NaN();
    const Values x = randomValues(12);
    const Batch holes{4, {}, {{{3}, x, {}}, {{2}, {1, 2, NaN, 3, 4, 5, 6, NaN}, {}}}};
    Batch known{2, {}, {{{3}, {}, {}}, {{2}, {1, 2, 4, 5}, {}}}};
    for (const size_t row : {size_t(0), size_t(2)})
        known.columns[0].values.insert(known.columns[0].values.end(),
                                       x.begin() + qsizetype(row * 3),
                                       x.begin() + qsizetype(row * 3 + 3));
    const auto first = makeExecutor(graph, features, oneThread(Optimizer::SGD));
    const auto second = makeExecutor(graph, features, oneThread(Optimizer::SGD));
    const double expected = second->evaluate(known)->loss;
    const auto evaluated = first->evaluate(holes);
    QVERIFY(std::abs(evaluated->loss - expected) < 1e-6);
    QCOMPARE(evaluated->losses[1], 0.0F);
    QCOMPARE(evaluated->losses[3], 0.0F);
    QVERIFY(std::abs(first->trainStep(holes, 0.1, 1)->loss - expected) < 1e-6);
    QVERIFY(second->trainStep(known, 0.1, 1));
    const QList<NamedTensor> after = first->state()->mid(0, 2); // weights and biases
    for (qsizetype i = 0; i < after.size(); ++i)
        QVERIFY(distance(floatsOf(after[i]), floatsOf((*second->state())[i])) < 1e-6);

    const Batch nothing{2, {}, {{{3}, randomValues(6), {}}, {{2}, Values(4, NaN), {}}}};
    QCOMPARE(first->trainStep(nothing, 0.1, 1)->loss, 0.0);
    QCOMPARE(first->state()->mid(0, 2), after);
}

void TestExecutor::imagesAreChannelsFirst()
{
    ModelGraph graph;
    append(graph, u"input"_s, {{u"feature"_s, u"image"_s}});
    append(graph, u"conv2d"_s,
           {{u"filters"_s, 2}, {u"width"_s, 1}, {u"height"_s, 1}, {u"activation"_s, u"linear"_s}});
    append(graph, u"flatten"_s);
    append(graph, u"target"_s, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    const auto executor = makeExecutor(graph, {{u"image"_s, Encoding::Image, {1, 3, 2}, {}},
                                               {u"y"_s, Encoding::Numeric, {6}, {}}});
    QList<NamedTensor> state = *executor->state();
    state[0].data = bytesOf({1, 0, 0, 1});
    QVERIFY(executor->setState(state, true));
    const auto outputs = executor->predict({1, {}, {{{1, 3, 2}, {1, 2, 3, 10, 20, 30}, {}}}});
    QCOMPARE(outputs->values, Values({1, 10, 2, 20, 3, 30}));
}

void TestExecutor::sharedActivationIsNotTakenByTheLoss()
{
    // The Softmax feeds a second path besides the Target's: it must stay in its block.
    ModelGraph graph;
    append(graph, u"input"_s, {{u"feature"_s, u"x"_s}});
    const BlockId soft =
        append(graph, u"dense"_s, {{u"nodes"_s, 2}, {u"activation"_s, u"softmax"_s}});
    const BlockId flatten = append(graph, u"flatten"_s);
    const BlockId sum = graph.addBlock(u"add"_s);
    graph.connect({soft, sum, 0});
    graph.connect({flatten, sum, 1});
    append(graph, u"target"_s, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    const auto executor = makeExecutor(
        graph, {{u"x"_s, Encoding::Numeric, {2}, {}}, {u"y"_s, Encoding::Numeric, {2}, {}}});
    const auto outputs = executor->predict({1, {}, {{{2}, {1, 2}, {}}}});
    QVERIFY(std::abs(outputs->values[0] + outputs->values[1] - 2) < 1e-5F);
}

void TestExecutor::bfloat16IsCloseToFloat32()
{
    if (!supportsPrecision(Device::Cpu, Precision::BFloat16))
        QSKIP("this processor has no bfloat16");
    ExecutorOptions options = oneThread();
    const auto exact = smallExecutor(options);
    options.precision = Precision::BFloat16;
    const auto rough = smallExecutor(options);
    const Batch batch = imageBatch(32, 4);
    const auto expected = exact->evaluate(batch);
    const auto got = rough->evaluate(batch);
    QVERIFY(got);
    QVERIFY(distance(got->outputs.values, expected->outputs.values) < 0.02);
    QVERIFY(got->outputs.values != expected->outputs.values);
    train(*rough, 0, 100);
    QVERIFY(rough->evaluate(batch)->loss < expected->loss / 2);
    const auto state = rough->state();
    QCOMPARE(state->first().type, TensorType::Float32);
    QVERIFY(exact->setState(*state, true));
    QCOMPARE(exact->evaluate(batch)->outputs.values.size(), got->outputs.values.size());
}

void TestExecutor::threadsOfTheMachineByDefault()
{
    QCOMPARE(smallExecutor({})->threads(), usableProcessors());
}

void TestExecutor::snippetsRun_data()
{
    QTest::addColumn<QString>("key");
    for (const Snippet& snippet : snippets())
        QTest::newRow(qPrintable(snippet.key)) << snippet.key;
}

void TestExecutor::snippetsRun()
{
    QFETCH(const QString, key);
    const QList<FeatureDescription> features{
        {u"image"_s, Encoding::Image, {32, 32, 3}, {}},
        {u"numbers"_s, Encoding::Numeric, {6}, {}},
        {u"number"_s, Encoding::Numeric, {1}, {}},
        {u"label"_s, Encoding::Categorical, {ClassCount}, {u"a"_s, u"b"_s, u"c"_s}}};
    const ModelGraph snippet = findSnippet(key)->build();
    for (const QString& read : {u"image"_s, u"numbers"_s})
        for (const QString& learnt : {u"label"_s, u"number"_s}) {
            ModelGraph graph = snippet;
            for (const Block& block : snippet.blocks())
                if (block.type == u"input"_s || block.type == u"target"_s)
                    graph.setParameter(block.id, u"feature"_s,
                                       block.type == u"input"_s ? read : learnt);
            const GraphAnalysis analysis = analyzeGraph(graph, features);
            if (!analysis.canRun())
                continue;
            const auto executor = makeExecutor(graph, features, oneThread());
            Batch batch{2, {}, {}};
            const qint64 width = read == u"image"_s ? 32 * 32 * 3 : 6;
            for (qsizetype i = 0; i < analysis.inputs.size(); ++i)
                batch.columns.push_back({{}, randomValues(2 * width), {}});
            batch.columns.push_back(learnt == u"label"_s ? BatchColumn{{}, {}, {0, 2}}
                                                         : BatchColumn{{}, {1, 2}, {}});
            const auto result = executor->trainStep(batch, 0.001, 1);
            QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
            QVERIFY(executor->evaluate(batch));
            return;
        }
    QFAIL("no features of the test fit this snippet");
}

QTEST_GUILESS_MAIN(TestExecutor)
#include "tst_executor.moc"
