#include "core/project/jobs/run_progress.h"

#include <algorithm>

namespace espalier {

namespace {

constexpr double SpeedWindow = 10;   // seconds
constexpr double LeastWindow = 0.2;  // seconds; below, a speed is a guess
constexpr double ForwardShare = 0.3; // of a training step, until a validation has been measured

} // namespace

double RunProgress::fraction() const
{
    if (epochs <= 0 || epoch <= 0)
        return 0;
    const double inEpoch = validating    ? 1.0
                           : batches > 0 ? std::min(1.0, double(batch) / double(batches))
                                         : 0.0;
    return std::clamp((epoch - 1 + inEpoch) / epochs, 0.0, 1.0);
}

RunProgressMeter::RunProgressMeter(ExperimentId id, int epochsDone, int epochs, double now)
    : m_workingSince(now)
{
    m_progress.experiment = id;
    m_progress.began = QDateTime::currentDateTime();
    m_progress.epoch = epochsDone > 0 ? std::min(epochsDone + 1, epochs) : 0;
    m_progress.epochs = epochs;
}

void RunProgressMeter::setState(RunState state, double now)
{
    m_progress.state = state;
    if (state == RunState::Paused && m_workingSince) {
        m_workedBefore = worked(now);
        m_workingSince.reset();
    } else if (state == RunState::Running && !m_workingSince) {
        m_workingSince = now;
    }
    tick(now);
}

void RunProgressMeter::started(const RunStarted& run)
{
    m_progress.started = run;
    m_progress.batches = run.batchesPerEpoch;
    m_progress.epoch = std::max(1, m_progress.epoch);
}

void RunProgressMeter::addSteps(const std::vector<BatchSample>& samples, double now)
{
    if (samples.empty())
        return;
    endValidation(now);
    for (const BatchSample& sample : samples)
        m_steps += sample.steps;
    m_progress.epoch = samples.back().epoch;
    m_progress.batch = samples.back().batch;
    const double at = trained(now);
    m_marks.push_back({at, m_steps});
    while (m_marks.size() > 2 && m_marks[1].trained < at - SpeedWindow)
        m_marks.pop_front();
}

void RunProgressMeter::validating(int epoch, double now)
{
    if (m_progress.epoch > epoch)
        return;
    m_progress.epoch = epoch;
    m_progress.batch = m_progress.batches;
    m_progress.validating = true;
    m_validatingFrom = worked(now);
}

void RunProgressMeter::epochDone(const EpochRecord& epoch, double now)
{
    m_lastValidation = epoch.validationSeconds;
    if (m_progress.epoch > epoch.epoch)
        return; // steps of the next epoch have come first
    endValidation(now);
    const bool more = epoch.epoch < m_progress.epochs;
    m_progress.epoch = more ? epoch.epoch + 1 : epoch.epoch;
    m_progress.batch = more ? 0 : m_progress.batches;
    m_over = !more;
}

void RunProgressMeter::tick(double now)
{
    m_progress.elapsedSeconds = worked(now);
    const double speed = stepsPerSecond();
    const RunStarted& run = m_progress.started;
    if (speed > 0 && run.batchesPerEpoch > 0)
        m_progress.examplesPerSecond =
            speed * double(run.trainingRows) / double(run.batchesPerEpoch);
    m_progress.secondsLeft = secondsLeft(now);
}

double RunProgressMeter::worked(double now) const
{
    return m_workedBefore + (m_workingSince ? now - *m_workingSince : 0);
}

double RunProgressMeter::trained(double now) const
{
    return m_validatingFrom ? *m_validatingFrom - m_validated : worked(now) - m_validated;
}

void RunProgressMeter::endValidation(double now)
{
    if (m_validatingFrom)
        m_validated += worked(now) - *m_validatingFrom;
    m_validatingFrom.reset();
    m_progress.validating = false;
}

double RunProgressMeter::stepsPerSecond() const
{
    if (m_marks.size() < 2)
        return 0;
    const double seconds = m_marks.back().trained - m_marks.front().trained;
    return seconds < LeastWindow ? 0
                                 : double(m_marks.back().steps - m_marks.front().steps) / seconds;
}

double RunProgressMeter::validationSeconds() const
{
    if (m_lastValidation)
        return *m_lastValidation;
    const double speed = m_progress.examplesPerSecond;
    return speed > 0 ? ForwardShare * double(m_progress.started.validationRows) / speed : 0;
}

std::optional<double> RunProgressMeter::secondsLeft(double now) const
{
    const double speed = stepsPerSecond();
    if (speed <= 0 || m_progress.batches <= 0)
        return std::nullopt;
    const int epochsLeft = m_progress.epochs - m_progress.epoch;
    const qint64 stepsLeft =
        m_progress.batches - m_progress.batch + epochsLeft * m_progress.batches;
    const double validated = m_validatingFrom ? worked(now) - *m_validatingFrom : 0;
    const double validations = epochsLeft + (m_over ? 0 : 1);
    return std::max(0.0, double(stepsLeft) / speed + validations * validationSeconds() - validated);
}

} // namespace espalier
