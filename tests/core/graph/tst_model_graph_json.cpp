#include "core/graph/model_graph.h"
#include "core/graph/snippets.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

QJsonObject parsed(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

/// One file for each version of the format, with every member that it has.
QJsonObject fixture(int version)
{
    QFile file(QFINDTESTDATA(u"../../data/graph/format_%1.json"_s.arg(version)));
    return file.open(QIODevice::ReadOnly) ? parsed(file.readAll()) : QJsonObject();
}

QString errorOf(const QJsonObject& json)
{
    const auto graph = ModelGraph::fromJson(json);
    return graph ? QString() : graph.error().message;
}

QByteArray withBlock(const QByteArray& block)
{
    return R"({"version": 1, "connections": [], "blocks": [)" + block + "]}";
}

QByteArray withParameters(const QByteArray& parameters)
{
    return withBlock(R"({"id": 1, "type": "dense", "name": "Dense", "parameters": )" + parameters +
                     "}");
}

QByteArray withGroups(const QByteArray& groups)
{
    return R"({"version": 2, "blocks": [{"id": 1, "type": "add", "name": "A"},
               {"id": 2, "type": "add", "name": "B"}], "connections": [], "groups": )" +
           groups + "}";
}

QByteArray withConnections(const QByteArray& connections)
{
    return R"({"version": 1, "blocks": [{"id": 1, "type": "input", "name": "I"},
               {"id": 2, "type": "add", "name": "A"}, {"id": 3, "type": "target", "name": "T"}],
               "connections": [)" +
           connections + "]}";
}

} // namespace

class ModelGraphJsonTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void refusesDeepAndHuge();
    void readsTheFirstVersion();
    void readsTheSecondVersion();
    void roundTrips_data();
    void roundTrips();
    void readsLeniently();
    void freshIdsStayFree();

private:
    void addBlocks();
    void addParameters();
    void addConnections();
    void addGroups();
};

namespace {

void row(const char* name, const QByteArray& json, const QString& names)
{
    QTest::newRow(name) << json << names;
}

} // namespace

void ModelGraphJsonTest::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("names"); // what the sentence must name

    row("nothing", "{}", u"version"_s);
    row("text for version", R"({"version": "1", "blocks": [], "connections": []})", u"version"_s);
    row("newer", R"({"version": 3, "blocks": [], "connections": []})", u"newer"_s);
    row("huge version", R"({"version": 1e308, "blocks": [], "connections": []})", u"version"_s);
    row("no blocks", R"({"version": 1, "connections": []})", u"'blocks'"_s);
    row("no connections", R"({"version": 1, "blocks": []})", u"'connections'"_s);
    row("blocks no list", R"({"version": 1, "blocks": {}, "connections": []})", u"'blocks'"_s);
    addBlocks();
    addParameters();
    addConnections();
    addGroups();
}

void ModelGraphJsonTest::addGroups()
{
    row("groups no list", withGroups("{}"), u"'groups'"_s);
    row("number for group", withGroups("[3]"), u"group number 1"_s);
    row("group without id", withGroups(R"([{"name": "G", "blocks": [1]}])"), u"'G'"_s);
    row("group without blocks", withGroups(R"([{"id": 1, "name": "G"}])"), u"no blocks"_s);
    row("group of nobody", withGroups(R"([{"id": 1, "name": "G", "blocks": [9]}])"),
        u"does not exist"_s);
    row("twice in a group", withGroups(R"([{"id": 1, "name": "G", "blocks": [1, 1]}])"),
        u"two groups"_s);
    row("in two groups", withGroups(R"([{"id": 1, "name": "G", "blocks": [1]},
                                        {"id": 2, "name": "H", "blocks": [2, 1]}])"),
        u"two groups"_s);
    row("two group ids", withGroups(R"([{"id": 1, "name": "G", "blocks": [1]},
                                        {"id": 1, "name": "H", "blocks": [2]}])"),
        u"id 1"_s);
    row("two group names", withGroups(R"([{"id": 1, "name": "G", "blocks": [1]},
                                          {"id": 2, "name": "g", "blocks": [2]}])"),
        u"'g'"_s);
}

void ModelGraphJsonTest::addBlocks()
{
    row("number for block", withBlock("3"), u"number 1"_s);
    row("no name", withBlock(R"({"id": 1, "type": "dense"})"), u"name"_s);
    row("blank name", withBlock(R"({"id": 1, "type": "dense", "name": " "})"), u"name"_s);
    row("no id", withBlock(R"({"type": "dense", "name": "D"})"), u"'D'"_s);
    row("negative id", withBlock(R"({"id": -1, "type": "dense", "name": "D"})"), u"'D'"_s);
    row("zero id", withBlock(R"({"id": 0, "type": "dense", "name": "D"})"), u"'D'"_s);
    row("broken id", withBlock(R"({"id": 1.5, "type": "dense", "name": "D"})"), u"'D'"_s);
    row("huge id", withBlock(R"({"id": 1e308, "type": "dense", "name": "D"})"), u"'D'"_s);
    row("largest id", withBlock(R"({"id": 9223372036854775807, "type": "dense", "name": "D"})"),
        u"'D'"_s);
    row("no type", withBlock(R"({"id": 1, "name": "D"})"), u"''"_s);
    row("unknown type", withBlock(R"({"id": 1, "type": "lstm", "name": "D"})"), u"'lstm'"_s);
    row("position of one", withBlock(R"({"id": 1, "type": "dense", "name": "D", "position": [1]})"),
        u"position"_s);
    row("text position",
        withBlock(R"({"id": 1, "type": "dense", "name": "D", "position": ["a", 1]})"),
        u"position"_s);
    row("far position",
        withBlock(R"({"id": 1, "type": "dense", "name": "D", "position": [0, 1e308]})"),
        u"position"_s);
    row("two ids", withBlock(R"({"id": 1, "type": "add", "name": "A"},
                                {"id": 1, "type": "add", "name": "B"})"),
        u"id 1"_s);
    row("two names", withBlock(R"({"id": 1, "type": "add", "name": "A"},
                                  {"id": 2, "type": "add", "name": "a"})"),
        u"'a'"_s);
}

void ModelGraphJsonTest::addParameters()
{
    row("parameters no object", withParameters("[]"), u"'Dense'"_s);
    row("unknown parameter", withParameters(R"({"filters": 3})"), u"'filters'"_s);
    row("null parameter", withParameters(R"({"nodes": null})"), u"Nodes"_s);
    row("list parameter", withParameters(R"({"nodes": [1]})"), u"Nodes"_s);
    row("object parameter", withParameters(R"({"nodes": {"a": 1}})"), u"Nodes"_s);
    row("negative nodes", withParameters(R"({"nodes": -3})"), u"'-3'"_s);
    row("huge nodes", withParameters(R"({"nodes": 1e308})"), u"Nodes"_s);
    row("broken nodes", withParameters(R"({"nodes": 1.5})"), u"Nodes"_s);
    row("true nodes", withParameters(R"({"nodes": true})"), u"Nodes"_s);
    row("unknown activation", withParameters(R"({"activation": "cube"})"), u"'cube'"_s);
    row("number for activation", withParameters(R"({"activation": 1})"), u"Activation"_s);
}

void ModelGraphJsonTest::addConnections()
{
    row("dangling from", withConnections(R"({"from": 9, "to": 2, "port": 0})"), u"number 1"_s);
    row("dangling to", withConnections(R"({"from": 1, "to": 9, "port": 0})"), u"number 1"_s);
    row("to itself", withConnections(R"({"from": 2, "to": 2, "port": 0})"), u"itself"_s);
    row("out of Target", withConnections(R"({"from": 3, "to": 2, "port": 0})"), u"Target"_s);
    row("into Input", withConnections(R"({"from": 2, "to": 1, "port": 0})"), u"Input"_s);
    row("no port", withConnections(R"({"from": 1, "to": 2})"), u"port"_s);
    row("negative port", withConnections(R"({"from": 1, "to": 2, "port": -1})"), u"port"_s);
    row("far port", withConnections(R"({"from": 1, "to": 3, "port": 1})"), u"port"_s);
    row("gap", withConnections(R"({"from": 1, "to": 2, "port": 1})"), u"gap"_s);
    row("twice", withConnections(R"({"from": 1, "to": 2, "port": 0},
                                    {"from": 1, "to": 2, "port": 0})"),
        u"two connections"_s);
    row("connection no object", withConnections("[]"), u"number 1"_s);
}

void ModelGraphJsonTest::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, names);
    QVERIFY(json == "{}" || !parsed(json).isEmpty());
    const QString error = errorOf(parsed(json));
    QVERIFY2(error.contains(names), qPrintable(error));
    QVERIFY(error.endsWith(QChar(u'.')));
}

void ModelGraphJsonTest::refusesDeepAndHuge()
{
    QJsonValue deep = 1;
    for (int level = 0; level < 900; ++level)
        deep = QJsonArray{deep};
    QJsonObject json = parsed(withParameters("{}"));
    QJsonArray blocks = json.value("blocks"_L1).toArray();
    QJsonObject block = blocks.first().toObject();
    block.insert("parameters"_L1, QJsonObject{{u"nodes"_s, deep}});
    blocks.replace(0, block);
    json.insert("blocks"_L1, blocks);
    QVERIFY(errorOf(json).contains(u"Nodes"_s));

    const QString name(1'000'000, QChar(u'x'));
    const QString error =
        errorOf({{u"version"_s, 1},
                 {u"connections"_s, QJsonArray()},
                 {u"blocks"_s,
                  QJsonArray{QJsonObject{{u"id"_s, 1}, {u"name"_s, name}, {u"type"_s, name}}}}});
    QVERIFY(error.contains(u"unknown type"_s));
    QVERIFY(error.size() < 400);
}

void ModelGraphJsonTest::readsTheFirstVersion()
{
    const auto graph = ModelGraph::fromJson(fixture(1));
    QVERIFY2(graph.has_value(), graph ? "" : qPrintable(graph.error().message));
    QCOMPARE(graph->blocks().size(), 4);
    const Block edges = *graph->blockByName(u"Edges"_s);
    QCOMPARE(edges.id, BlockId(7));
    QCOMPARE(edges.position, QPointF(0.5, -62));
    QCOMPARE(edges.parameters,
             (ParameterValues{
                 {u"filters"_s, 8LL}, {u"activation"_s, u"gelu"_s}, {u"use_bias"_s, false}}));
    QCOMPARE(graph->inputsOf(BlockId(12)), (QList<BlockId>{BlockId(9), BlockId(7)}));
    QVERIFY(graph->groups().isEmpty());
    QJsonObject migrated = fixture(1);
    migrated.insert("version"_L1, ModelGraph::FormatVersion);
    migrated.insert("groups"_L1, QJsonArray());
    QCOMPARE(graph->toJson(), migrated);
}

void ModelGraphJsonTest::readsTheSecondVersion()
{
    const auto graph = ModelGraph::fromJson(fixture(2));
    QVERIFY2(graph.has_value(), graph ? "" : qPrintable(graph.error().message));
    QVERIFY(graph->isSameNetwork(*ModelGraph::fromJson(fixture(1))));
    QCOMPARE(graph->groups(),
             (QList<GraphGroup>{{GroupId(2), u"Branch"_s, {BlockId(7), BlockId(9)}, true},
                                {GroupId(5), u"Rest"_s, {BlockId(12)}, false}}));
    QCOMPARE(graph->toJson(), fixture(2));
}

void ModelGraphJsonTest::roundTrips_data()
{
    QTest::addColumn<ModelGraph>("graph");
    QTest::newRow("empty") << ModelGraph();
    for (const Snippet& snippet : snippets())
        QTest::newRow(qPrintable(snippet.key)) << snippet.build();
    for (int version = 1; version <= ModelGraph::FormatVersion; ++version)
        QTest::addRow("format %d", version) << *ModelGraph::fromJson(fixture(version));
}

void ModelGraphJsonTest::roundTrips()
{
    QFETCH(ModelGraph, graph);
    const QByteArray text = QJsonDocument(graph.toJson()).toJson();
    const auto copy = ModelGraph::fromJson(parsed(text));
    QVERIFY(copy.has_value());
    QCOMPARE(*copy, graph);
    QCOMPARE(QJsonDocument(copy->toJson()).toJson(), text);
}

void ModelGraphJsonTest::readsLeniently()
{
    const auto graph = ModelGraph::fromJson(parsed(withBlock(
        R"({"id": 3, "type": "dense", "name": " Last\n Dense ", "shape": "10",
            "parameters": {"nodes": "12", "activation": "Softmax", "use_bias": true}})")));
    QVERIFY(graph.has_value());
    const Block block = graph->blocks().first();
    QCOMPARE(block.name, u"Last Dense"_s);
    QCOMPARE(block.parameters,
             (ParameterValues{{u"nodes"_s, 12LL}, {u"activation"_s, u"softmax"_s}}));
}

void ModelGraphJsonTest::freshIdsStayFree()
{
    auto graph = *ModelGraph::fromJson(fixture(2));
    QCOMPARE(graph.addBlock(u"dense"_s), BlockId(13));
    QCOMPARE(graph.addGroup({BlockId(13)}), GroupId(6));
}

QTEST_GUILESS_MAIN(ModelGraphJsonTest)
#include "tst_model_graph_json.moc"
