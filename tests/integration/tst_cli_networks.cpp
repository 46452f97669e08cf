#include "core/graph/model_graph.h"
#include "tests/integration/cli_runner.h"
#include "tests/integration/test_data.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

/// Other data and other networks than those of the tutorial.
class CliNetworksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void importsAFolderOfFolders();
    void importsAZipOfColourFolders();
    void namesWhatIsWrongInAnImport();
    void refusesWhatHoldsNothing();
    void trainsAResidualNetwork();
    void trainsTwoInputs();
    void aGraphFileThatIsNone_data();
    void aGraphFileThatIsNone();

private:
    CliRunner m_cli;
};

namespace {

ModelGraph twoInputs()
{
    ModelGraph graph;
    const BlockId image = graph.addBlock(u"input"_s);
    const BlockId number = graph.addBlock(u"input"_s);
    const BlockId flat = graph.addBlock(u"flatten"_s);
    const BlockId joined = graph.addBlock(u"concatenate"_s);
    const BlockId dense = graph.addBlock(u"dense"_s, {}, {{u"activation"_s, u"softmax"_s}});
    const BlockId target = graph.addBlock(u"target"_s);
    graph.connect({image, flat, 0});
    graph.connect({flat, joined, 0});
    graph.connect({number, joined, 1});
    graph.connect({joined, dense, 0});
    graph.connect({dense, target, 0});
    return graph;
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

void CliNetworksTest::initTestCase()
{
    QCOMPARE(m_cli.run({u"project"_s, u"create"_s, u"Networks"_s}).status, 0);
}

void CliNetworksTest::importsAFolderOfFolders()
{
    writeFoldersOfImages(m_cli.path(u"grey"_s), {u"left"_s, u"right"_s}, 30, 8,
                         QImage::Format_Grayscale8);
    const CliResult imported =
        m_cli.json({u"dataset"_s, u"import"_s, m_cli.path(u"grey"_s), u"--name"_s, u"Grey"_s});
    QVERIFY2(imported.status == 0, qPrintable(imported.error));
    const QJsonObject done = imported.events().last();
    QCOMPARE(done.value(u"rows"_s).toInt(), 60);
    QCOMPARE(findObject(done.value(u"features"_s).toArray(), u"name"_s, u"category"_s)
                 .value(u"classes"_s)
                 .toArray(),
             (QJsonArray{u"left"_s, u"right"_s}));
}

void CliNetworksTest::importsAZipOfColourFolders()
{
    writeFoldersOfImages(m_cli.path(u"colour"_s), {u"up left"_s, u"up right"_s, u"down"_s}, 30, 16,
                         QImage::Format_RGB32);
    QVERIFY(zipFolder(m_cli.path(u"colour"_s), m_cli.path(u"colour.zip"_s)));
    const CliResult imported = m_cli.json(
        {u"dataset"_s, u"import"_s, m_cli.path(u"colour.zip"_s), u"--name"_s, u"Colour"_s});
    QVERIFY2(imported.status == 0, qPrintable(imported.error));
    const QJsonObject image =
        findObject(imported.events().last().value(u"features"_s).toArray(), u"name"_s, u"image"_s);
    QCOMPARE(image.value(u"shape"_s).toArray(), (QJsonArray{16, 16, 3}));
    QCOMPARE(m_cli.run({u"dataset"_s, u"save"_s, u"Colour"_s}).status, 0);
}

void CliNetworksTest::namesWhatIsWrongInAnImport()
{
    writeIndexedImages(m_cli.path(u"broken"_s), 20);
    QVERIFY(QFile::remove(m_cli.path(u"broken/images/3.png"_s)));
    QVERIFY(writeFile(m_cli.path(u"broken/images/5.png"_s), "no image"));
    const CliResult imported =
        m_cli.json({u"dataset"_s, u"import"_s, m_cli.path(u"broken"_s), u"--name"_s, u"Broken"_s});
    QVERIFY2(imported.status == 0, qPrintable(imported.error));
    const QJsonObject done = imported.events().last();
    QCOMPARE(done.value(u"rows"_s).toInt(), 18);
    QCOMPARE(done.value(u"skipped"_s).toInt(), 2);
    const QJsonArray problems = done.value(u"problems"_s).toArray();
    QCOMPARE(problems.size(), 2);
    for (const QJsonValue& problem : problems) {
        QVERIFY(problem.toObject().value(u"row"_s).toInt() > 0);
        QVERIFY(!problem.toObject().value(u"reason"_s).toString().isEmpty());
    }
    QVERIFY(problems.first().toObject().value(u"file"_s).toString().contains(u"3.png"_s));
}

void CliNetworksTest::refusesWhatHoldsNothing()
{
    QVERIFY(writeFile(m_cli.path(u"nothing.zip"_s), "PK no zip"));
    const CliResult result = m_cli.json(
        {u"dataset"_s, u"import"_s, m_cli.path(u"nothing.zip"_s), u"--name"_s, u"Nothing"_s});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.error.contains(u"nothing.zip"_s), qPrintable(result.error));
    QVERIFY(findObject(m_cli.json({u"dataset"_s, u"list"_s}).array(), u"name"_s, u"Nothing"_s)
                .isEmpty());
}

void CliNetworksTest::trainsAResidualNetwork()
{
    QCOMPARE(m_cli
                 .run({u"experiment"_s, u"create"_s, u"Residual"_s, u"--dataset"_s, u"Colour@1"_s,
                       u"--snippet"_s, u"ResNetv2"_s, u"--input"_s, u"image"_s, u"--target"_s,
                       u"category"_s})
                 .status,
             0);
    const CliResult run =
        m_cli.json({u"experiment"_s, u"run"_s, u"Residual"_s, u"--epochs"_s, u"1"_s});
    QVERIFY2(run.status == 0, qPrintable(run.error));
    QCOMPARE(run.events().last().value(u"state"_s).toString(), u"completed"_s);
    QCOMPARE(m_cli.json({u"evaluate"_s, u"Residual"_s}).object().value(u"rows"_s).toInt(), 18);
    const CliResult predicted =
        m_cli.json({u"predict"_s, u"Residual"_s, m_cli.path(u"colour/down"_s)});
    QCOMPARE(predicted.array().size(), 30);
}

void CliNetworksTest::trainsTwoInputs()
{
    writeIndexedImages(m_cli.path(u"with number"_s), 80, 8, QImage::Format_Grayscale8, u"number"_s);
    QCOMPARE(
        m_cli.run({u"dataset"_s, u"import"_s, m_cli.path(u"with number"_s), u"--name"_s, u"Both"_s})
            .status,
        0);
    QCOMPARE(
        m_cli.run({u"dataset"_s, u"set"_s, u"Both"_s, u"feature.number.encoding=numeric"_s}).status,
        0);
    QCOMPARE(m_cli.run({u"dataset"_s, u"save"_s, u"Both"_s}).status, 0);
    const QString file = m_cli.path(u"two inputs.json"_s);
    QVERIFY(writeFile(file, QJsonDocument(twoInputs().toJson()).toJson()));
    const QStringList create{
        u"experiment"_s, u"create"_s,   u"Two inputs"_s, u"--dataset"_s, u"Both"_s,
        u"--graph"_s,    file,          u"--input"_s,    u"image"_s,     u"--input"_s,
        u"number"_s,     u"--target"_s, u"category"_s};
    QCOMPARE(m_cli.run(create + QStringList{u"--input"_s, u"image"_s}).status, 1);
    QCOMPARE(m_cli.run(create).status, 0);
    const QJsonObject graph = m_cli.json({u"experiment"_s, u"graph"_s, u"Two inputs"_s}).object();
    QCOMPARE(findObject(graph.value(u"blocks"_s).toArray(), u"name"_s, u"Concatenate"_s)
                 .value(u"shape"_s)
                 .toArray(),
             QJsonArray{8 * 8 + 1});
    const CliResult run =
        m_cli.json({u"experiment"_s, u"run"_s, u"Two inputs"_s, u"--epochs"_s, u"2"_s});
    QVERIFY2(run.status == 0, qPrintable(run.error));
    QCOMPARE(m_cli.json({u"evaluate"_s, u"Two inputs"_s}).object().value(u"rows"_s).toInt(), 16);
}

void CliNetworksTest::aGraphFileThatIsNone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("no JSON") << QByteArray("blocks: none");
    QTest::addRow("a list") << QByteArray("[1, 2]");
    QTest::addRow("another object") << QByteArray("{\"name\": \"x\"}");
    QTest::addRow("unknown block") << QByteArray(
        R"({"version":1,"blocks":[{"id":1,"type":"magic","name":"M","position":[0,0]}],"connections":[]})");
    QTest::addRow("newer") << QByteArray(R"({"version":99,"blocks":[],"connections":[]})");
}

void CliNetworksTest::aGraphFileThatIsNone()
{
    QFETCH(QByteArray, content);
    const QString file = m_cli.path(u"wrong.json"_s);
    QVERIFY(writeFile(file, content));
    const CliResult result = m_cli.run({u"experiment"_s, u"create"_s, u"Wrong"_s, u"--dataset"_s,
                                        u"Colour@1"_s, u"--graph"_s, file});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.error.contains(u"wrong.json"_s), qPrintable(result.error));
}

QTEST_GUILESS_MAIN(CliNetworksTest)
#include "tst_cli_networks.moc"
