#include "core/project/jobs/prediction_service.h"

#include "core/project/documents/project_document.h"
#include "core/project/experiment_evaluation.h"

#include <QElapsedTimer>
#include <QMetaObject>
#include <QThread>
#include <algorithm>
#include <functional>
#include <new>
#include <stop_token>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qsizetype KeptResults = 6;
constexpr qint64 ProgressIntervalMs = 40;

using PredictionsPtr = std::shared_ptr<const PredictionSet>;
using FractionSink = std::function<void(double)>;

/// Calls a sink with the share of rows that are done, not more often than a person can see.
ProgressSink throttled(const FractionSink& sink, qint64 rows)
{
    auto since = std::make_shared<QElapsedTimer>();
    return [sink, rows, since](const Progress& progress) {
        if (since->isValid() && since->elapsed() < ProgressIntervalMs)
            return;
        since->start();
        sink(double(progress.rows) / double(std::max<qint64>(1, rows)));
    };
}

/// What the worker thread alone uses.
class Evaluator final {
public:
    explicit Evaluator(QString folder)
        : m_folder(std::move(folder))
    {
    }

    [[nodiscard]] Result<PredictionsPtr> evaluate(const PredictionRequest& request, int threads,
                                                  const FractionSink& progress,
                                                  const std::stop_token& stop)
    {
        try {
            return tryToEvaluate(request, threads, progress, stop);
        } catch (const std::bad_alloc&) {
            return failure(ErrorCode::OutOfMemory,
                           u"There is not enough memory for the predictions of '%1': close other "
                           "programs or choose a smaller subset."_s.arg(request.subset));
        }
    }

    /// The database must be closed in the thread that opened it.
    void close() { m_store.reset(); }

private:
    [[nodiscard]] Result<PredictionsPtr> tryToEvaluate(const PredictionRequest& request,
                                                       int threads, const FractionSink& progress,
                                                       const std::stop_token& stop)
    {
        const Result<LoadedModel> model = load(request);
        if (!model)
            return failureOf(model);
        if (stop.stop_requested())
            return cancelled();
        const auto rows = model->dataset->subsetRows(request.subset);
        if (!rows)
            return failureOf(rows);
        ExecutorOptions options = executorOptions(model->experiment.settings);
        if (threads > 0)
            options.threads = threads;
        auto evaluation = evaluateSubset(*model, request.subset, options,
                                         throttled(progress, qint64(rows->size())), stop);
        if (!evaluation)
            return failureOf(evaluation);
        return std::make_shared<const PredictionSet>(PredictionSet{
            request, model->checkpointRecord.epoch, model->dataset, std::move(evaluation->target),
            evaluation->threshold, std::move(evaluation->result)});
    }

    [[nodiscard]] Result<LoadedModel> load(const PredictionRequest& request)
    {
        if (!m_store) {
            auto opened = ProjectStore::open(m_folder);
            if (!opened)
                return failureOf(opened);
            m_store = std::move(*opened);
        }
        return m_store->experiment(request.experiment)
            .and_then([&](const ExperimentRecord& record) {
                return loadModel(*m_store, record, request.checkpoint);
            });
    }

    QString m_folder;
    std::unique_ptr<ProjectStore> m_store;
};

struct Job {
    PredictionRequest request;
    int epoch = 0; ///< that the checkpoint meant when it was asked for; 0: none

    bool operator==(const Job&) const = default;
};

struct CurrentJob {
    Job job;
    std::stop_source stop;
    double fraction = 0;
};

} // namespace

struct PredictionService::Private {
    Private(PredictionService& service, ProjectDocument& document)
        : q(service)
        , project(document)
        , evaluator(document.folder())
    {
        inWorker.moveToThread(&thread);
        thread.setObjectName(u"Predictions"_s);
        thread.start(QThread::LowPriority);
    }

    [[nodiscard]] int epochOf(const PredictionRequest& request) const
    {
        const ExperimentRecord* record = project.experiment(request.experiment);
        if (!record)
            return 0;
        const auto found = ProjectStore::findCheckpoint(*record, request.checkpoint);
        return found ? found->epoch : 0;
    }

    [[nodiscard]] bool isCurrent(const Job& job) const
    {
        return current && current->job == job && !current->stop.stop_requested();
    }

    void startNext();
    void evaluate(const Job& job, int threadCount, const std::stop_token& stop);
    void finish(const Result<PredictionsPtr>& result);
    void keep(const PredictionsPtr& predictions);

    PredictionService& q;
    ProjectDocument& project;
    QList<PredictionsPtr> kept; ///< the last used first
    QList<Job> waiting;         ///< the next last
    std::optional<CurrentJob> current;
    int threads = 0;

    Evaluator evaluator;
    QObject inWorker; ///< lives in `thread`: what is invoked on it runs there
    QThread thread;
};

void PredictionService::Private::startNext()
{
    if (current || waiting.isEmpty())
        return;
    current = CurrentJob{waiting.takeLast(), {}, 0};
    QMetaObject::invokeMethod(&inWorker,
                              [this, job = current->job, count = threads,
                               stop = current->stop.get_token()] { evaluate(job, count, stop); });
    Q_EMIT q.progressChanged();
}

void PredictionService::Private::evaluate(const Job& job, int threadCount,
                                          const std::stop_token& stop)
{
    const auto report = [this, stop](double fraction) {
        QMetaObject::invokeMethod(&q, [this, fraction, stop] {
            if (!current || current->stop.get_token() != stop)
                return;
            current->fraction = fraction;
            Q_EMIT q.progressChanged();
        });
    };
    const Result<PredictionsPtr> result =
        evaluator.evaluate(job.request, threadCount, report, stop);
    QMetaObject::invokeMethod(&q, [this, result] { finish(result); });
}

void PredictionService::Private::finish(const Result<PredictionsPtr>& result)
{
    const CurrentJob done = *std::exchange(current, std::nullopt);
    if (result)
        keep(*result);
    startNext();
    if (!current)
        Q_EMIT q.progressChanged();
    if (done.stop.stop_requested())
        return;
    if (result)
        Q_EMIT q.ready(*result);
    else
        Q_EMIT q.failed(done.job.request, result.error());
}

void PredictionService::Private::keep(const PredictionsPtr& predictions)
{
    kept.removeIf([&](const PredictionsPtr& other) {
        return other->request.experiment == predictions->request.experiment &&
               other->request.subset == predictions->request.subset &&
               other->epoch == predictions->epoch;
    });
    kept.prepend(predictions);
    kept.resize(std::min(kept.size(), KeptResults));
}

PredictionService::PredictionService(ProjectDocument& project, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, project))
{
}

PredictionService::~PredictionService()
{
    if (d->current)
        d->current->stop.request_stop();
    QMetaObject::invokeMethod(&d->inWorker, [this] {
        d->evaluator.close();
        d->inWorker.thread()->quit();
    });
    d->thread.wait();
}

void PredictionService::setThreads(int threads)
{
    d->threads = threads;
}

std::shared_ptr<const PredictionSet> PredictionService::find(const PredictionRequest& request) const
{
    const int epoch = d->epochOf(request);
    const auto found = std::ranges::find_if(d->kept, [&](const PredictionsPtr& set) {
        return set->request.experiment == request.experiment &&
               set->request.subset == request.subset && set->epoch == epoch;
    });
    if (epoch == 0 || found == d->kept.end())
        return nullptr;
    d->kept.move(found - d->kept.begin(), 0);
    return d->kept.first();
}

void PredictionService::request(const PredictionRequest& request)
{
    const Job job{request, d->epochOf(request)};
    if (find(request)) {
        QMetaObject::invokeMethod(
            this,
            [this, request] {
                if (const auto predictions = find(request))
                    Q_EMIT ready(predictions);
            },
            Qt::QueuedConnection);
        return;
    }
    if (d->isCurrent(job))
        return;
    d->waiting.removeAll(job);
    d->waiting.append(job);
    d->startNext();
}

void PredictionService::cancel(const PredictionRequest& request)
{
    d->waiting.removeIf([&](const Job& job) { return job.request == request; });
    if (d->current && d->current->job.request == request)
        d->current->stop.request_stop();
}

bool PredictionService::isPending(const PredictionRequest& request) const
{
    const Job job{request, d->epochOf(request)};
    return d->isCurrent(job) || d->waiting.contains(job);
}

std::optional<double> PredictionService::progress() const
{
    return d->current ? std::optional<double>(d->current->fraction) : std::nullopt;
}

} // namespace espalier

#include "moc_prediction_service.cpp"
