#include "tests/core/nn/block_bench.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr double Tolerance = 2e-5;

/// H×W×C values by place.
struct Picture {
    qint64 height, width, channels;
    Values values;

    Picture(qint64 h, qint64 w, qint64 c)
        : height(h)
        , width(w)
        , channels(c)
        , values(size_t(h * w * c))
    {
    }
    Picture(const Shape& shape, Values v)
        : height(shape[0])
        , width(shape[1])
        , channels(shape[2])
        , values(std::move(v))
    {
    }

    [[nodiscard]] bool has(qint64 y, qint64 x) const
    {
        return y >= 0 && x >= 0 && y < height && x < width;
    }
    float& at(qint64 y, qint64 x, qint64 c)
    {
        return values[size_t((y * width + x) * channels + c)];
    }
    [[nodiscard]] float at(qint64 y, qint64 x, qint64 c) const
    {
        return values[size_t((y * width + x) * channels + c)];
    }
};

/// One axis of a window, padded as TensorFlow documents it.
struct Axis {
    qint64 size, stride, dilation, outputs, before;

    Axis(bool same, qint64 input, qint64 k, qint64 s, qint64 d = 1)
        : size(k)
        , stride(s)
        , dilation(d)
    {
        const qint64 reach = (k - 1) * d + 1;
        outputs = same ? qint64(std::ceil(double(input) / double(s))) : (input - reach) / s + 1;
        const qint64 total = std::max<qint64>((outputs - 1) * s + reach - input, 0);
        before = same ? total / 2 : 0;
    }
    [[nodiscard]] qint64 place(qint64 output, qint64 k) const
    {
        return output * stride + k * dilation - before;
    }
};

/// `weights` as filters × channels of a group × height × width.
Picture convolved(const Picture& in, const Axis& v, const Axis& h, const Values& weights,
                  const Values& bias, qint64 groups)
{
    const auto filters = qint64(bias.size());
    const qint64 depth = in.channels / groups;
    Picture out(v.outputs, h.outputs, filters);
    for (qint64 y = 0; y < v.outputs; ++y)
        for (qint64 x = 0; x < h.outputs; ++x)
            for (qint64 f = 0; f < filters; ++f) {
                double sum = bias[size_t(f)];
                const qint64 first = f / (filters / groups) * depth;
                for (qint64 c = 0; c < depth; ++c)
                    for (qint64 i = 0; i < v.size; ++i)
                        for (qint64 j = 0; j < h.size; ++j)
                            if (in.has(v.place(y, i), h.place(x, j)))
                                sum += double(in.at(v.place(y, i), h.place(x, j), first + c)) *
                                       double(weights[size_t(
                                           ((f * depth + c) * v.size + i) * h.size + j)]);
                out.at(y, x, f) = float(sum);
            }
    return out;
}

ParameterValues windowParameters(qint64 height, qint64 width, qint64 vertical, qint64 horizontal,
                                 bool same)
{
    return {{u"height"_s, height},
            {u"width"_s, width},
            {u"vertical_stride"_s, vertical},
            {u"horizontal_stride"_s, horizontal},
            {u"padding"_s, same ? u"same"_s : u"valid"_s},
            {u"activation"_s, u"linear"_s}};
}

} // namespace

class TestWindowBlocks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void convolution2D_data();
    void convolution2D();
    void depthwise_data();
    void depthwise();
    void convolution1D_data();
    void convolution1D();
    void deconvolution_data();
    void deconvolution();
    void pooling_data();
    void pooling();
    void pooling1D_data();
    void pooling1D();
    void withoutBias();
};

void TestWindowBlocks::convolution2D_data()
{
    QTest::addColumn<QList<int>>("sizes"); // height, width, vertical, horizontal, dilation
    QTest::addColumn<bool>("same");
    QTest::newRow("3x3 same") << QList{3, 3, 1, 1, 1} << true;
    QTest::newRow("3x3 valid") << QList{3, 3, 1, 1, 1} << false;
    QTest::newRow("1x1") << QList{1, 1, 1, 1, 1} << true;
    QTest::newRow("2x4 same, uneven margins") << QList{2, 4, 1, 1, 1} << true;
    QTest::newRow("3x2 valid") << QList{3, 2, 1, 1, 1} << false;
    QTest::newRow("stride 2 same") << QList{3, 3, 2, 2, 1} << true;
    QTest::newRow("stride 2 valid") << QList{3, 3, 2, 2, 1} << false;
    QTest::newRow("stride 3x1 same") << QList{3, 3, 3, 1, 1} << true;
    QTest::newRow("stride over window") << QList{2, 2, 3, 3, 1} << true;
    QTest::newRow("dilation same") << QList{3, 3, 1, 1, 2} << true;
    QTest::newRow("dilation valid") << QList{2, 3, 1, 1, 2} << false;
    QTest::newRow("dilation and stride") << QList{3, 2, 2, 2, 2} << true;
    QTest::newRow("window over image") << QList{9, 9, 1, 1, 1} << true;
}

void TestWindowBlocks::convolution2D()
{
    QFETCH(const QList<int>, sizes);
    QFETCH(const bool, same);
    const Shape shape{6, 7, 3};
    ParameterValues parameters = windowParameters(sizes[0], sizes[1], sizes[2], sizes[3], same);
    parameters.insert(u"filters"_s, 4);
    parameters.insert(u"dilation"_s, sizes[4]);
    BlockBench bench(u"conv2d"_s, parameters, {shape});
    const Values weights = randomValues(4 * 3 * sizes[0] * sizes[1], 2);
    const Values bias = randomValues(4, 3);
    bench.set(bench.nameOf(u"weight"_s), weights);
    bench.set(bench.nameOf(u"bias"_s), bias);
    const Picture in(shape, randomValues(shape.elementCount()));
    const Picture expected =
        convolved(in, Axis(same, 6, sizes[0], sizes[2], sizes[4]),
                  Axis(same, 7, sizes[1], sizes[3], sizes[4]), weights, bias, 1);
    QCOMPARE(bench.output(), Shape({expected.height, expected.width, 4}));
    QVERIFY(distance(bench.predict({in.values}), expected.values) < Tolerance);
}

void TestWindowBlocks::depthwise_data()
{
    QTest::addColumn<int>("multiplier");
    QTest::addColumn<int>("stride");
    QTest::addColumn<bool>("same");
    QTest::newRow("valid") << 1 << 1 << false;
    QTest::newRow("same, two a channel") << 2 << 1 << true;
    QTest::newRow("same, stride 2") << 3 << 2 << true;
}

void TestWindowBlocks::depthwise()
{
    QFETCH(const int, multiplier);
    QFETCH(const int, stride);
    QFETCH(const bool, same);
    const Shape shape{6, 6, 3};
    ParameterValues parameters = windowParameters(3, 2, stride, stride, same);
    parameters.insert(u"depth_multiplier"_s, multiplier);
    BlockBench bench(u"depthwise_conv2d"_s, parameters, {shape});
    const Values weights = randomValues(3 * multiplier * 3 * 2, 2);
    const Values bias = randomValues(3 * multiplier, 3);
    bench.set(bench.nameOf(u"weight"_s), weights);
    bench.set(bench.nameOf(u"bias"_s), bias);
    const Picture in(shape, randomValues(shape.elementCount()));
    const Picture expected =
        convolved(in, Axis(same, 6, 3, stride), Axis(same, 6, 2, stride), weights, bias, 3);
    QVERIFY(distance(bench.predict({in.values}), expected.values) < Tolerance);
}

void TestWindowBlocks::convolution1D_data()
{
    QTest::addColumn<QList<int>>("sizes"); // width, stride, dilation
    QTest::addColumn<bool>("same");
    QTest::newRow("3 same") << QList{3, 1, 1} << true;
    QTest::newRow("4 same") << QList{4, 1, 1} << true;
    QTest::newRow("3 valid, stride 2") << QList{3, 2, 1} << false;
    QTest::newRow("2 same, stride 2, dilation 3") << QList{2, 2, 3} << true;
}

void TestWindowBlocks::convolution1D()
{
    QFETCH(const QList<int>, sizes);
    QFETCH(const bool, same);
    BlockBench bench(u"conv1d"_s,
                     {{u"filters"_s, 5},
                      {u"width"_s, sizes[0]},
                      {u"horizontal_stride"_s, sizes[1]},
                      {u"dilation"_s, sizes[2]},
                      {u"padding"_s, same ? u"same"_s : u"valid"_s},
                      {u"activation"_s, u"linear"_s}},
                     {Shape{9, 2}});
    const Values weights = randomValues(5 * 2 * sizes[0], 2);
    const Values bias = randomValues(5, 3);
    bench.set(bench.nameOf(u"weight"_s), weights);
    bench.set(bench.nameOf(u"bias"_s), bias);
    const Picture in({1, 9, 2}, randomValues(18));
    const Picture expected = convolved(
        in, Axis(false, 1, 1, 1), Axis(same, 9, sizes[0], sizes[1], sizes[2]), weights, bias, 1);
    QCOMPARE(bench.output(), Shape({expected.width, 5}));
    QVERIFY(distance(bench.predict({in.values}), expected.values) < Tolerance);
}

void TestWindowBlocks::deconvolution_data()
{
    QTest::addColumn<QList<int>>("sizes"); // height, width, vertical, horizontal
    QTest::addColumn<bool>("same");
    QTest::newRow("3x3 stride 2 same") << QList{3, 3, 2, 2} << true;
    QTest::newRow("3x3 stride 2 valid") << QList{3, 3, 2, 2} << false;
    QTest::newRow("4x4 stride 2 same") << QList{4, 4, 2, 2} << true;
    QTest::newRow("stride 1 same, even") << QList{2, 4, 1, 1} << true;
    QTest::newRow("window under stride same") << QList{1, 2, 3, 3} << true;
    QTest::newRow("window under stride valid") << QList{2, 1, 3, 2} << false;
}

void TestWindowBlocks::deconvolution()
{
    QFETCH(const QList<int>, sizes);
    QFETCH(const bool, same);
    const Shape shape{3, 4, 2};
    constexpr qint64 Filters = 3;
    BlockBench bench(u"deconv2d"_s,
                     {{u"number_of_filters"_s, Filters},
                      {u"height_of_filter"_s, sizes[0]},
                      {u"width_of_filter"_s, sizes[1]},
                      {u"vertical_stride"_s, sizes[2]},
                      {u"horizontal_stride"_s, sizes[3]},
                      {u"padding"_s, same ? u"same"_s : u"valid"_s},
                      {u"activation"_s, u"linear"_s}},
                     {shape});
    const Values weights = randomValues(2 * Filters * sizes[0] * sizes[1], 2);
    const Values bias = randomValues(Filters, 3);
    bench.set(bench.nameOf(u"weight"_s), weights);
    bench.set(bench.nameOf(u"bias"_s), bias);
    const Picture in(shape, randomValues(shape.elementCount()));

    // The gradient of a convolution: each value is spread over the places that would read it.
    const auto surplus = [&](int k, int s) { return std::max(k - s, 0); };
    const qint64 top = same ? surplus(sizes[0], sizes[2]) / 2 : 0;
    const qint64 left = same ? surplus(sizes[1], sizes[3]) / 2 : 0;
    Picture expected(3 * sizes[2] + (same ? 0 : surplus(sizes[0], sizes[2])),
                     4 * sizes[3] + (same ? 0 : surplus(sizes[1], sizes[3])), Filters);
    for (size_t i = 0; i < expected.values.size(); ++i)
        expected.values[i] = bias[i % Filters];
    for (qint64 y = 0; y < 3; ++y)
        for (qint64 x = 0; x < 4; ++x)
            for (qint64 c = 0; c < 2; ++c)
                for (qint64 f = 0; f < Filters; ++f)
                    for (qint64 i = 0; i < sizes[0]; ++i)
                        for (qint64 j = 0; j < sizes[1]; ++j) {
                            const qint64 toY = y * sizes[2] + i - top;
                            const qint64 toX = x * sizes[3] + j - left;
                            const auto w =
                                size_t(((c * Filters + f) * sizes[0] + i) * sizes[1] + j);
                            if (expected.has(toY, toX))
                                expected.at(toY, toX, f) += in.at(y, x, c) * weights[w];
                        }
    QCOMPARE(bench.output(), Shape({expected.height, expected.width, Filters}));
    QVERIFY(distance(bench.predict({in.values}), expected.values) < Tolerance);
}

void TestWindowBlocks::pooling_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QList<int>>("sizes"); // height, width, vertical, horizontal
    QTest::addColumn<bool>("same");
    for (const QString& type : {u"max_pooling2d"_s, u"average_pooling2d"_s})
        for (const bool same : {true, false})
            for (const auto& sizes : {QList{2, 2, 2, 2}, QList{3, 2, 1, 2}, QList{3, 3, 2, 1},
                                      QList{1, 4, 3, 3}, QList{4, 4, 1, 1}}) {
                QStringList texts;
                for (const int size : sizes)
                    texts.append(QString::number(size));
                QTest::addRow("%s %s %s", qPrintable(type), qPrintable(texts.join(u' ')),
                              same ? "same" : "valid")
                    << type << sizes << same;
            }
}

void TestWindowBlocks::pooling()
{
    QFETCH(const QString, type);
    QFETCH(const QList<int>, sizes);
    QFETCH(const bool, same);
    const Shape shape{5, 6, 2};
    BlockBench bench(type,
                     {{u"vertical_pooling_factor"_s, sizes[0]},
                      {u"horizontal_pooling_factor"_s, sizes[1]},
                      {u"vertical_stride"_s, sizes[2]},
                      {u"horizontal_stride"_s, sizes[3]},
                      {u"padding"_s, same ? u"same"_s : u"valid"_s}},
                     {shape});
    Picture in(shape, randomValues(shape.elementCount()));
    for (float& value : in.values)
        value -= 2; // a margin of zeros would be the largest
    const Axis v(same, 5, sizes[0], sizes[2]);
    const Axis h(same, 6, sizes[1], sizes[3]);
    Picture expected(v.outputs, h.outputs, 2);
    for (qint64 y = 0; y < v.outputs; ++y)
        for (qint64 x = 0; x < h.outputs; ++x)
            for (qint64 c = 0; c < 2; ++c) {
                float largest = -std::numeric_limits<float>::infinity();
                float sum = 0;
                float count = 0;
                for (qint64 i = 0; i < v.size; ++i)
                    for (qint64 j = 0; j < h.size; ++j)
                        if (in.has(v.place(y, i), h.place(x, j))) {
                            const float value = in.at(v.place(y, i), h.place(x, j), c);
                            largest = std::max(largest, value);
                            sum += value;
                            ++count;
                        }
                expected.at(y, x, c) = type.startsWith(u"max"_s) ? largest : sum / count;
            }
    QCOMPARE(bench.output(), Shape({expected.height, expected.width, 2}));
    QVERIFY(distance(bench.predict({in.values}), expected.values) < Tolerance);
}

void TestWindowBlocks::pooling1D_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("padding");
    QTest::addColumn<Values>("expected");
    QTest::newRow("max valid") << u"max_pooling1d"_s << u"valid"_s << Values{3, 4};
    QTest::newRow("max same") << u"max_pooling1d"_s << u"same"_s << Values{3, 4, -5};
    QTest::newRow("average valid") << u"average_pooling1d"_s << u"valid"_s << Values{2, 3};
    QTest::newRow("average same") << u"average_pooling1d"_s << u"same"_s << Values{2, 3, -5};
}

void TestWindowBlocks::pooling1D()
{
    QFETCH(const QString, type);
    QFETCH(const QString, padding);
    QFETCH(const Values, expected);
    BlockBench bench(type, {{u"padding"_s, padding}}, {Shape{5, 1}});
    QCOMPARE(bench.predict({Values{1, 3, 4, 2, -5}}), expected);
}

void TestWindowBlocks::withoutBias()
{
    ParameterValues parameters = windowParameters(3, 3, 1, 1, true);
    parameters.insert(u"use_bias"_s, false);
    parameters.insert(u"activation"_s, u"relu"_s);
    BlockBench bench(u"conv2d"_s, parameters, {Shape{4, 4, 1}});
    QVERIFY(bench.get(bench.nameOf(u"bias"_s)).empty());
    for (const float value : bench.predict({randomValues(16)}))
        QVERIFY(value >= 0);
}

QTEST_GUILESS_MAIN(TestWindowBlocks)
#include "tst_window_blocks.moc"
