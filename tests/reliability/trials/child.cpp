#include "tests/reliability/trials/child.h"

#include <QtGlobal>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace espalier::trials {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::microseconds Patience = 60s;

/// What a child writes, without a reader that has to keep up.
class Capture final {
public:
    explicit Capture(const char* name)
        : m_descriptor(::memfd_create(name, MFD_CLOEXEC))
    {
        if (m_descriptor < 0)
            qFatal("no memory file");
    }
    ~Capture() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(Capture)

    void replace(int descriptor) const { ::dup2(m_descriptor, descriptor); }
    [[nodiscard]] QByteArray content() const
    {
        QByteArray bytes;
        std::array<char, 65536> block{};
        ::lseek(m_descriptor, 0, SEEK_SET);
        for (ssize_t count = 0; (count = ::read(m_descriptor, block.data(), block.size())) > 0;)
            bytes.append(block.data(), qsizetype(count));
        return bytes;
    }

private:
    int m_descriptor;
};

/// False when the process had not ended by then.
bool waitForEnd(int processDescriptor, std::chrono::microseconds patience)
{
    pollfd ended{processDescriptor, POLLIN, 0};
    const timespec time{time_t(patience.count() / 1'000'000),
                        long(patience.count() % 1'000'000 * 1000)};
    return ::ppoll(&ended, 1, &time, nullptr) > 0;
}

} // namespace

ChildResult inChild(const std::function<int()>& work,
                    std::optional<std::chrono::microseconds> killAfter)
{
    const Capture output("output");
    const Capture error("error");
    std::fflush(nullptr);
    const Clock::time_point start = Clock::now();
    const pid_t process = ::fork();
    if (process < 0)
        qFatal("no process");
    if (process == 0) {
        output.replace(STDOUT_FILENO);
        error.replace(STDERR_FILENO);
        const int status = work();
        std::fflush(nullptr);
        std::_Exit(status);
    }
    const int descriptor = int(::syscall(SYS_pidfd_open, process, 0));
    ChildResult result;
    if (!waitForEnd(descriptor, killAfter.value_or(Patience))) {
        result.tookTooLong = !killAfter;
        ::kill(process, SIGKILL);
    }
    ::close(descriptor);
    int status = 0;
    ::waitpid(process, &status, 0);
    result.duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    result.output = output.content();
    result.error = error.content();
    return result;
}

} // namespace espalier::trials
