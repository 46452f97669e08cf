#include "core/base/system.h"

#include <QFile>
#include <QList>
#include <QThread>
#include <algorithm>
#include <cmath>

#ifdef Q_OS_LINUX
#include <malloc.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace espalier {

namespace {

#ifdef Q_OS_LINUX
int processorsOfAffinity()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set)
                                                       : QThread::idealThreadCount();
}

/// cpu.max of cgroup v2 is "quota period", or "max period" without a limit.
int processorsOfCgroup()
{
    QFile file(QStringLiteral("/sys/fs/cgroup/cpu.max"));
    if (!file.open(QIODevice::ReadOnly))
        return std::numeric_limits<int>::max();
    const QList<QByteArray> fields = file.readAll().simplified().split(' ');
    const double quota = fields.value(0).toDouble();
    const double period = fields.value(1).toDouble();
    if (quota <= 0 || period <= 0)
        return std::numeric_limits<int>::max();
    return std::max(1, int(std::lround(quota / period)));
}
#endif

} // namespace

int usableProcessors()
{
#ifdef Q_OS_LINUX
    return std::max(1, std::min(processorsOfAffinity(), processorsOfCgroup()));
#else
    return std::max(1, QThread::idealThreadCount());
#endif
}

qint64 peakMemoryBytes()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray name = "VmHWM:"; // "VmHWM:      1234 kB"
    const QByteArray status = file.readAll();
    const qsizetype at = status.indexOf(name);
    return at < 0 ? 0
                  : status.mid(at + name.size()).trimmed().split(' ').first().toLongLong() * 1024;
#else
    return 0;
#endif
}

void resetPeakMemory()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        file.write("5"); // the peak alone, since Linux 4.0
#endif
}

qint64 currentMemoryBytes()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/statm")); // pages: all, resident, ...
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
#else
    return 0;
#endif
}

void lowerThreadPriority()
{
#ifdef Q_OS_LINUX
    constexpr int Nice = 10; // a tenth of the processor where a thread at 0 wants all of it
    setpriority(PRIO_PROCESS, 0, Nice); // on Linux of this thread alone
#endif
}

void tuneAllocator()
{
#ifdef __GLIBC__
    constexpr int Huge = 1 << 30;
    mallopt(M_MMAP_THRESHOLD, Huge);
    mallopt(M_TRIM_THRESHOLD, Huge);
#endif
}

} // namespace espalier
