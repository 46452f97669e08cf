#include "tests/reliability/faults/faults.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace espalier::faults {

namespace {

/// What a call needs of the disk; decides which errors it can have.
enum class Need {
    Room,    ///< makes or grows something
    Write,   ///< changes without needing room
    Open,    ///< opens what is there for writing
    OpenFile ///< works on a file that is open for writing already, with room
};

struct ActivePlan {
    std::array<char, PATH_MAX> below{};
    Mode mode = Mode::Count;
    int error = 0;
    long at = 0;
    std::atomic<bool> armed = false;
};

/// Outlives a process that is killed.
struct SharedReport {
    std::atomic<long> calls;
    std::atomic<bool> reached;
    std::array<char, 16> call;
    std::array<char, PATH_MAX> path;
};

ActivePlan& active()
{
    static ActivePlan plan;
    return plan;
}

SharedReport& shared()
{
    static auto* const memory = static_cast<SharedReport*>(::mmap(
        nullptr, sizeof(SharedReport), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    return *memory;
}

template <size_t Size>
void copyText(std::array<char, Size>& target, std::string_view text)
{
    const size_t length = std::min(text.size(), Size - 1);
    std::memcpy(target.data(), text.data(), length);
    target[length] = 0;
}

bool isBelow(std::string_view path)
{
    const std::string_view folder(active().below.data());
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool canFail(Need need)
{
    switch (active().error) {
    case ENOSPC:
        return need == Need::Room || need == Need::OpenFile;
    case EROFS:
    case EACCES:
        return need != Need::OpenFile;
    default:
        return true;
    }
}

enum class Verdict { Pass, Fail, Half, KillBefore, KillTorn, KillAfter };

Verdict verdictAtPlace(Need need)
{
    switch (active().mode) {
    case Mode::Onward:
        return active().error == ENOSPC && need == Need::OpenFile ? Verdict::Half : Verdict::Fail;
    case Mode::KillBefore:
        return Verdict::KillBefore;
    case Mode::KillTorn:
        return Verdict::KillTorn;
    case Mode::KillAfter:
        return Verdict::KillAfter;
    case Mode::Once:
    case Mode::Count:
        break;
    }
    return Verdict::Fail;
}

Verdict judge(Need need, const char* call, const char* path)
{
    ActivePlan& plan = active();
    if (!plan.armed || !path || !isBelow(path) || !canFail(need))
        return Verdict::Pass;
    SharedReport& record = shared();
    const long number = ++record.calls;
    if (plan.mode == Mode::Count || number < plan.at ||
        (number > plan.at && plan.mode != Mode::Onward))
        return Verdict::Pass;
    if (number > plan.at)
        return Verdict::Fail;
    copyText(record.call, call);
    copyText(record.path, path);
    record.reached = true;
    return verdictAtPlace(need);
}

[[noreturn]] void die()
{
    ::kill(::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

/// `half` does the first half of the call; a call that cannot be halved is not begun.
template <typename Real, typename Half>
auto intercept(Need need, const char* call, const char* path, Real real, Half half)
    -> decltype(real())
{
    const Verdict verdict = judge(need, call, path);
    if (verdict == Verdict::Pass)
        return real();
    if (verdict == Verdict::Half)
        return half();
    if (verdict == Verdict::KillTorn)
        half();
    if (verdict == Verdict::KillAfter)
        real();
    if (verdict != Verdict::Fail)
        die();
    errno = active().error;
    return -1;
}

template <typename Real>
auto intercept(Need need, const char* call, const char* path, Real real) -> decltype(real())
{
    return intercept(need, call, path, real, [] {
        errno = active().error;
        return decltype(real())(-1);
    });
}

/// The path of an open file; empty when nobody asks for it.
class DescriptorPath final {
public:
    explicit DescriptorPath(int descriptor)
    {
        if (!active().armed)
            return;
        const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
        const ssize_t length = ::readlink(link.c_str(), m_path.data(), m_path.size() - 1);
        m_path[size_t(std::max<ssize_t>(length, 0))] = 0;
    }
    [[nodiscard]] const char* get() const { return m_path.data(); }

private:
    std::array<char, PATH_MAX> m_path{};
};

template <typename Function>
Function* next(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int errorNumber(std::string_view name)
{
    struct Entry {
        std::string_view name;
        int number;
    };
    static constexpr std::array entries{Entry{"ENOSPC", ENOSPC}, Entry{"EIO", EIO},
                                        Entry{"EROFS", EROFS}, Entry{"EACCES", EACCES}};
    for (const Entry& entry : entries)
        if (entry.name == name)
            return entry.number;
    return EIO;
}

Mode modeOf(std::string_view name)
{
    struct Entry {
        std::string_view name;
        Mode mode;
    };
    static constexpr std::array entries{Entry{"once", Mode::Once}, Entry{"onward", Mode::Onward},
                                        Entry{"kill-before", Mode::KillBefore},
                                        Entry{"kill-torn", Mode::KillTorn},
                                        Entry{"kill-after", Mode::KillAfter}};
    for (const Entry& entry : entries)
        if (entry.name == name)
            return entry.mode;
    return Mode::Count;
}

const char* environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

[[gnu::constructor]] void armFromEnvironment()
{
    (void)shared(); // before any fork
    const std::string below = environment("ESPALIER_FAULTS_BELOW");
    if (!below.empty())
        arm({below, modeOf(environment("ESPALIER_FAULTS_MODE")),
             errorNumber(environment("ESPALIER_FAULTS_ERROR")),
             std::atol(environment("ESPALIER_FAULTS_AT"))});
}

} // namespace

void arm(const Plan& plan)
{
    ActivePlan& target = active();
    target.armed = false;
    copyText(target.below, plan.below);
    target.mode = plan.mode;
    target.error = plan.error;
    target.at = plan.at;
    shared().calls = 0;
    shared().reached = false;
    copyText(shared().call, {});
    copyText(shared().path, {});
    target.armed = true;
}

void disarm()
{
    active().armed = false;
}

Report report()
{
    const SharedReport& record = shared();
    return {record.calls, record.reached, record.call.data(), record.path.data()};
}

} // namespace espalier::faults

using namespace espalier::faults;

namespace {

using OpenCall = int(const char*, int, ...);

int openIntercepted(OpenCall* real, const char* path, int flags, mode_t mode)
{
    const auto open = [&] { return real(path, flags, mode); };
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) == 0)
        return open();
    const bool makes = (flags & O_CREAT) != 0 && ::faccessat(AT_FDCWD, path, F_OK, 0) != 0;
    return intercept(makes ? Need::Room : Need::Open, makes ? "create" : "open", path, open);
}

} // namespace

// The names and types are those of the C library.
extern "C" {

#define ESPALIER_INTERCEPT_OPEN(name)                                                              \
    int name(const char* path, int flags, ...)                                                     \
    {                                                                                              \
        static OpenCall* const real = next<OpenCall>(#name);                                       \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(arguments, mode_t) : 0;       \
        va_end(arguments);                                                                         \
        return openIntercepted(real, path, flags, mode);                                           \
    }

ESPALIER_INTERCEPT_OPEN(open)
ESPALIER_INTERCEPT_OPEN(open64)

ssize_t write(int descriptor, const void* bytes, size_t count)
{
    static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
    const DescriptorPath path(descriptor);
    return intercept(
        Need::OpenFile, "write", path.get(), [&] { return real(descriptor, bytes, count); },
        [&] { return real(descriptor, bytes, (count + 1) / 2); });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t offset)
{
    static auto* const real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    const DescriptorPath path(descriptor);
    return intercept(
        Need::OpenFile, "pwrite", path.get(),
        [&] { return real(descriptor, bytes, count, offset); },
        [&] { return real(descriptor, bytes, (count + 1) / 2, offset); });
}

ssize_t writev(int descriptor, const iovec* parts, int count)
{
    static auto* const real = next<ssize_t(int, const iovec*, int)>("writev");
    const DescriptorPath path(descriptor);
    return intercept(
        Need::OpenFile, "writev", path.get(), [&] { return real(descriptor, parts, count); },
        [&] { return real(descriptor, parts, (count + 1) / 2); });
}

#define ESPALIER_INTERCEPT_DESCRIPTOR(name, need)                                                  \
    int name(int descriptor)                                                                       \
    {                                                                                              \
        static auto* const real = next<int(int)>(#name);                                           \
        const DescriptorPath path(descriptor);                                                     \
        return intercept(need, #name, path.get(), [&] { return real(descriptor); });               \
    }

ESPALIER_INTERCEPT_DESCRIPTOR(fsync, Need::OpenFile)
ESPALIER_INTERCEPT_DESCRIPTOR(fdatasync, Need::OpenFile)

#define ESPALIER_INTERCEPT_TRUNCATE(name, type)                                                    \
    int name(int descriptor, type size) noexcept                                                   \
    {                                                                                              \
        static auto* const real = next<int(int, type)>(#name);                                     \
        const DescriptorPath path(descriptor);                                                     \
        struct stat now {};                                                                        \
        const bool grows = ::fstat(descriptor, &now) == 0 && size > now.st_size;                   \
        return intercept(grows ? Need::Room : Need::Write, "truncate", path.get(),                 \
                         [&] { return real(descriptor, size); });                                  \
    }

ESPALIER_INTERCEPT_TRUNCATE(ftruncate, off_t)
ESPALIER_INTERCEPT_TRUNCATE(ftruncate64, off64_t)

#define ESPALIER_INTERCEPT_PATH(name, need)                                                        \
    int name(const char* path) noexcept                                                            \
    {                                                                                              \
        static auto* const real = next<int(const char*)>(#name);                                   \
        return intercept(need, #name, path, [&] { return real(path); });                           \
    }

ESPALIER_INTERCEPT_PATH(unlink, Need::Write)
ESPALIER_INTERCEPT_PATH(rmdir, Need::Write)

int mkdir(const char* path, mode_t mode) noexcept
{
    static auto* const real = next<int(const char*, mode_t)>("mkdir");
    // mkpath() makes what is there already: that fails without touching the disk.
    if (::faccessat(AT_FDCWD, path, F_OK, 0) == 0)
        return real(path, mode);
    return intercept(Need::Room, "mkdir", path, [&] { return real(path, mode); });
}

int rename(const char* from, const char* to) noexcept
{
    static auto* const real = next<int(const char*, const char*)>("rename");
    return intercept(Need::Room, "rename", to, [&] { return real(from, to); });
}

int renameat2(int fromFolder, const char* from, int toFolder, const char* to,
              unsigned flags) noexcept
{
    static auto* const real = next<int(int, const char*, int, const char*, unsigned)>("renameat2");
    return intercept(Need::Room, "renameat2", to,
                     [&] { return real(fromFolder, from, toFolder, to, flags); });
}

int link(const char* from, const char* to) noexcept
{
    static auto* const real = next<int(const char*, const char*)>("link");
    return intercept(Need::Room, "link", to, [&] { return real(from, to); });
}

int linkat(int fromFolder, const char* from, int toFolder, const char* to, int flags) noexcept
{
    static auto* const real = next<int(int, const char*, int, const char*, int)>("linkat");
    return intercept(Need::Room, "linkat", to,
                     [&] { return real(fromFolder, from, toFolder, to, flags); });
}

/// So that a disk that may not be written says so where it is asked beforehand.
int access(const char* path, int mode) noexcept
{
    static auto* const real = next<int(const char*, int)>("access");
    const ActivePlan& plan = active();
    const bool refuses = plan.armed && plan.mode == Mode::Onward && plan.at <= 1 &&
                         (plan.error == EROFS || plan.error == EACCES);
    if (refuses && (mode & W_OK) != 0 && isBelow(path)) {
        errno = plan.error;
        return -1;
    }
    return real(path, mode);
}

} // extern "C"
