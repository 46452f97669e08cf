#include "core/training/epoch_keeper.h"

#include <QElapsedTimer>
#include <chrono>

namespace espalier {

void EpochKeeper::begin(const EpochRecord& record, Checkpoint checkpoint)
{
    m_record = record;
    m_saved = std::async(
        std::launch::async,
        [&observer = m_observer, record, checkpoint = std::move(checkpoint)]() -> Result<double> {
            QElapsedTimer timer;
            timer.start();
            return observer.saveCheckpoint(record, checkpoint).map([&] {
                return double(timer.nsecsElapsed()) / 1e9;
            });
        });
}

Status EpochKeeper::tellIfSaved()
{
    using namespace std::chrono_literals;
    return m_saved.valid() && m_saved.wait_for(0s) == std::future_status::ready ? finish()
                                                                                : Status();
}

Status EpochKeeper::finish()
{
    if (!m_saved.valid())
        return {};
    const Result<double> seconds = m_saved.get();
    if (!seconds)
        return failureOf(seconds);
    m_record.checkpointSeconds += *seconds;
    return m_observer.epochDone(m_record);
}

} // namespace espalier
