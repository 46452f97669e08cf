#pragma once

#include "core/training/trainer.h"

#include <future>

namespace espalier {

/// Keeps the epochs of a run while it goes on: the checkpoint is saved on a thread of its own, and
/// when that is done the observer hears of the epoch. One epoch at a time. Use from the thread of
/// the run; saving that has begun ends before the keeper does.
class EpochKeeper final {
public:
    /// The observer must outlive it.
    explicit EpochKeeper(TrainingObserver& observer)
        : m_observer(observer)
    {
    }

    /// Begins to keep an epoch. Only after finish(), where another was kept before.
    void begin(const EpochRecord& record, Checkpoint checkpoint);
    /// Tells of the epoch if its checkpoint is saved by now. Returns at once; errors of the
    /// observer.
    [[nodiscard]] Status tellIfSaved();
    /// Waits until the epoch is kept. Errors of the observer.
    [[nodiscard]] Status finish();

private:
    TrainingObserver& m_observer;
    EpochRecord m_record;
    /// The seconds that saving took; not valid where nothing is being saved.
    std::future<Result<double>> m_saved;
};

} // namespace espalier
