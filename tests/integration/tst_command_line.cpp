#include "app/cli/command_help.h"
#include "app/cli/command_line.h"
#include "app/cli/command_table.h"
#include "app/cli/text_format.h"

#include <QTest>

using namespace espalier::cli;
using namespace Qt::StringLiterals;

class CommandLineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongUsageIsNamed_data();
    void wrongUsageIsNamed();
    void understands_data();
    void understands();
    void globalOptionsMayStandAnywhere_data();
    void globalOptionsMayStandAnywhere();
    void helpIsDerived_data();
    void helpIsDerived();
    void everyCommandIsWhole();
    void assignments_data();
    void assignments();
    void textTablesAreAligned();
    void numbersOfText();
};

void CommandLineTest::wrongUsageIsNamed_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    QTest::addRow("nothing") << ""
                             << "project";
    QTest::addRow("unknown noun") << "projects list"
                                  << "projects";
    QTest::addRow("unknown verb") << "project make X"
                                  << "make";
    QTest::addRow("verb missing") << "dataset"
                                  << "import";
    QTest::addRow("argument missing") << "project create"
                                      << "NAME";
    QTest::addRow("argument too many") << "project create Two words"
                                       << "words";
    QTest::addRow("option missing") << "dataset import a.zip"
                                    << "--name";
    QTest::addRow("option unknown") << "project list --al"
                                    << "al";
    QTest::addRow("option unknown in front") << "--al project list"
                                             << "al";
    QTest::addRow("option of another command") << "project list --snippet CNN"
                                               << "snippet";
    QTest::addRow("value missing") << "dataset import a.zip --name"
                                   << "name";
    QTest::addRow("value empty") << "dataset import a.zip --name="
                                 << "--name";
    QTest::addRow("no confirmation") << "project delete X"
                                     << "--yes";
    QTest::addRow("no alternative") << "experiment create X --dataset D@1"
                                    << "--snippet";
    QTest::addRow("both alternatives")
        << "experiment create X --dataset D@1 --snippet CNN --graph g.json"
        << "not several";
    QTest::addRow("no whole number") << "experiment run X --epochs many"
                                     << "many";
    QTest::addRow("number too small") << "experiment run X --epochs 0"
                                      << "--epochs";
    QTest::addRow("no assignment") << "experiment set X epochs"
                                   << "epochs";
    QTest::addRow("assignment without key") << "experiment set X =5"
                                            << "=5";
    QTest::addRow("one name to compare") << "experiment compare X"
                                         << "NAME";
}

void CommandLineTest::wrongUsageIsNamed()
{
    QFETCH(QString, line);
    QFETCH(QString, named);
    const auto invocation =
        parseCommandLine(line.split(QChar(u' '), Qt::SkipEmptyParts), commandTable());
    QVERIFY(!invocation);
    QVERIFY2(invocation.error().contains(named), qPrintable(invocation.error()));
}

void CommandLineTest::understands_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QStringList>("positional");
    QTest::addRow("no argument") << "project list"
                                 << "project list" << QStringList();
    QTest::addRow("one") << "project create X"
                         << "project create" << QStringList{u"X"_s};
    QTest::addRow("several") << "dataset import a.zip b.zip --name N"
                             << "dataset import" << QStringList{u"a.zip"_s, u"b.zip"_s};
    QTest::addRow("options between") << "dataset import a.zip --name N b.zip"
                                     << "dataset import" << QStringList{u"a.zip"_s, u"b.zip"_s};
    QTest::addRow("noun alone") << "evaluate X --subset test"
                                << "evaluate" << QStringList{u"X"_s};
    QTest::addRow("assignments") << "experiment set X epochs=5 block.Dense.nodes=3"
                                 << "experiment set"
                                 << QStringList{u"X"_s, u"epochs=5"_s, u"block.Dense.nodes=3"_s};
}

void CommandLineTest::understands()
{
    QFETCH(QString, line);
    QFETCH(QString, title);
    QFETCH(QStringList, positional);
    const auto invocation = parseCommandLine(line.split(QChar(u' ')), commandTable());
    QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error()));
    QVERIFY(invocation->command);
    QCOMPARE(invocation->command->title(), title);
    QCOMPARE(invocation->arguments->positionalArguments(), positional);
}

void CommandLineTest::globalOptionsMayStandAnywhere_data()
{
    QTest::addColumn<QString>("line");
    QTest::addRow("front") << "--workspace W --json --project P experiment run X --resume";
    QTest::addRow("between") << "experiment --workspace W run --json --project P X --resume";
    QTest::addRow("behind") << "experiment run X --resume --project=P --json --workspace=W";
}

void CommandLineTest::globalOptionsMayStandAnywhere()
{
    QFETCH(QString, line);
    const auto invocation = parseCommandLine(line.split(QChar(u' ')), commandTable());
    QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error()));
    const QCommandLineParser& arguments = *invocation->arguments;
    QCOMPARE(arguments.value(u"workspace"_s), u"W"_s);
    QCOMPARE(arguments.value(u"project"_s), u"P"_s);
    QVERIFY(arguments.isSet(u"json"_s) && arguments.isSet(u"resume"_s));
    QVERIFY(!arguments.isSet(u"quiet"_s));
    QCOMPARE(arguments.positionalArguments(), QStringList{u"X"_s});
}

void CommandLineTest::helpIsDerived_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("named");
    QTest::addRow("all") << "--help"
                         << QStringList{u"project create"_s, u"evaluate"_s, u"--workspace"_s};
    QTest::addRow("short") << "-h" << QStringList{u"experiment run"_s};
    QTest::addRow("noun") << "dataset --help" << QStringList{u"dataset import"_s, u"--json"_s};
    QTest::addRow("noun behind") << "--help dataset" << QStringList{u"dataset import"_s};
    QTest::addRow("command") << "experiment create --help"
                             << QStringList{u"--snippet"_s, u"--target"_s, u"--project"_s};
    QTest::addRow("noun alone") << "predict --help" << QStringList{u"FILE..."_s};
    QTest::addRow("version") << "--version" << QStringList{u"espalier-cli"_s};
}

void CommandLineTest::helpIsDerived()
{
    QFETCH(QString, line);
    QFETCH(QStringList, named);
    const auto invocation = parseCommandLine(line.split(QChar(u' ')), commandTable());
    QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error()));
    QVERIFY(!invocation->command);
    for (const QString& word : named)
        QVERIFY2(invocation->text.contains(word), qPrintable(word));
}

void CommandLineTest::everyCommandIsWhole()
{
    QStringList titles;
    for (const Command& command : commandTable()) {
        QVERIFY(command.run);
        QVERIFY2(command.help.endsWith(QChar(u'.')), qPrintable(command.title()));
        QVERIFY2(!titles.contains(command.title()), qPrintable(command.title()));
        QVERIFY(usageLine(command).startsWith(command.title()));
        for (const QString& name : command.oneOf)
            QVERIFY(usageLine(command).contains(u"--"_s + name));
        titles.append(command.title());
    }
}

void CommandLineTest::assignments_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addRow("plain") << "epochs=5"
                           << "epochs"
                           << "5";
    QTest::addRow("empty value") << "notes="
                                 << "notes"
                                 << "";
    QTest::addRow("equals in value") << "notes=a=b"
                                     << "notes"
                                     << "a=b";
    QTest::addRow("no key") << "=5"
                            << ""
                            << "";
    QTest::addRow("none") << "epochs"
                          << ""
                          << "";
}

void CommandLineTest::assignments()
{
    QFETCH(QString, text);
    QFETCH(QString, key);
    QFETCH(QString, value);
    const auto assignment = parseAssignment(text);
    QCOMPARE(assignment.has_value(), !key.isEmpty());
    if (assignment) {
        QCOMPARE(assignment->key, key);
        QCOMPARE(assignment->value, value);
    }
}

void CommandLineTest::textTablesAreAligned()
{
    TextTable table({{u"Name"_s}, {u"Rows"_s, Align::Right}});
    table.addRow({u"a"_s, u"5"_s});
    table.addRow({u"longer"_s, u"12345"_s});
    table.addRow({u"no cell"_s});
    QCOMPARE(table.toString(), u"Name      Rows\na            5\nlonger   12345\nno cell"_s);
    QVERIFY(TextTable(QList<TextColumn>{{}}).toString().isEmpty());
}

void CommandLineTest::numbersOfText()
{
    QCOMPARE(numberText(0.123456), u"0.1235"_s);
    QCOMPARE(countText(1234567), u"1,234,567"_s);
    QCOMPARE(durationText(2.34), u"2.3 s"_s);
    QCOMPARE(durationText(80), u"1 min 20 s"_s);
    QCOMPARE(durationText(3725), u"1 h 2 min"_s);
    QCOMPARE(amountText(1, u"row"_s, u"rows"_s), u"1 row"_s);
    QCOMPARE(amountText(2000, u"row"_s, u"rows"_s), u"2,000 rows"_s);
    QCOMPARE(namesText({u"a"_s, u"b"_s}), u"'a', 'b'"_s);
    QCOMPARE(someText({u"a"_s, u"b"_s}), u"a, b"_s);
    QStringList many;
    for (int i = 1; i <= 1244; ++i)
        many.append(QString::number(i));
    QCOMPARE(someText(many), u"1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1,234 more"_s);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_command_line.moc"
