#include "tests/core/nn/block_bench.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr double Tolerance = 2e-6;

/// 0, 1, 2, ...
Values counting(qint64 count)
{
    Values values(static_cast<size_t>(count));
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = float(i);
    return values;
}

Values reversedRows(const Values& image, size_t width)
{
    Values mirrored = image;
    for (size_t row = 0; row < image.size(); row += width)
        std::reverse(mirrored.begin() + qsizetype(row), mirrored.begin() + qsizetype(row + width));
    return mirrored;
}

Values normalized(const Values& values, double mean, double variance, double epsilon)
{
    Values result;
    for (const float value : values)
        result.push_back(float((double(value) - mean) / std::sqrt(variance + epsilon)));
    return result;
}

} // namespace

class TestBlocks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fixedResults_data();
    void fixedResults();
    void activations_data();
    void activations();
    void denseAtEveryPlace();
    void denseAfterGlobalPooling();
    void batchNormalization();
    void batchNormalizationReachesItsMomentum();
    void batchNormalizationOfOneValue();
    void batchNormalizationFrozen();
    void layerNormalization();
    void dropout();
    void randomFlips();
    void randomTransformationIsOfTrainingAlone();
    void randomCropKeepsAPartOfTheImage();
    void randomCropTakesNothingFromOutside();
    void brightnessMovesAllValuesAlike();
    void augmentationOfInput();
    void initialWeights_data();
    void initialWeights();
    void initialWeightsDependOnSeedAndBlock();
    void gradients_data();
    void gradients();
    void bfloat16_data();
    void bfloat16();
};

void TestBlocks::fixedResults_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<ParameterValues>("parameters");
    QTest::addColumn<QList<Shape>>("shapes");
    QTest::addColumn<QList<Values>>("inputs");
    QTest::addColumn<Values>("expected");
    const Shape image{2, 2, 2};
    const Values values{0, 1, 2, 3, 4, 5, 6, 7};
    const auto row = [](const char* name, const QString& type, const ParameterValues& parameters,
                        const QList<Shape>& shapes, const QList<Values>& inputs,
                        const Values& expected) {
        QTest::newRow(name) << type << parameters << shapes << inputs << expected;
    };
    row("flatten keeps the order of the graph", u"flatten"_s, {}, {image}, {values}, values);
    row("flatten a sequence", u"flatten"_s, {}, {Shape{4, 2}}, {values}, values);
    row("reshape to image", u"reshape"_s, {{u"target_shape"_s, u"1x2x4"_s}}, {image}, {values},
        values);
    row("reshape to vector", u"reshape"_s, {{u"target_shape"_s, u"8"_s}}, {image}, {values},
        values);
    row("reshape to sequence", u"reshape"_s, {{u"target_shape"_s, u"4x2"_s}}, {Shape{8}}, {values},
        values);
    row("add", u"add"_s, {}, {Shape{3}, Shape{3}, Shape{3}},
        {Values{1, 2, 3}, Values{10, 20, 30}, Values{100, 200, 300}}, {111, 222, 333});
    row("multiply", u"multiply"_s, {}, {Shape{3}, Shape{3}}, {Values{1, 2, 3}, Values{4, 5, 6}},
        {4, 10, 18});
    row("concatenate vectors", u"concatenate"_s, {}, {Shape{2}, Shape{1}},
        {Values{1, 2}, Values{3}}, {1, 2, 3});
    row("concatenate channels", u"concatenate"_s, {}, {Shape{1, 2, 1}, Shape{1, 2, 2}},
        {Values{1, 2}, Values{3, 4, 5, 6}}, {1, 3, 4, 2, 5, 6});
    row("concatenate height", u"concatenate"_s, {{u"axis"_s, u"1"_s}},
        {Shape{1, 2, 1}, Shape{2, 2, 1}}, {Values{1, 2}, Values{3, 4, 5, 6}}, {1, 2, 3, 4, 5, 6});
    row("concatenate width", u"concatenate"_s, {{u"axis"_s, u"2"_s}},
        {Shape{2, 1, 1}, Shape{2, 2, 1}}, {Values{1, 2}, Values{3, 4, 5, 6}}, {1, 3, 4, 2, 5, 6});
    row("concatenate last of a sequence", u"concatenate"_s, {{u"axis"_s, u"2"_s}},
        {Shape{2, 1}, Shape{2, 1}}, {Values{1, 2}, Values{3, 4}}, {1, 3, 2, 4});
    row("upsampling nearest", u"upsampling2d"_s, {}, {Shape{1, 2, 1}}, {Values{1, 2}},
        {1, 1, 2, 2, 1, 1, 2, 2});
    row("upsampling bilinear", u"upsampling2d"_s, {{u"interpolation"_s, u"bilinear"_s}},
        {Shape{1, 2, 1}}, {Values{0, 4}}, {0, 1, 3, 4, 0, 1, 3, 4});
    row("zero padding", u"zero_padding2d"_s,
        {{u"top"_s, 1}, {u"bottom"_s, 0}, {u"left"_s, 2}, {u"right"_s, 1}}, {Shape{1, 2, 1}},
        {Values{7, 8}}, {0, 0, 0, 0, 0, 0, 0, 7, 8, 0});
    row("global average", u"global_average_pooling2d"_s, {}, {image}, {values}, {3, 4});
    row("global max", u"global_max_pooling2d"_s, {}, {image}, {values}, {6, 7});
    row("global average 1D", u"global_average_pooling1d"_s, {}, {Shape{4, 2}}, {values}, {3, 4});
    row("global max 1D", u"global_max_pooling1d"_s, {}, {Shape{4, 2}}, {values}, {6, 7});
    row("dropout of evaluation", u"dropout"_s, {}, {Shape{3}}, {Values{1, 2, 3}}, {1, 2, 3});
}

void TestBlocks::fixedResults()
{
    QFETCH(const QString, type);
    QFETCH(const ParameterValues, parameters);
    QFETCH(const QList<Shape>, shapes);
    QFETCH(const QList<Values>, inputs);
    QFETCH(const Values, expected);
    BlockBench bench(type, parameters, shapes);
    QCOMPARE(bench.output().elementCount(), qint64(expected.size()));
    QVERIFY(distance(bench.predict(inputs), expected) < Tolerance);
}

void TestBlocks::activations_data()
{
    using Function = std::function<double(double)>;
    QTest::addColumn<Function>("function");
    const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    QTest::newRow("linear") << Function([](double x) { return x; });
    QTest::newRow("relu") << Function([](double x) { return std::max(x, 0.0); });
    QTest::newRow("swish") << Function([=](double x) { return x * sigmoid(x); });
    QTest::newRow("sigmoid") << Function(sigmoid);
    QTest::newRow("tanh") << Function([](double x) { return std::tanh(x); });
    QTest::newRow("gelu") << Function(
        [](double x) { return x / 2 * (1 + std::erf(x / std::sqrt(2.0))); });
    QTest::newRow("elu") << Function([](double x) { return x > 0 ? x : std::expm1(x); });
    QTest::newRow("leaky_relu") << Function([](double x) { return x > 0 ? x : 0.2 * x; });
    QTest::newRow("softmax") << Function([](double x) {
        double sum = 0;
        for (const double other : {-3.0, -0.5, 0.0, 0.75, 2.0})
            sum += std::exp(other);
        return std::exp(x) / sum;
    });
}

void TestBlocks::activations()
{
    QFETCH(const std::function<double(double)>, function);
    const QString key = QString::fromLatin1(QTest::currentDataTag());
    const Values in{-3, -0.5F, 0, 0.75F, 2};
    Values expected;
    for (const float x : in)
        expected.push_back(float(function(double(x))));
    BlockBench block(u"activation"_s, {{u"activation"_s, key}}, {Shape{5}});
    QVERIFY(distance(block.predict({in}), expected) < Tolerance);

    BlockBench dense(u"dense"_s, {{u"activation"_s, key}, {u"nodes"_s, 5}}, {Shape{5}});
    Values identity(25);
    for (size_t i = 0; i < 5; ++i)
        identity[6 * i] = 1;
    dense.set(dense.nameOf(u"weight"_s), identity);
    QVERIFY(distance(dense.predict({in}), expected) < Tolerance);
    QVERIFY(distance(dense.trainingPass({in}).outputs.values, expected) < Tolerance);
}

void TestBlocks::denseAtEveryPlace()
{
    BlockBench bench(u"dense"_s, {{u"nodes"_s, 2}, {u"activation"_s, u"linear"_s}},
                     {Shape{2, 1, 3}});
    bench.set(bench.nameOf(u"weight"_s), {1, 2, 3, 4, 5, 6});
    bench.set(bench.nameOf(u"bias"_s), {10, 20});
    QCOMPARE(bench.output(), Shape({2, 1, 2}));
    QCOMPARE(bench.predict({Values{1, 0, 0, 1, 1, 1}}), Values({11, 24, 16, 35}));
}

void TestBlocks::denseAfterGlobalPooling()
{
    BlockBench bench(u"dense"_s, {{u"nodes"_s, 2}, {u"activation"_s, u"linear"_s}},
                     {Shape{1, 1, 3}});
    bench.set(bench.nameOf(u"weight"_s), {1, 2, 3, 4, 5, 6});
    QCOMPARE(bench.predict({Values{1, 0, 0, 1, 1, 1}}), Values({1, 4, 6, 15}));
}

void TestBlocks::batchNormalization()
{
    BlockBench bench(u"batch_normalization"_s, {{u"momentum"_s, 0.9}}, {Shape{2, 1, 1}});
    const Values in{1, 2, 3, 6}; // two examples: mean 3, variance 3.5, unbiased 14 / 3
    QVERIFY(distance(bench.trainingPass({in}).outputs.values, normalized(in, 3, 3.5, 0.001)) <
            Tolerance);
    // The first step leaves a tenth of the running statistics.
    QVERIFY(distance(bench.get(bench.nameOf(u"running_mean"_s)), {2.7F}) < Tolerance);
    const double variance = 0.1 + 0.9 * 14 / 3;
    QVERIFY(distance(bench.get(bench.nameOf(u"running_var"_s)), {float(variance)}) < Tolerance);
    QVERIFY(distance(bench.predict({in}), normalized(in, 2.7, variance, 0.001)) < Tolerance);
    bench.set(bench.nameOf(u"weight"_s), {0});
    bench.set(bench.nameOf(u"bias"_s), {5});
    QCOMPARE(bench.predict({in}), Values({5, 5, 5, 5}));
}

void TestBlocks::batchNormalizationReachesItsMomentum()
{
    BlockBench bench(u"batch_normalization"_s, {{u"momentum"_s, 0.5}}, {Shape{1}});
    double mean = 0;
    for (int step = 0; step < 12; ++step) {
        const double value = step % 3;
        (void)bench.trainingPass({Values{float(value), float(value)}});
        const double kept = std::min(0.5, (1.0 + step) / (10.0 + step));
        mean = kept * mean + (1 - kept) * value;
        QVERIFY(distance(bench.get(bench.nameOf(u"running_mean"_s)), {float(mean)}) < Tolerance);
    }
}

void TestBlocks::batchNormalizationOfOneValue()
{
    BlockBench bench(u"batch_normalization"_s, {}, {Shape{2}});
    QVERIFY(distance(bench.trainingPass({Values{3, 4}}).outputs.values, {0, 0}) < 1e-5);
    QCOMPARE(bench.get(bench.nameOf(u"running_var"_s)), Values({1, 1}));
}

void TestBlocks::batchNormalizationFrozen()
{
    BlockBench bench(u"batch_normalization"_s, {{u"trainable"_s, false}}, {Shape{1}});
    const Values in{1, 3};
    QVERIFY(distance(bench.trainingPass({in}).outputs.values, normalized(in, 0, 1, 0.001)) <
            Tolerance);
    QCOMPARE(bench.get(bench.nameOf(u"running_mean"_s)), Values({0}));
}

void TestBlocks::layerNormalization()
{
    BlockBench bench(u"layer_normalization"_s, {}, {Shape{1, 2, 3}});
    Values expected = normalized({1, 2, 6}, 3, 14.0 / 3, 0.001);
    for (const float value : normalized({-1, 0, 1}, 0, 2.0 / 3, 0.001))
        expected.push_back(value);
    QVERIFY(distance(bench.predict({Values{1, 2, 6, -1, 0, 1}}), expected) < Tolerance);
    bench.set(bench.nameOf(u"weight"_s), {0, 0, 0});
    bench.set(bench.nameOf(u"bias"_s), {1, 2, 3});
    QCOMPARE(bench.predict({Values{1, 2, 6, -1, 0, 1}}), Values({1, 2, 3, 1, 2, 3}));
}

void TestBlocks::dropout()
{
    BlockBench bench(u"dropout"_s, {{u"rate"_s, 0.25}}, {Shape{50}});
    const Values ones(100 * 50, 1);
    const Values first = bench.trainingPass({ones}, 1).outputs.values;
    qsizetype dropped = 0;
    for (const float value : first) {
        QVERIFY(value == 0 || std::abs(value - 1 / 0.75F) < 1e-6F);
        dropped += value == 0;
    }
    QVERIFY(dropped > 1100 && dropped < 1400);
    QCOMPARE(bench.trainingPass({ones}, 1).outputs.values, first);
    QVERIFY(bench.trainingPass({ones}, 2).outputs.values != first);
}

void TestBlocks::randomFlips()
{
    BlockBench bench(u"random_transformation"_s, {{u"flip_horizontal"_s, true}}, {Shape{2, 3, 1}});
    const Values image = counting(6);
    const Values mirrored = reversedRows(image, 3);
    Values batch;
    for (int i = 0; i < 40; ++i)
        batch.insert(batch.end(), image.begin(), image.end());
    const Values out = bench.trainingPass({batch}).outputs.values;
    int flipped = 0;
    for (size_t i = 0; i < out.size(); i += 6) {
        const Values one(out.begin() + qsizetype(i), out.begin() + qsizetype(i + 6));
        const bool isMirrored = distance(one, mirrored) < 1e-5;
        QVERIFY(isMirrored || distance(one, image) < 1e-5);
        flipped += isMirrored;
    }
    QVERIFY(flipped > 8 && flipped < 32);
}

void TestBlocks::randomTransformationIsOfTrainingAlone()
{
    BlockBench bench(u"random_transformation"_s,
                     {{u"shift"_s, 20.0},
                      {u"rotation"_s, 30.0},
                      {u"zoom"_s, 20.0},
                      {u"brightness"_s, 20.0},
                      {u"flip_vertical"_s, true}},
                     {Shape{6, 5, 2}});
    const Values image = randomValues(60);
    QCOMPARE(bench.predict({image}), image);
    const Values first = bench.trainingPass({image}, 1).outputs.values;
    QVERIFY(distance(first, image) > 0.01);
    QCOMPARE(bench.trainingPass({image}, 1).outputs.values, first);
    QVERIFY(distance(bench.trainingPass({image}, 2).outputs.values, first) > 0.01);
}

void TestBlocks::randomCropKeepsAPartOfTheImage()
{
    constexpr size_t Width = 8;
    BlockBench bench(u"random_transformation"_s, {{u"crop"_s, 50.0}}, {Shape{2, Width, 1}});
    constexpr int Images = 60;
    Values batch;
    for (int i = 0; i < 2 * Images; ++i) // every row counts the columns
        for (size_t column = 0; column < Width; ++column)
            batch.push_back(float(column));
    const Values out = bench.trainingPass({batch}).outputs.values;
    double leftmost = Width;
    double rightmost = 0;
    for (size_t row = 0; row < out.size(); row += Width) {
        for (size_t column = 1; column < Width; ++column) { // half a column each, but for the edges
            const double step = double(out[row + column]) - double(out[row + column - 1]);
            QVERIFY(step > -Tolerance && step < 0.5 + 1e-5);
        }
        const double first = double(out[row]);
        const double last = double(out[row + Width - 1]);
        QVERIFY(first >= 0 && last <= 7 && last - first > 3.2);
        leftmost = std::min(leftmost, first);
        rightmost = std::max(rightmost, last);
    }
    QVERIFY(leftmost < 0.5 && rightmost > 6.5);
}

void TestBlocks::randomCropTakesNothingFromOutside()
{
    BlockBench bench(u"random_transformation"_s, {{u"crop"_s, 90.0}}, {Shape{5, 4, 3}});
    const Values one(60, 1);
    for (quint64 seed = 0; seed < 20; ++seed)
        QVERIFY(distance(bench.trainingPass({one}, seed).outputs.values, one) < 1e-5);
    const Values image = randomValues(60);
    QCOMPARE(bench.predict({image}), image);
}

void TestBlocks::brightnessMovesAllValuesAlike()
{
    BlockBench bench(u"random_transformation"_s, {{u"brightness"_s, 10.0}}, {Shape{1, 3, 1}});
    const Values out = bench.trainingPass({Values{0, 1, 4}}).outputs.values;
    QVERIFY(std::abs(out[0]) <= 0.4F && out[0] != 0);
    QVERIFY(distance({out[1] - out[0], out[2] - out[0]}, {1, 4}) < Tolerance);
}

void TestBlocks::augmentationOfInput()
{
    ModelGraph graph;
    const BlockId input =
        graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"image"_s}, {u"augmentation"_s, true}});
    const BlockId dense = graph.addBlock(
        u"dense"_s, {}, {{u"activation"_s, u"linear"_s}, {u"initializer"_s, u"ones"_s}});
    const BlockId flatten = graph.addBlock(u"flatten"_s);
    const BlockId target = graph.addBlock(
        u"target"_s, {}, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    graph.connect({input, flatten});
    graph.connect({flatten, dense});
    graph.connect({dense, target});
    const auto executor = makeExecutor(graph, {{u"image"_s, Encoding::Image, {4, 4, 1}, {}},
                                               {u"y"_s, Encoding::Numeric, {1}, {}}});
    Values image(16, 0);
    image[3] = 1; // at the edge: a shift takes a part of it out
    const Batch batch{1, {}, {{{4, 4, 1}, image, {}}, {{1}, {0}, {}}}};
    QCOMPARE(executor->predict(batch)->values, Values({1}));
    double smallest = 1;
    for (quint64 seed = 0; seed < 20; ++seed)
        smallest =
            std::min(smallest, double(executor->trainStep(batch, 0, seed)->outputs.values.front()));
    QVERIFY(smallest < 0.9);
}

void TestBlocks::initialWeights_data()
{
    QTest::addColumn<double>("limit");
    QTest::addColumn<double>("variance");
    // Dense of 60 inputs and 40 nodes.
    QTest::newRow("glorot_uniform") << std::sqrt(6.0 / 100) << 2.0 / 100;
    QTest::newRow("glorot_normal") << 2 * std::sqrt(2.0 / 100) / 0.8796 << 2.0 / 100;
    QTest::newRow("he_uniform") << std::sqrt(6.0 / 60) << 2.0 / 60;
    QTest::newRow("he_normal") << 2 * std::sqrt(2.0 / 60) / 0.8796 << 2.0 / 60;
    QTest::newRow("lecun_uniform") << std::sqrt(3.0 / 60) << 1.0 / 60;
    QTest::newRow("lecun_normal") << 2 * std::sqrt(1.0 / 60) / 0.8796 << 1.0 / 60;
    QTest::newRow("zeros") << 0.0 << 0.0;
}

void TestBlocks::initialWeights()
{
    QFETCH(const double, limit);
    QFETCH(const double, variance);
    BlockBench bench(
        u"dense"_s,
        {{u"nodes"_s, 40}, {u"initializer"_s, QString::fromLatin1(QTest::currentDataTag())}},
        {Shape{60}});
    double largest = 0;
    double squares = 0;
    const Values weights = bench.get(bench.nameOf(u"weight"_s));
    for (const float weight : weights) {
        largest = std::max(largest, std::abs(double(weight)));
        squares += double(weight) * double(weight);
    }
    QVERIFY(largest <= limit * 1.0001 && largest >= limit * 0.95);
    QVERIFY(std::abs(squares / double(weights.size()) - variance) <= 0.08 * variance);
    QCOMPARE(bench.get(bench.nameOf(u"bias"_s)), Values(40, 0));
}

void TestBlocks::initialWeightsDependOnSeedAndBlock()
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"x"_s}});
    const BlockId first = graph.addBlock(u"dense"_s, {}, {{u"nodes"_s, 4}});
    const BlockId second = graph.addBlock(u"dense"_s, {}, {{u"nodes"_s, 4}});
    const BlockId target = graph.addBlock(
        u"target"_s, {}, {{u"feature"_s, u"y"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    graph.connect({input, first});
    graph.connect({first, second});
    graph.connect({second, target});
    const auto weights = [&](quint64 seed) {
        ExecutorOptions options;
        options.seed = seed;
        const auto executor = makeExecutor(
            graph, {{u"x"_s, Encoding::Numeric, {4}, {}}, {u"y"_s, Encoding::Numeric, {4}, {}}},
            options);
        return *executor->state();
    };
    QCOMPARE(weights(5), weights(5));
    QVERIFY(weights(5)[0].data != weights(6)[0].data);
    QVERIFY(weights(5)[0].data != weights(5)[2].data);
    // Fixed for all platforms: runs must not change with the compiler.
    QVERIFY(distance({floatsOf(weights(5)[0]).front()}, {0.456436F}) < Tolerance);
}

void TestBlocks::gradients_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<ParameterValues>("parameters");
    QTest::addColumn<QList<Shape>>("shapes");
    const ParameterValues smooth{{u"activation"_s, u"tanh"_s}};
    const auto with = [](ParameterValues values, const ParameterValues& more) {
        values.insert(more);
        return values;
    };
    const auto row = [](const char* name, const QString& type, const ParameterValues& parameters,
                        const QList<Shape>& shapes) {
        QTest::newRow(name) << type << parameters << shapes;
    };
    const Shape image{4, 5, 2};
    const Shape sequence{6, 3};
    row("dense", u"dense"_s, with(smooth, {{u"nodes"_s, 3}}), {Shape{4}});
    row("dense on image", u"dense"_s, with(smooth, {{u"nodes"_s, 3}}), {image});
    row("conv1d", u"conv1d"_s, with(smooth, {{u"filters"_s, 3}}), {sequence});
    row("conv2d", u"conv2d"_s, with(smooth, {{u"filters"_s, 3}}), {image});
    row("conv2d uneven", u"conv2d"_s,
        {{u"filters"_s, 3}, {u"width"_s, 2}, {u"activation"_s, u"swish"_s}}, {image});
    row("conv2d gelu", u"conv2d"_s, {{u"filters"_s, 2}, {u"activation"_s, u"gelu"_s}}, {image});
    row("conv2d sigmoid", u"conv2d"_s, {{u"filters"_s, 2}, {u"activation"_s, u"sigmoid"_s}},
        {image});
    row("conv2d softmax", u"conv2d"_s, {{u"filters"_s, 2}, {u"activation"_s, u"softmax"_s}},
        {image});
    row("depthwise", u"depthwise_conv2d"_s, with(smooth, {{u"depth_multiplier"_s, 2}}), {image});
    row("deconv2d", u"deconv2d"_s, with(smooth, {{u"number_of_filters"_s, 2}}), {image});
    row("upsampling nearest", u"upsampling2d"_s, {}, {image});
    row("upsampling bilinear", u"upsampling2d"_s, {{u"interpolation"_s, u"bilinear"_s}}, {image});
    row("zero padding", u"zero_padding2d"_s, {{u"top"_s, 1}, {u"left"_s, 2}}, {image});
    row("max pooling", u"max_pooling2d"_s, {{u"padding"_s, u"same"_s}}, {image});
    row("average pooling", u"average_pooling2d"_s, {{u"padding"_s, u"same"_s}}, {image});
    row("max pooling 1D", u"max_pooling1d"_s, {}, {sequence});
    row("average pooling 1D", u"average_pooling1d"_s, {}, {sequence});
    row("global average", u"global_average_pooling2d"_s, {}, {image});
    row("global max", u"global_max_pooling2d"_s, {}, {image});
    row("global average 1D", u"global_average_pooling1d"_s, {}, {sequence});
    row("global max 1D", u"global_max_pooling1d"_s, {}, {sequence});
    row("batch normalization", u"batch_normalization"_s, {}, {image});
    row("batch normalization of vectors", u"batch_normalization"_s, {}, {Shape{4}});
    row("layer normalization", u"layer_normalization"_s, {}, {Shape{2, 2, 4}});
    row("dropout", u"dropout"_s, {{u"rate"_s, 0.3}}, {image});
    row("random transformation", u"random_transformation"_s,
        {{u"rotation"_s, 20.0}, {u"shift"_s, 10.0}}, {image});
    row("random crop", u"random_transformation"_s, {{u"crop"_s, 30.0}}, {image});
    row("flatten", u"flatten"_s, {}, {image});
    row("reshape", u"reshape"_s, {{u"target_shape"_s, u"10x4"_s}}, {image});
    row("activation", u"activation"_s, {{u"activation"_s, u"elu"_s}}, {image});
    row("add", u"add"_s, {}, {image, image});
    row("multiply", u"multiply"_s, {}, {image, image});
    row("concatenate", u"concatenate"_s, {}, {image, image});
}

void TestBlocks::gradients()
{
    QFETCH(const QString, type);
    QFETCH(const ParameterValues, parameters);
    QFETCH(const QList<Shape>, shapes);
    BlockBench bench(type, parameters, shapes);
    QList<Values> inputs;
    for (qsizetype i = 0; i < shapes.size(); ++i)
        inputs.append(randomValues(3 * shapes[i].elementCount(), quint64(i + 7)));
    const Batch batch = bench.batch(inputs, randomValues(3 * bench.output().elementCount(), 11));
    Executor& executor = bench.executor();
    const QList<NamedTensor> start = *executor.state();
    const auto lossWith = [&](qsizetype tensor, size_t place, float change) {
        QList<NamedTensor> state = start;
        Values values = floatsOf(state[tensor]);
        values[place] += change;
        state[tensor].data = bytesOf(values);
        (void)executor.setState(state, true).has_value();
        return executor.trainStep(batch, 0, 3)->loss;
    };
    QVERIFY(executor.setState(start, true));
    QVERIFY(executor.trainStep(batch, 1, 3));
    const QList<NamedTensor> trained = *executor.state();

    constexpr float Width = 1e-3F;
    int compared = 0;
    for (qsizetype t = 0; t < start.size(); ++t) {
        if (!start[t].name.endsWith(u"weight"_s) && !start[t].name.endsWith(u"bias"_s))
            continue;
        const Values before = floatsOf(start[t]);
        const Values after = floatsOf(trained[t]);
        const size_t stride = before.size() / 7 + 1;
        for (size_t i = 0; i < before.size(); i += stride, ++compared) {
            const double numeric =
                (lossWith(t, i, Width) - lossWith(t, i, -Width)) / (2 * double(Width));
            const double gradient = double(before[i]) - double(after[i]);
            QVERIFY2(std::abs(gradient - numeric) < 3e-4 + 5e-3 * std::abs(numeric),
                     qPrintable(u"%1 %2: %3 instead of %4"_s.arg(start[t].name)
                                    .arg(i)
                                    .arg(gradient)
                                    .arg(numeric)));
        }
    }
    QVERIFY(compared >= 4);
}

void TestBlocks::bfloat16_data()
{
    gradients_data();
}

void TestBlocks::bfloat16()
{
    if (!supportsPrecision(Device::Cpu, Precision::BFloat16))
        QSKIP("this processor has no bfloat16");
    QFETCH(const QString, type);
    QFETCH(const ParameterValues, parameters);
    QFETCH(const QList<Shape>, shapes);
    BlockBench exact(type, parameters, shapes);
    BlockBench rough(type, parameters, shapes, Precision::BFloat16);
    QList<Values> inputs;
    for (const Shape& shape : shapes)
        inputs.append(randomValues(4 * shape.elementCount(), 5));
    QVERIFY(distance(rough.predict(inputs), exact.predict(inputs)) < 0.05);
    QVERIFY(distance(rough.trainingPass(inputs).outputs.values,
                     exact.trainingPass(inputs).outputs.values) < 0.05);
}

QTEST_GUILESS_MAIN(TestBlocks)
#include "tst_blocks.moc"
