#include "tests/core/nn/block_bench.h"

#include <QTest>
#include <cmath>
#include <functional>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr float Missing = std::numeric_limits<float>::quiet_NaN();

/// Input, Dense with weights of one's own, Target.
struct TinyModel {
    ModelGraph graph;
    QList<FeatureDescription> features;
    BlockId dense;

    TinyModel(qint64 width, const FeatureDescription& target, const QString& loss,
              const QString& activation)
        : features{{u"x"_s, Encoding::Numeric, {width}, {}}, target}
    {
        const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"x"_s}});
        dense = graph.addBlock(u"dense"_s, {},
                               {{u"nodes"_s, target.shape.elementCount()},
                                {u"activation"_s, activation},
                                {u"use_bias"_s, false}});
        const BlockId end =
            graph.addBlock(u"target"_s, {}, {{u"feature"_s, target.name}, {u"loss"_s, loss}});
        graph.connect({input, dense});
        graph.connect({dense, end});
    }

    [[nodiscard]] std::unique_ptr<Executor> make(const Values& weights,
                                                 const ExecutorOptions& options = {}) const
    {
        auto executor = makeExecutor(graph, features, options);
        QList<NamedTensor> state = *executor->state();
        state.first().data = bytesOf(weights);
        if (!executor->setState(state, true))
            qFatal("the weights do not fit");
        return executor;
    }
};

FeatureDescription classes(qint64 count)
{
    QStringList names;
    for (qint64 i = 0; i < count; ++i)
        names.append(QString::number(i));
    return {u"y"_s, Encoding::Categorical, {count}, names};
}

FeatureDescription numbers(qint64 count)
{
    return {u"y"_s, Encoding::Numeric, {count}, {}};
}

FeatureDescription yesOrNo()
{
    return {u"y"_s, Encoding::Binary, {1}, {u"no"_s, u"yes"_s}};
}

Batch batchOf(qint64 width, const Values& x, const std::vector<qint64>& labels)
{
    return {qint64(labels.size()), {}, {{{width}, x, {}}, {{1}, {}, labels}}};
}

Batch batchOf(qint64 width, const Values& x, const Values& y)
{
    const qint64 size = qint64(x.size()) / width;
    return {size, {}, {{{width}, x, {}}, {{qint64(y.size()) / size}, y, {}}}};
}

Values identity(size_t size)
{
    Values weights(size * size);
    for (size_t i = 0; i < size; ++i)
        weights[i * size + i] = 1;
    return weights;
}

bool close(double left, double right, double tolerance = 1e-5)
{
    return std::abs(left - right) <= tolerance * std::max(1.0, std::abs(right));
}

double sigmoid(double x)
{
    return 1 / (1 + std::exp(-x));
}

/// One weight and what an optimizer keeps of it, by the formulas of the papers.
struct Scalar {
    double w = 0.5, a = 0, b = 0, c = 0, product = 1;
};
using Rule = std::function<void(Scalar&, double g, double rate, int t)>;

} // namespace

Q_DECLARE_METATYPE(OptimizerSettings)

class TestLearning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numberLosses_data();
    void numberLosses();
    void softmaxCrossentropy();
    void softmaxCrossentropyIsStable();
    void crossentropyOfOtherOutputs();
    void binaryCrossentropy();
    void squaredHingeOfClasses();
    void missingTargetsDoNotCount();
    void nothingButMissingTargets();
    void classWeights();
    void optimizers_data();
    void optimizers();
    void frozenWeightsStay();
};

void TestLearning::numberLosses_data()
{
    using Formula = std::function<double(double p, double y)>;
    QTest::addColumn<Formula>("formula");
    QTest::addColumn<Values>("targets");
    const auto logarithm = [](double x) { return std::log(std::max(x, 1e-7) + 1); };
    QTest::newRow("mean_squared_error")
        << Formula([](double p, double y) { return (p - y) * (p - y); }) << Values{0, 5, -1, 2};
    QTest::newRow("mean_absolute_error")
        << Formula([](double p, double y) { return std::abs(p - y); }) << Values{0, 5, -1, 2};
    QTest::newRow("mean_squared_logarithmic_error")
        << Formula([=](double p, double y) { return std::pow(logarithm(p) - logarithm(y), 2); })
        << Values{0, 5, 1, 2};
    QTest::newRow("poisson") << Formula([](double p, double y) {
        return p - y * std::log(p + 1e-7);
    }) << Values{0, 5, 1, 2};
    QTest::newRow("squared_hinge") << Formula([](double p, double y) {
        return std::pow(std::max(1 - (y > 0 ? 1 : -1) * p, 0.0), 2);
    }) << Values{0, 1, 1, 0};
}

void TestLearning::numberLosses()
{
    QFETCH(const std::function<double(double, double)>, formula);
    QFETCH(const Values, targets);
    const Values x{0.5F, 1.5F, 2, 0.25F};
    const auto executor =
        TinyModel(2, numbers(2), QString::fromLatin1(QTest::currentDataTag()), u"relu"_s)
            .make(identity(2));
    const auto result = executor->evaluate(batchOf(2, x, targets));
    QVERIFY(result);
    double sum = 0;
    for (size_t i = 0; i < 2; ++i) {
        const double expected = (formula(double(x[2 * i]), double(targets[2 * i])) +
                                 formula(double(x[2 * i + 1]), double(targets[2 * i + 1]))) /
                                2;
        QVERIFY(close(double(result->losses[i]), expected));
        sum += expected;
    }
    QVERIFY(close(result->loss, sum / 2));
    QVERIFY(close(executor->trainStep(batchOf(2, x, targets), 0, 1)->loss, sum / 2));
    QCOMPARE(result->outputs.values, x);
}

void TestLearning::softmaxCrossentropy()
{
    const auto executor =
        TinyModel(3, classes(3), u"categorical_crossentropy"_s, u"softmax"_s).make(identity(3));
    const Values x{1, 2, 3, -1, 0, 0};
    const auto result = executor->evaluate(batchOf(3, x, std::vector<qint64>{2, 0}));
    QVERIFY(result);
    const double first = std::log(std::exp(1) + std::exp(2) + std::exp(3)) - 3;
    const double second = std::log(std::exp(-1) + 2) + 1;
    QVERIFY(close(double(result->losses[0]), first));
    QVERIFY(close(double(result->losses[1]), second));
    QVERIFY(close(result->loss, (first + second) / 2));
    QCOMPARE(result->outputs.width, 3);
    QVERIFY(close(double(result->outputs.values[2]), std::exp(-first)));
    const auto trained = executor->trainStep(batchOf(3, x, std::vector<qint64>{2, 0}), 0, 1);
    QCOMPARE(trained->outputs.values, result->outputs.values);
    QVERIFY(trained->losses.empty());
}

void TestLearning::softmaxCrossentropyIsStable()
{
    const auto executor =
        TinyModel(2, classes(2), u"categorical_crossentropy"_s, u"softmax"_s).make(identity(2));
    const auto result = executor->evaluate(batchOf(2, {1000, -1000}, std::vector<qint64>{1}));
    QVERIFY(close(result->loss, 2000));
    const auto binary = TinyModel(1, yesOrNo(), u"binary_crossentropy"_s, u"sigmoid"_s).make({1});
    QVERIFY(close(binary->evaluate(batchOf(1, {-500}, std::vector<qint64>{1}))->loss, 500));
}

void TestLearning::crossentropyOfOtherOutputs()
{
    // Softmax before a block that is not the last is no part of the loss: Keras' formula of
    // probabilities, brought to the sum 1 and clipped.
    ModelGraph graph = TinyModel(2, classes(2), u"categorical_crossentropy"_s, u"softmax"_s).graph;
    const BlockId dense = graph.blockByName(u"Dense"_s)->id;
    const BlockId target = graph.outputsOf(dense).first();
    const BlockId flatten = graph.addBlock(u"flatten"_s);
    graph.disconnect({dense, target});
    graph.connect({dense, flatten});
    graph.connect({flatten, target});
    TinyModel model(2, classes(2), u"categorical_crossentropy"_s, u"softmax"_s);
    model.graph = graph;
    const auto executor = model.make(identity(2));
    const auto result = executor->evaluate(batchOf(2, {0, 1, 50, -50}, std::vector<qint64>{1, 1}));
    QVERIFY(result);
    QVERIFY(close(double(result->losses[0]), -std::log(std::exp(1) / (1 + std::exp(1)))));
    QVERIFY(close(double(result->losses[1]), -std::log(1e-7), 1e-3));
}

void TestLearning::binaryCrossentropy()
{
    const auto executor = TinyModel(1, yesOrNo(), u"binary_crossentropy"_s, u"sigmoid"_s).make({1});
    const auto result = executor->evaluate(batchOf(1, {0.5F, -2, 3}, std::vector<qint64>{1, 1, 0}));
    QVERIFY(result);
    QVERIFY(close(double(result->losses[0]), -std::log(sigmoid(0.5))));
    QVERIFY(close(double(result->losses[1]), -std::log(sigmoid(-2))));
    QVERIFY(close(double(result->losses[2]), -std::log(1 - sigmoid(3))));
    QVERIFY(close(double(result->outputs.values[2]), sigmoid(3)));

    const auto several =
        TinyModel(3, classes(3), u"binary_crossentropy"_s, u"sigmoid"_s).make(identity(3));
    const double expected =
        -(std::log(1 - sigmoid(1)) + std::log(sigmoid(2)) + std::log(1 - sigmoid(-1))) / 3;
    QVERIFY(
        close(several->evaluate(batchOf(3, {1, 2, -1}, std::vector<qint64>{1}))->loss, expected));
}

void TestLearning::squaredHingeOfClasses()
{
    const auto executor =
        TinyModel(2, classes(2), u"squared_hinge"_s, u"linear"_s).make(identity(2));
    const auto result = executor->evaluate(batchOf(2, {0.5F, 0.25F}, std::vector<qint64>{0}));
    QVERIFY(close(result->loss, (0.5 * 0.5 + 1.25 * 1.25) / 2));
}

void TestLearning::missingTargetsDoNotCount()
{
    const TinyModel labels(2, classes(2), u"categorical_crossentropy"_s, u"softmax"_s);
    const auto executor = labels.make(identity(2));
    const Values x{1, 0, 5, -5, 0, 2};
    const Batch some = batchOf(2, x, std::vector<qint64>{0, -1, 1});
    const Batch rest = batchOf(2, {1, 0, 0, 2}, std::vector<qint64>{0, 1});
    const auto result = executor->evaluate(some);
    QVERIFY(result);
    QVERIFY(close(result->loss, executor->evaluate(rest)->loss));
    QCOMPARE(result->losses[1], 0.0F);
    QCOMPARE(result->outputs.size, 3);
    const auto other = labels.make(identity(2));
    QVERIFY(executor->trainStep(some, 0.1, 1));
    QVERIFY(other->trainStep(rest, 0.1, 1));
    QVERIFY(distance(floatsOf(executor->state()->first()), floatsOf(other->state()->first())) <
            1e-6);

    for (const QString& loss : {u"mean_squared_error"_s, u"poisson"_s}) {
        const auto number = TinyModel(1, numbers(1), loss, u"relu"_s).make({1});
        const Values ones{1, 1, 1};
        const auto two = number->evaluate(batchOf(1, ones, Values{2, Missing, 4}));
        QVERIFY(two);
        QVERIFY(close(two->loss, number->evaluate(batchOf(1, {1, 1}, Values{2, 4}))->loss));
        QVERIFY(number->trainStep(batchOf(1, ones, Values{2, Missing, 4}), 0.1, 1));
        QVERIFY(std::isfinite(floatsOf(number->state()->first()).front()));
    }
}

void TestLearning::nothingButMissingTargets()
{
    const auto executor = TinyModel(1, numbers(1), u"mean_squared_error"_s, u"linear"_s).make({1});
    const auto result = executor->trainStep(batchOf(1, {1, 2}, Values{Missing, Missing}), 0.1, 1);
    QVERIFY(result);
    QCOMPARE(result->loss, 0.0);
    QCOMPARE(floatsOf(executor->state()->first()), Values({1}));
}

void TestLearning::classWeights()
{
    ExecutorOptions options;
    options.classWeights = {0.5F, 3};
    const auto executor = TinyModel(2, classes(2), u"categorical_crossentropy"_s, u"softmax"_s)
                              .make(identity(2), options);
    const Batch batch = batchOf(2, {1, 0, 0, 2, 0, 0}, std::vector<qint64>{0, 1, -1});
    const auto plain = executor->evaluate(batch);
    const double expected = (0.5 * double(plain->losses[0]) + 3 * double(plain->losses[1])) / 2;
    QVERIFY(close(executor->trainStep(batch, 0, 1)->loss, expected));
    QVERIFY(close(plain->loss, double(plain->losses[0] + plain->losses[1]) / 2));

    options.classWeights = {1, 1, 1};
    const TinyModel model(2, classes(2), u"categorical_crossentropy"_s, u"softmax"_s);
    const auto refused = createReferenceExecutor(model.graph, model.features, options);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
}

void TestLearning::optimizers_data()
{
    QTest::addColumn<OptimizerSettings>("settings");
    QTest::addColumn<Rule>("rule");
    constexpr double E = 1e-7;
    const auto moments = [](Scalar& s, double g) {
        s.a = 0.9 * s.a + 0.1 * g;
        s.b = 0.999 * s.b + 0.001 * g * g;
    };
    const auto corrected = [](double rate, int t) {
        return rate * std::sqrt(1 - std::pow(0.999, t)) / (1 - std::pow(0.9, t));
    };
    QTest::newRow("Adam") << OptimizerSettings{Optimizer::Adam, {}}
                          << Rule([=](Scalar& s, double g, double rate, int t) {
                                 moments(s, g);
                                 s.w -= corrected(rate, t) * s.a / (std::sqrt(s.b) + E);
                             });
    QTest::newRow("AMSgrad") << OptimizerSettings{Optimizer::AMSgrad, {}}
                             << Rule([=](Scalar& s, double g, double rate, int t) {
                                    moments(s, g);
                                    s.c = std::max(s.c, s.b);
                                    s.w -= corrected(rate, t) * s.a / (std::sqrt(s.c) + E);
                                });
    QTest::newRow("Adamax") << OptimizerSettings{Optimizer::Adamax, {}}
                            << Rule([=](Scalar& s, double g, double rate, int t) {
                                   s.a = 0.9 * s.a + 0.1 * g;
                                   s.b = std::max(0.999 * s.b, std::abs(g));
                                   s.w -= rate / (1 - std::pow(0.9, t)) * s.a / (s.b + E);
                               });
    QTest::newRow("Nadam") << OptimizerSettings{Optimizer::Nadam, {}}
                           << Rule([=](Scalar& s, double g, double rate, int t) {
                                  const auto mu = [](int step) {
                                      return 0.9 * (1 - 0.5 * std::pow(0.96, 0.004 * step));
                                  };
                                  moments(s, g);
                                  s.product *= mu(t);
                                  const double m = mu(t + 1) * s.a / (1 - s.product * mu(t + 1)) +
                                                   (1 - mu(t)) * g / (1 - s.product);
                                  const double v = s.b / (1 - std::pow(0.999, t));
                                  s.w -= rate * m / (std::sqrt(v) + E);
                              });
    QTest::newRow("RMSprop") << OptimizerSettings{Optimizer::RMSprop, {}}
                             << Rule([=](Scalar& s, double g, double rate, int) {
                                    s.a = 0.9 * s.a + 0.1 * g * g;
                                    s.w -= rate * g / (std::sqrt(s.a) + E);
                                });
    QTest::newRow("Adadelta") << OptimizerSettings{Optimizer::Adadelta, {}}
                              << Rule([=](Scalar& s, double g, double rate, int) {
                                     s.a = 0.95 * s.a + 0.05 * g * g;
                                     const double d = std::sqrt((s.b + E) / (s.a + E)) * g;
                                     s.b = 0.95 * s.b + 0.05 * d * d;
                                     s.w -= rate * d;
                                 });
    QTest::newRow("Adagrad") << OptimizerSettings{Optimizer::Adagrad, {}}
                             << Rule([=](Scalar& s, double g, double rate, int t) {
                                    s.a = (t == 1 ? 0.1 : s.a) + g * g;
                                    s.w -= rate * g / (std::sqrt(s.a) + E);
                                });
    QTest::newRow("SGD") << OptimizerSettings{Optimizer::SGD, {}}
                         << Rule([](Scalar& s, double g, double rate, int) { s.w -= rate * g; });
    QTest::newRow("SGD with momentum") << OptimizerSettings{Optimizer::SGD, {{u"momentum"_s, 0.8}}}
                                       << Rule([](Scalar& s, double g, double rate, int) {
                                              s.a = 0.8 * s.a - rate * g;
                                              s.w += s.a;
                                          });
    QTest::newRow("SGD with Nesterov")
        << OptimizerSettings{Optimizer::SGD, {{u"momentum"_s, 0.8}, {u"nesterov"_s, 1}}}
        << Rule([](Scalar& s, double g, double rate, int) {
               s.a = 0.8 * s.a - rate * g;
               s.w += 0.8 * s.a - rate * g;
           });
    QTest::newRow("other values") << OptimizerSettings{Optimizer::RMSprop,
                                                       {{u"rho"_s, 0.5}, {u"epsilon"_s, 0.1}}}
                                  << Rule([](Scalar& s, double g, double rate, int) {
                                         s.a = 0.5 * s.a + 0.5 * g * g;
                                         s.w -= rate * g / (std::sqrt(s.a) + 0.1);
                                     });
}

void TestLearning::optimizers()
{
    QFETCH(const OptimizerSettings, settings);
    QFETCH(const Rule, rule);
    ExecutorOptions options;
    options.optimizer = settings;
    const auto executor =
        TinyModel(1, numbers(1), u"mean_squared_error"_s, u"linear"_s).make({0.5F}, options);
    Scalar scalar;
    for (int t = 1; t <= 6; ++t) {
        const double rate = t < 4 ? 0.05 : 0.02; // as a schedule of a trainer changes it
        const double x = 1 + 0.5 * t;
        QVERIFY(executor->trainStep(batchOf(1, {float(x)}, Values{3}), rate, 1));
        rule(scalar, 2 * x * (scalar.w * x - 3), rate, t);
        const double weight = double(floatsOf(executor->state()->first()).front());
        QVERIFY2(close(weight, scalar.w, 2e-5),
                 qPrintable(u"step %1: %2 instead of %3"_s.arg(t).arg(weight).arg(scalar.w)));
    }
}

void TestLearning::frozenWeightsStay()
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"x"_s}});
    const BlockId frozen =
        graph.addBlock(u"dense"_s, {}, {{u"nodes"_s, 3}, {u"trainable"_s, false}});
    const BlockId dense = graph.addBlock(u"dense"_s, {}, {{u"activation"_s, u"linear"_s}});
    const BlockId target = graph.addBlock(
        u"target"_s, {}, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    graph.connect({input, frozen});
    graph.connect({frozen, dense});
    graph.connect({dense, target});
    const auto executor = makeExecutor(graph, {{u"x"_s, Encoding::Numeric, {2}, {}}, numbers(1)});
    QCOMPARE(executor->parameterCount(), 4);
    const QList<NamedTensor> before = *executor->state();
    QVERIFY(executor->trainStep(batchOf(2, {1, -1, 2, 3}, Values{1, 2}), 0.1, 1));
    const QList<NamedTensor> after = *executor->state();
    QCOMPARE(after[0], before[0]);
    QCOMPARE(after[1], before[1]);
    QVERIFY(after[2] != before[2] || after[3] != before[3]);
}

QTEST_GUILESS_MAIN(TestLearning)
#include "tst_learning.moc"
