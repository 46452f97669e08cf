#include "tests/core/nn/engine_agreement.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace espalier;
using namespace Qt::StringLiterals;

/// Single blocks, and a few of them in a row: the compiled engine gives what the reference gives.
class TestBlockAgreement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocks_data();
    void blocks();
    void bfloat16_data() { blocks_data(); }
    void bfloat16();
    void poolings_data();
    void poolings();
    void poolingsBfloat16_data() { poolings_data(); }
    void poolingsBfloat16();
    void normalizationsFold_data();
    void normalizationsFold();

private:
    static void compare(const BlockNetwork& network);
    static void compareBfloat16(const BlockNetwork& network);
};

void TestBlockAgreement::blocks_data()
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

void TestBlockAgreement::blocks()
{
    QFETCH(const QString, type);
    QFETCH(const ParameterValues, parameters);
    QFETCH(const QList<Shape>, shapes);
    compare(BlockNetwork({{type, parameters}}, shapes));
}

void TestBlockAgreement::compare(const BlockNetwork& network)
{
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

void TestBlockAgreement::bfloat16()
{
    if (!supportsPrecision(Device::Cpu, Precision::BFloat16))
        QSKIP("this processor has no bfloat16");
    QFETCH(const QString, type);
    QFETCH(const ParameterValues, parameters);
    QFETCH(const QList<Shape>, shapes);
    compareBfloat16(BlockNetwork({{type, parameters}}, shapes));
}

/// Behind a convolution, which gives blocks of channels.
void TestBlockAgreement::poolings_data()
{
    QTest::addColumn<QList<BlockChoice>>("row");
    const auto row = [](const QString& name, const BlockChoice& pooling, qint64 channels = 16,
                        const QString& activation = u"relu"_s) {
        QTest::newRow(qPrintable(name)) << QList<BlockChoice>{
            {u"conv2d"_s, {{u"filters"_s, channels}, {u"activation"_s, activation}}}, pooling};
    };
    const auto max = [](int vertical, int horizontal, int verticalStride, int horizontalStride,
                        const QString& padding) {
        return BlockChoice{u"max_pooling2d"_s,
                           {{u"vertical_pooling_factor"_s, vertical},
                            {u"horizontal_pooling_factor"_s, horizontal},
                            {u"vertical_stride"_s, verticalStride},
                            {u"horizontal_stride"_s, horizontalStride},
                            {u"padding"_s, padding}}};
    };
    for (const qint64 channels : {1, 7, 8, 16, 33, 48})
        row(u"of %1 channels"_s.arg(channels), max(2, 2, 2, 2, u"valid"_s), channels);
    row(u"rest left over"_s, max(3, 2, 3, 2, u"valid"_s));
    row(u"padded"_s, max(3, 4, 3, 4, u"same"_s));
    row(u"gaps"_s, max(2, 2, 3, 4, u"valid"_s));
    row(u"gaps and padding"_s, max(2, 3, 4, 5, u"same"_s));
    row(u"overlapping"_s, max(3, 3, 2, 2, u"same"_s));
    row(u"whole"_s, {u"global_max_pooling2d"_s});
    for (const QString& key : {u"linear"_s, u"tanh"_s, u"swish"_s})
        row(u"after "_s + key, max(2, 2, 2, 2, u"same"_s), 16, key);
}

void TestBlockAgreement::poolings()
{
    QFETCH(const QList<BlockChoice>, row);
    compare(BlockNetwork(row, {{11, 9, 3}}));
}

void TestBlockAgreement::poolingsBfloat16()
{
    if (!supportsPrecision(Device::Cpu, Precision::BFloat16))
        QSKIP("this processor has no bfloat16");
    QFETCH(const QList<BlockChoice>, row);
    compareBfloat16(BlockNetwork(row, {{11, 9, 3}}));
}

void TestBlockAgreement::compareBfloat16(const BlockNetwork& network)
{
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

void TestBlockAgreement::normalizationsFold_data()
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
void TestBlockAgreement::normalizationsFold()
{
    QFETCH(const QList<BlockChoice>, row);
    QFETCH(const Shape, shape);
    const BlockNetwork network(row, {shape});
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

QTEST_GUILESS_MAIN(TestBlockAgreement)
#include "tst_block_agreement.moc"
