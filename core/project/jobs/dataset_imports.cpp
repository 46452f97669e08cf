#include "core/project/jobs/dataset_imports.h"

#include "core/base/logging.h"
#include "core/dataset/import/download.h"
#include "core/dataset/import/importer.h"
#include "core/project/documents/project_document.h"
#include "core/project/store/database.h"
#include "core/project/store/project_folder.h"
#include "core/project/store/sweep.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>
#include <QUrl>
#include <algorithm>
#include <deque>
#include <iterator>
#include <thread>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Bytes per second over the last seconds; falls to 0 when nothing comes any more.
class RateMeter {
public:
    void add(qint64 bytes)
    {
        if (m_samples.empty())
            m_clock.start();
        m_samples.push_back({m_clock.elapsed(), bytes});
        forget();
    }

    [[nodiscard]] double bytesPerSecond() const
    {
        if (m_samples.empty())
            return 0;
        const qint64 now = m_clock.elapsed();
        const auto first = std::ranges::find_if(
            m_samples, [&](const Sample& sample) { return sample.time >= now - Window; });
        const Sample& start = first == m_samples.end() ? m_samples.back() : *first;
        const qint64 time = now - start.time;
        return time < Shortest
                   ? 0
                   : 1000.0 * double(m_samples.back().bytes - start.bytes) / double(time);
    }

private:
    static constexpr qint64 Window = 4'000; // ms
    static constexpr qint64 Shortest = 200;

    struct Sample {
        qint64 time;
        qint64 bytes;
    };

    void forget()
    {
        while (m_samples.size() > 1 && m_samples[1].time < m_samples.back().time - Window)
            m_samples.pop_front();
    }

    QElapsedTimer m_clock;
    std::deque<Sample> m_samples;
};

/// Written by the worker before it says that it is done, and read by the owner after that.
using ResultSlot = std::shared_ptr<std::optional<ImportedSource>>;

struct Job {
    ImportStatus status;
    RateMeter rate;
    ImportPreview preview;
    ResultSlot source = std::make_shared<std::optional<ImportedSource>>();
    bool cancelled = false; ///< off the list, its thread still at work
    std::jthread thread;

    [[nodiscard]] bool isAtWork() const { return !status.done && !status.error; }
};

/// What became no dataset goes away again, unless a version has come to use it.
void discard(const QString& projectFolder, const ImportedSource& source)
{
    const ProjectFolder folder(projectFolder);
    const Result<std::unique_ptr<Database>> database = Database::open(folder.database());
    const Status gone =
        database ? discardSource(**database, folder, source.folder) : failureOf(database);
    if (!gone)
        logWarning(gone.error().message);
}

QString withoutSuffixes(QString name)
{
    static const QRegularExpression Known(u"\\.(zip|csv|tsv|txt|npy|gz|png|jpe?g|gif|bmp|webp)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    while (name.contains(Known))
        name.remove(Known);
    return name;
}

QString lastPart(const QString& source)
{
    const QUrl link(source);
    if (link.scheme().compare(u"sample"_s, Qt::CaseInsensitive) == 0)
        return link.path();
    if (!link.host().isEmpty())
        return link.fileName().isEmpty() ? link.host() : link.fileName();
    return QFileInfo(QDir::cleanPath(link.isLocalFile() ? link.toLocalFile() : source)).fileName();
}

} // namespace

QStringList ImportStatus::shownSources() const
{
    QStringList shown;
    std::ranges::transform(sources, std::back_inserter(shown), displaySource);
    return shown;
}

QString ImportStatus::suggestedName() const
{
    static const QRegularExpression Version(u"(@[0-9]*)+$"_s);
    const QString part = withoutSuffixes(lastPart(displaySource(sources.value(0).trimmed())))
                             .remove(Version)
                             .simplified();
    return part.isEmpty() ? u"dataset"_s : part;
}

std::optional<double> ImportStatus::fraction() const
{
    if (done)
        return 1;
    if (progress.totalBytes <= 0)
        return std::nullopt;
    return std::clamp(double(progress.bytes) / double(progress.totalBytes), 0.0, 1.0);
}

struct DatasetImports::Private {
    Private(DatasetImports* owner, ProjectDocument& document)
        : q(owner)
        , project(document)
    {
    }

    [[nodiscard]] Job* find(ImportId id);
    [[nodiscard]] std::unique_ptr<Job> take(ImportId id);
    [[nodiscard]] static ImportStatus statusOf(const Job& job);
    void run(const std::stop_token& stop, ImportId id, const QStringList& sources,
             const QString& projectFolder, const ResultSlot& slot);
    void noteProgress(ImportId id, const Progress& progress);
    void notePreview(ImportId id, const ImportPreview& preview);
    void noteRead(ImportId id, const std::optional<Error>& error);
    void addDataset(ImportId id);
    void discardLater(Job& job);
    void tick();

    DatasetImports* q;
    ProjectDocument& project;
    QTimer ticks;
    qint64 lastId = 0;
    std::vector<std::unique_ptr<Job>> jobs;
    std::vector<std::jthread> sweepers;
};

Job* DatasetImports::Private::find(ImportId id)
{
    const auto found = std::ranges::find_if(
        jobs, [&](const auto& job) { return job->status.id == id && !job->cancelled; });
    return found == jobs.end() ? nullptr : found->get();
}

std::unique_ptr<Job> DatasetImports::Private::take(ImportId id)
{
    const auto found =
        std::ranges::find_if(jobs, [&](const auto& job) { return job->status.id == id; });
    if (found == jobs.end())
        return nullptr;
    std::unique_ptr<Job> job = std::move(*found);
    jobs.erase(found);
    return job;
}

ImportStatus DatasetImports::Private::statusOf(const Job& job)
{
    ImportStatus status = job.status;
    if (!job.isAtWork())
        return status;
    status.bytesPerSecond = job.rate.bytesPerSecond();
    const qint64 left = status.progress.totalBytes - status.progress.bytes;
    if (left > 0 && status.bytesPerSecond > 0)
        status.secondsLeft = double(left) / status.bytesPerSecond;
    return status;
}

/// On the worker thread.
void DatasetImports::Private::run(const std::stop_token& stop, ImportId id,
                                  const QStringList& sources, const QString& projectFolder,
                                  const ResultSlot& slot)
{
    const ProgressSink report = [&](const Progress& progress) {
        QMetaObject::invokeMethod(q, [this, id, progress] { noteProgress(id, progress); });
    };
    const PreviewSink show = [&](const ImportPreview& preview) {
        QMetaObject::invokeMethod(q, [this, id, preview] { notePreview(id, preview); });
    };
    const Result<ImportedSource> source =
        importSources(sources, ProjectFolder(projectFolder).data(), {}, report, stop, show);
    if (source)
        *slot = *source;
    const std::optional<Error> error = source ? std::nullopt : std::optional(source.error());
    QMetaObject::invokeMethod(q, [this, id, error] { noteRead(id, error); });
}

void DatasetImports::Private::noteProgress(ImportId id, const Progress& progress)
{
    Job* job = find(id);
    if (!job || !job->isAtWork())
        return;
    job->status.progress = progress;
    job->rate.add(progress.bytes);
    Q_EMIT q->progressChanged(id);
}

void DatasetImports::Private::notePreview(ImportId id, const ImportPreview& preview)
{
    Job* job = find(id);
    if (!job)
        return;
    job->preview = preview;
    Q_EMIT q->previewChanged(id);
}

void DatasetImports::Private::noteRead(ImportId id, const std::optional<Error>& error)
{
    Job* job = find(id);
    if (!job) {
        if (const std::unique_ptr<Job> cancelled = take(id))
            discardLater(*cancelled);
        return;
    }
    job->thread.join();
    job->status.error = error;
    job->status.done = !error;
    Q_EMIT q->listChanged();
    Q_EMIT q->readFinished(id);
    addDataset(id);
}

void DatasetImports::Private::addDataset(ImportId id)
{
    Job* job = find(id);
    if (!job || !job->status.done || job->status.name.isEmpty())
        return;
    const Result<DatasetRecord> record = project.addDataset(job->status.name, **job->source);
    if (!record) {
        job->status.error = record.error();
        job->status.name.clear();
        Q_EMIT q->listChanged();
        return;
    }
    const std::unique_ptr<Job> added = take(id);
    Q_EMIT q->finished(id, record->id);
    Q_EMIT q->listChanged();
}

/// On a thread of its own: a large file takes its time to delete.
void DatasetImports::Private::discardLater(Job& job)
{
    if (!*job.source || (*job.source)->alreadyThere)
        return;
    for (const auto& other : jobs)
        if (*other->source && (*other->source)->folder == (*job.source)->folder) {
            (*other->source)->alreadyThere = false; // it is the one to take it away now
            return;
        }
    sweepers.emplace_back(
        [folder = project.folder(), source = **job.source] { discard(folder, source); });
}

void DatasetImports::Private::tick()
{
    QList<ImportId> atWork;
    for (const auto& job : jobs)
        if (job->isAtWork() && !job->cancelled)
            atWork.append(job->status.id);
    if (atWork.isEmpty())
        ticks.stop();
    for (ImportId id : std::as_const(atWork))
        Q_EMIT q->progressChanged(id);
}

DatasetImports::DatasetImports(ProjectDocument& project, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, project))
{
    d->ticks.setInterval(1'000); // a connection that stalls says nothing
    connect(&d->ticks, &QTimer::timeout, this, [this] { d->tick(); });
}

DatasetImports::~DatasetImports()
{
    for (const auto& job : d->jobs)
        job->thread.request_stop();
    for (const auto& job : d->jobs)
        if (job->thread.joinable())
            job->thread.join();
    while (!d->jobs.empty()) {
        const std::unique_ptr<Job> job = d->take(d->jobs.front()->status.id);
        d->discardLater(*job);
    }
    d->sweepers.clear();
}

ImportId DatasetImports::start(const QStringList& sources)
{
    auto job = std::make_unique<Job>();
    const ImportId id(++d->lastId);
    job->status.id = id;
    job->status.sources = sources;
    job->thread =
        std::jthread([p = d.get(), id, sources, folder = d->project.folder(), slot = job->source](
                         const std::stop_token& stop) { p->run(stop, id, sources, folder, slot); });
    d->jobs.push_back(std::move(job));
    d->ticks.start();
    Q_EMIT listChanged();
    return id;
}

void DatasetImports::setName(ImportId id, const QString& name)
{
    Job* job = d->find(id);
    if (!job)
        return;
    job->status.name = name.trimmed();
    if (job->status.done)
        job->status.error.reset();
    Q_EMIT listChanged();
    d->addDataset(id);
}

void DatasetImports::cancel(ImportId id)
{
    Job* job = d->find(id);
    if (!job)
        return;
    if (job->isAtWork()) {
        job->cancelled = true;
        job->thread.request_stop();
    } else {
        const std::unique_ptr<Job> taken = d->take(id);
        d->discardLater(*taken);
    }
    Q_EMIT listChanged();
}

QList<ImportStatus> DatasetImports::imports() const
{
    QList<ImportStatus> list;
    for (const auto& job : d->jobs)
        if (!job->cancelled)
            list.append(Private::statusOf(*job));
    return list;
}

std::optional<ImportStatus> DatasetImports::status(ImportId id) const
{
    const Job* job = d->find(id);
    return job ? std::optional(Private::statusOf(*job)) : std::nullopt;
}

ImportPreview DatasetImports::preview(ImportId id) const
{
    const Job* job = d->find(id);
    return job ? job->preview : ImportPreview();
}

} // namespace espalier
