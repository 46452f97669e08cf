#pragma once

#include <stop_token>
#include <thread>

namespace espalier::cli {

/// Exit status after Ctrl-C or SIGTERM.
constexpr int InterruptedStatus = 130;

/// Turns Ctrl-C and SIGTERM into a stop request. Where a command can stop cleanly (`graceful`) the
/// first asks it to and the second ends the process at once; elsewhere the first does, which is
/// safe because files are there whole or not at all. Make one before other threads are started:
/// they inherit the signal mask.
class Interruption final {
public:
    explicit Interruption(bool graceful);
    ~Interruption();

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

private:
    std::stop_source m_source;
    std::jthread m_watcher;
};

} // namespace espalier::cli
