#include "app/cli/commands/experiment_handlers.h"

#include "app/cli/commands/experiment_views.h"
#include "app/cli/commands/project_access.h"
#include "app/cli/progress_display.h"
#include "app/cli/text_format.h"
#include "core/base/system.h"
#include "core/project/experiment_run.h"
#include "core/training/pause_gate.h"

#include <QElapsedTimer>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

/// Tells of a run as it goes: events to scripts, a table of epochs and a bar to people.
class RunReporter final : public ExperimentObserver {
public:
    RunReporter(Output& output, const ExperimentRecord& record, int epochs)
        : m_output(output)
        , m_display(output.isQuiet())
        , m_name(record.name)
        , m_batchSize(record.settings.batchSize)
        , m_epochs(epochs)
        , m_epochsBefore(int(record.epochs.size()))
    {
    }

    void started(const RunStarted& run) override
    {
        m_run = run;
        m_started = true;
        m_sinceStart.start();
        m_sinceEpoch.start();
        m_output.event({{u"event"_s, u"started"_s},
                        {u"threads"_s, run.threads},
                        {u"device"_s, enumKey(run.device)},
                        {u"precision"_s, enumKey(run.precision)},
                        {u"engine"_s, run.engine},
                        {u"parameters"_s, run.parameters},
                        {u"training_rows"_s, run.trainingRows},
                        {u"validation_rows"_s, run.validationRows},
                        {u"epochs"_s, m_epochs}});
        m_output.line(u"Training '%1': %2 on %3, %4 to validate."_s.arg(
            m_name, amountText(run.parameters, u"parameter"_s, u"parameters"_s),
            amountText(run.trainingRows, u"row"_s, u"rows"_s), countText(run.validationRows)));
        m_output.line(u"%1, %2, %3, %4 engine"_s.arg(
            enumLabel(run.device), enumLabel(run.precision),
            amountText(run.threads, u"thread"_s, u"threads"_s), run.engine));
    }

    void batchDone(const BatchSample& sample) override
    {
        if (sample.epoch != m_epoch)
            beginEpoch(sample.epoch);
        m_batches += sample.steps;
        m_display.update(epochLabel(sample.epoch),
                         double(sample.batch) / double(std::max<qint64>(1, m_run.batchesPerEpoch)),
                         [&] { return batchDetail(sample); });
    }

    void validating(int epoch) override
    {
        m_display.update(epochLabel(epoch), 1, [] { return u"validating"_s; });
    }

    void epochDone(const EpochRecord& epoch) override
    {
        m_display.clear();
        QJsonObject json = epoch.toJson();
        json.insert(u"event"_s, u"epoch"_s);
        m_output.event(json);
        if (!m_headerWritten)
            m_output.line(epochHeader(epoch));
        m_headerWritten = true;
        m_output.line(epochLine(epoch));
    }

    void finished(const RunSummary& summary)
    {
        m_display.clear();
        m_output.event({{u"event"_s, u"finished"_s},
                        {u"state"_s, enumKey(summary.state)},
                        {u"best_epoch"_s, summary.bestEpoch},
                        {u"seconds"_s, summary.seconds},
                        {u"peak_memory_bytes"_s, summary.peakMemoryBytes}});
        m_output.line(u"%1 after %2; best epoch %3; %4 of memory at most."_s.arg(
            enumLabel(summary.state), durationText(summary.seconds),
            summary.bestEpoch > 0 ? QString::number(summary.bestEpoch) : u"none"_s,
            bytesText(summary.peakMemoryBytes)));
    }

    /// The end of the stream where a run that had begun fails; before that there is no stream.
    void failed(const QString& sentence)
    {
        m_display.clear();
        if (m_started)
            m_output.event({{u"event"_s, u"finished"_s},
                            {u"state"_s, enumKey(RunState::Failed)},
                            {u"error"_s, sentence},
                            {u"seconds"_s, double(m_sinceStart.nsecsElapsed()) * 1e-9},
                            {u"peak_memory_bytes"_s, peakMemoryBytes()}});
    }

private:
    void beginEpoch(int epoch)
    {
        m_epoch = epoch;
        m_sinceEpoch.restart();
    }

    QString epochLabel(int epoch) const { return u"Epoch %1/%2"_s.arg(epoch).arg(m_epochs); }

    QString batchDetail(const BatchSample& sample) const
    {
        if (sample.batch <= sample.steps)
            return u"loss "_s + numberText(sample.loss);
        const double epochSeconds = std::max(1e-3, double(m_sinceEpoch.elapsed()) * 1e-3);
        const double seconds = std::max(1e-3, double(m_sinceStart.elapsed()) * 1e-3);
        const qint64 all = (m_epochs - m_epochsBefore) * m_run.batchesPerEpoch;
        const double left =
            seconds / double(m_batches) * double(std::max<qint64>(0, all - m_batches));
        return u"%1 examples/s, loss %2, %3 left"_s.arg(
            countText(qRound64(double((sample.batch - 1) * m_batchSize) / epochSeconds)),
            numberText(sample.loss), durationText(left));
    }

    Output& m_output;
    ProgressDisplay m_display;
    QString m_name;
    qint64 m_batchSize = 1;
    int m_epochs = 0;
    int m_epochsBefore = 0;
    int m_epoch = 0;
    qint64 m_batches = 0; ///< of this process
    RunStarted m_run;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceEpoch;
    bool m_started = false;
    bool m_headerWritten = false;
};

ExperimentRunOptions runOptions(const CommandContext& context)
{
    ExperimentRunOptions options;
    options.resume = context.isSet(u"resume"_s);
    if (context.isSet(u"epochs"_s))
        options.epochs = context.option(u"epochs"_s).toInt();
    return options;
}

} // namespace

Status runExperimentCommand(CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    const ExperimentRecord& record = opened->record;
    const ExperimentRunOptions options = runOptions(context);
    RunReporter reporter(context.output, record, options.epochs.value_or(record.settings.epochs));
    PauseGate gate;
    const auto summary =
        runExperiment(opened->store->folder(), record.id, options, reporter, context.stop, gate);
    if (!summary) {
        reporter.failed(summary.error().message);
        return failureOf(summary);
    }
    reporter.finished(*summary);
    if (summary->state != RunState::Stopped)
        return {};
    return failure(ErrorCode::Cancelled,
                   u"Stopped '%1'; go on with: espalier-cli experiment run \"%1\" --resume"_s.arg(
                       record.name));
}

} // namespace espalier::cli
