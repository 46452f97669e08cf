#include "tests/benchmarks/window/heartbeat.h"

namespace espalier {

Heartbeat::Heartbeat()
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(1);
    m_timer.callOnTimeout(this, [this] { beat(); });
}

void Heartbeat::begin(const QString& activity)
{
    if (m_timer.isActive())
        beat();
    m_activity = activity;
    m_longest.try_emplace(activity, 0);
    m_sinceBeat.start();
    m_timer.start();
}

void Heartbeat::stop()
{
    beat();
    m_timer.stop();
}

void Heartbeat::beat()
{
    double& longest = m_longest[m_activity];
    longest = std::max(longest, double(m_sinceBeat.nsecsElapsed()) * 1e-6);
    m_sinceBeat.start();
}

} // namespace espalier
