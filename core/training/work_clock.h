#pragma once

#include "core/training/pause_gate.h"

#include <QElapsedTimer>

namespace espalier {

/// Seconds of work: what is spent waiting at a pause gate does not count. Use from one thread.
class WorkClock final {
public:
    WorkClock() { m_timer.start(); }

    [[nodiscard]] double seconds() const
    {
        return double(m_timer.nsecsElapsed() - m_pausedNanoseconds) / 1e9;
    }

    void waitAt(PauseGate& gate, const std::stop_token& stop)
    {
        const qint64 before = m_timer.nsecsElapsed();
        gate.wait(stop);
        m_pausedNanoseconds += m_timer.nsecsElapsed() - before;
    }

private:
    QElapsedTimer m_timer;
    qint64 m_pausedNanoseconds = 0;
};

} // namespace espalier
