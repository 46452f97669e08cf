#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace espalier {

/// Lets a worker wait at a safe point while somebody else wants it to. Any thread.
class PauseGate final {
public:
    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const;
    /// Returns at once when not paused, else when resumed or stopped.
    void wait(std::stop_token stop);

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false;
};

} // namespace espalier
