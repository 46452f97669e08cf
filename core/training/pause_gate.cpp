#include "core/training/pause_gate.h"

namespace espalier {

void PauseGate::pause()
{
    const std::lock_guard lock(m_mutex);
    m_paused = true;
}

void PauseGate::resume()
{
    {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
    }
    m_changed.notify_all();
}

bool PauseGate::isPaused() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

bool PauseGate::isHolding() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused && m_waiting > 0;
}

void PauseGate::wait(std::stop_token stop)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_paused || stop.stop_requested())
            return;
        ++m_waiting;
    }
    if (m_onHolding)
        m_onHolding();
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, std::move(stop), [this] { return !m_paused; });
    --m_waiting;
}

} // namespace espalier
