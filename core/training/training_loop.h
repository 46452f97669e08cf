#pragma once

#include "core/training/epoch_keeper.h"
#include "core/training/training_setup.h"
#include "core/training/work_clock.h"

namespace espalier {

/// The epochs of a run on an executor that is ready: initial or restored weights loaded. train()
/// prepares it; tests give it executors of their own. Use once, from one thread.
class TrainingLoop final {
public:
    TrainingLoop(const TrainingJob& job, Executor& executor, TrainingData& data,
                 TrainingObserver& observer, std::stop_token stop, PauseGate& gate);

    [[nodiscard]] Result<RunSummary> run();

private:
    [[nodiscard]] Status runEpochs();
    [[nodiscard]] bool isDone() const;
    [[nodiscard]] bool patienceIsOver() const;
    [[nodiscard]] Status runEpoch(int epoch);
    [[nodiscard]] Status trainingPass(EpochRecord& record);
    [[nodiscard]] Status trainingStep(const Batch& batch, BatchSample sample, double rate);
    [[nodiscard]] Status validationPass(EpochRecord& record);
    [[nodiscard]] Status keepEpoch(EpochRecord& record);
    [[nodiscard]] Status waitAtGate();
    [[nodiscard]] bool isBest(const EpochRecord& record) const;
    void report(BatchSample sample, const Batch& batch, const StepResult& step);
    [[nodiscard]] tl::unexpected<Error> explained(const Error& error, const QString& when,
                                                  double rate) const;

    const TrainingJob& m_job;
    Executor& m_executor;
    TrainingData& m_data;
    TrainingObserver& m_observer;
    EpochKeeper m_keeper;
    std::stop_token m_stop;
    PauseGate& m_gate;
    QString m_metric; ///< that decides which epoch is best
    QList<EpochRecord> m_history;
    WorkClock m_clock;
    std::unique_ptr<MetricAccumulator> m_trainingMetrics;
    std::unique_ptr<MetricAccumulator> m_batchMetrics;
    std::unique_ptr<MetricAccumulator> m_validationMetrics;
};

} // namespace espalier
