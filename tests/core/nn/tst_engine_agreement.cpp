#include "core/graph/snippets.h"
#include "tests/core/nn/engine_agreement.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace espalier;
using namespace Qt::StringLiterals;

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

/// Whole networks: what the compiled engine does in a training is what the reference does.
class TestEngineAgreement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void optimizersAgree_data();
    void optimizersAgree();
    void snippetsAgree_data();
    void snippetsAgree();
    void lastShortBatch();
    void statesInterchange();
    void sameBitsFromRunToRun();
    void curvesStayTogether();
    void automaticTakesTheFaster();
};

/// CMakeLists.txt runs this as on older processors, too.
void TestEngineAgreement::automaticTakesTheFaster()
{
    SnippetNetwork network;
    QVERIFY(network.find(u"cnn"_s));
    ExecutorOptions options;
    options.device = Device::Cpu;
    const auto executor = createExecutor(network.graph, network.features, options);
    QVERIFY(executor);
    const bool isOld = qEnvironmentVariable("ONEDNN_MAX_CPU_ISA") == u"SSE41" ||
                       !__builtin_cpu_supports("avx2");
    QCOMPARE((*executor)->engine(), isOld ? u"reference"_s : u"compiled"_s);
    options.engine = Engine::Compiled;
    QCOMPARE((*createExecutor(network.graph, network.features, options))->engine(), u"compiled"_s);
}

void TestEngineAgreement::snippetsAgree_data()
{
    QTest::addColumn<QString>("key");
    for (const Snippet& snippet : snippets())
        QTest::newRow(qPrintable(snippet.key)) << snippet.key;
}

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
    const BlockNetwork network({{u"dense"_s, {{u"nodes"_s, 40}, {u"activation"_s, u"tanh"_s}}}},
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
