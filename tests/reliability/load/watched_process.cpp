#include "tests/reliability/load/watched_process.h"

#include <QElapsedTimer>
#include <QFile>
#include <csignal>

using namespace Qt::StringLiterals;

namespace espalier::load {

namespace {

constexpr int LookEveryMs = 20;
constexpr int Interrupted = 130;

/// In bytes, of a line like "RssAnon:	  123 kB".
double memoryLine(const QByteArray& status, const QByteArray& name)
{
    const qsizetype start = status.indexOf(name);
    if (start < 0)
        return 0;
    const QByteArray line = status.mid(start + name.size(), 40);
    return line.left(line.indexOf("kB")).trimmed().toDouble() * 1024;
}

} // namespace

WatchedProcess::WatchedProcess(const QString& program, const QStringList& arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, arguments);
    if (!m_process.waitForStarted())
        qFatal("%s does not start.", qUtf8Printable(program));
}

void WatchedProcess::look()
{
    QFile file(u"/proc/%1/status"_s.arg(m_process.processId()));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray status = file.readAll();
    m_ownPeak =
        std::max(m_ownPeak, memoryLine(status, "RssAnon:") + memoryLine(status, "RssShmem:"));
}

QByteArray WatchedProcess::finish(int interruptAfterMs)
{
    QElapsedTimer clock;
    clock.start();
    bool isInterrupted = false;
    while (!m_process.waitForFinished(LookEveryMs)) {
        look();
        if (interruptAfterMs >= 0 && !isInterrupted && clock.elapsed() > interruptAfterMs) {
            isInterrupted = true;
            ::kill(pid_t(m_process.processId()), SIGINT);
        }
    }
    m_seconds = double(clock.elapsed()) / 1000;
    if (m_process.exitStatus() != QProcess::NormalExit ||
        m_process.exitCode() != (isInterrupted ? Interrupted : 0))
        qFatal("%s ends with %d.", qUtf8Printable(m_process.arguments().join(u' ')),
               m_process.exitCode());
    return m_process.readAllStandardOutput();
}

} // namespace espalier::load
