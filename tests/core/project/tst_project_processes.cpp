#include "core/base/random.h"
#include "core/project/store/experiment_lock.h"
#include "core/project/store/project_folder.h"
#include "tests/core/project/project_fixture.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTest>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>
#else
#include <QProcess>
#endif

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

constexpr int Kills = 20;
constexpr int ProcessMs = 30'000;

void say(const char* word)
{
    std::puts(word);
    std::fflush(stdout);
}

/// What a program that works with a project does all the time: `rounds` times, 0 without end.
void work(
    const QString& folder, ExperimentId id, int rounds,
    const std::function<void()>& roundDone = [] {})
{
    const auto store = valueOf(ProjectStore::open(folder));
    for (int round = 0; rounds == 0 || round < rounds; ++round) {
        const ExperimentRecord record = valueOf(store->experiment(id));
        const int next = int(record.epochs.size()) + 1;
        require(addEpoch(*store, id, next, next % 3 == 0));
        const ExperimentRecord copy =
            valueOf(store->duplicateExperiment(id, u"%1.%2"_s.arg(record.name).arg(next), true));
        if (next % 2 == 0)
            require(store->deleteExperiment(copy.id));
        roundDone();
    }
}

/// Holds the lock of an experiment until it is killed.
int holdLock(const QString& folder, ExperimentId id)
{
    const auto lock = valueOf(ExperimentLock::acquire(ProjectFolder(folder).runLock(id), u"e"_s));
    say("held");
    std::this_thread::sleep_for(std::chrono::milliseconds(ProcessMs));
    return 1;
}

int runAsChild(const QStringList& arguments)
{
    const ExperimentId id(arguments[3].toLongLong());
    if (arguments[1] == u"--hold")
        return holdLock(arguments[2], id);
    work(arguments[2], id, arguments[4].toInt(), [] { say("done"); });
    return 0;
}

#ifdef Q_OS_UNIX
/// Another process at work. A fork has all libraries loaded already, which takes a second anew;
/// no connection to a database may be open in the parent at that time.
class Child final {
public:
    explicit Child(const QStringList& arguments)
    {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0)
            qFatal("no pipe");
        std::fflush(stdout);
        m_process = ::fork();
        if (m_process == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            std::_Exit(runAsChild(arguments));
        }
        ::close(ends[1]);
        m_output = ends[0];
    }
    ~Child() { ::close(m_output); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] bool waitForWord() const
    {
        char letter = 0;
        return ::read(m_output, &letter, 1) == 1;
    }
    void kill() const { ::kill(m_process, SIGKILL); }
    /// Exit status, -1 after a kill.
    [[nodiscard]] int wait() const
    {
        int status = 0;
        ::waitpid(m_process, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t m_process = -1;
    int m_output = -1;
};
#else
class Child final {
public:
    explicit Child(const QStringList& arguments)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), arguments.mid(1));
    }

    [[nodiscard]] bool waitForWord() { return m_process.waitForReadyRead(ProcessMs); }
    void kill() { m_process.kill(); }
    [[nodiscard]] int wait()
    {
        m_process.waitForFinished(ProcessMs);
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

private:
    QProcess m_process;
};
#endif

QStringList workArguments(const QString& folder, ExperimentId id, int rounds)
{
    return {QString(), u"--work"_s, folder, QString::number(id.value()), QString::number(rounds)};
}

/// Everything that the database names is there and whole.
void verifySound(const ProjectStore& store)
{
    for (const ExperimentRecord& record : valueOf(store.experiments())) {
        for (int index = 0; index < record.epochs.size(); ++index)
            QCOMPARE(record.epochs[index].epoch, index + 1);
        QCOMPARE(record.checkpoints.isEmpty(), record.epochs.isEmpty());
        for (const CheckpointRecord& checkpoint : record.checkpoints)
            QCOMPARE(valueOf(store.loadCheckpoint(checkpoint)), smallCheckpoint(checkpoint.epoch));
        if (!record.startWeights.isEmpty())
            (void)valueOf(store.loadCheckpoint(
                {0, record.startWeights, record.startWeightsChecksum, 0, false}));
    }
}

} // namespace

class TestProjectProcesses : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void twoThreadsShareAProject();
    void twoProcessesShareAProject();
    void aKillLeavesTheStateBeforeOrAfter();
    void aKilledRunCountsAsStopped();
    void aLockThatIsNotWrittenIsFree_data();
    void aLockThatIsNotWrittenIsFree();

private:
    std::unique_ptr<ProjectFixture> m_fixture;
    QList<ExperimentId> m_ids;
};

void TestProjectProcesses::init()
{
    m_fixture = std::make_unique<ProjectFixture>();
    const auto store = m_fixture->open();
    const DatasetRecord dataset = m_fixture->addSavedDataset(*store);
    m_ids.clear();
    for (const QString& name : {u"a"_s, u"b"_s})
        m_ids.append(valueOf(store->createExperiment(name, dataset.id, pointGraph())).id);
}

void TestProjectProcesses::cleanup()
{
    m_fixture.reset();
}

void TestProjectProcesses::twoThreadsShareAProject()
{
    constexpr int Rounds = 6;
    std::thread other([&] { work(m_fixture->folder(), m_ids[0], Rounds); });
    work(m_fixture->folder(), m_ids[1], Rounds);
    other.join();
    const auto store = m_fixture->open();
    QCOMPARE(valueOf(store->experiments()).size(), 2 + Rounds);
    verifySound(*store);
}

void TestProjectProcesses::twoProcessesShareAProject()
{
    constexpr int Rounds = 6;
    Child other(workArguments(m_fixture->folder(), m_ids[0], Rounds));
    QVERIFY(other.waitForWord());
    work(m_fixture->folder(), m_ids[1], Rounds);
    QCOMPARE(other.wait(), 0);
    const auto store = m_fixture->open();
    QCOMPARE(valueOf(store->experiments()).size(), 2 + Rounds);
    QCOMPARE(valueOf(store->experiment(m_ids[0])).epochs.size(), Rounds);
    verifySound(*store);
}

void TestProjectProcesses::aKillLeavesTheStateBeforeOrAfter()
{
    Random random(20);
    qsizetype epochs = 0;
    for (int kill = 0; kill < Kills; ++kill) {
        Child child(workArguments(m_fixture->folder(), m_ids[0], 0));
        QVERIFY(child.waitForWord());
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(40'000)));
        child.kill();
        QCOMPARE(child.wait(), -1);
        const auto store = m_fixture->open();
        verifySound(*store);
        const qsizetype now = valueOf(store->experiment(m_ids[0])).epochs.size();
        QVERIFY(now > epochs);
        epochs = now;
    }
}

void TestProjectProcesses::aKilledRunCountsAsStopped()
{
    Child child({QString(), u"--hold"_s, m_fixture->folder(), QString::number(m_ids[0].value())});
    QVERIFY(child.waitForWord());
    const auto store = m_fixture->open();
    require(store->setState(m_ids[0], RunState::Running));
    QCOMPARE(valueOf(store->experiment(m_ids[0])).state, RunState::Running);
    QCOMPARE(codeOf(store->deleteExperiment(m_ids[0])), ErrorCode::Conflict);
    const QString lock = ProjectFolder(m_fixture->folder()).runLock(m_ids[0]);
    QCOMPARE(codeOf(ExperimentLock::acquire(lock, u"a"_s)), ErrorCode::Conflict);
    child.kill();
    QCOMPARE(child.wait(), -1);
    QCOMPARE(valueOf(store->experiment(m_ids[0])).state, RunState::Stopped);
    QVERIFY(ExperimentLock::acquire(lock, u"a"_s));
    require(store->deleteExperiment(m_ids[0]));
}

void TestProjectProcesses::aLockThatIsNotWrittenIsFree_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("part of a number") << QByteArray("1");
    QTest::newRow("part of the name of this host")
        << QByteArray("1\nespalier\n" + QSysInfo::machineHostName().toUtf8().left(2));
}

/// As a kill leaves it that comes between making the file and having written it.
void TestProjectProcesses::aLockThatIsNotWrittenIsFree()
{
    QFETCH(QByteArray, content);
    const QString path = ProjectFolder(m_fixture->folder()).runLock(m_ids[0]);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    QVERIFY(file.flush());
    // Somebody may be just about to write it.
    QVERIFY(ExperimentLock::isHeld(path));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-60),
                             QFileDevice::FileModificationTime));
    file.close();
    QVERIFY(!ExperimentLock::isHeld(path));
    QVERIFY(ExperimentLock::acquire(path, u"a"_s));
}

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    if (argc > 3 && application.arguments()[1].startsWith(u"--"))
        return runAsChild(application.arguments());
    TestProjectProcesses test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_project_processes.moc"
