/// Lets the threads of OpenMP fall asleep soon where they wait for each other.
///
/// A step of training is many short loops on all processors. A thread that is done with its part of
/// one spins until the others are, by default for 3 ms; beside other work it so takes the processor
/// from the very thread for which it waits, and a training takes twice as long. A three-hundredth
/// of that costs an idle machine next to nothing (tests/benchmarks/README.md, "Beside other work").
///
/// libgomp takes the number from the environment alone, when it is loaded: no code of a program
/// runs before that but what stands in .preinit_array. So that is where the program replaces itself
/// by itself with the variable set, before LibTorch has made its tables.
#include <array>
#include <climits>
#include <string_view>
#include <sys/auxv.h>
#include <unistd.h>
#include <vector>

namespace {

/// Of this program, as it can be started again; empty when there is none.
std::array<char, PATH_MAX + 1> ownFile()
{
    std::array<char, PATH_MAX + 1> file{};
    const bool startedByLinker = getauxval(AT_BASE) == 0; // then that is the file
    if (startedByLinker || readlink("/proc/self/exe", file.data(), PATH_MAX) < 0)
        file.front() = '\0';
    return file;
}

void startWithShortSpinning(int /*count*/, char** arguments, char** environment)
{
    static char spinning[] = "GOMP_SPINCOUNT=1000";
    std::vector<char*> extended;
    for (char** entry = environment; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (text.starts_with("GOMP_SPINCOUNT=") || text.starts_with("OMP_WAIT_POLICY="))
            return; // this is the second start, or somebody has chosen
        extended.push_back(*entry);
    }
    extended.push_back(spinning);
    extended.push_back(nullptr);
    execve(ownFile().data(), arguments, extended.data());
    // Where that fails all works as well, but slower beside other work.
}

[[gnu::section(".preinit_array"),
  gnu::used]] void (*const beforeLibraries)(int, char**, char**) = &startWithShortSpinning;

} // namespace
