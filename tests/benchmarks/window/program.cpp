#include "tests/benchmarks/window/bench_project.h"
#include "tests/benchmarks/window/measurements.h"
#include "tests/benchmarks/window/training_window.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// The program as a process of its own, with a home of its own.
class Program final {
public:
    explicit Program(const QString& project)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* folder : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
            environment.insert(QString::fromLatin1(folder), m_home.path());
        environment.insert(u"ESPALIER_WORKSPACE"_s, m_home.filePath(u"workspace"_s));
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedChannels);
        m_started = QDateTime::currentDateTime();
        m_process.start(QStringLiteral(ESPALIER_PROGRAM), {project});
        waitUntil("the program shows its window", [this] { return readyTime().isValid(); });
    }
    ~Program()
    {
        m_process.terminate();
        if (!m_process.waitForFinished())
            m_process.kill();
    }

    /// From the start of the process until the window, with the project, is painted.
    [[nodiscard]] double startTime() const { return double(m_started.msecsTo(readyTime())); }
    /// Of the processor, so far.
    [[nodiscard]] double secondsWorked() const
    {
        QFile file(u"/proc/%1/stat"_s.arg(m_process.processId()));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The program has ended.");
        const QByteArray stat = file.readAll();
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        return (fields.at(11).toDouble() + fields.at(12).toDouble()) / double(sysconf(_SC_CLK_TCK));
    }

private:
    /// As the log has it; invalid while it has not.
    [[nodiscard]] QDateTime readyTime() const
    {
        const QDir workspace(m_home.filePath(u"workspace"_s));
        QFile file(workspace.filePath(u"logs/espalier.log"_s));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.endsWith("Window ready"))
                return QDateTime::fromString(QString::fromLatin1(line.left(23)),
                                             u"yyyy-MM-dd HH:mm:ss.zzz"_s);
        return {};
    }

    QTemporaryDir m_home;
    QProcess m_process;
    QDateTime m_started;
};

Figure coldStart(const QString& project)
{
    constexpr int Rounds = 7;
    QList<double> times;
    for (int round = 0; round < Rounds; ++round)
        times.append(Program(project).startTime());
    std::ranges::sort(times);
    return {u"Start to the painted window with 50 experiments"_s, times[Rounds / 2], 1500, u"ms"_s,
            u"median of %1, shortest %2 ms"_s.arg(Rounds).arg(times.constFirst())};
}

Figure idle(const QString& project)
{
    constexpr int Settled = 5'000;
    constexpr int Watched = 10'000;
    const Program program(project);
    QTest::qWait(Settled);
    const double before = program.secondsWorked();
    QTest::qWait(Watched);
    const double share = (program.secondsWorked() - before) * 1000 / Watched;
    return {u"Idle with a project open"_s, share * 100, 1, u"% of a core"_s};
}

} // namespace

QList<Figure> measureProgram(const BenchProject& project)
{
    return {coldStart(project.folder()), idle(project.folder())};
}

} // namespace espalier
