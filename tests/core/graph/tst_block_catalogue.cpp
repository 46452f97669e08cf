#include "core/graph/activations.h"
#include "core/graph/block_catalogue.h"
#include "core/graph/losses.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <algorithm>
#include <limits>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

Parameters defaultsOf(const BlockType& type)
{
    return parametersOf({BlockId(1), type.key, type.name, {}, {}}, type);
}

template <typename E>
QStringList labelsOf()
{
    QStringList labels;
    for (const auto& name : enumNames(E{}))
        labels.append(QString::fromUtf16(name.label));
    return labels;
}

} // namespace

class BlockCatalogueTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasEveryBlock();
    void isConsistent_data();
    void isConsistent();
    void parametersAreConsistent_data();
    void parametersAreConsistent();
    void refusesValues_data();
    void refusesValues();
    void normalizes_data();
    void normalizes();
    void showsValues();
    void summarizes_data();
    void summarizes();
    void choicesAreThoseOfTheTables();
    void lossesAreDescribed();
    void invalidValuesReadAsDefaults();
    void setsFromText();
    void setFromTextRefuses_data();
    void setFromTextRefuses();
};

void BlockCatalogueTest::hasEveryBlock()
{
    const QStringList keys = QStringLiteral("input target dense conv1d conv2d depthwise_conv2d "
                                            "deconv2d upsampling2d zero_padding2d "
                                            "max_pooling2d average_pooling2d max_pooling1d "
                                            "average_pooling1d global_average_pooling2d "
                                            "global_max_pooling2d global_average_pooling1d "
                                            "global_max_pooling1d batch_normalization "
                                            "layer_normalization dropout random_transformation "
                                            "flatten reshape activation add multiply "
                                            "concatenate")
                                 .split(QChar(u' '));
    QStringList found;
    std::ranges::transform(blockTypes(), std::back_inserter(found), &BlockType::key);
    QCOMPARE(found, keys);
    for (const QString& key : keys)
        QCOMPARE(blockType(key)->key, key);
    QCOMPARE(blockType(u"Dense"_s), nullptr);
    QCOMPARE(blockType({}), nullptr);
}

void BlockCatalogueTest::isConsistent_data()
{
    QTest::addColumn<QString>("key");
    for (const BlockType& type : blockTypes())
        QTest::newRow(qPrintable(type.key)) << type.key;
}

void BlockCatalogueTest::isConsistent()
{
    QFETCH(QString, key);
    const BlockType& type = *blockType(key);
    QCOMPARE(std::ranges::count(blockTypes(), type.name, &BlockType::name), 1);
    QVERIFY(type.help.endsWith(QChar(u'.')));
    QVERIFY(!enumLabel(type.group).isEmpty());
    QVERIFY(type.minimumInputs >= 0);
    QVERIFY(type.maximumInputs == -1 || type.maximumInputs >= type.minimumInputs);
    QVERIFY(type.shape && type.cost && type.summary);
    QSet<QString> keys;
    for (const ParameterSpec& spec : type.parameters)
        keys.insert(spec.key);
    QCOMPARE(keys.size(), type.parameters.size());
    QCOMPARE(defaultsOf(type).values().keys().size(), type.parameters.size());
    QVERIFY(!type.summary(defaultsOf(type)).contains(QChar(u'%')));
    QVERIFY(type.summary(Parameters({})).size() < 200);
}

void BlockCatalogueTest::parametersAreConsistent_data()
{
    isConsistent_data();
}

void BlockCatalogueTest::parametersAreConsistent()
{
    QFETCH(QString, key);
    static const QRegularExpression snakeCase(u"^[a-z][a-z0-9_]*$"_s);
    for (const ParameterSpec& spec : blockType(key)->parameters) {
        QVERIFY(snakeCase.match(spec.key).hasMatch());
        QVERIFY(!spec.label.isEmpty());
        QVERIFY2(spec.help.endsWith(QChar(u'.')), qPrintable(spec.key));
        const auto normalized = spec.normalized(spec.defaultValue);
        QVERIFY2(normalized.has_value(), qPrintable(spec.key));
        QCOMPARE(*normalized, spec.defaultValue);
        QCOMPARE(normalized->typeId(), spec.defaultValue.typeId());
        if (spec.type == ParameterType::Choice)
            QVERIFY(spec.choices.size() >= 2);
        if (spec.type == ParameterType::Integer || spec.type == ParameterType::Real) {
            QVERIFY(spec.minimum < spec.maximum);
            QVERIFY(spec.normalized(spec.minimum).has_value());
            QVERIFY(spec.normalized(spec.maximum).has_value());
            QVERIFY(!spec.normalized(spec.maximum + 1).has_value());
            QVERIFY(!spec.normalized(spec.minimum - 1).has_value());
        }
        QVERIFY(spec.normalized(spec.toText(spec.defaultValue)) == spec.defaultValue);
    }
}

void BlockCatalogueTest::refusesValues_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("sentence");

    const auto row = [](const char* name, const QString& type, const QString& key,
                        const QVariant& value, const QString& sentence) {
        QTest::newRow(name) << type << key << value << sentence;
    };
    row("text", u"dense"_s, u"nodes"_s, u"ten"_s,
        u"Nodes takes a whole number from 1 to 1000000, not 'ten'."_s);
    row("empty", u"dense"_s, u"nodes"_s, QString(),
        u"Nodes takes a whole number from 1 to 1000000, not ''."_s);
    row("fraction", u"dense"_s, u"nodes"_s, 1.5,
        u"Nodes takes a whole number from 1 to 1000000, not '1.5'."_s);
    row("infinite", u"dropout"_s, u"rate"_s, std::numeric_limits<double>::infinity(),
        u"Rate takes a number from 0 to 0.99, not 'inf'."_s);
    row("NaN text", u"dropout"_s, u"rate"_s, u"nan"_s,
        u"Rate takes a number from 0 to 0.99, not 'nan'."_s);
    row("above", u"dropout"_s, u"rate"_s, 1.0, u"Rate takes a number from 0 to 0.99, not '1'."_s);
    row("boolean", u"dense"_s, u"use_bias"_s, u"maybe"_s,
        u"Use bias takes on or off, not 'maybe'."_s);
    row("choice", u"conv2d"_s, u"padding"_s, u"full"_s,
        u"Padding takes one of Same, Valid, not 'full'."_s);
    row("feature", u"input"_s, u"feature"_s, 3, u"Feature takes the name of a feature, not '3'."_s);
    row("four sizes", u"reshape"_s, u"target_shape"_s, u"1x2x3x4"_s,
        u"Target shape takes up to three sizes such as 7×7×64, not '1x2x3x4'."_s);
    row("zero size", u"reshape"_s, u"target_shape"_s, u"7x0"_s,
        u"Target shape takes up to three sizes such as 7×7×64, not '7x0'."_s);
    row("huge size", u"reshape"_s, u"target_shape"_s, u"99999999999"_s,
        u"Target shape takes up to three sizes such as 7×7×64, not '99999999999'."_s);
    row("end missing", u"reshape"_s, u"target_shape"_s, u"7x"_s,
        u"Target shape takes up to three sizes such as 7×7×64, not '7x'."_s);
}

void BlockCatalogueTest::refusesValues()
{
    QFETCH(QString, type);
    QFETCH(QString, key);
    QFETCH(QVariant, value);
    QFETCH(QString, sentence);
    const auto normalized = blockType(type)->parameter(key)->normalized(value);
    QVERIFY(!normalized.has_value());
    QCOMPARE(normalized.error().message, sentence);
    QCOMPARE(normalized.error().code, ErrorCode::InvalidInput);
}

void BlockCatalogueTest::normalizes_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("normalized");

    const auto row = [](const char* name, const QString& type, const QString& key,
                        const QVariant& value, const QVariant& normalized) {
        QTest::newRow(name) << type << key << value << normalized;
    };
    row("whole real", u"dense"_s, u"nodes"_s, 12.0, 12LL);
    row("number text", u"dense"_s, u"nodes"_s, u" 12 "_s, 12LL);
    row("real", u"dropout"_s, u"rate"_s, u"0.25"_s, 0.25);
    row("whole to real", u"dropout"_s, u"rate"_s, 0, 0.0);
    row("off", u"dense"_s, u"use_bias"_s, u"Off"_s, false);
    row("one", u"dense"_s, u"use_bias"_s, 1, true);
    row("label", u"dense"_s, u"initializer"_s, u"he NORMAL"_s, u"he_normal"_s);
    row("key", u"dense"_s, u"activation"_s, u"Leaky_ReLU"_s, u"leaky_relu"_s);
    row("loss", u"target"_s, u"loss"_s, u"Mean squared error"_s, u"mean_squared_error"_s);
    row("feature with spaces", u"input"_s, u"feature"_s, u" a b "_s, u" a b "_s);
    row("shape with x", u"reshape"_s, u"target_shape"_s, u"7x7X64"_s, u"7×7×64"_s);
    row("shape with ×", u"reshape"_s, u"target_shape"_s, u" 7 × 64 "_s, u"7×64"_s);
    row("shape with commas", u"reshape"_s, u"target_shape"_s, u"7, 7, 64"_s, u"7×7×64"_s);
    row("shape of one number", u"reshape"_s, u"target_shape"_s, 49, u"49"_s);
    row("no shape", u"reshape"_s, u"target_shape"_s, u" "_s, QString());
    row("axis", u"concatenate"_s, u"axis"_s, 2, u"2"_s);
}

void BlockCatalogueTest::normalizes()
{
    QFETCH(QString, type);
    QFETCH(QString, key);
    QFETCH(QVariant, value);
    QFETCH(QVariant, normalized);
    const auto result = blockType(type)->parameter(key)->normalized(value);
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QCOMPARE(*result, normalized);
    QCOMPARE(result->typeId(), normalized.typeId());
}

void BlockCatalogueTest::showsValues()
{
    const BlockType& dense = *blockType(u"dense"_s);
    QCOMPARE(dense.parameter(u"nodes"_s)->toText(10LL), u"10"_s);
    QCOMPARE(dense.parameter(u"use_bias"_s)->toText(false), u"off"_s);
    QCOMPARE(dense.parameter(u"activation"_s)->toText(u"leaky_relu"_s), u"Leaky ReLU"_s);
    QCOMPARE(dense.parameter(u"activation"_s)->toText(u"cube"_s), u"cube"_s);
    QCOMPARE(blockType(u"dropout"_s)->parameter(u"rate"_s)->toText(0.1), u"0.1"_s);
}

void BlockCatalogueTest::summarizes_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<ParameterValues>("values");
    QTest::addColumn<QString>("summary");

    const auto row = [](const QString& type, const ParameterValues& values,
                        const QString& summary) {
        QTest::addRow("%s: %s", qPrintable(type), qPrintable(summary)) << type << values << summary;
    };
    row(u"input"_s, {{u"feature"_s, u"image"_s}}, u"Feature: image"_s);
    row(u"input"_s, {}, u"No feature yet"_s);
    row(u"target"_s, {{u"feature"_s, u"category"_s}},
        u"Feature: category · Categorical crossentropy"_s);
    row(u"dense"_s, {{u"nodes"_s, 128}}, u"128 nodes · ReLU"_s);
    row(u"dense"_s, {{u"nodes"_s, 1}, {u"activation"_s, u"sigmoid"_s}}, u"1 node · Sigmoid"_s);
    row(u"conv2d"_s, {}, u"32 filters · 3×3 · ReLU"_s);
    row(u"conv2d"_s, {{u"width"_s, 5}, {u"vertical_stride"_s, 2}},
        u"32 filters · 3×5 · stride 2×1 · ReLU"_s);
    row(u"conv1d"_s, {{u"horizontal_stride"_s, 2}}, u"32 filters · 3 · stride 2 · ReLU"_s);
    row(u"depthwise_conv2d"_s, {}, u"1 a channel · 3×3 · ReLU"_s);
    row(u"deconv2d"_s, {}, u"32 filters · 3×3 · stride 2 · ReLU"_s);
    row(u"upsampling2d"_s, {}, u"2 times · Nearest"_s);
    row(u"zero_padding2d"_s, {{u"left"_s, 3}}, u"Top, bottom, left, right 0, 0, 3, 0"_s);
    row(u"max_pooling2d"_s, {}, u"2×2 · stride 2"_s);
    row(u"average_pooling1d"_s, {}, u"2 · stride 2"_s);
    row(u"batch_normalization"_s, {}, u"Momentum 0.99"_s);
    row(u"dropout"_s, {{u"rate"_s, 0.1}}, u"Rate 0.1"_s);
    row(u"random_transformation"_s, {}, u"Changes nothing yet"_s);
    row(u"random_transformation"_s,
        {{u"flip_horizontal"_s, true}, {u"shift"_s, 10}, {u"rotation"_s, 7.5}},
        u"Flip horizontal · Shift 10 % · Rotation 7.5°"_s);
    row(u"random_transformation"_s, {{u"crop"_s, 25}}, u"Crop 25 %"_s);
    row(u"reshape"_s, {{u"target_shape"_s, u"7×7"_s}}, u"7×7"_s);
    row(u"activation"_s, {}, u"ReLU"_s);
    row(u"concatenate"_s, {}, u"Axis last"_s);
    row(u"flatten"_s, {}, QString());
}

void BlockCatalogueTest::summarizes()
{
    QFETCH(QString, type);
    QFETCH(ParameterValues, values);
    QFETCH(QString, summary);
    const BlockType& found = *blockType(type);
    QCOMPARE(found.summary(parametersOf({BlockId(1), type, type, values, {}}, found)), summary);
}

void BlockCatalogueTest::choicesAreThoseOfTheTables()
{
    const auto labels = [](const QString& type, const QString& key) {
        QStringList list;
        for (const ParameterChoice& choice : blockType(type)->parameter(key)->choices)
            list.append(choice.label);
        return list;
    };
    QCOMPARE(labels(u"dense"_s, u"activation"_s), labelsOf<Activation>());
    QCOMPARE(labels(u"dense"_s, u"initializer"_s), labelsOf<Initializer>());
    QCOMPARE(labels(u"conv2d"_s, u"padding"_s), labelsOf<Padding>());
    QCOMPARE(labels(u"upsampling2d"_s, u"interpolation"_s), labelsOf<Interpolation>());
    QCOMPARE(labels(u"target"_s, u"loss"_s), labelsOf<Loss>());
    QCOMPARE(labelsOf<Activation>().size(), 9);
    QCOMPARE(labelsOf<Loss>().size(), 7);
}

void BlockCatalogueTest::lossesAreDescribed()
{
    for (const auto& name : enumNames(Loss{})) {
        const LossDescription& description = describeLoss(name.value);
        QCOMPARE(description.loss, name.value);
        QVERIFY(!description.encodings.isEmpty());
        QVERIFY(!description.activations.isEmpty());
        for (Activation activation : description.activations)
            QVERIFY(description.computable.isEmpty() ||
                    description.computable.contains(activation));
    }
    QVERIFY(describeLoss(Loss::CategoricalCrossentropy).singleLabel);
}

void BlockCatalogueTest::invalidValuesReadAsDefaults()
{
    const BlockType& conv = *blockType(u"conv2d"_s);
    const Block block{BlockId(1),
                      conv.key,
                      u"C"_s,
                      {{u"horizontal_stride"_s, 0}, {u"filters"_s, 8}, {u"colour"_s, 1}},
                      {}};
    const Parameters parameters = parametersOf(block, conv);
    QCOMPARE(parameters.integer(u"horizontal_stride"_s), 1);
    QCOMPARE(parameters.integer(u"filters"_s), 8);
    QVERIFY(!parameters.values().contains(u"colour"_s));
    QCOMPARE(parameters.integer(u"colour"_s), 0);
    QCOMPARE(parameters.flag(u"trainable"_s), true);
    QCOMPARE(parameters.real(u"colour"_s), 0.0);
    QVERIFY(parameters.shape(u"colour"_s).isEmpty());
}

void BlockCatalogueTest::setsFromText()
{
    ModelGraph graph;
    const BlockId id = graph.addBlock(u"dense"_s);
    QVERIFY(setParameterFromText(graph, id, u"nodes"_s, u"10"_s));
    QVERIFY(setParameterFromText(graph, id, u"trainable"_s, u"off"_s));
    QCOMPARE(graph.block(id)->parameters,
             (ParameterValues{{u"nodes"_s, 10LL}, {u"trainable"_s, false}}));
    QVERIFY(setParameterFromText(graph, id, u"nodes"_s, QString()));
    QVERIFY(setParameterFromText(graph, id, u"trainable"_s, u"on"_s));
    QVERIFY(graph.block(id)->parameters.isEmpty());
}

void BlockCatalogueTest::setFromTextRefuses_data()
{
    QTest::addColumn<QString>("block");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("unknown key")
        << u"dense"_s << u"node"_s << u"1"_s
        << u"Dense has no parameter 'node'; it takes nodes, initializer, activation, use_bias, "
           "trainable."_s;
    QTest::newRow("no keys") << u"flatten"_s << u"nodes"_s << u"1"_s
                             << u"Flatten has no parameter 'nodes'; it takes no parameters."_s;
    QTest::newRow("value") << u"dense"_s << u"nodes"_s << u"-1"_s
                           << u"Dense: Nodes takes a whole number from 1 to 1000000, not '-1'."_s;
}

void BlockCatalogueTest::setFromTextRefuses()
{
    QFETCH(QString, block);
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    ModelGraph graph;
    const BlockId id = graph.addBlock(block);
    const ModelGraph before = graph;
    const Status status = setParameterFromText(graph, id, key, text);
    QVERIFY(!status);
    QCOMPARE(status.error().message, sentence);
    QCOMPARE(setParameterFromText(graph, BlockId(9), key, text).error().code, ErrorCode::NotFound);
    QCOMPARE(graph, before);
}

QTEST_GUILESS_MAIN(BlockCatalogueTest)
#include "tst_block_catalogue.moc"
