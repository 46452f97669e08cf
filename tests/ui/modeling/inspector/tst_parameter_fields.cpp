#include "core/graph/block_catalogue.h"
#include "core/graph/snippets.h"
#include "ui/modeling/inspector/parameter_fields.h"

#include <QTest>
#include <algorithm>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

QList<FeatureDescription> features()
{
    return {{u"image"_s, Encoding::Image, {28, 28, 1}, {}},
            {u"category"_s, Encoding::Categorical, {12}, {}},
            {u"price"_s, Encoding::Numeric, {1}, {}},
            {u"title"_s, Encoding::Text, {}, {}}};
}

struct Model {
    ModelGraph graph = findSnippet(u"cnn"_s)->build();

    [[nodiscard]] BlockId id(const QString& name) const { return graph.blockByName(name)->id; }
    [[nodiscard]] BlockId lastDense() const { return id(u"Dense 2"_s); }
    [[nodiscard]] ParameterFields fields(const QList<BlockId>& blocks,
                                         const QList<FeatureDescription>& known = features()) const
    {
        return ParameterFields::of(graph, analyzeGraph(graph, known), known, blocks);
    }
};

FormField field(const ParameterFields& form, const QString& key)
{
    const auto found = std::ranges::find(form.fields(), key, &FormField::key);
    return found != form.fields().end() ? *found : FormField{};
}

QStringList values(const FormField& field)
{
    QStringList values;
    std::ranges::transform(field.choices, std::back_inserter(values), &FieldChoice::value);
    return values;
}

QString notes(const FormField& field)
{
    QStringList texts;
    for (const FieldNote& note : field.notes)
        texts.append(enumKey(note.level) + u' ' + note.text);
    return texts.join(u'\n');
}

} // namespace

class TestParameterFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTypeHasItsForm_data();
    void everyTypeHasItsForm();
    void ownTextsAreTaken_data();
    void ownTextsAreTaken();
    void featuresThatFit();
    void unknownFeatureStays();
    void noDataset();
    void severalBlocks();
    void followedValue();
    void wayBack();
    void notesGoToTheirField();
    void names();
    void refusals();
};

void TestParameterFields::everyTypeHasItsForm_data()
{
    QTest::addColumn<QString>("type");
    for (const BlockType& type : blockTypes())
        QTest::newRow(qPrintable(type.key)) << type.key;
}

void TestParameterFields::everyTypeHasItsForm()
{
    QFETCH(QString, type);
    Model model{ModelGraph()};
    const BlockId id = model.graph.addBlock(type);
    const ParameterFields form = model.fields({id});
    const QList<ParameterSpec>& specs = blockType(type)->parameters;
    QCOMPARE(form.fields().size(), specs.size() + 1);
    QCOMPARE(form.fields().first().value, model.graph.block(id)->name);
    for (qsizetype i = 0; i < specs.size(); ++i) {
        const FormField& shown = form.fields()[i + 1];
        QCOMPARE(shown.key, specs[i].key);
        QCOMPARE(shown.label, specs[i].label);
        QVERIFY2(shown.value, qPrintable(shown.key));
        if (specs[i].type == ParameterType::Choice)
            QVERIFY(values(shown).contains(*shown.value));
    }
}

void TestParameterFields::ownTextsAreTaken_data()
{
    everyTypeHasItsForm_data();
}

void TestParameterFields::ownTextsAreTaken()
{
    QFETCH(QString, type);
    Model model{ModelGraph()};
    const BlockId id = model.graph.addBlock(type);
    const ParameterFields form = model.fields({id});
    ModelGraph graph = model.graph;
    for (const FormField& shown : form.fields())
        QVERIFY2(applyField(graph, {id}, shown.key, *shown.value), qPrintable(shown.key));
    const Parameters before = parametersOf(*model.graph.block(id), *blockType(type));
    QCOMPARE(parametersOf(*graph.block(id), *blockType(type)).values(), before.values());
}

void TestParameterFields::featuresThatFit()
{
    const Model model;
    QCOMPARE(values(field(model.fields({model.id(u"Input"_s)}), u"feature"_s)),
             (QStringList{u"image"_s, u"category"_s, u"price"_s}));
    QCOMPARE(values(field(model.fields({model.id(u"Target"_s)}), u"feature"_s)),
             (QStringList{u"category"_s, u"price"_s}));
}

void TestParameterFields::unknownFeatureStays()
{
    Model model;
    const BlockId input = model.id(u"Input"_s);
    model.graph.setParameter(input, u"feature"_s, u"picture"_s);
    const FormField feature = field(model.fields({input}), u"feature"_s);
    QCOMPARE(feature.value, u"picture"_s);
    QVERIFY(values(feature).contains(u"picture"_s));
    QVERIFY2(notes(feature).contains(u"error 'picture' is not in the dataset"_s),
             qPrintable(notes(feature)));
}

void TestParameterFields::noDataset()
{
    const Model model;
    const FormField feature = field(model.fields({model.id(u"Input"_s)}, {}), u"feature"_s);
    QVERIFY(feature.choices.isEmpty());
    QVERIFY2(notes(feature).contains(u"Settings"_s), qPrintable(notes(feature)));
}

void TestParameterFields::severalBlocks()
{
    const Model model;
    const QList<BlockId> blocks{model.id(u"2D Convolution"_s), model.id(u"2D Convolution 2"_s)};
    const ParameterFields form = model.fields(blocks);
    QCOMPARE(field(form, ParameterFields::NameKey.toString()).key, QString());
    QCOMPARE(field(form, u"filters"_s).value, std::nullopt);
    QCOMPARE(field(form, u"width"_s).value, u"3"_s);
    ModelGraph graph = model.graph;
    QVERIFY(applyField(graph, blocks, u"filters"_s, u"48"_s));
    for (BlockId id : blocks)
        QCOMPARE(graph.block(id)->parameters.value(u"filters"_s).toInt(), 48);
}

void TestParameterFields::followedValue()
{
    Model model;
    QCOMPARE(field(model.fields({model.lastDense()}), u"nodes"_s).value, u"10"_s);
    model.graph.setParameter(model.id(u"Target"_s), u"feature"_s, u"category"_s);
    const FormField nodes = field(model.fields({model.lastDense()}), u"nodes"_s);
    QCOMPARE(nodes.value, u"12"_s);
    QVERIFY2(notes(nodes).contains(u"note Follows the target: 12 nodes"_s),
             qPrintable(notes(nodes)));
    QVERIFY(nodes.action.isEmpty());
}

void TestParameterFields::wayBack()
{
    Model model;
    model.graph.setParameter(model.id(u"Input"_s), u"feature"_s, u"image"_s);
    model.graph.setParameter(model.id(u"Target"_s), u"feature"_s, u"category"_s);
    QVERIFY(applyField(model.graph, {model.lastDense()}, u"nodes"_s, u"7"_s));
    const FormField nodes = field(model.fields({model.lastDense()}), u"nodes"_s);
    QCOMPARE(nodes.value, u"7"_s);
    QVERIFY(!nodes.action.isEmpty());
    QVERIFY2(notes(nodes).contains(u"error Has 7 nodes, 'category' has 12 classes"_s),
             qPrintable(notes(nodes)));
    QVERIFY(applyField(model.graph, {model.id(u"Dense"_s)}, u"nodes"_s, u"64"_s));
    QVERIFY(field(model.fields({model.id(u"Dense"_s)}), u"nodes"_s).action.isEmpty());
}

void TestParameterFields::notesGoToTheirField()
{
    Model model;
    const BlockId target = model.id(u"Target"_s);
    model.graph.setParameter(model.id(u"Input"_s), u"feature"_s, u"image"_s);
    model.graph.setParameter(target, u"feature"_s, u"price"_s);
    const FormField loss = field(model.fields({target}), u"loss"_s);
    QVERIFY2(notes(loss).contains(u"choose Mean squared error"_s), qPrintable(notes(loss)));
    model.graph.setParameter(target, u"loss"_s, u"mean_squared_error"_s);
    const FormField activation = field(model.fields({model.lastDense()}), u"activation"_s);
    QVERIFY2(notes(activation).contains(u"choose Linear"_s), qPrintable(notes(activation)));

    const BlockId alone = model.graph.addBlock(u"dense"_s);
    const ParameterFields form = model.fields({alone});
    QCOMPARE(form.notes().size(), 1);
    QCOMPARE(form.notes().first(), (FieldNote{IssueLevel::Error, u"Is not connected"_s}));
}

void TestParameterFields::names()
{
    Model model;
    const BlockId dense = model.lastDense();
    const QString key = ParameterFields::NameKey.toString();
    QVERIFY(applyField(model.graph, {dense}, key, u"  Classes "_s));
    QCOMPARE(model.graph.block(dense)->name, u"Classes"_s);
    const ModelGraph before = model.graph;
    const Status taken = applyField(model.graph, {dense}, key, u"input"_s);
    QVERIFY(taken.error().message.contains(u"“input”"_s));
    QVERIFY(!applyField(model.graph, {dense}, key, u" "_s));
    QVERIFY(model.graph == before);
}

void TestParameterFields::refusals()
{
    Model model;
    const ModelGraph before = model.graph;
    const Status status = applyField(model.graph, {model.lastDense()}, u"nodes"_s, u"0"_s);
    QCOMPARE(status.error().message, u"Nodes takes a whole number from 1 to 1000000, not '0'."_s);
    QVERIFY(!applyField(model.graph, {model.lastDense()}, u"speed"_s, u"1"_s));
    QVERIFY(!applyField(model.graph, {BlockId(999)}, u"nodes"_s, u"1"_s));
    QVERIFY(!applyField(model.graph, {}, u"nodes"_s, u"1"_s));
    QVERIFY(model.graph == before);
}

QTEST_APPLESS_MAIN(TestParameterFields)
#include "tst_parameter_fields.moc"
