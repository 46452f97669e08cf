#include "tests/integration/cli_runner.h"
#include "tests/integration/test_data.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int Rows = 300;
constexpr int ValidationRows = Rows / 5;

QString lastDense(const QJsonObject& graph)
{
    QString name;
    for (const QJsonValue& block : graph.value(u"blocks"_s).toArray())
        if (block.toObject().value(u"type"_s).toString() == u"dense"_s)
            name = block.toObject().value(u"name"_s).toString();
    return name;
}

} // namespace

/// Tables: numbers and yes or no as targets.
class CliTablesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void detectsTheColumns();
    void learnsANumber();
    void learnsYesOrNo();
    void predictsTables();
    void aRunThatFailsSaysWhy();

private:
    QJsonObject train(const QString& name, const QString& dataset, const QStringList& ends,
                      const QStringList& settings, const QString& lastActivation);

    CliRunner m_cli;
};

void CliTablesTest::initTestCase()
{
    writeTable(m_cli.path(u"houses.csv"_s), Rows);
    QCOMPARE(m_cli.run({u"project"_s, u"create"_s, u"Houses"_s}).status, 0);
    const CliResult imported = m_cli.json(
        {u"dataset"_s, u"import"_s, m_cli.path(u"houses.csv"_s), u"--name"_s, u"Houses"_s});
    QVERIFY2(imported.status == 0, qPrintable(imported.error));
    QCOMPARE(imported.events().last().value(u"rows"_s).toInt(), Rows);
}

void CliTablesTest::detectsTheColumns()
{
    const QJsonArray features = m_cli.json({u"dataset"_s, u"show"_s, u"Houses@1"_s})
                                    .object()
                                    .value(u"features"_s)
                                    .toArray();
    QCOMPARE(findObject(features, u"name"_s, u"price"_s).value(u"encoding"_s).toString(),
             u"numeric"_s);
    QCOMPARE(findObject(features, u"name"_s, u"size"_s).value(u"encoding"_s).toString(),
             u"categorical"_s);
    QCOMPARE(findObject(features, u"name"_s, u"size"_s).value(u"shape"_s).toArray(), QJsonArray{3});
    QCOMPARE(m_cli
                 .run({u"dataset"_s, u"set"_s, u"Houses@1"_s, u"feature.sold.encoding=binary"_s,
                       u"feature.sold.positive_class=yes"_s})
                 .status,
             0);
    QCOMPARE(m_cli.run({u"dataset"_s, u"save"_s, u"Houses@1"_s}).status, 0);
}

QJsonObject CliTablesTest::train(const QString& name, const QString& dataset,
                                 const QStringList& ends, const QStringList& settings,
                                 const QString& lastActivation)
{
    if (m_cli
            .run(QStringList{u"experiment"_s, u"create"_s, name, u"--dataset"_s, dataset,
                             u"--snippet"_s, u"Fully connected"_s} +
                 ends)
            .status != 0)
        return {};
    const QString last = lastDense(m_cli.json({u"experiment"_s, u"graph"_s, name}).object());
    const CliResult set =
        m_cli.run(QStringList{u"experiment"_s, u"set"_s, name, u"epochs=5"_s,
                              u"block.%1.activation=%2"_s.arg(last, lastActivation)} +
                  settings);
    const CliResult run = m_cli.json({u"experiment"_s, u"run"_s, name});
    if (set.status != 0 || run.status != 0) {
        qWarning("%s%s", qPrintable(set.error), qPrintable(run.error));
        return {};
    }
    return m_cli.json({u"evaluate"_s, name}).object();
}

void CliTablesTest::learnsANumber()
{
    const QJsonObject evaluation =
        train(u"Price"_s, u"Houses@1"_s, {u"--input"_s, u"x"_s, u"--target"_s, u"price"_s},
              {u"block.Target.loss=Mean squared error"_s}, u"Linear"_s);
    QCOMPARE(evaluation.value(u"rows"_s).toInt(), ValidationRows);
    QVERIFY(evaluation.value(u"loss"_s).toDouble() > 0);
    QVERIFY(evaluation.value(u"mae"_s).toDouble() > 0);
    QVERIFY(evaluation.value(u"r2"_s).toDouble() > 0);
    QVERIFY(!evaluation.contains(u"confusion"_s));
}

void CliTablesTest::learnsYesOrNo()
{
    const QJsonObject evaluation =
        train(u"Sold"_s, u"Houses@1"_s, {u"--input"_s, u"x"_s, u"--target"_s, u"sold"_s},
              {u"block.Target.loss=Binary crossentropy"_s}, u"Sigmoid"_s);
    QCOMPARE(evaluation.value(u"rows"_s).toInt(), ValidationRows);
    QCOMPARE(evaluation.value(u"classes"_s).toArray(), (QJsonArray{u"no"_s, u"yes"_s}));
    QVERIFY(evaluation.value(u"accuracy"_s).toDouble() > 0.6);
    QCOMPARE(evaluation.value(u"confusion"_s).toArray().size(), 2);
}

void CliTablesTest::predictsTables()
{
    const CliResult all = m_cli.json({u"predict"_s, u"Price"_s, m_cli.path(u"houses.csv"_s)});
    QVERIFY2(all.status == 0, qPrintable(all.error));
    QCOMPARE(all.array().size(), Rows);
    const QJsonObject last = all.array().last().toObject();
    QCOMPARE(last.value(u"file"_s).toString(), m_cli.path(u"houses.csv"_s));
    QCOMPARE(last.value(u"row"_s).toInt(), Rows);
    QCOMPARE(last.value(u"values"_s).toArray().size(), 1);

    const QString few = m_cli.path(u"few.csv"_s);
    QFile file(few);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x\n0.5\nmany\n") > 0);
    file.close();
    const CliResult partly = m_cli.json({u"predict"_s, u"Sold"_s, few, few});
    QCOMPARE(partly.status, 1);
    QVERIFY2(partly.error.contains(u"2 of 4 examples could not be predicted"_s) &&
                 partly.error.contains(u"few.csv, row 2: \"x\" takes a number, not \"many\"."_s),
             qPrintable(partly.error));
    QCOMPARE(partly.array()[0].toObject().value(u"classes"_s).toArray().size(), 2);
    QVERIFY(partly.array()[1].toObject().contains(u"error"_s));
    const CliResult text = m_cli.run({u"predict"_s, u"Sold"_s, few});
    QVERIFY2(text.output.contains("few.csv, row 1"), text.output.constData());

    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("y\n0.5\n") > 0);
    file.close();
    const CliResult wrong = m_cli.run({u"predict"_s, u"Sold"_s, few});
    QCOMPARE(wrong.status, 1);
    QVERIFY2(wrong.error.contains(u"no column “x”"_s), qPrintable(wrong.error));
    const CliResult image = m_cli.run({u"predict"_s, u"Sold"_s, u"shoe.png"_s});
    QCOMPARE(image.status, 1);
    QVERIFY2(image.error.contains(u"csv table"_s), qPrintable(image.error));
}

void CliTablesTest::aRunThatFailsSaysWhy()
{
    QCOMPARE(m_cli.run({u"experiment"_s, u"duplicate"_s, u"Price"_s, u"Diverging"_s}).status, 0);
    QCOMPARE(m_cli
                 .run({u"experiment"_s, u"set"_s, u"Diverging"_s, u"optimizer.learning_rate=10"_s,
                       u"optimizer=sgd"_s, u"epochs=50"_s})
                 .status,
             0);
    const CliResult run = m_cli.json({u"experiment"_s, u"run"_s, u"Diverging"_s});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.error.contains(u"learning rate"_s), qPrintable(run.error));
    const QJsonObject finished = run.events().last();
    QCOMPARE(finished.value(u"event"_s).toString(), u"finished"_s);
    QCOMPARE(finished.value(u"state"_s).toString(), u"failed"_s);
    const QJsonObject shown = m_cli.json({u"experiment"_s, u"show"_s, u"Diverging"_s}).object();
    QCOMPARE(shown.value(u"state"_s).toString(), u"failed"_s);
    QVERIFY(run.error.startsWith(shown.value(u"error"_s).toString()));
    QVERIFY(!shown.value(u"error"_s).toString().isEmpty());
}

QTEST_GUILESS_MAIN(CliTablesTest)
#include "tst_cli_tables.moc"
