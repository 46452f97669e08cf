#pragma once

#include "core/training/trainer.h"

#include <QStringList>
#include <functional>

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
    Status saveStatus;
    Status doneStatus;

    void started(const RunStarted& about) override
    {
        run = about;
        events.append(QStringLiteral("started"));
    }
    void batchDone(const BatchSample& sample) override
    {
        samples.append(sample);
        if (onBatch)
            onBatch(sample);
    }
    void validating(int epoch) override
    {
        events.append(QStringLiteral("validating %1").arg(epoch));
        if (onValidating)
            onValidating(epoch);
    }
    Status saveCheckpoint(const EpochRecord& epoch, const Checkpoint& checkpoint) override
    {
        events.append(QStringLiteral("checkpoint %1").arg(epoch.epoch));
        checkpoints.append(checkpoint);
        return saveStatus;
    }
    Status epochDone(const EpochRecord& epoch) override
    {
        events.append(QStringLiteral("epoch %1").arg(epoch.epoch));
        epochs.append(epoch);
        return doneStatus;
    }
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
