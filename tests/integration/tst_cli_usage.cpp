#include "tests/integration/cli_runner.h"
#include "tests/integration/test_data.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// What goes wrong before anything works, and the exit status for it.
class CliUsageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wrongUsageIsStatus2_data();
    void wrongUsageIsStatus2();
    void badInputIsStatus1WithOneSentence_data();
    void badInputIsStatus1WithOneSentence();
    void badInputLeavesJsonEmpty();
    void cataloguesNeedNoWorkspace_data();
    void cataloguesNeedNoWorkspace();
    void saysWhenTheOutputCannotBeWritten();
    void severalProjectsMustBeChosenFrom();
    void projectsComeAndGo();

private:
    CliRunner m_cli;
};

void CliUsageTest::initTestCase()
{
    QCOMPARE(m_cli.run({u"project"_s, u"create"_s, u"Only one"_s}).status, 0);
    writeTable(m_cli.path(u"table.csv"_s), 50);
    QCOMPARE(
        m_cli.run({u"dataset"_s, u"import"_s, m_cli.path(u"table.csv"_s), u"--name"_s, u"Table"_s})
            .status,
        0);
}

void CliUsageTest::wrongUsageIsStatus2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addRow("nothing") << QStringList();
    QTest::addRow("unknown noun") << QStringList{u"nonsense"_s};
    QTest::addRow("unknown option") << QStringList{u"project"_s, u"list"_s, u"--nonsense"_s};
    QTest::addRow("not confirmed") << QStringList{u"project"_s, u"delete"_s, u"Only one"_s};
}

void CliUsageTest::wrongUsageIsStatus2()
{
    QFETCH(QStringList, arguments);
    const CliResult result = m_cli.run(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY(result.output.isEmpty());
    QVERIFY(!result.error.isEmpty());
}

void CliUsageTest::badInputIsStatus1WithOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const QString& line, const QString& named) {
        QTest::addRow("%s", name) << line.split(QChar(u'|')) << named;
    };
    row("no such project", u"dataset|list|--project|Other"_s, u"Only one"_s);
    row("name is taken", u"project|create|only ONE"_s, u"Only one"_s);
    row("no such source", u"dataset|import|/no/such/file.zip|--name|N"_s, u"/no/such/file.zip"_s);
    row("no such sample", u"dataset|import|sample:nonsense|--name|N"_s, u"nonsense"_s);
    row("no such dataset", u"dataset|show|Other@1"_s, u"Table"_s);
    row("no such version", u"dataset|show|Table@7"_s, u"7"_s);
    row("no such setting", u"dataset|set|Table@1|nonsense=1"_s, u"nonsense"_s);
    row("no such encoding", u"dataset|set|Table@1|feature.x.encoding=Musical"_s, u"Musical"_s);
    row("no such feature", u"dataset|set|Table@1|feature.z.encoding=Numeric"_s, u"z"_s);
    row("not saved", u"experiment|create|E|--dataset|Table@1|--snippet|CNN"_s, u"save"_s);
    row("no such snippet", u"experiment|create|E|--dataset|Table@1|--snippet|DNN"_s, u"CNN"_s);
    row("no such graph file", u"experiment|create|E|--dataset|Table@1|--graph|/no/g.json"_s,
        u"/no/g.json"_s);
    row("no such experiment", u"experiment|show|E"_s, u"E"_s);
    row("nothing to evaluate", u"evaluate|E"_s, u"E"_s);
    row("workspace is a file", u"--workspace|%1|project|list"_s.arg(m_cli.path(u"table.csv"_s)),
        u"table.csv"_s);
}

void CliUsageTest::badInputIsStatus1WithOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const CliResult result = m_cli.run(QStringList{u"--quiet"_s} + arguments);
    QCOMPARE(result.status, 1);
    QVERIFY(result.output.isEmpty());
    QVERIFY2(result.error.contains(named), qPrintable(result.error));
    QCOMPARE(result.error.count(QChar(u'\n')), 1);
}

void CliUsageTest::badInputLeavesJsonEmpty()
{
    const CliResult result = m_cli.json({u"experiment"_s, u"run"_s, u"E"_s});
    QCOMPARE(result.status, 1);
    QVERIFY(result.output.isEmpty());
    QVERIFY(!result.error.isEmpty());
}

void CliUsageTest::cataloguesNeedNoWorkspace_data()
{
    QTest::addColumn<QString>("noun");
    QTest::addColumn<QString>("name");
    QTest::addRow("snippets") << u"snippet"_s << u"CNN"_s;
    QTest::addRow("blocks") << u"block"_s << u"2D Convolution"_s;
}

void CliUsageTest::cataloguesNeedNoWorkspace()
{
    QFETCH(QString, noun);
    QFETCH(QString, name);
    const QStringList arguments{u"--workspace"_s, m_cli.path(u"table.csv"_s), noun, u"list"_s};
    const CliResult text = m_cli.run(arguments);
    QCOMPARE(text.status, 0);
    QVERIFY(QString::fromUtf8(text.output).contains(name));
    const QJsonObject entry = findObject(m_cli.json(arguments).array(), u"name"_s, name);
    QVERIFY(!entry.isEmpty());
    if (noun == u"block"_s) {
        const QJsonObject filters =
            findObject(entry.value(u"parameters"_s).toArray(), u"key"_s, u"filters"_s);
        QCOMPARE(filters.value(u"default"_s).toInt(), 32);
        QVERIFY(filters.value(u"maximum"_s).toDouble() > filters.value(u"minimum"_s).toDouble());
    }
}

void CliUsageTest::saysWhenTheOutputCannotBeWritten()
{
    const QString full = u"/dev/full"_s;
    if (!QFile::exists(full))
        QSKIP("this system has no file that is always full");
    for (const QStringList& arguments :
         {QStringList{u"block"_s, u"list"_s}, {u"--json"_s, u"dataset"_s, u"list"_s}}) {
        QProcess process;
        process.setStandardOutputFile(full);
        process.start(QStringLiteral(ESPALIER_CLI), arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("cannot be written"));
    }
}

void CliUsageTest::severalProjectsMustBeChosenFrom()
{
    QCOMPARE(m_cli.run({u"project"_s, u"create"_s, u"Zweites Projekt"_s}).status, 0);
    const CliResult vague = m_cli.run({u"dataset"_s, u"list"_s});
    QCOMPARE(vague.status, 1);
    QVERIFY(vague.error.contains(u"Only one"_s) && vague.error.contains(u"Zweites Projekt"_s));
    const CliResult chosen = m_cli.json({u"--project"_s, u"Only one"_s, u"dataset"_s, u"list"_s});
    QCOMPARE(chosen.status, 0);
    QCOMPARE(chosen.array().size(), 1);
    QCOMPARE(m_cli.run({u"project"_s, u"delete"_s, u"Zweites Projekt"_s, u"--yes"_s}).status, 0);
}

void CliUsageTest::projectsComeAndGo()
{
    QCOMPARE(m_cli.run({u"project"_s, u"create"_s, u"Für später: 50 %"_s}).status, 0);
    const QJsonArray projects = m_cli.json({u"project"_s, u"list"_s}).array();
    QCOMPARE(projects.size(), 2);
    QVERIFY(!findObject(projects, u"name"_s, u"Für später: 50 %"_s).isEmpty());
    QCOMPARE(m_cli.run({u"project"_s, u"delete"_s, u"Für später: 50 %"_s, u"--yes"_s}).status, 0);
    QCOMPARE(m_cli.json({u"project"_s, u"list"_s}).array().size(), 1);
}

QTEST_GUILESS_MAIN(CliUsageTest)
#include "tst_cli_usage.moc"
