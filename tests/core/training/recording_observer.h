#pragma once

#include "core/training/trainer.h"

#include <QStringList>
#include <functional>
#include <mutex>

namespace espalier::testing {

/// Keeps everything that a run says; `onBatch` may stop or pause it.
class RecordingObserver final : public TrainingObserver {
public:
    RunStarted run;
    QList<BatchSample> samples;
    QList<EpochRecord> epochs;
    QList<Checkpoint> checkpoints;
    QStringList events;
    std::function<void(const BatchSample&)> onBatch;
    std::function<void(int epoch)> onValidating;
    std::function<void(int epoch)> onSaving; ///< on the thread that saves
    Status saveStatus;
    Status doneStatus;

    void started(const RunStarted& about) override
    {
        run = about;
        say(QStringLiteral("started"));
    }
    void batchDone(const BatchSample& sample) override
    {
        samples.append(sample);
        if (onBatch)
            onBatch(sample);
    }
    void validating(int epoch) override
    {
        say(QStringLiteral("validating %1").arg(epoch));
        if (onValidating)
            onValidating(epoch);
    }
    Status saveCheckpoint(const EpochRecord& epoch, const Checkpoint& checkpoint) override
    {
        if (onSaving)
            onSaving(epoch.epoch);
        const std::scoped_lock lock(mutex);
        events.append(QStringLiteral("checkpoint %1").arg(epoch.epoch));
        checkpoints.append(checkpoint);
        return saveStatus;
    }
    Status epochDone(const EpochRecord& epoch) override
    {
        say(QStringLiteral("epoch %1").arg(epoch.epoch));
        epochs.append(epoch);
        return doneStatus;
    }

private:
    void say(const QString& event)
    {
        const std::scoped_lock lock(mutex);
        events.append(event);
    }

    std::mutex mutex;
};

/// Records without the times, which differ from run to run.
inline QList<EpochRecord> withoutTimes(QList<EpochRecord> epochs)
{
    for (EpochRecord& epoch : epochs)
        epoch.seconds = epoch.validationSeconds = epoch.checkpointSeconds =
            epoch.examplesPerSecond = 0;
    return epochs;
}

} // namespace espalier::testing
