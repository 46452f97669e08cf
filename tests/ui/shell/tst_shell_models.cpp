#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/commands/command_model.h"
#include "ui/shell/commands/fuzzy_match.h"
#include "ui/shell/information/information_models.h"
#include "ui/shell/projects/recent_projects.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QSignalSpy>
#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestShellModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fuzzyFindsLettersInOrder_data();
    void fuzzyFindsLettersInOrder();
    void fuzzyPrefersStartsOfWords();
    void commandsListWhatCanBeUsedFirst();
    void commandsForgetActionsThatGo();
    void issuesChangeInPlace();
    void logKeepsRowsThatAreThere();
    void recentProjectsRemember();
    void recentProjectsForget();

private:
    ShellFixture m_fixture;
};

void TestShellModels::fuzzyFindsLettersInOrder_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    QTest::newRow("empty query") << u""_s << u"Run"_s << true;
    QTest::newRow("empty text") << u"r"_s << u""_s << false;
    QTest::newRow("both empty") << u""_s << u""_s << true;
    QTest::newRow("case") << u"RUN"_s << u"Run"_s << true;
    QTest::newRow("initials") << u"ne"_s << u"New experiment"_s << true;
    QTest::newRow("blanks") << u"new exp"_s << u"New experiment"_s << true;
    QTest::newRow("order") << u"en"_s << u"New"_s << false;
    QTest::newRow("twice the same letter") << u"rr"_s << u"Run"_s << false;
    QTest::newRow("umlaut") << u"ä"_s << u"Äpfel"_s << true;
    QTest::newRow("longer than the text") << u"runs"_s << u"Run"_s << false;
}

void TestShellModels::fuzzyFindsLettersInOrder()
{
    QFETCH(QString, query);
    QFETCH(QString, text);
    QFETCH(bool, found);
    QCOMPARE(fuzzyScore(query, text).has_value(), found);
}

void TestShellModels::fuzzyPrefersStartsOfWords()
{
    QVERIFY(fuzzyScore(u"ne"_s, u"New experiment"_s) > fuzzyScore(u"ne"_s, u"Show the line"_s));
    QVERIFY(fuzzyScore(u"run"_s, u"Run"_s) > fuzzyScore(u"run"_s, u"Remove until now"_s));
    QVERIFY(fuzzyScore(u"redo"_s, u"Redo"_s) > fuzzyScore(u"redo"_s, u"Redo Move blocks"_s));
}

void TestShellModels::commandsListWhatCanBeUsedFirst()
{
    CommandModel model;
    const QAbstractItemModelTester tester(&model);
    QAction run(u"&Run"_s);
    run.setEnabled(false);
    run.setStatusTip(u"1 error left"_s);
    QAction create(u"New experiment…"_s);
    create.setShortcut(QKeySequence(u"Ctrl+N"_s));
    QAction separator;
    separator.setSeparator(true);
    QAction hidden(u"Hidden"_s);
    hidden.setVisible(false);
    model.setActions({&run, &create, &separator, &hidden, &run});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data().toString(), u"New experiment"_s);
    QCOMPARE(model.index(0).data(CommandModel::CommandShortcutRole).toString(), u"Ctrl+N"_s);
    QCOMPARE(model.index(1).data(CommandModel::CommandReasonRole).toString(), u"1 error left"_s);
    QVERIFY(!(model.index(1).flags() & Qt::ItemIsEnabled));
    model.setQuery(u"run"_s);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.action(0), &run);
    model.setQuery(u"xyz"_s);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.action(0), nullptr);
}

void TestShellModels::commandsForgetActionsThatGo()
{
    CommandModel model;
    const QAbstractItemModelTester tester(&model);
    auto action = std::make_unique<QAction>(u"Run"_s);
    model.setActions({action.get()});
    action.reset();
    QVERIFY(!model.index(0).data().isValid());
    model.setQuery(u"r"_s);
    QCOMPARE(model.rowCount(), 0);
}

void TestShellModels::issuesChangeInPlace()
{
    IssueModel model;
    const QAbstractItemModelTester tester(&model);
    const Issue first{IssueLevel::Error, u"Input"_s, u"choose a feature"_s, 1};
    const Issue second{IssueLevel::Hint, {}, u"10 nodes for now"_s};
    model.setIssues({first, second});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data().toString(), u"Input: choose a feature"_s);
    QCOMPARE(model.index(0).data(IssueAsideRole).toString(), u"Error"_s);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setIssues({first, second});
    QCOMPARE(changed.size(), 0);
    model.setIssues({second});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data().toString(), u"10 nodes for now"_s);
    model.setIssues({first, second, second});
    QCOMPARE(model.rowCount(), 3);
    model.setIssues({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.size(), 0);
}

void TestShellModels::logKeepsRowsThatAreThere()
{
    LogModel model;
    const QAbstractItemModelTester tester(&model);
    const auto entry = [](int number) {
        return LogEntry{QDateTime::fromMSecsSinceEpoch(number * 1000), LogLevel::Info,
                        QString::number(number)};
    };
    model.setEntries({entry(1), entry(2)});
    QCOMPARE(model.index(0).data().toString(), u"2"_s);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setEntries({entry(1), entry(2), entry(3)});
    QCOMPARE(model.index(0).data().toString(), u"3"_s);
    QCOMPARE(model.rowCount(), 3);
    model.setEntries({entry(3), entry(4)}); // the oldest have been dropped
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data().toString(), u"4"_s);
    QCOMPARE(reset.size(), 0);
    model.setEntries({entry(9)});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(reset.size(), 1);
}

void TestShellModels::recentProjectsRemember()
{
    m_fixture.clearSettings();
    QVERIFY(recent_projects::load().isEmpty());
    for (int number = 0; number < 60; ++number)
        recent_projects::remember(u"/p/%1"_s.arg(number), u"P %1"_s.arg(number));
    recent_projects::remember(u"/p/30"_s, u"Renamed"_s);
    const QList<RecentProject> projects = recent_projects::load();
    QCOMPARE(projects.size(), 50);
    QCOMPARE(projects.constFirst().folder, u"/p/30"_s);
    QCOMPARE(projects.constFirst().name, u"Renamed"_s);
    QCOMPARE(projects.at(1).folder, u"/p/59"_s);
    recent_projects::relocate(u"/p/30"_s, u"/q/30"_s);
    QCOMPARE(recent_projects::load().constFirst().folder, u"/q/30"_s);
    QCOMPARE(recent_projects::load().constFirst().name, u"Renamed"_s);
}

void TestShellModels::recentProjectsForget()
{
    m_fixture.clearSettings();
    recent_projects::remember(u"/a"_s, u"A"_s);
    recent_projects::remember(u"/b"_s, u"B"_s);
    recent_projects::forget(u"/a"_s);
    QCOMPARE(recent_projects::load().size(), 1);
    QVERIFY(recent_projects::isForgotten(u"/a"_s));
    recent_projects::remember(u"/a"_s, u"A"_s);
    QVERIFY(!recent_projects::isForgotten(u"/a"_s));
}

QTEST_MAIN(TestShellModels)
#include "tst_shell_models.moc"
