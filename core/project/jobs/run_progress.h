#pragma once

#include "core/project/records.h"
#include "core/training/trainer.h"

#include <deque>
#include <optional>
#include <vector>

namespace espalier {

/// How far the run at work is; a value.
struct RunProgress {
    ExperimentId experiment;
    RunState state = RunState::Running;
    bool stopping = false; ///< asked to stop; the thread has not left yet
    int epoch = 0;         ///< at work, from 1; 0 before the first step
    int epochs = 0;        ///< that the run will have
    qint64 batch = 0;
    qint64 batches = 0; ///< of an epoch; 0: not known yet
    bool validating = false;
    double examplesPerSecond = 0;
    QDateTime began;
    double elapsedSeconds = 0; ///< of this run, pauses not counted
    std::optional<double> secondsLeft;
    qint64 memoryBytes = 0; ///< of the process, now
    RunStarted started;     ///< threads, device, precision, engine; parameters 0 until it has begun

    [[nodiscard]] double fraction() const; ///< of all epochs, 0..1
};

/// Makes RunProgress of what a run says: speed over the last ten seconds of training, time left
/// from that speed and from what validation took. Times are given in seconds of one clock that
/// goes on during a pause.
class RunProgressMeter final {
public:
    /// `epochsDone` are the epochs of the experiment before this run.
    RunProgressMeter(ExperimentId id, int epochsDone, int epochs, double now);

    void setState(RunState state, double now);
    void setStopping() { m_progress.stopping = true; }
    void setMemory(qint64 bytes) { m_progress.memoryBytes = bytes; }
    void started(const RunStarted& run);
    void addSteps(const std::vector<BatchSample>& samples, double now);
    void validating(int epoch, double now);
    void epochDone(const EpochRecord& epoch, double now);
    void tick(double now); ///< brings the times up to date

    [[nodiscard]] const RunProgress& progress() const { return m_progress; }

private:
    struct Mark {
        double trained; ///< seconds
        qint64 steps;
    };

    [[nodiscard]] double worked(double now) const;
    [[nodiscard]] double trained(double now) const;
    [[nodiscard]] double stepsPerSecond() const;
    [[nodiscard]] double validationSeconds() const;
    [[nodiscard]] std::optional<double> secondsLeft(double now) const;
    void endValidation(double now);

    RunProgress m_progress;
    double m_workedBefore = 0;              ///< seconds up to the last pause
    std::optional<double> m_workingSince;   ///< nothing while paused
    double m_validated = 0;                 ///< seconds of validation so far
    std::optional<double> m_validatingFrom; ///< in seconds of work
    std::optional<double> m_lastValidation; ///< seconds of validation and checkpoint of an epoch
    std::deque<Mark> m_marks;
    qint64 m_steps = 0;
    bool m_over = false; ///< the last epoch is done
};

} // namespace espalier
