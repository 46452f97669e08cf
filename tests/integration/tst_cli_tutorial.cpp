#include "tests/integration/cli_runner.h"
#include "tests/integration/test_data.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int Rows = 200;
constexpr int ValidationRows = Rows / 5;

const QStringList& classes()
{
    static const QStringList names{u"lower left"_s, u"lower right"_s, u"upper left"_s,
                                   u"upper right"_s};
    return names;
}

} // namespace

/// The tutorial in small, step by step; each function goes on where the one before it stopped.
class CliTutorialTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void importsAZipWithAnIndex();
    void showsTheDataset();
    void setsTheSubsets();
    void savesTheVersion();
    void createsWithoutFeaturesAndSaysWhatIsMissing();
    void createsWithFeatures();
    void setsSettingsAndBlocks();
    void refusesWrongSettings_data();
    void refusesWrongSettings();
    void wrongSettingsChangeNothing();
    void showsTheGraph();
    void runs();
    void showsTheRun();
    void refusesToChangeWhatHasRun();
    void evaluates();
    void predicts();
    void duplicatesAndCompares();
    void goesOnWithMoreEpochs();
    void refusesToDeleteAUsedDataset();
    void exportsAZipThatImportsAgain();
    void textIsForPeople_data();
    void textIsForPeople();

private:
    CliRunner m_cli;
};

void CliTutorialTest::initTestCase()
{
    writeIndexedImages(m_cli.path(u"data"_s), Rows);
    QVERIFY(zipFolder(m_cli.path(u"data"_s), m_cli.path(u"some shapes.zip"_s)));
    QCOMPARE(m_cli.run({u"project"_s, u"create"_s, u"My shapes"_s}).status, 0);
}

void CliTutorialTest::importsAZipWithAnIndex()
{
    const CliResult result =
        m_cli.json({u"dataset"_s, u"import"_s, m_cli.path(u"some shapes.zip"_s), u"--project"_s,
                    u"My shapes"_s, u"--name"_s, u"Shapes of light"_s});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QList<QJsonObject> events = result.events();
    for (const QJsonObject& event : events.mid(0, events.size() - 1)) {
        QCOMPARE(event.value(u"event"_s).toString(), u"progress"_s);
        for (const QString& key : {u"bytes"_s, u"total"_s, u"rows"_s})
            QVERIFY2(event.value(key).isDouble(), qPrintable(key));
    }
    const QJsonObject done = events.last();
    QCOMPARE(done.value(u"event"_s).toString(), u"done"_s);
    QCOMPARE(done.value(u"dataset"_s).toString(), u"Shapes of light"_s);
    QCOMPARE(done.value(u"version"_s).toInt(), 1);
    QCOMPARE(done.value(u"rows"_s).toInt(), Rows);
    QCOMPARE(done.value(u"skipped"_s).toInt(), 0);
    QVERIFY(done.value(u"problems"_s).toArray().isEmpty());
    QVERIFY(done.value(u"seconds"_s).toDouble() > 0);
    const QJsonArray features = done.value(u"features"_s).toArray();
    const QJsonObject image = findObject(features, u"name"_s, u"image"_s);
    QCOMPARE(image.value(u"encoding"_s).toString(), u"image"_s);
    QCOMPARE(image.value(u"shape"_s).toArray(), (QJsonArray{12, 12, 1}));
    QVERIFY(image.contains(u"type"_s));
    QCOMPARE(findObject(features, u"name"_s, u"category"_s).value(u"encoding"_s).toString(),
             u"categorical"_s);
}

void CliTutorialTest::showsTheDataset()
{
    const QJsonObject shown =
        m_cli.json({u"dataset"_s, u"show"_s, u"Shapes of light@1"_s}).object();
    const QJsonArray features = shown.value(u"features"_s).toArray();
    const QJsonObject statistics =
        findObject(features, u"name"_s, u"image"_s).value(u"statistics"_s).toObject();
    QVERIFY(statistics.value(u"deviation"_s).toDouble() > 0);
    QCOMPARE(findObject(features, u"name"_s, u"category"_s).value(u"classes"_s).toArray(),
             QJsonArray::fromStringList(classes()));
    const QJsonArray subsets = shown.value(u"subsets"_s).toArray();
    QCOMPARE(findObject(subsets, u"name"_s, u"Training"_s).value(u"rows"_s).toInt(),
             Rows - ValidationRows);
    QCOMPARE(findObject(subsets, u"name"_s, u"Validation"_s).value(u"rows"_s).toInt(),
             ValidationRows);
}

void CliTutorialTest::setsTheSubsets()
{
    const auto rowsOf = [this](const QStringList& settings) {
        const CliResult result =
            m_cli.json(QStringList{u"dataset"_s, u"set"_s, u"Shapes of light@1"_s} + settings);
        const QJsonArray subsets = result.object().value(u"subsets"_s).toArray();
        return findObject(subsets, u"name"_s, u"Training"_s).value(u"rows"_s).toInt();
    };
    QCOMPARE(rowsOf({u"subset.training.size=70"_s, u"seed=7"_s,
                     u"feature.image.normalization=min_max"_s}),
             Rows * 7 / 10);
    QCOMPARE(
        rowsOf({u"subset.training.size=80"_s, u"feature.image.normalization=standardization"_s}),
        Rows - ValidationRows);
}

void CliTutorialTest::savesTheVersion()
{
    QCOMPARE(m_cli.run({u"dataset"_s, u"save"_s, u"Shapes of light@1"_s}).status, 0);
    const CliResult refused =
        m_cli.run({u"dataset"_s, u"set"_s, u"Shapes of light@1"_s, u"seed=8"_s});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.error.contains(u"uplicate"_s), qPrintable(refused.error));
    const QJsonArray datasets = m_cli.json({u"dataset"_s, u"list"_s}).array();
    QVERIFY(datasets.first().toObject().value(u"saved"_s).toBool());
}

void CliTutorialTest::createsWithoutFeaturesAndSaysWhatIsMissing()
{
    QCOMPARE(m_cli
                 .run({u"experiment"_s, u"create"_s, u"Empty"_s, u"--dataset"_s,
                       u"Shapes of light@1"_s, u"--snippet"_s, u"CNN"_s})
                 .status,
             0);
    const CliResult checked = m_cli.json({u"experiment"_s, u"check"_s, u"Empty"_s});
    QCOMPARE(checked.status, 1);
    QVERIFY(checked.error.contains(u"Empty"_s));
    const QJsonArray issues = checked.object().value(u"issues"_s).toArray();
    for (const QString& block : {u"Input"_s, u"Target"_s})
        QCOMPARE(findObject(issues, u"subject"_s, block).value(u"level"_s).toString(), u"error"_s);
    const CliResult run = m_cli.json({u"experiment"_s, u"run"_s, u"Empty"_s});
    QCOMPARE(run.status, 1);
    QVERIFY(run.output.isEmpty());
    QCOMPARE(m_cli.run({u"experiment"_s, u"delete"_s, u"Empty"_s, u"--yes"_s}).status, 0);
}

void CliTutorialTest::createsWithFeatures()
{
    QStringList create{u"experiment"_s,        u"create"_s,    u"First CNN"_s,
                       u"--project"_s,         u"My shapes"_s, u"--dataset"_s,
                       u"Shapes of light@1"_s, u"--snippet"_s, u"CNN"_s,
                       u"--input"_s,           u"image"_s,     u"--target"_s};
    const CliResult unknown = m_cli.run(create + QStringList{u"colour"_s});
    QCOMPARE(unknown.status, 1);
    QVERIFY2(unknown.error.contains(u"'category'"_s), qPrintable(unknown.error));
    const CliResult created = m_cli.run(create + QStringList{u"category"_s});
    QVERIFY2(created.status == 0, qPrintable(created.error));
    QCOMPARE(m_cli.run({u"experiment"_s, u"check"_s, u"First CNN"_s}).status, 0);
}

void CliTutorialTest::setsSettingsAndBlocks()
{
    const CliResult set =
        m_cli.json({u"experiment"_s, u"set"_s, u"First CNN"_s, u"batch_size=20"_s,
                    u"optimizer.learning_rate=0.003"_s, u"block.\"2D Convolution 3\".filters=16"_s,
                    u"block.Dense.nodes=16"_s, u"notes=a first try"_s});
    QVERIFY2(set.status == 0, qPrintable(set.error));
    const QJsonObject settings = set.object().value(u"settings"_s).toObject();
    QCOMPARE(settings.value(u"batch_size"_s).toInt(), 20);
    QCOMPARE(settings.value(u"optimizer.learning_rate"_s).toDouble(), 0.003);
    QCOMPARE(set.object().value(u"notes"_s).toString(), u"a first try"_s);
}

void CliTutorialTest::refusesWrongSettings_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("named");
    QTest::addRow("unknown") << u"nonsense=1"_s << u"batch_size"_s;
    QTest::addRow("no number") << u"epochs=many"_s << u"epochs"_s;
    QTest::addRow("no block") << u"block.Dens.nodes=3"_s << u"Dense 2"_s;
    QTest::addRow("no parameter") << u"block.Dense 2.knots=3"_s << u"nodes"_s;
    QTest::addRow("no value") << u"block.Dense 2.nodes=few"_s << u"Dense 2"_s;
    QTest::addRow("no name of a block") << u"block.nodes=3"_s << u"block."_s;
    QTest::addRow("no dataset") << u"dataset=Other@1"_s << u"Other"_s;
    QTest::addRow("empty name") << u"name="_s << u"name"_s;
}

void CliTutorialTest::refusesWrongSettings()
{
    QFETCH(QString, setting);
    QFETCH(QString, named);
    const CliResult result =
        m_cli.run({u"experiment"_s, u"set"_s, u"First CNN"_s, u"batch_size=77"_s, setting});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.error.contains(named), qPrintable(result.error));
}

void CliTutorialTest::wrongSettingsChangeNothing()
{
    const QJsonObject shown = m_cli.json({u"experiment"_s, u"show"_s, u"First CNN"_s}).object();
    QCOMPARE(shown.value(u"settings"_s).toObject().value(u"batch_size"_s).toInt(), 20);
}

void CliTutorialTest::showsTheGraph()
{
    const QString file = m_cli.path(u"graph.json"_s);
    const CliResult shown =
        m_cli.json({u"experiment"_s, u"graph"_s, u"First CNN"_s, u"--out"_s, file});
    QCOMPARE(shown.status, 0);
    const QJsonObject convolution =
        findObject(shown.object().value(u"blocks"_s).toArray(), u"name"_s, u"2D Convolution"_s);
    QCOMPARE(convolution.value(u"shape"_s).toArray(), (QJsonArray{12, 12, 32}));
    QCOMPARE(convolution.value(u"parameter_count"_s).toInt(), 3 * 3 * 32 + 32);
    QCOMPARE(convolution.value(u"multiply_adds"_s).toInt(), 3 * 3 * 32 * 12 * 12);
    const QJsonObject dense =
        findObject(shown.object().value(u"blocks"_s).toArray(), u"name"_s, u"Dense 2"_s);
    QCOMPARE(dense.value(u"shape"_s).toArray(), (QJsonArray{4}));

    QCOMPARE(m_cli
                 .run({u"experiment"_s, u"create"_s, u"From graph"_s, u"--dataset"_s,
                       u"Shapes of light@1"_s, u"--graph"_s, file})
                 .status,
             0);
    QCOMPARE(m_cli.json({u"experiment"_s, u"graph"_s, u"From graph"_s}).object(), shown.object());
    QCOMPARE(m_cli.run({u"experiment"_s, u"delete"_s, u"From graph"_s, u"--yes"_s}).status, 0);
}

void CliTutorialTest::runs()
{
    const CliResult result =
        m_cli.json({u"experiment"_s, u"run"_s, u"First CNN"_s, u"--epochs"_s, u"2"_s});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QList<QJsonObject> events = result.events();
    QCOMPARE(events.size(), 4);
    for (const QString& key :
         {u"threads"_s, u"device"_s, u"precision"_s, u"engine"_s, u"parameters"_s})
        QVERIFY2(events.first().contains(key), qPrintable(key));
    for (int i = 1; i <= 2; ++i) {
        const QJsonObject& epoch = events.at(i);
        QCOMPARE(epoch.value(u"event"_s).toString(), u"epoch"_s);
        QCOMPARE(epoch.value(u"epoch"_s).toInt(), i);
        for (const QString& key : {u"seconds"_s, u"examples_per_second"_s, u"validation_seconds"_s,
                                   u"checkpoint_seconds"_s})
            QVERIFY2(epoch.value(key).toDouble() > 0, qPrintable(key));
        for (const QString& set : {u"training"_s, u"validation"_s})
            for (const QString& metric : {u"loss"_s, u"accuracy"_s})
                QVERIFY2(epoch.value(set).toObject().value(metric).isDouble(), qPrintable(metric));
    }
    QVERIFY(events.at(1).value(u"best"_s).toBool());
    const QJsonObject& finished = events.last();
    QCOMPARE(finished.value(u"event"_s).toString(), u"finished"_s);
    QCOMPARE(finished.value(u"state"_s).toString(), u"completed"_s);
    QVERIFY(finished.value(u"best_epoch"_s).toInt() >= 1);
    QVERIFY(finished.value(u"peak_memory_bytes"_s).toDouble() > 1e6);
}

void CliTutorialTest::showsTheRun()
{
    const QJsonObject shown = m_cli.json({u"experiment"_s, u"show"_s, u"First CNN"_s}).object();
    QCOMPARE(shown.value(u"name"_s).toString(), u"First CNN"_s);
    QCOMPARE(shown.value(u"state"_s).toString(), u"completed"_s);
    QCOMPARE(shown.value(u"dataset"_s).toString(), u"Shapes of light@1"_s);
    QCOMPARE(shown.value(u"epochs"_s).toArray().size(), 2);
    QVERIFY(!shown.value(u"checkpoints"_s).toArray().isEmpty());
    QVERIFY(shown.value(u"parameters"_s).toInt() > 1000);
    QVERIFY(shown.value(u"error"_s).isNull());
    const QJsonArray list = m_cli.json({u"experiment"_s, u"list"_s}).array();
    QCOMPARE(findObject(list, u"name"_s, u"First CNN"_s).value(u"state"_s).toString(),
             u"completed"_s);
}

void CliTutorialTest::refusesToChangeWhatHasRun()
{
    const CliResult set =
        m_cli.run({u"experiment"_s, u"set"_s, u"First CNN"_s, u"batch_size=10"_s});
    QCOMPARE(set.status, 1);
    QVERIFY2(set.error.contains(u"uplicate"_s), qPrintable(set.error));
    const CliResult again = m_cli.run({u"experiment"_s, u"run"_s, u"First CNN"_s});
    QCOMPARE(again.status, 1);
    QCOMPARE(m_cli.run({u"experiment"_s, u"set"_s, u"First CNN"_s, u"notes=it has run"_s}).status,
             0);
}

void CliTutorialTest::evaluates()
{
    const CliResult result = m_cli.json({u"evaluate"_s, u"First CNN"_s});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject evaluation = result.object();
    QCOMPARE(evaluation.value(u"rows"_s).toInt(), ValidationRows);
    QCOMPARE(evaluation.value(u"classes"_s).toArray(), QJsonArray::fromStringList(classes()));
    const QJsonArray confusion = evaluation.value(u"confusion"_s).toArray();
    const QJsonArray scores = evaluation.value(u"per_class"_s).toArray();
    QCOMPARE(confusion.size(), classes().size());
    int total = 0;
    int right = 0;
    for (int actual = 0; actual < confusion.size(); ++actual) {
        int sum = 0;
        for (const QJsonValue& count : confusion.at(actual).toArray())
            sum += count.toInt();
        const QJsonObject score = scores.at(actual).toObject();
        QCOMPARE(score.value(u"class"_s).toString(), classes().at(actual));
        QCOMPARE(score.value(u"support"_s).toInt(), sum);
        total += sum;
        right += confusion.at(actual).toArray().at(actual).toInt();
    }
    QCOMPARE(total, ValidationRows);
    QCOMPARE(evaluation.value(u"accuracy"_s).toDouble(), double(right) / total);

    QCOMPARE(m_cli
                 .json({u"evaluate"_s, u"First CNN"_s, u"--subset"_s, u"training"_s,
                        u"--checkpoint"_s, u"last"_s})
                 .object()
                 .value(u"rows"_s)
                 .toInt(),
             Rows - ValidationRows);
    QCOMPARE(m_cli.run({u"evaluate"_s, u"First CNN"_s, u"--subset"_s, u"none"_s}).status, 1);
    QCOMPARE(m_cli.run({u"evaluate"_s, u"First CNN"_s, u"--checkpoint"_s, u"77"_s}).status, 1);
}

void CliTutorialTest::predicts()
{
    const QString file = m_cli.path(u"data/images/0.png"_s);
    const CliResult one = m_cli.json({u"predict"_s, u"First CNN"_s, file});
    QVERIFY2(one.status == 0, qPrintable(one.error));
    const QJsonObject answer = one.array().first().toObject();
    QCOMPARE(answer.value(u"file"_s).toString(), file);
    double sum = 0;
    double last = 1;
    for (const QJsonValue& entry : answer.value(u"classes"_s).toArray()) {
        const double probability = entry.toObject().value(u"probability"_s).toDouble();
        QVERIFY(probability <= last);
        last = probability;
        sum += probability;
    }
    QCOMPARE(answer.value(u"classes"_s).toArray().size(), classes().size());
    QVERIFY(std::abs(sum - 1) < 1e-4);

    QCOMPARE(
        m_cli.json({u"predict"_s, u"First CNN"_s, m_cli.path(u"data/images"_s)}).array().size(),
        Rows);
    const CliResult partly = m_cli.json({u"predict"_s, u"First CNN"_s, file, u"/no/image.png"_s});
    QCOMPARE(partly.status, 1);
    QCOMPARE(partly.array().size(), 2);
    QVERIFY2(partly.error.contains(u"/no/image.png"_s), qPrintable(partly.error));
}

void CliTutorialTest::duplicatesAndCompares()
{
    QCOMPARE(m_cli.run({u"experiment"_s, u"duplicate"_s, u"First CNN"_s, u"Second CNN"_s}).status,
             0);
    QCOMPARE(m_cli
                 .run({u"experiment"_s, u"set"_s, u"Second CNN"_s, u"batch_size=40"_s,
                       u"block.Dense.nodes=24"_s, u"epochs=1"_s})
                 .status,
             0);
    const CliResult run = m_cli.json({u"experiment"_s, u"run"_s, u"Second CNN"_s});
    QVERIFY2(run.status == 0, qPrintable(run.error));
    const QJsonObject compared =
        m_cli.json({u"experiment"_s, u"compare"_s, u"First CNN"_s, u"Second CNN"_s}).object();
    QCOMPARE(findObject(compared.value(u"settings"_s).toArray(), u"key"_s, u"batch_size"_s)
                 .value(u"values"_s)
                 .toArray(),
             (QJsonArray{u"20"_s, u"40"_s}));
    const QJsonObject difference =
        findObject(compared.value(u"graph"_s).toArray(), u"block"_s, u"Dense"_s);
    QCOMPARE(difference.value(u"old"_s).toString(), u"16"_s);
    QCOMPARE(difference.value(u"new"_s).toString(), u"24"_s);
    const QJsonObject accuracy =
        findObject(compared.value(u"metrics"_s).toArray(), u"metric"_s, u"accuracy"_s);
    QCOMPARE(accuracy.value(u"values"_s).toArray().size(), 2);
    QVERIFY(accuracy.value(u"best"_s).isString());
}

void CliTutorialTest::goesOnWithMoreEpochs()
{
    QCOMPARE(
        m_cli.run({u"experiment"_s, u"duplicate"_s, u"First CNN"_s, u"Third CNN"_s, u"--weights"_s})
            .status,
        0);
    const CliResult more = m_cli.json(
        {u"experiment"_s, u"run"_s, u"First CNN"_s, u"--epochs"_s, u"3"_s, u"--resume"_s});
    QVERIFY2(more.status == 0, qPrintable(more.error));
    QCOMPARE(more.events().at(1).value(u"epoch"_s).toInt(), 3);
    QCOMPARE(m_cli.json({u"experiment"_s, u"show"_s, u"First CNN"_s})
                 .object()
                 .value(u"epochs"_s)
                 .toArray()
                 .size(),
             3);
}

void CliTutorialTest::refusesToDeleteAUsedDataset()
{
    const CliResult result =
        m_cli.run({u"dataset"_s, u"delete"_s, u"Shapes of light@1"_s, u"--yes"_s});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.error.contains(u"First CNN"_s), qPrintable(result.error));
    QCOMPARE(m_cli.run({u"dataset"_s, u"duplicate"_s, u"Shapes of light@1"_s}).status, 0);
    QCOMPARE(m_cli.run({u"dataset"_s, u"delete"_s, u"Shapes of light@2"_s, u"--yes"_s}).status, 0);
}

void CliTutorialTest::exportsAZipThatImportsAgain()
{
    const QString file = m_cli.path(u"validation.zip"_s);
    const CliResult exported = m_cli.json({u"dataset"_s, u"export"_s, u"Shapes of light@1"_s,
                                           u"--out"_s, file, u"--subset"_s, u"validation"_s});
    QVERIFY2(exported.status == 0, qPrintable(exported.error));
    const CliResult imported =
        m_cli.json({u"dataset"_s, u"import"_s, file, u"--name"_s, u"Again"_s});
    QVERIFY2(imported.status == 0, qPrintable(imported.error));
    QCOMPARE(imported.events().last().value(u"rows"_s).toInt(), ValidationRows);
    QCOMPARE(imported.events().last().value(u"skipped"_s).toInt(), 0);
}

void CliTutorialTest::textIsForPeople_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("shown");
    QTest::addRow("projects") << u"project|list"_s << u"My shapes"_s;
    QTest::addRow("datasets") << u"dataset|list"_s << u"Shapes of light@1"_s;
    QTest::addRow("dataset") << u"dataset|show|Shapes of light@1"_s << u"12×12×1"_s;
    QTest::addRow("experiments") << u"experiment|list"_s << u"Second CNN"_s;
    QTest::addRow("experiment") << u"experiment|show|First CNN"_s << u"batch_size"_s;
    QTest::addRow("check") << u"experiment|check|Third CNN"_s << u""_s;
    QTest::addRow("graph") << u"experiment|graph|First CNN"_s << u"Multiply-adds"_s;
    QTest::addRow("compare") << u"experiment|compare|First CNN|Second CNN"_s << u"16 → 24"_s;
    QTest::addRow("evaluate") << u"evaluate|First CNN"_s << u"Recall"_s;
    QTest::addRow("run") << u"experiment|run|Third CNN|--epochs|1"_s << u"examples/s"_s;
}

void CliTutorialTest::textIsForPeople()
{
    QFETCH(QString, line);
    QFETCH(QString, shown);
    const CliResult result = m_cli.run(line.split(QChar(u'|')));
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QString text = QString::fromUtf8(result.output);
    QVERIFY2(text.contains(shown), qPrintable(text));
    QVERIFY(!text.startsWith(QChar(u'{')) && !text.startsWith(QChar(u'[')));
}

QTEST_GUILESS_MAIN(CliTutorialTest)
#include "tst_cli_tutorial.moc"
