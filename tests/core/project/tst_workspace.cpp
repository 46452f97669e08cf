#include "core/project/store/experiment_lock.h"
#include "core/project/workspace.h"
#include "tests/core/project/project_fixture.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <thread>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestWorkspace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesAFileAsFolder();
    void refusesAFolderThatCannotBeMade();
    void takesTheFolderOfTheEnvironment();
    void createsAndListsProjects();
    void takesAnyName_data();
    void takesAnyName();
    void refusesNamesThatAreTaken_data();
    void refusesNamesThatAreTaken();
    void namesThatLookAlikeGetTheirOwnFolders();
    void lessThanAProjectStaysInTheList();
    void describesAFolderOutside();
    void saysWhatProjectsThereAre();
    void deletes();
    void keepsAProjectThatRuns();
    void createsANameOnceFromTwoThreads();
};

void TestWorkspace::refusesAFileAsFolder()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(codeOf(Workspace::open(file.fileName())), ErrorCode::InvalidInput);
}

void TestWorkspace::refusesAFolderThatCannotBeMade()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto workspace = Workspace::open(file.fileName() + u"/below"_s);
    QCOMPARE(codeOf(workspace), ErrorCode::Io);
    QVERIFY(messageOf(workspace).contains(u"below"_s));
}

void TestWorkspace::takesTheFolderOfTheEnvironment()
{
    qputenv("ESPALIER_WORKSPACE", "/somewhere/else");
    QCOMPARE(Workspace::defaultFolder(), u"/somewhere/else"_s);
    qunsetenv("ESPALIER_WORKSPACE");
    QVERIFY(QDir::isAbsolutePath(Workspace::defaultFolder()));
    QVERIFY(Workspace::defaultFolder() != u"/somewhere/else"_s);
}

void TestWorkspace::createsAndListsProjects()
{
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.filePath(u"new/place"_s)));
    QVERIFY(workspace.projects().isEmpty());
    for (const QString& name : {u"pears"_s, u"Äpfel"_s, u"Cherries"_s})
        QCOMPARE(valueOf(workspace.createProject(name)).name, name);
    QVERIFY(QDir().mkpath(workspace.logFolder()));
    QStringList names;
    for (const ProjectInfo& info : workspace.projects()) {
        names.append(info.name);
        QCOMPARE(info.experiments, 0);
        QVERIFY(info.modified.isValid());
    }
    QCOMPARE(names, (QStringList{u"Cherries"_s, u"pears"_s, u"Äpfel"_s}));
    QCOMPARE(valueOf(workspace.project(u" PEARS"_s)).name, u"pears"_s);
}

void TestWorkspace::takesAnyName_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("emoji") << u"🌳"_s;
    QTest::newRow("quotes") << u"it's \"quoted\"; DROP TABLE project;--"_s;
    QTest::newRow("slashes") << u"../../a/b\\c"_s;
    QTest::newRow("the log folder") << u"logs"_s;
    QTest::newRow("device") << u"CON"_s;
    QTest::newRow("500 letters") << QString(500, u'Ω');
    QTest::newRow("dots") << u".."_s;
}

void TestWorkspace::takesAnyName()
{
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.filePath(u"w"_s)));
    const ProjectInfo info = valueOf(workspace.createProject(name));
    QCOMPARE(QFileInfo(info.folder).path(), workspace.folder());
    QVERIFY(info.folder != workspace.logFolder());
    QCOMPARE(valueOf(ProjectStore::open(info.folder))->name(), name);
    QCOMPARE(valueOf(workspace.project(name)).folder, info.folder);
}

void TestWorkspace::refusesNamesThatAreTaken_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("same") << u"Clothes"_s << ErrorCode::Conflict;
    QTest::newRow("case") << u"cLOTHES "_s << ErrorCode::Conflict;
    QTest::newRow("empty") << u"  "_s << ErrorCode::InvalidInput;
}

void TestWorkspace::refusesNamesThatAreTaken()
{
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.path()));
    (void)valueOf(workspace.createProject(u"Clothes"_s));
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    QCOMPARE(codeOf(workspace.createProject(name)), code);
    QCOMPARE(workspace.projects().size(), 1);
}

void TestWorkspace::namesThatLookAlikeGetTheirOwnFolders()
{
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.path()));
    QStringList folders;
    for (const QString& name : {u"a/b"_s, u"a b"_s, u"a-b"_s})
        folders.append(QFileInfo(valueOf(workspace.createProject(name)).folder).fileName());
    QCOMPARE(folders, (QStringList{u"a-b"_s, u"a-b-2"_s, u"a-b-3"_s}));
}

void TestWorkspace::lessThanAProjectStaysInTheList()
{
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.path()));
    QVERIFY(QDir(folder.path()).mkpath(u"broken"_s));
    QVERIFY(QDir(folder.path()).mkpath(u"just a folder"_s));
    QFile file(folder.filePath(u"broken/project.db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(QByteArray(5000, 'x')) > 0);
    file.close();
    const QList<ProjectInfo> projects = workspace.projects();
    QCOMPARE(projects.size(), 1);
    QCOMPARE(projects.first().name, u"broken"_s);
    QCOMPARE(projects.first().datasets, 0);
    QVERIFY(workspace.deleteProject(u"broken"_s));
    QVERIFY(workspace.projects().isEmpty());
}

void TestWorkspace::describesAFolderOutside()
{
    const QTemporaryDir folder;
    QVERIFY(!Workspace::describe(folder.path()));
    QVERIFY(!Workspace::describe(folder.filePath(u"missing"_s)));
    const QString project = folder.filePath(u"leaves"_s);
    require(ProjectStore::create(project, u"Leaf diseases"_s));
    const std::optional<ProjectInfo> info = Workspace::describe(project);
    QVERIFY(info);
    QCOMPARE(info->name, u"Leaf diseases"_s);
    QCOMPARE(info->folder, project);
}

void TestWorkspace::saysWhatProjectsThereAre()
{
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.path()));
    QVERIFY(messageOf(workspace.project(u"x"_s)).contains(u"none yet"_s));
    (void)valueOf(workspace.createProject(u"Apples"_s));
    const auto missing = workspace.project(u"x"_s);
    QCOMPARE(codeOf(missing), ErrorCode::NotFound);
    QVERIFY(messageOf(missing).contains(u"Apples"_s));
}

void TestWorkspace::deletes()
{
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.path()));
    const QString path = valueOf(workspace.createProject(u"Apples"_s)).folder;
    QVERIFY(workspace.deleteProject(u"apples"_s));
    QVERIFY(!QFileInfo::exists(path));
    QCOMPARE(codeOf(workspace.deleteProject(u"apples"_s)), ErrorCode::NotFound);
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllDirs | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList());
}

void TestWorkspace::keepsAProjectThatRuns()
{
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.path()));
    const QString path = valueOf(workspace.createProject(u"Apples"_s)).folder;
    {
        const auto lock =
            valueOf(ExperimentLock::acquire(path + u"/checkpoints/1/run.lock"_s, u"CNN"_s));
        QCOMPARE(codeOf(workspace.deleteProject(u"Apples"_s)), ErrorCode::Conflict);
        QVERIFY(QFileInfo::exists(path));
    }
    QVERIFY(workspace.deleteProject(u"Apples"_s));
}

void TestWorkspace::createsANameOnceFromTwoThreads()
{
    const QTemporaryDir folder;
    const Workspace workspace = valueOf(Workspace::open(folder.path()));
    std::atomic<int> made = 0;
    const auto work = [&] {
        for (int number = 0; number < 5; ++number)
            made += workspace.createProject(u"Project %1"_s.arg(number)) ? 1 : 0;
    };
    std::thread other(work);
    work();
    other.join();
    QCOMPARE(made.load(), 5);
    QCOMPARE(workspace.projects().size(), 5);
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
