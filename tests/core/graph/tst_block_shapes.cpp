#include "core/graph/block_catalogue.h"

#include <QTest>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

using Shapes = QList<Shape>;

namespace {

Parameters parametersFor(const BlockType& type, const ParameterValues& values)
{
    return parametersOf({BlockId(1), type.key, type.name, values, {}}, type);
}

ParameterValues window(int height, int width, int verticalStride, int horizontalStride,
                       const QString& padding)
{
    return {{u"height"_s, height},
            {u"width"_s, width},
            {u"vertical_stride"_s, verticalStride},
            {u"horizontal_stride"_s, horizontalStride},
            {u"padding"_s, padding}};
}

ParameterValues pool(int height, int width, int verticalStride, int horizontalStride,
                     const QString& padding)
{
    return {{u"vertical_pooling_factor"_s, height},
            {u"horizontal_pooling_factor"_s, width},
            {u"vertical_stride"_s, verticalStride},
            {u"horizontal_stride"_s, horizontalStride},
            {u"padding"_s, padding}};
}

ParameterValues deconv(int size, int stride, const QString& padding)
{
    return {{u"height_of_filter"_s, size},
            {u"width_of_filter"_s, size},
            {u"vertical_stride"_s, stride},
            {u"horizontal_stride"_s, stride},
            {u"padding"_s, padding}};
}

const QString Same = u"same"_s;
const QString Valid = u"valid"_s;

} // namespace

class BlockShapesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void give_data();
    void give();
    void refuse_data();
    void refuse();
    void cost_data();
    void cost();
    void hugeCostsDoNotOverflow();

private:
    void addConvolutions();
    void addPoolings();
    void addOthers();
};

namespace {

void giveRow(const char* name, const QString& type, const Shapes& inputs,
             const ParameterValues& values, const Shape& output)
{
    QTest::addRow("%s: %s", qPrintable(type), name) << type << inputs << values << output;
}

} // namespace

void BlockShapesTest::give_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<Shapes>("inputs");
    QTest::addColumn<ParameterValues>("values");
    QTest::addColumn<Shape>("output");
    addConvolutions();
    addPoolings();
    addOthers();
}

void BlockShapesTest::addConvolutions()
{
    const Shapes image = {{28, 28, 1}};
    const Shapes odd = {{7, 5, 3}};
    giveRow("default", u"conv2d"_s, image, {}, {28, 28, 32});
    giveRow("valid", u"conv2d"_s, image, window(3, 3, 1, 1, Valid), {26, 26, 32});
    giveRow("same, odd, stride", u"conv2d"_s, odd, window(3, 3, 2, 2, Same), {4, 3, 32});
    giveRow("same, even window", u"conv2d"_s, odd, window(2, 4, 3, 2, Same), {3, 3, 32});
    giveRow("valid, odd, stride", u"conv2d"_s, odd, window(3, 3, 2, 2, Valid), {3, 2, 32});
    giveRow("height is vertical", u"conv2d"_s, odd, window(5, 1, 1, 1, Valid), {3, 5, 32});
    giveRow("whole window", u"conv2d"_s, odd, window(7, 5, 1, 1, Valid), {1, 1, 32});
    giveRow("stride beyond", u"conv2d"_s, odd, window(3, 3, 100, 100, Valid), {1, 1, 32});
    giveRow("same, stride beyond", u"conv2d"_s, odd, window(3, 3, 100, 100, Same), {1, 1, 32});
    giveRow("dilation", u"conv2d"_s, {{9, 9, 2}}, {{u"dilation"_s, 3}, {u"padding"_s, Valid}},
            {3, 3, 32});
    giveRow("dilation, same", u"conv2d"_s, {{9, 9, 2}}, {{u"dilation"_s, 3}, {u"filters"_s, 4}},
            {9, 9, 4});
    giveRow("one pixel, same", u"conv2d"_s, {{1, 1, 8}}, {}, {1, 1, 32});

    giveRow("default", u"conv1d"_s, {{100, 4}}, {}, {100, 32});
    giveRow("valid", u"conv1d"_s, {{100, 4}},
            {{u"padding"_s, Valid}, {u"width"_s, 5}, {u"horizontal_stride"_s, 3}}, {32, 32});
    giveRow("same, stride", u"conv1d"_s, {{101, 4}}, {{u"horizontal_stride"_s, 2}}, {51, 32});
    giveRow("dilation", u"conv1d"_s, {{10, 4}}, {{u"padding"_s, Valid}, {u"dilation"_s, 4}},
            {2, 32});

    giveRow("default", u"depthwise_conv2d"_s, odd, {}, {5, 3, 3});
    giveRow("multiplier", u"depthwise_conv2d"_s, odd,
            {{u"depth_multiplier"_s, 4}, {u"padding"_s, Same}}, {7, 5, 12});

    giveRow("default", u"deconv2d"_s, odd, {}, {14, 10, 32});
    giveRow("valid, window above stride", u"deconv2d"_s, odd, deconv(5, 2, Valid), {17, 13, 32});
    giveRow("valid, window equals stride", u"deconv2d"_s, odd, deconv(2, 2, Valid), {14, 10, 32});
    giveRow("valid, window below stride", u"deconv2d"_s, odd, deconv(1, 3, Valid), {21, 15, 32});
    giveRow("stride 1", u"deconv2d"_s, odd, deconv(3, 1, Same), {7, 5, 32});

    giveRow("default", u"upsampling2d"_s, odd, {}, {14, 10, 3});
    giveRow("padding", u"zero_padding2d"_s, odd,
            {{u"top"_s, 1}, {u"bottom"_s, 2}, {u"left"_s, 3}, {u"right"_s, 4}}, {10, 12, 3});
}

void BlockShapesTest::addPoolings()
{
    for (const QString& type : {u"max_pooling2d"_s, u"average_pooling2d"_s}) {
        giveRow("default", type, {{28, 28, 32}}, {}, {14, 14, 32});
        giveRow("odd", type, {{7, 5, 3}}, {}, {3, 2, 3});
        giveRow("odd, same", type, {{7, 5, 3}}, pool(2, 2, 2, 2, Same), {4, 3, 3});
        giveRow("overlap", type, {{7, 5, 3}}, pool(3, 2, 1, 3, Valid), {5, 2, 3});
    }
    for (const QString& type : {u"max_pooling1d"_s, u"average_pooling1d"_s}) {
        giveRow("default", type, {{9, 4}}, {}, {4, 4});
        giveRow("same", type, {{9, 4}}, {{u"padding"_s, Same}}, {5, 4});
        giveRow("stride", type, {{9, 4}}, {{u"pooling_factor"_s, 3}, {u"stride"_s, 1}}, {7, 4});
    }
    for (const QString& type : {u"global_average_pooling2d"_s, u"global_max_pooling2d"_s})
        giveRow("image", type, {{7, 5, 3}}, {}, {1, 1, 3});
    for (const QString& type : {u"global_average_pooling1d"_s, u"global_max_pooling1d"_s})
        giveRow("sequence", type, {{9, 4}}, {}, {1, 4});
}

void BlockShapesTest::addOthers()
{
    giveRow("vector", u"dense"_s, {{784}}, {}, {32});
    giveRow("1×1×C", u"dense"_s, {{1, 1, 128}}, {{u"nodes"_s, 10}}, {10});
    giveRow("1×C", u"dense"_s, {{1, 128}}, {{u"nodes"_s, 10}}, {10});
    giveRow("image", u"dense"_s, {{7, 5, 3}}, {{u"nodes"_s, 10}}, {7, 5, 10});
    giveRow("one row", u"dense"_s, {{1, 5, 3}}, {{u"nodes"_s, 10}}, {1, 5, 10});
    giveRow("sequence", u"dense"_s, {{9, 4}}, {{u"nodes"_s, 10}}, {9, 10});
    for (const QString& type :
         {u"batch_normalization"_s, u"layer_normalization"_s, u"dropout"_s, u"activation"_s}) {
        giveRow("image", type, {{7, 5, 3}}, {}, {7, 5, 3});
        giveRow("vector", type, {{7}}, {}, {7});
    }
    giveRow("image", u"random_transformation"_s, {{7, 5, 3}}, {}, {7, 5, 3});
    giveRow("image", u"flatten"_s, {{7, 5, 3}}, {}, {105});
    giveRow("vector", u"flatten"_s, {{7}}, {}, {7});
    giveRow("to image", u"reshape"_s, {{784}}, {{u"target_shape"_s, u"28x28x1"_s}}, {28, 28, 1});
    giveRow("to vector", u"reshape"_s, {{7, 5, 3}}, {{u"target_shape"_s, u"105"_s}}, {105});
    giveRow("two", u"add"_s, {{7, 5, 3}, {7, 5, 3}}, {}, {7, 5, 3});
    giveRow("three", u"multiply"_s, {{7}, {7}, {7}}, {}, {7});
    giveRow("last", u"concatenate"_s, {{7, 5, 3}, {7, 5, 4}, {7, 5, 1}}, {}, {7, 5, 8});
    giveRow("height", u"concatenate"_s, {{7, 5, 3}, {2, 5, 3}}, {{u"axis"_s, u"1"_s}}, {9, 5, 3});
    giveRow("width", u"concatenate"_s, {{7, 5, 3}, {7, 1, 3}}, {{u"axis"_s, 2}}, {7, 6, 3});
    giveRow("vectors", u"concatenate"_s, {{7}, {5}}, {}, {12});
    giveRow("feature", u"input"_s, {{28, 28, 1}}, {}, {28, 28, 1});
    giveRow("end", u"target"_s, {{10}}, {}, {});
}

void BlockShapesTest::give()
{
    QFETCH(QString, type);
    QFETCH(Shapes, inputs);
    QFETCH(ParameterValues, values);
    QFETCH(Shape, output);
    const BlockType& found = *blockType(type);
    const auto shape = found.shape(inputs, parametersFor(found, values));
    QVERIFY2(shape.has_value(), shape ? "" : qPrintable(shape.error().message));
    QCOMPARE(shape->toString(), output.toString());
}

void BlockShapesTest::refuse_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<Shapes>("inputs");
    QTest::addColumn<ParameterValues>("values");
    QTest::addColumn<QString>("text");

    const auto row = [](const char* name, const QString& type, const Shapes& inputs,
                        const ParameterValues& values, const QString& text) {
        QTest::addRow("%s: %s", qPrintable(type), name) << type << inputs << values << text;
    };
    for (const QString& type :
         {u"conv2d"_s, u"depthwise_conv2d"_s, u"deconv2d"_s, u"upsampling2d"_s, u"zero_padding2d"_s,
          u"max_pooling2d"_s, u"average_pooling2d"_s, u"global_average_pooling2d"_s,
          u"global_max_pooling2d"_s, u"random_transformation"_s}) {
        row("vector", type, {{128}}, {}, u"needs H×W×C, got 128"_s);
        row("sequence", type, {{9, 4}}, {}, u"needs H×W×C, got 9×4"_s);
    }
    for (const QString& type : {u"conv1d"_s, u"max_pooling1d"_s, u"average_pooling1d"_s,
                                u"global_average_pooling1d"_s, u"global_max_pooling1d"_s}) {
        row("vector", type, {{128}}, {},
            u"needs L×C, got 128; a Reshape block before it can give that shape"_s);
        row("image", type, {{7, 5, 3}}, {},
            u"needs L×C, got 7×5×3; a Reshape block before it can give that shape"_s);
    }
    row("small", u"conv2d"_s, {{2, 5, 3}}, {{u"padding"_s, Valid}},
        u"has a window of 3 that does not fit into 2; choose padding Same or a smaller window"_s);
    row("narrow", u"conv2d"_s, {{5, 2, 3}}, {{u"padding"_s, Valid}},
        u"has a window of 3 that does not fit into 2; choose padding Same or a smaller window"_s);
    row("dilated", u"conv2d"_s, {{8, 8, 3}}, {{u"padding"_s, Valid}, {u"dilation"_s, 4}},
        u"has a window of 9 that does not fit into 8; choose padding Same or a smaller window"_s);
    row("small", u"depthwise_conv2d"_s, {{1, 1, 3}}, {},
        u"has a window of 3 that does not fit into 1; choose padding Same or a smaller window"_s);
    row("one pixel", u"max_pooling2d"_s, {{1, 1, 3}}, {},
        u"has a window of 2 that does not fit into 1; choose padding Same or a smaller window"_s);
    row("short", u"max_pooling1d"_s, {{1, 4}}, {},
        u"has a window of 2 that does not fit into 1; choose padding Same or a smaller window"_s);
    row("none chosen", u"reshape"_s, {{784}}, {}, u"choose a target shape of 784 values"_s);
    row("count", u"reshape"_s, {{784}}, {{u"target_shape"_s, u"28x27"_s}},
        u"cannot make 28×27 (756 values) from 784 (784 values)"_s);
    row("unequal", u"add"_s, {{7, 5, 3}, {7, 5, 4}}, {},
        u"needs equal shapes, got 7×5×3 and 7×5×4"_s);
    row("unequal", u"multiply"_s, {{1, 1, 3}, {3}}, {}, u"needs equal shapes, got 1×1×3 and 3"_s);
    row("other axis", u"concatenate"_s, {{7, 5, 3}, {7, 4, 3}}, {},
        u"needs shapes that differ in axis 3 alone, got 7×5×3 and 7×4×3"_s);
    row("rank", u"concatenate"_s, {{7, 5, 3}, {3}}, {},
        u"needs shapes with as many axes, got 7×5×3 and 3"_s);
    row("no such axis", u"concatenate"_s, {{7}, {3}}, {{u"axis"_s, 2}},
        u"has no axis 2 to join along, got 7"_s);
}

void BlockShapesTest::refuse()
{
    QFETCH(QString, type);
    QFETCH(Shapes, inputs);
    QFETCH(ParameterValues, values);
    QFETCH(QString, text);
    const BlockType& found = *blockType(type);
    const auto shape = found.shape(inputs, parametersFor(found, values));
    QVERIFY2(!shape.has_value(), shape ? qPrintable(shape->toString()) : "");
    QCOMPARE(shape.error().message, text);
}

void BlockShapesTest::cost_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<Shapes>("inputs");
    QTest::addColumn<ParameterValues>("values");
    QTest::addColumn<qint64>("parameters");
    QTest::addColumn<qint64>("multiplyAdds");
    QTest::addColumn<qint64>("bytes");

    const auto row = [](const char* name, const QString& type, const Shapes& inputs,
                        const ParameterValues& values, qint64 parameters, qint64 multiplyAdds,
                        qint64 bytes) {
        QTest::addRow("%s: %s", qPrintable(type), name)
            << type << inputs << values << parameters << multiplyAdds << bytes;
    };
    const ParameterValues frozen{{u"trainable"_s, false}};
    const ParameterValues noBias{{u"use_bias"_s, false}};
    row("vector", u"dense"_s, {{128}}, {}, 128 * 32 + 32, 128 * 32, 4 * 32);
    row("no bias", u"dense"_s, {{128}}, noBias, 128 * 32, 128 * 32, 4 * 32);
    row("frozen", u"dense"_s, {{128}}, frozen, 0, 128 * 32, 4 * 32);
    row("image", u"dense"_s, {{7, 5, 3}}, {}, 3 * 32 + 32, 35 * 3 * 32, 4 * 35 * 32);
    row("tutorial", u"conv2d"_s, {{14, 14, 32}}, {{u"filters"_s, 64}}, 18'496, 3'612'672, 50'176);
    row("no bias", u"conv2d"_s, {{14, 14, 32}}, noBias, 9216, 196 * 9216, 4 * 196 * 32);
    row("frozen", u"conv2d"_s, {{14, 14, 32}}, frozen, 0, 196 * 9216, 4 * 196 * 32);
    row("sequence", u"conv1d"_s, {{10, 4}}, {}, 3 * 4 * 32 + 32, 10 * 12 * 32, 4 * 320);
    row("image", u"depthwise_conv2d"_s, {{5, 5, 3}}, {{u"depth_multiplier"_s, 2}}, 9 * 6 + 6,
        9 * 6 * 9, 4 * 9 * 6);
    row("image", u"deconv2d"_s, {{5, 5, 3}}, {}, 9 * 3 * 32 + 32, 25 * 9 * 3 * 32, 4 * 100 * 32);
    row("image", u"batch_normalization"_s, {{5, 5, 3}}, {}, 6, 0, 4 * 75);
    row("frozen", u"batch_normalization"_s, {{5, 5, 3}}, frozen, 0, 0, 4 * 75);
    row("vector", u"layer_normalization"_s, {{7}}, {}, 14, 0, 28);
    row("image", u"max_pooling2d"_s, {{4, 4, 3}}, {}, 0, 0, 4 * 12);
    row("image", u"flatten"_s, {{4, 4, 3}}, {}, 0, 0, 4 * 48);
    row("image", u"input"_s, {{28, 28, 1}}, {}, 0, 0, 3136);
    row("end", u"target"_s, {{10}}, {}, 0, 0, 0);
}

void BlockShapesTest::cost()
{
    QFETCH(QString, type);
    QFETCH(Shapes, inputs);
    QFETCH(ParameterValues, values);
    QFETCH(qint64, parameters);
    QFETCH(qint64, multiplyAdds);
    QFETCH(qint64, bytes);
    const BlockType& found = *blockType(type);
    const Parameters own = parametersFor(found, values);
    const BlockCost cost = found.cost(inputs, found.shape(inputs, own).value(), own);
    QCOMPARE(cost.parameters, parameters);
    QCOMPARE(cost.multiplyAdds, multiplyAdds);
    QCOMPARE(cost.activationBytes, bytes);
}

void BlockShapesTest::hugeCostsDoNotOverflow()
{
    const Shapes huge = {{2'000'000'000, 2'000'000'000, 2'000'000'000}};
    for (const BlockType& type : blockTypes()) {
        ParameterValues largest;
        for (const ParameterSpec& spec : type.parameters)
            if (spec.type == ParameterType::Integer)
                largest.insert(spec.key, qlonglong(spec.maximum));
        const Parameters parameters = parametersFor(type, largest);
        const BlockCost cost = type.cost(huge, huge.first(), parameters);
        QVERIFY(cost.parameters >= 0);
        QVERIFY(cost.multiplyAdds >= 0);
        QCOMPARE(cost.activationBytes, std::numeric_limits<qint64>::max());
    }
}

QTEST_GUILESS_MAIN(BlockShapesTest)
#include "tst_block_shapes.moc"
