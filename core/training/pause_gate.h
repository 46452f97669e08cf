#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>

namespace espalier {

/// Lets a worker wait at a safe point while somebody else wants it to. Any thread.
class PauseGate final {
public:
    PauseGate() = default;
    /// `onHolding` is called by a worker that begins to wait, on its thread, without a lock held.
    explicit PauseGate(std::function<void()> onHolding)
        : m_onHolding(std::move(onHolding))
    {
    }

    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const;
    /// Whether a worker waits and will go on doing so until resume().
    [[nodiscard]] bool isHolding() const;
    /// Returns at once when not paused, else when resumed or stopped.
    void wait(std::stop_token stop);

private:
    std::function<void()> m_onHolding;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false;
    int m_waiting = 0;
};

} // namespace espalier
