#include "core/graph/snippets.h"
#include "tests/core/nn/block_bench.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

/// The largest difference relative to the largest value.
double relativeDistance(const Values& left, const Values& right)
{
    double largest = 0;
    for (const float value : left)
        largest = std::max(largest, std::abs(double(value)));
    return distance(left, right) / std::max(largest, 1e-3);
}

ExecutorOptions optionsFor(Engine engine, Precision precision = Precision::Float32)
{
    ExecutorOptions options;
    options.engine = engine;
    options.precision = precision;
    options.threads = 1;
    options.optimizer.optimizer = Optimizer::SGD;
    return options;
}

std::unique_ptr<Executor> executorOf(const ModelGraph& graph,
                                     const QList<FeatureDescription>& features,
                                     const ExecutorOptions& options)
{
    auto executor = createExecutor(graph, features, options);
    if (!executor)
        qFatal("%s", qPrintable(executor.error().message));
    return std::move(*executor);
}

struct BlockChoice {
    QString type;
    ParameterValues parameters{};
};

/// Blocks in a row between trainable stems and a Dense block, so that gradients go through them;
/// the first may have several inputs.
struct Network {
    ModelGraph graph;
    QList<FeatureDescription> features;
    QList<Shape> inputs;

    Network(const QString& type, const ParameterValues& parameters, const QList<Shape>& shapes)
        : Network(QList<BlockChoice>{{type, parameters}}, shapes)
    {
    }

    Network(const QList<BlockChoice>& row, const QList<Shape>& shapes)
        : inputs(shapes)
    {
        BlockId block = graph.addBlock(row.first().type, {}, row.first().parameters);
        for (qsizetype port = 0; port < shapes.size(); ++port)
            graph.connect({addStem(port), block, int(port)});
        for (const BlockChoice& choice : row.sliced(1)) {
            const BlockId next = graph.addBlock(choice.type, {}, choice.parameters);
            graph.connect({block, next});
            block = next;
        }
        const BlockId flatten = graph.addBlock(u"flatten"_s);
        const BlockId dense =
            graph.addBlock(u"dense"_s, {}, {{u"nodes"_s, 3}, {u"activation"_s, u"tanh"_s}});
        const BlockId target = graph.addBlock(
            u"target"_s, {}, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
        graph.connect({block, flatten});
        graph.connect({flatten, dense});
        graph.connect({dense, target});
        features.append({u"y"_s, Encoding::Numeric, {3}, {}});
    }

    Batch batch(qint64 size, quint64 seed) const
    {
        Batch made{size, {}, {}};
        for (const Shape& shape : inputs)
            made.columns.push_back({shape, randomValues(size * shape.elementCount(), seed++), {}});
        made.columns.push_back({{3}, randomValues(size * 3, seed), {}});
        return made;
    }

private:
    BlockId addStem(qsizetype port)
    {
        const Shape& shape = inputs[port];
        const QString feature = u"x%1"_s.arg(port);
        features.append({feature, Encoding::Numeric, shape, {}});
        const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, feature}});
        const BlockId stem = graph.addBlock(
            u"dense"_s, {}, {{u"nodes"_s, shape.channels()}, {u"activation"_s, u"linear"_s}});
        graph.connect({input, stem});
        return stem;
    }
};

QList<NamedTensor> stateOf(const Executor& executor)
{
    return *executor.state();
}

/// Random numbers for all weights, positive ones for variances; what is counted stays.
QList<NamedTensor> randomized(QList<NamedTensor> state)
{
    quint64 seed = 77;
    for (NamedTensor& tensor : state) {
        if (tensor.type != TensorType::Float32 || tensor.name.startsWith(u"optimizer"_s))
            continue;
        const bool positive = tensor.name.endsWith(u"running_var"_s);
        Values values = randomValues(tensor.data.size() / qsizetype(sizeof(float)), ++seed);
        for (float& value : values)
            value = positive ? std::abs(value) + 0.1F : value * 0.5F;
        tensor.data = bytesOf(values);
    }
    return state;
}

/// By how much a step with rate 1 changes the weights, as the gradients by name.
QMap<QString, Values> gradientsOf(Executor& executor, const Batch& batch, double* loss)
{
    const QList<NamedTensor> before = stateOf(executor);
    const auto step = executor.trainStep(batch, 1, 5);
    *loss = std::numeric_limits<double>::quiet_NaN();
    if (!step) {
        qWarning("%s", qPrintable(step.error().message));
        return {};
    }
    *loss = step->loss;
    const QList<NamedTensor> after = stateOf(executor);
    QMap<QString, Values> gradients;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (before[i].type != TensorType::Float32)
            continue;
        Values change = floatsOf(before[i]);
        const Values now = floatsOf(after[i]);
        for (size_t k = 0; k < change.size(); ++k)
            change[k] -= now[k];
        gradients.insert(before[i].name, change);
    }
    return gradients;
}

QString firstDifference(const QMap<QString, Values>& expected, const QMap<QString, Values>& got,
                        double tolerance)
{
    double scale = 0;
    for (const Values& values : expected)
        for (const float value : values)
            scale = std::max(scale, std::abs(double(value)));
    for (auto it = expected.begin(); it != expected.end(); ++it)
        if (const double by = distance(it.value(), got.value(it.key()));
            !(by <= tolerance * std::max(scale, 1e-2)))
            return u"%1 by %2 of %3"_s.arg(it.key()).arg(by).arg(scale);
    return {};
}

/// Of all gradients as one vector, relative to its length.
double distanceInAll(const QMap<QString, Values>& expected, const QMap<QString, Values>& got)
{
    double apart = 0;
    double length = 0;
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        const Values& other = *got.constFind(it.key());
        for (size_t i = 0; i < it->size(); ++i) {
            apart += std::pow(double((*it)[i]) - double(other[i]), 2);
            length += std::pow(double((*it)[i]), 2);
        }
    }
    return std::sqrt(apart / std::max(length, 1e-6));
}

} // namespace

class TestEngineAgreement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocks_data();
    void blocks();
    void bfloat16_data() { blocks_data(); }
    void bfloat16();
    void normalizationsFold_data();
    void normalizationsFold();
    void optimizersAgree_data();
    void optimizersAgree();
    void snippetsAgree_data();
    void snippetsAgree();
    void lastShortBatch();
    void statesInterchange();
    void sameBitsFromRunToRun();
    void curvesStayTogether();
};

void TestEngineAgreement::blocks_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<ParameterValues>("parameters");
    QTest::addColumn<QList<Shape>>("shapes");
    const auto row = [](const QString& name, const QString& type, const QList<Shape>& shapes,
                        const ParameterValues& parameters = {}) {
        QTest::newRow(qPrintable(type + u' ' + name)) << type << parameters << shapes;
    };
    const ParameterValues valid{{u"padding"_s, u"valid"_s}};
    for (const qint64 channels : {1, 7, 16, 33}) {
        const QString name = u"of %1 channels"_s.arg(channels);
        const Shape image{7, 5, channels};
        const Shape sequence{9, channels};
        for (const QString& type :
             {u"conv2d"_s, u"depthwise_conv2d"_s, u"deconv2d"_s, u"max_pooling2d"_s,
              u"average_pooling2d"_s, u"global_average_pooling2d"_s, u"global_max_pooling2d"_s,
              u"batch_normalization"_s, u"layer_normalization"_s, u"upsampling2d"_s, u"flatten"_s,
              u"dense"_s})
            row(name, type, {image});
        for (const QString& type :
             {u"conv1d"_s, u"max_pooling1d"_s, u"average_pooling1d"_s, u"global_max_pooling1d"_s,
              u"global_average_pooling1d"_s, u"batch_normalization"_s})
            row(name + u", sequence"_s, type, {sequence});
        row(name + u", vector"_s, u"batch_normalization"_s, {Shape{channels}});
        row(name + u", vector"_s, u"dense"_s, {Shape{channels}}, {{u"nodes"_s, 5}});
        row(name, u"zero_padding2d"_s, {image}, {{u"top"_s, 1}, {u"right"_s, 2}});
        row(name, u"add"_s, {image, image});
        row(name, u"multiply"_s, {image, image, image});
        row(name, u"concatenate"_s, {image, Shape{7, 5, 3}});
    }
    const Shape image{8, 9, 7};
    row(u"height"_s, u"concatenate"_s, {image, Shape{2, 9, 7}}, {{u"axis"_s, u"1"_s}});
    row(u"sequence length"_s, u"concatenate"_s, {Shape{4, 3}, Shape{2, 3}}, {{u"axis"_s, u"1"_s}});
    row(u"to a sequence"_s, u"reshape"_s, {Shape{4, 3, 2}}, {{u"target_shape"_s, u"6x4"_s}});
    row(u"stride and valid"_s, u"conv2d"_s, {image},
        {{u"horizontal_stride"_s, 2}, {u"vertical_stride"_s, 3}, {u"padding"_s, u"valid"_s}});
    row(u"stride and same"_s, u"conv2d"_s, {image},
        {{u"horizontal_stride"_s, 2}, {u"vertical_stride"_s, 3}, {u"filters"_s, 5}});
    row(u"even window"_s, u"conv2d"_s, {image}, {{u"width"_s, 4}, {u"height"_s, 2}});
    row(u"dilation"_s, u"conv2d"_s, {image}, {{u"dilation"_s, 2}});
    row(u"without bias"_s, u"conv2d"_s, {image}, {{u"use_bias"_s, false}});
    row(u"frozen"_s, u"conv2d"_s, {image}, {{u"trainable"_s, false}});
    row(u"frozen"_s, u"batch_normalization"_s, {image}, {{u"trainable"_s, false}});
    row(u"overlapping, same"_s, u"max_pooling2d"_s, {image},
        {{u"padding"_s, u"same"_s},
         {u"horizontal_pooling_factor"_s, 3},
         {u"vertical_pooling_factor"_s, 3}});
    row(u"overlapping, same"_s, u"average_pooling2d"_s, {image},
        {{u"padding"_s, u"same"_s},
         {u"horizontal_pooling_factor"_s, 3},
         {u"vertical_pooling_factor"_s, 3}});
    row(u"bilinear"_s, u"upsampling2d"_s, {image}, {{u"interpolation"_s, u"bilinear"_s}});
    row(u"multiplier 2"_s, u"depthwise_conv2d"_s, {image}, {{u"depth_multiplier"_s, 2}});
    for (const auto& activation : enumNames(Activation{})) {
        const QString key = QString::fromUtf16(activation.key);
        for (const QString& type : {u"conv2d"_s, u"dense"_s, u"activation"_s})
            row(key, type, {image}, {{u"activation"_s, key}});
    }
}

void TestEngineAgreement::blocks()
{
    QFETCH(const QString, type);
    QFETCH(const ParameterValues, parameters);
    QFETCH(const QList<Shape>, shapes);
    const Network network(type, parameters, shapes);
    for (const qint64 size : {1, 5}) {
        const auto reference =
            executorOf(network.graph, network.features, optionsFor(Engine::Reference));
        const auto compiled =
            executorOf(network.graph, network.features, optionsFor(Engine::Compiled));
        const QList<NamedTensor> start = randomized(stateOf(*reference));
        QVERIFY(reference->setState(start, true));
        QVERIFY(compiled->setState(start, true));
        const Batch batch = network.batch(size, 11);
        const auto expected = reference->evaluate(batch);
        const auto got = compiled->evaluate(batch);
        QVERIFY2(expected, qPrintable(expected ? QString() : expected.error().message));
        QVERIFY2(got, qPrintable(got ? QString() : got.error().message));
        QVERIFY(relativeDistance(expected->outputs.values, got->outputs.values) < 1e-4);
        double expectedLoss = 0;
        double loss = 0;
        const auto gradients = gradientsOf(*reference, batch, &expectedLoss);
        const QString difference =
            firstDifference(gradients, gradientsOf(*compiled, batch, &loss), 1e-4);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
        QVERIFY(std::abs(loss - expectedLoss) < 1e-4 * std::max(1.0, expectedLoss));
    }
}

void TestEngineAgreement::bfloat16()
{
    if (!supportsPrecision(Device::Cpu, Precision::BFloat16))
        QSKIP("this processor has no bfloat16");
    QFETCH(const QString, type);
    QFETCH(const ParameterValues, parameters);
    QFETCH(const QList<Shape>, shapes);
    const Network network(type, parameters, shapes);
    const auto exact = executorOf(network.graph, network.features, optionsFor(Engine::Reference));
    const auto rough = createCompiledExecutor(network.graph, network.features,
                                              optionsFor(Engine::Compiled, Precision::BFloat16));
    if (!rough && rough.error().code == ErrorCode::Unsupported)
        QSKIP("the library has no bfloat16 here");
    const QList<NamedTensor> start = stateOf(*exact);
    QVERIFY(exact->setState(start, true) && (*rough)->setState(start, true));
    const Batch batch = network.batch(6, 11);
    const auto expected = exact->evaluate(batch);
    const auto got = (*rough)->evaluate(batch);
    QVERIFY(expected && got);
    constexpr double Rounding = 0.1; // some roundings of 2⁻⁸ in a row, and maxima that change
    QVERIFY(relativeDistance(expected->outputs.values, got->outputs.values) < Rounding);
    double expectedLoss = 0;
    double loss = 0;
    const double apart = distanceInAll(gradientsOf(*exact, batch, &expectedLoss),
                                       gradientsOf(**rough, batch, &loss));
    QVERIFY2(apart < Rounding, qPrintable(QString::number(apart)));
}

void TestEngineAgreement::normalizationsFold_data()
{
    QTest::addColumn<QList<BlockChoice>>("row");
    QTest::addColumn<Shape>("shape");
    const BlockChoice normalization{u"batch_normalization"_s};
    const auto row = [&](const QString& name, BlockChoice before, const Shape& shape,
                         const QList<BlockChoice>& behind = {}) {
        QTest::newRow(qPrintable(name))
            << QList<BlockChoice>{std::move(before), normalization} + behind << shape;
    };
    const auto activation = [](const QString& key) {
        return ParameterValues{{u"activation"_s, key}};
    };
    for (const qint64 channels : {1, 7, 16, 33}) {
        const QString of = u" of %1 channels"_s.arg(channels);
        const Shape image{7, 5, channels};
        for (const QString& type : {u"conv2d"_s, u"depthwise_conv2d"_s, u"max_pooling2d"_s,
                                    u"average_pooling2d"_s, u"global_average_pooling2d"_s})
            row(type + of, {type}, image);
        row(u"conv1d"_s + of, {u"conv1d"_s}, {9, channels});
        row(u"dense"_s + of, {u"dense"_s}, {channels});
    }
    const Shape image{8, 9, 16};
    for (const QString& key : {u"linear"_s, u"relu"_s, u"tanh"_s, u"swish"_s})
        row(u"behind "_s + key, {u"conv2d"_s, activation(key)}, image);
    for (const QString& key : {u"relu"_s, u"sigmoid"_s, u"gelu"_s})
        row(u"before "_s + key, {u"conv2d"_s, activation(u"linear"_s)}, image,
            {{u"activation"_s, activation(key)}});
    row(u"twice"_s, {u"conv2d"_s}, image,
        {normalization, {u"activation"_s, activation(u"relu"_s)}});
    row(u"before pooling"_s, {u"conv2d"_s}, image, {{u"max_pooling2d"_s}, normalization});
}

/// In an inference a batch normalization becomes part of the block before it, but not where what
/// it reads is read by another block, too.
void TestEngineAgreement::normalizationsFold()
{
    QFETCH(const QList<BlockChoice>, row);
    QFETCH(const Shape, shape);
    const Network network(row, {shape});
    const auto reference =
        executorOf(network.graph, network.features, optionsFor(Engine::Reference));
    const auto compiled = executorOf(network.graph, network.features, optionsFor(Engine::Compiled));
    const QList<NamedTensor> start = randomized(stateOf(*reference));
    QVERIFY(reference->setState(start, true) && compiled->setState(start, true));
    for (quint64 step = 0; step < 3; ++step) { // statistics change, what follows from them as well
        const Batch batch = network.batch(5, 11 + step);
        const auto expected = reference->evaluate(batch);
        const auto got = compiled->evaluate(batch);
        QVERIFY(expected && got);
        const double apart = relativeDistance(expected->outputs.values, got->outputs.values);
        QVERIFY2(apart < 1e-4, qPrintable(QString::number(apart)));
        QVERIFY(reference->trainStep(batch, 0.01, step) && compiled->trainStep(batch, 0.01, step));
    }
}

void TestEngineAgreement::snippetsAgree_data()
{
    QTest::addColumn<QString>("key");
    for (const Snippet& snippet : snippets())
        QTest::newRow(qPrintable(snippet.key)) << snippet.key;
}

namespace {

struct SnippetNetwork {
    ModelGraph graph;
    QList<FeatureDescription> features{
        {u"image"_s, Encoding::Image, {16, 16, 3}, {}},
        {u"numbers"_s, Encoding::Numeric, {6}, {}},
        {u"number"_s, Encoding::Numeric, {1}, {}},
        {u"label"_s, Encoding::Categorical, {3}, {u"a"_s, u"b"_s, u"c"_s}}};
    QString read;
    QString learnt;

    [[nodiscard]] bool find(const QString& key)
    {
        const ModelGraph snippet = findSnippet(key)->build();
        for (const QString& input : {u"image"_s, u"numbers"_s})
            for (const QString& target : {u"label"_s, u"number"_s}) {
                graph = snippet;
                read = input;
                learnt = target;
                for (const Block& block : snippet.blocks())
                    if (block.type == u"input"_s || block.type == u"target"_s)
                        graph.setParameter(block.id, u"feature"_s,
                                           block.type == u"input"_s ? input : target);
                if (analyzeGraph(graph, features).canRun())
                    return true;
            }
        return false;
    }

    [[nodiscard]] Batch batch(qint64 size, quint64 seed) const
    {
        Batch made{size, {}, {}};
        const qint64 width = read == u"image"_s ? 16 * 16 * 3 : 6;
        for (qsizetype i = 0; i < analyzeGraph(graph, features).inputs.size(); ++i)
            made.columns.push_back({{}, randomValues(size * width, seed + quint64(i)), {}});
        if (learnt == u"number"_s) {
            made.columns.push_back({{}, randomValues(size, seed + 9), {}});
            return made;
        }
        std::vector<qint64> classes;
        for (qint64 i = 0; i < size; ++i)
            classes.push_back((i * 7 + qint64(seed)) % 3);
        made.columns.push_back({{}, {}, classes});
        return made;
    }
};

} // namespace

void TestEngineAgreement::snippetsAgree()
{
    QFETCH(const QString, key);
    SnippetNetwork network;
    QVERIFY(network.find(key));
    for (Block block : network.graph.blocks()) // engines draw other numbers
        if (block.type == u"dropout"_s)
            network.graph.setParameter(block.id, u"rate"_s, 0.0);
    const auto reference =
        executorOf(network.graph, network.features, optionsFor(Engine::Reference));
    const auto compiled = executorOf(network.graph, network.features, optionsFor(Engine::Compiled));
    const Batch batch = network.batch(8, 3);
    double expectedLoss = 0;
    double loss = 0;
    const auto gradients = gradientsOf(*reference, batch, &expectedLoss);
    const QString difference =
        firstDifference(gradients, gradientsOf(*compiled, batch, &loss), 1e-4);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
    QVERIFY(std::abs(loss - expectedLoss) < 1e-4);
}

void TestEngineAgreement::optimizersAgree_data()
{
    QTest::addColumn<OptimizerSettings>("optimizer");
    for (const auto& optimizer : enumNames(Optimizer{}))
        QTest::newRow(qPrintable(QString::fromUtf16(optimizer.key)))
            << OptimizerSettings{optimizer.value, {}};
    QTest::newRow("sgd, momentum") << OptimizerSettings{Optimizer::SGD, {{u"momentum"_s, 0.9}}};
    QTest::newRow("sgd, nesterov")
        << OptimizerSettings{Optimizer::SGD, {{u"momentum"_s, 0.9}, {u"nesterov"_s, 1}}};
}

/// One engine updates by LibTorch, the other by loops of its own.
void TestEngineAgreement::optimizersAgree()
{
    QFETCH(const OptimizerSettings, optimizer);
    const Network network(u"dense"_s, {{u"nodes"_s, 40}, {u"activation"_s, u"tanh"_s}},
                          {Shape{13}});
    ExecutorOptions options = optionsFor(Engine::Reference);
    options.optimizer = optimizer;
    const auto reference = executorOf(network.graph, network.features, options);
    options.engine = Engine::Compiled;
    const auto compiled = executorOf(network.graph, network.features, options);
    const QList<NamedTensor> start = stateOf(*reference);
    for (quint64 step = 0; step < 6; ++step) {
        QVERIFY(reference->trainStep(network.batch(32, step), 0.001, step));
        QVERIFY(compiled->trainStep(network.batch(32, step), 0.001, step));
    }
    const QList<NamedTensor> expected = stateOf(*reference);
    const QList<NamedTensor> got = stateOf(*compiled);
    QCOMPARE(got.size(), expected.size());
    for (qsizetype i = 0; i < got.size(); ++i) {
        QCOMPARE(got[i].name, expected[i].name);
        QVERIFY2(expected[i].data != start[i].data, qPrintable(got[i].name));
        if (got[i].type == TensorType::Float32)
            QVERIFY2(distance(floatsOf(got[i]), floatsOf(expected[i])) < 2e-5,
                     qPrintable(got[i].name));
        else
            QCOMPARE(got[i].data, expected[i].data);
    }
}

void TestEngineAgreement::lastShortBatch()
{
    SnippetNetwork network;
    QVERIFY(network.find(u"CNN"_s));
    const auto reference =
        executorOf(network.graph, network.features, optionsFor(Engine::Reference));
    const auto compiled = executorOf(network.graph, network.features, optionsFor(Engine::Compiled));
    for (const qint64 size : {32, 3, 300, 32}) {
        const Batch batch = network.batch(size, 3);
        const auto expected = reference->trainStep(batch, 0.01, 1);
        const auto got = compiled->trainStep(batch, 0.01, 1);
        QVERIFY(expected && got);
        QVERIFY(std::abs(expected->loss - got->loss) < 1e-3);
        const auto evaluated = compiled->evaluate(batch);
        QVERIFY(evaluated);
        QVERIFY(distance(reference->evaluate(batch)->outputs.values, evaluated->outputs.values) <
                1e-3);
    }
}

void TestEngineAgreement::statesInterchange()
{
    SnippetNetwork network;
    QVERIFY(network.find(u"CNN"_s));
    ExecutorOptions options = optionsFor(Engine::Compiled);
    options.optimizer.optimizer = Optimizer::Adam;
    const auto compiled = executorOf(network.graph, network.features, options);
    options.engine = Engine::Reference;
    const auto reference = executorOf(network.graph, network.features, options);
    for (quint64 step = 0; step < 3; ++step)
        QVERIFY(compiled->trainStep(network.batch(16, step), 0.001, step));
    QVERIFY(reference->setState(stateOf(*compiled), true));
    QCOMPARE(stateOf(*reference), stateOf(*compiled));
    const Batch batch = network.batch(16, 40);
    QVERIFY(std::abs(reference->trainStep(batch, 0.001, 4)->loss -
                     compiled->trainStep(batch, 0.001, 4)->loss) < 1e-4);
}

void TestEngineAgreement::sameBitsFromRunToRun()
{
    SnippetNetwork network;
    QVERIFY(network.find(u"CNN"_s));
    ExecutorOptions options = optionsFor(Engine::Compiled);
    options.optimizer.optimizer = Optimizer::Adam;
    const auto first = executorOf(network.graph, network.features, options);
    for (quint64 step = 0; step < 3; ++step)
        QVERIFY(first->trainStep(network.batch(16, step), 0.001, step));
    const auto resumed = executorOf(network.graph, network.features, options);
    QVERIFY(resumed->setState(stateOf(*first), true));
    for (quint64 step = 3; step < 6; ++step)
        for (Executor* executor : {first.get(), resumed.get()})
            QVERIFY(executor->trainStep(network.batch(16, step), 0.001, step));
    QCOMPARE(stateOf(*resumed), stateOf(*first));
    const auto again = executorOf(network.graph, network.features, options);
    for (quint64 step = 0; step < 6; ++step)
        QVERIFY(again->trainStep(network.batch(16, step), 0.001, step));
    QCOMPARE(stateOf(*again), stateOf(*first));
}

void TestEngineAgreement::curvesStayTogether()
{
    SnippetNetwork network;
    QVERIFY(network.find(u"CNN"_s));
    QList<double> losses;
    for (const Engine engine : {Engine::Reference, Engine::Compiled}) {
        const auto executor = executorOf(network.graph, network.features, optionsFor(engine));
        for (quint64 step = 0; step < 40; ++step)
            QVERIFY(executor->trainStep(network.batch(16, step % 4), 0.05, step));
        losses.append(executor->evaluate(network.batch(64, 0))->loss);
    }
    QVERIFY2(std::abs(losses[0] - losses[1]) < 0.05 * std::max(losses[0], 0.2),
             qPrintable(u"%1 and %2"_s.arg(losses[0]).arg(losses[1])));
}

QTEST_GUILESS_MAIN(TestEngineAgreement)
#include "tst_engine_agreement.moc"
